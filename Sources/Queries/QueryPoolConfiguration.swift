public import Coordination

/// How a ``QueryPool`` runs its queries.
public struct QueryPoolConfiguration: Hashable, Sendable, Codable {
    /// The number of queries in flight at once, 1 or more. The default is 3.
    public var concurrency: Int

    /// The time a query has from its first request on, more than 0. The default is five minutes.
    public var timeout: Nanoseconds

    /// The number of closest nodes that a query looks for (Kademlia's k), 1 or more. The default is 20.
    public var replication: Int

    /// The number of requests that a query has in flight at once (Kademlia's α), 1 or more. The default is 3.
    public var queryConcurrency: Int

    /// The time a node has to answer, more than 0. The default is one minute.
    public var requestTimeout: Nanoseconds

    /// The number of answers from the closest nodes that end a lookup (β), 1…`replication`. The default is `nil`: all that it looks for.
    ///
    /// If it is set, a follow-up then asks the rest of the closest nodes: see ``QueryConfiguration/resiliency``. A query that looks for
    /// fewer nodes needs no more answers than that.
    ///
    /// Source: go-libp2p-kad-dht v1, lookup with follow-up (`Resiliency`, 3 there).
    public var resiliency: Int?

    /// A configuration with the defaults for what is not given.
    public init(
        concurrency: Int = 3, timeout: Nanoseconds = .minutes(5), replication: Int = 20, queryConcurrency: Int = 3,
        requestTimeout: Nanoseconds = .minutes(1), resiliency: Int? = nil
    ) {
        self.concurrency = concurrency
        self.timeout = timeout
        self.replication = replication
        self.queryConcurrency = queryConcurrency
        self.requestTimeout = requestTimeout
        self.resiliency = resiliency
    }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        try ConfigurationError.requirePositive(concurrency, "concurrency")
        try ConfigurationError.requirePositive(timeout, "timeout")
        try ConfigurationError.requirePositive(replication, "replication")
        try ConfigurationError.requirePositive(queryConcurrency, "queryConcurrency")
        try ConfigurationError.requirePositive(requestTimeout, "requestTimeout")
        if let resiliency { try ConfigurationError.requirePositive(resiliency, "resiliency", upTo: replication, "replication") }
    }

    /// The configuration of one query: `numResults`, or `replication` if that is not given.
    @usableFromInline
    func query(numResults: Int?) -> QueryConfiguration {
        let wanted = numResults ?? replication
        return QueryConfiguration(
            concurrency: queryConcurrency, numResults: wanted, requestTimeout: requestTimeout,
            resiliency: resiliency.map { Swift.min($0, wanted) })
    }
}
