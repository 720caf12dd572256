public import Broadcasts
public import Coordination

/// A pool whose steps are written down as they happen.
public struct Recorder<K: TestKey>: Sendable {
    /// The pool.
    public private(set) var pool: BroadcastPool<K, String>
    /// What happened so far.
    public private(set) var history: History<K>
    /// The time. It does not run backwards.
    public var now = Instant.start

    /// A recorder with an empty pool. The configuration must be valid.
    public init(seed: UInt64 = 0, localNode: K, configuration: PoolConfiguration) throws {
        pool = try BroadcastPool(localNode: localNode, configuration: configuration)
        history = History(seed: seed, localNode: localNode, configuration: configuration)
    }

    /// Feeds an event and writes down the step.
    @discardableResult
    public mutating func feed(_ event: PoolEvent<K, String>, origin: Step<K>.Origin = .driver) -> PoolState<K, String> {
        let runs = event.id.map { history.viewBefore(history.steps.count).broadcast($0) != nil } ?? true
        var twin = runs || event.isStart ? nil : pool
        let state = pool.advance(event, at: now)
        let answer = twin?.advance(.poll, at: now)
        history.steps.append(
            Step(
                origin: origin, event: event, now: now, state: state, view: pool.view, nextDeadline: pool.nextDeadline,
                problem: pool.brokenInvariant(), pollInstead: answer.flatMap { answer in twin.map { (answer, $0.view) } }))
        return state
    }

    /// Feeds events one after the other, at the same instant; answers to requests count as their replies.
    ///
    /// - Returns: the history so far.
    @discardableResult
    public mutating func feed(all events: [PoolEvent<K, String>]) -> History<K> {
        for event in events { feed(event, origin: event.isReply ? .reply : .driver) }
        return history
    }

    /// Keeps a copy of the pool as it is now.
    public mutating func keepCopy() {
        history.copy = (history.steps.count, pool)
    }

    /// Notes that nothing more can come.
    public mutating func markDrained() {
        history.isDrained = true
    }
}

extension PoolEvent {
    /// Whether the event starts a broadcast.
    public var isStart: Bool {
        if case .startBroadcast = self { true } else { false }
    }

    /// Whether the event is what came of a request.
    public var isReply: Bool {
        switch self {
        case .getCloserNodesSuccess, .getCloserNodesFailure, .storeRecordSuccess, .storeRecordFailure: true
        case .startBroadcast, .stopBroadcast, .poll: false
        }
    }
}
