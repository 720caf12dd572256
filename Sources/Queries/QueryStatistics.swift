public import Coordination

/// What a query has done so far.
///
/// An expired request counts as a failure; if its answer comes late after all, it moves to the successes.
/// So `successes + failures` never exceeds `requests`.
public struct QueryStatistics: Hashable, Sendable, Codable {
    /// When the first request was sent, or `nil` before that.
    public var start: Instant?
    /// When the query ended, or `nil` while it runs.
    public var end: Instant?
    /// The number of requests sent.
    public var requests = 0
    /// The number of nodes that answered.
    public var successes = 0
    /// The number of requests that failed or expired.
    public var failures = 0

    /// Nothing done yet.
    @inlinable
    public init() {}
}
