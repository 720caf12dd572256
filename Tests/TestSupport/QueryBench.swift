public import Coordination
public import Kademlia
public import Queries

/// A query with 8-bit keys and a clock, driven by hand. The local node is 0xff.
public final class QueryBench {
    /// What a query answers, without the statistics.
    public enum Answer: Equatable, Sendable {
        /// It asks this node.
        case ask(Key8)
        /// It waits with as many requests in flight as may be.
        case atCapacity
        /// It waits for want of nodes to ask.
        case withCapacity
        /// It has ended with these nodes.
        case end([Key8])
    }

    /// The query itself.
    public var query: Query<Key8>
    /// The time.
    public var now = Instant.start

    /// A bench with a query that has not asked anybody. The numbers must be valid.
    public init(
        target: Key8 = 0, seed: [Key8], numResults: Int = 20, concurrency: Int = 3, requestTimeout: Nanoseconds = .minutes(1),
        resiliency: Int? = nil
    ) throws {
        query = try Query(
            target: target, seed: seed, localNode: 0xff,
            configuration: QueryConfiguration(
                concurrency: concurrency, numResults: numResults, requestTimeout: requestTimeout, resiliency: resiliency))
    }

    /// Feeds an event. The statistics that come with the answer must be those of the query.
    @discardableResult
    public func feed(_ event: QueryEvent<Key8>) -> Answer? {
        let state = query.advance(event, at: now)
        guard query.brokenInvariant() == nil else { return nil }
        switch state {
        case .findCloser(let node, query.statistics): return .ask(node)
        case .waitingAtCapacity(query.statistics): return .atCapacity
        case .waitingWithCapacity(query.statistics): return .withCapacity
        case .finished(let closest, query.statistics): return .end(closest)
        case .findCloser, .waitingAtCapacity, .waitingWithCapacity, .finished: return nil
        }
    }

    /// Polls.
    @discardableResult
    public func poll() -> Answer? { feed(.poll) }

    /// Cancels.
    @discardableResult
    public func cancel() -> Answer? { feed(.cancel) }

    /// A node answers.
    @discardableResult
    public func found(_ node: Key8, _ closer: [Key8] = []) -> Answer? { feed(.nodeResponse(node: node, closer: closer)) }

    /// A node fails.
    @discardableResult
    public func notFound(_ node: Key8) -> Answer? { feed(.nodeFailure(node: node, error: .broken)) }
}
