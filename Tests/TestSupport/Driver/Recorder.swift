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
        var step = Step(
            origin: origin, event: event, now: now, state: state, view: pool.view, nextDeadline: pool.nextDeadline,
            problem: pool.brokenInvariant())
        if let answer = twin?.advance(.poll, at: now), let view = twin?.view { step.pollInstead = (answer, view) }
        history.steps.append(step)
        return state
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
}
