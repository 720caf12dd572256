public import Coordination

/// How a broadcast of any strategy sends its stores.
public struct StoreOptions: Hashable, Sendable, Codable {
    /// The time a node has to answer a store, more than 0; `nil` waits for ever. The default is one minute.
    ///
    /// A store that has no answer by then fails with `RequestError.timedOut`.
    public var storeTimeout: Nanoseconds?

    /// The number of stores in flight at once, 1 or more; `nil` is no limit. The default is no limit.
    public var storeConcurrency: Int?

    /// Options with the defaults for what is not given.
    @inlinable
    public init(storeTimeout: Nanoseconds? = .minutes(1), storeConcurrency: Int? = nil) {
        self.storeTimeout = storeTimeout
        self.storeConcurrency = storeConcurrency
    }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        if let storeTimeout { try ConfigurationError.requirePositive(storeTimeout, "storeTimeout") }
        if let storeConcurrency { try ConfigurationError.requirePositive(storeConcurrency, "storeConcurrency") }
    }
}
