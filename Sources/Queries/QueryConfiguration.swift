public import Coordination

/// How a ``Query`` goes about its lookup.
public struct QueryConfiguration: Hashable, Sendable, Codable {
    /// The number of requests in flight at once (Kademlia's α), 1 or more. The default is 3.
    public var concurrency: Int

    /// The number of closest nodes to look for (Kademlia's k), 1 or more. The default is 20.
    public var numResults: Int

    /// The time a node has to answer, more than 0. The default is one minute.
    public var requestTimeout: Nanoseconds

    /// A configuration with the defaults for what is not given.
    public init(concurrency: Int = 3, numResults: Int = 20, requestTimeout: Nanoseconds = .minutes(1)) {
        self.concurrency = concurrency
        self.numResults = numResults
        self.requestTimeout = requestTimeout
    }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        try ConfigurationError.requirePositive(concurrency, "concurrency")
        try ConfigurationError.requirePositive(numResults, "numResults")
        try ConfigurationError.requirePositive(requestTimeout, "requestTimeout")
    }
}
