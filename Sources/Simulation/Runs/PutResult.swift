public import Broadcasts
public import Coordination
public import Timeline

/// What came of one put of a run, in figures.
public struct PutResult: Hashable, Sendable {
    /// The operation's id.
    public let id: OperationID
    /// The strategy.
    public let strategy: BroadcastStrategy
    /// When it was started.
    public let start: Instant
    /// When it ended.
    public let end: Instant
    /// When its lookup was over; the start for a put without one, the end for one that stores as long as it looks.
    public let walkEnd: Instant
    /// Why it ended.
    public let reason: BroadcastOutcome<NetworkNode>.Reason
    /// The find-closer requests that were sent.
    public let finds: Int
    /// The stores that were sent.
    public let stores: Int
    /// The requests that no answer came to in time.
    public let timeouts: Int
    /// For each node stored with: the number of answers between the seed and it; 0 for a seed.
    public let hops: [Int]
    /// The nodes that have the record at the end; those that a store is certain to reach count too.
    public let holders: Int
    /// The share of the k true closest nodes alive that hold the record: 0…1.
    public let overlap: Double
    /// By how many ranks, in the mean, the holders stand further out than the best so many nodes alive: 0 or more; nil if there are none.
    public let regret: Double?

    /// A result.
    public init(
        id: OperationID, strategy: BroadcastStrategy, start: Instant, end: Instant, walkEnd: Instant,
        reason: BroadcastOutcome<NetworkNode>.Reason, finds: Int, stores: Int, timeouts: Int, hops: [Int], holders: Int, overlap: Double,
        regret: Double?
    ) {
        self.id = id
        self.strategy = strategy
        self.start = start
        self.end = end
        self.walkEnd = walkEnd
        self.reason = reason
        self.finds = finds
        self.stores = stores
        self.timeouts = timeouts
        self.hops = hops
        self.holders = holders
        self.overlap = overlap
        self.regret = regret
    }

    /// The same put, with where its record is.
    func placed(holders: Int, overlap: Double, regret: Double?) -> PutResult {
        PutResult(
            id: id, strategy: strategy, start: start, end: end, walkEnd: walkEnd, reason: reason, finds: finds, stores: stores,
            timeouts: timeouts, hops: hops, holders: holders, overlap: overlap, regret: regret)
    }

    /// The time from its start to its end.
    public var duration: Nanoseconds { start.duration(to: end) }

    /// The share of the duration in which it looked for nodes: 0…1; 0 for a put that took no time.
    public var walkShare: Double {
        duration > .zero ? Double(start.duration(to: walkEnd).count) / Double(duration.count) : 0
    }
}
