public import Coordination
public import Queries

/// How a ``BroadcastPool`` runs its broadcasts. The reference's `ConfigPool`.
public struct PoolConfiguration: Hashable, Sendable, Codable {
    /// How the queries of all broadcasts are run, apart from any other pool of queries.
    public var queries: QueryPoolConfiguration

    /// The number of broadcasts at once, 1 or more; `nil` is no limit. The default is no limit.
    public var maxBroadcasts: Int?

    /// A configuration with the defaults for what is not given.
    public init(queries: QueryPoolConfiguration = QueryPoolConfiguration(), maxBroadcasts: Int? = nil) {
        self.queries = queries
        self.maxBroadcasts = maxBroadcasts
    }

    /// Checks each field.
    ///
    /// - Throws: an error that names the first field out of its range.
    public func validate() throws(ConfigurationError) {
        try queries.validate()
        if let maxBroadcasts { try ConfigurationError.requirePositive(maxBroadcasts, "maxBroadcasts") }
    }
}
