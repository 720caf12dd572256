public import Coordination
public import Kademlia
public import Queries

/// A pool of queries with 8-bit keys and a clock, driven by hand. The local node is 0xff, the target 0.
public final class QueryPoolBench {
    /// What a pool of queries answers, without the statistics.
    public enum Answer: Equatable, Sendable {
        /// It holds no query.
        case idle
        /// Ask this node.
        case ask(OperationID, Key8)
        /// Send this node this message.
        case send(OperationID, Key8, String)
        /// Nothing to do; all slots are held.
        case atCapacity
        /// Nothing to do; a slot is free.
        case withCapacity
        /// The query has ended.
        case end(OperationID, [Key8])
        /// The query ran out of time.
        case timeout(OperationID, [Key8])
        /// The query was not added.
        case rejected(OperationID, QueryRejection)
    }

    /// The pool itself.
    public var pool: QueryPool<Key8, String>
    /// The time.
    public var now = Instant.start
    /// The statistics of the last answer that had any.
    public private(set) var statistics = QueryStatistics()

    /// A bench with an empty pool. The configuration must be valid.
    public init(_ configuration: QueryPoolConfiguration = .init()) throws {
        pool = try QueryPool(localNode: 0xff, configuration: configuration)
    }

    /// Feeds an event.
    @discardableResult
    public func feed(_ event: QueryPoolEvent<Key8, String>) -> Answer? {
        let state = pool.advance(event, at: now)
        guard pool.brokenInvariant() == nil else { return nil }
        switch state {
        case .idle: return .idle
        case .waitingAtCapacity: return .atCapacity
        case .waitingWithCapacity: return .withCapacity
        case .findCloser(let id, _, let node, let statistics):
            self.statistics = statistics
            return .ask(id, node)
        case .sendMessage(let id, let node, let message, let statistics):
            self.statistics = statistics
            return .send(id, node, message)
        case .queryFinished(let id, let closest, let statistics):
            self.statistics = statistics
            return .end(id, closest)
        case .queryTimeout(let id, let closest, let statistics):
            self.statistics = statistics
            return .timeout(id, closest)
        case .queryRejected(let id, let reason): return .rejected(id, reason)
        }
    }

    /// Moves the clock.
    public func wait(_ duration: Nanoseconds) { now = now.advanced(by: duration) }

    /// Polls.
    @discardableResult
    public func poll() -> Answer? { feed(.poll) }

    /// Adds a query.
    @discardableResult
    public func add(_ id: OperationID, seed: [Key8], numResults: Int? = nil) -> Answer? {
        feed(.addFindCloserQuery(id: id, target: 0, seed: seed, numResults: numResults))
    }

    /// Stops a query.
    @discardableResult
    public func stop(_ id: OperationID) -> Answer? { feed(.stopQuery(id: id)) }

    /// A node answers.
    @discardableResult
    public func found(_ id: OperationID, _ node: Key8, _ closer: [Key8] = []) -> Answer? {
        feed(.nodeResponse(id: id, node: node, closer: closer))
    }

    /// A node fails.
    @discardableResult
    public func notFound(_ id: OperationID, _ node: Key8) -> Answer? { feed(.nodeFailure(id: id, node: node, error: .broken)) }
}
