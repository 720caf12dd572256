public import Coordination

/// How a ``Query`` goes about its lookup.
public struct QueryConfiguration: Hashable, Sendable, Codable {
    /// The number of requests in flight at once (Kademlia's α), 1 or more. The default is 3.
    public var concurrency: Int

    /// The number of closest nodes to look for (Kademlia's k), 1 or more. The default is 20.
    public var numResults: Int

    /// The time a node has to answer, more than 0. The default is one minute.
    public var requestTimeout: Nanoseconds

    /// The number of answers from the closest nodes that end the lookup (β), 1…`numResults`. The default is `nil`: all `numResults`.
    ///
    /// If it is set, the lookup is over once the so many closest nodes that did not fail have answered. Its final set is then fixed: the
    /// `numResults` closest known nodes that have neither failed nor missed their deadline. Those not contacted yet are asked at once,
    /// whatever `concurrency` is, and those awaited may still answer; other requests are abandoned, and closer nodes no longer count. When
    /// nobody of the set is left to wait for, the query is finished with the whole set: also with those that failed in the follow-up.
    ///
    /// Source: go-libp2p-kad-dht v1, lookup with follow-up (`Resiliency`, 3 there).
    public var resiliency: Int?

    /// A configuration with the defaults for what is not given.
    public init(concurrency: Int = 3, numResults: Int = 20, requestTimeout: Nanoseconds = .minutes(1), resiliency: Int? = nil) {
        self.concurrency = concurrency
        self.numResults = numResults
        self.requestTimeout = requestTimeout
        self.resiliency = resiliency
    }

    /// The number of answers that end the lookup.
    @inlinable
    var answersNeeded: Int { resiliency ?? numResults }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        try ConfigurationError.requirePositive(concurrency, "concurrency")
        try ConfigurationError.requirePositive(numResults, "numResults")
        try ConfigurationError.requirePositive(requestTimeout, "requestTimeout")
        if let resiliency { try ConfigurationError.requirePositive(resiliency, "resiliency", upTo: numResults, "numResults") }
    }
}
