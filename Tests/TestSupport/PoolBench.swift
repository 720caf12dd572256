public import Broadcasts
public import Coordination
public import Kademlia
public import Queries

/// A pool of broadcasts with 8-bit keys and a clock, driven by hand. The local node is 0xff unless told otherwise.
public final class PoolBench {
    /// The states of the pool.
    public typealias State = PoolState<Key8, String>

    /// The pool itself.
    public var pool: BroadcastPool<Key8, String>
    /// The time.
    public var now = Instant.start

    /// A bench with an empty pool. The configuration must be valid.
    public init(local: Key8 = 0xff, _ queries: QueryPoolConfiguration = .init(), maxBroadcasts: Int? = nil) throws {
        pool = try BroadcastPool(localNode: local, configuration: PoolConfiguration(queries: queries, maxBroadcasts: maxBroadcasts))
    }

    /// Moves the clock.
    public func wait(_ duration: Nanoseconds) {
        now = now.advanced(by: duration)
    }

    /// Feeds an event.
    @discardableResult
    public func feed(_ event: PoolEvent<Key8, String>) -> State {
        pool.advance(event, at: now)
    }

    /// Polls.
    @discardableResult
    public func poll() -> State { feed(.poll) }

    /// Polls until the pool is at rest.
    ///
    /// - Returns: all states, the last being `waiting` or `idle`.
    @discardableResult
    public func pollUntilRest(limit: Int = 10_000) -> [State] {
        var states = [poll()]
        while states[states.count - 1].isAtRest == false, states.count < limit { states.append(poll()) }
        return states
    }

    /// Starts a FollowUp; its message is "record of" the id.
    @discardableResult
    public func follow(_ id: OperationID, target: Key8 = 0, seed: [Key8], stores: StoreOptions = .init()) -> State {
        feed(.follow(id, target: target, seed: seed, stores: stores))
    }

    /// Starts a Static; its message is "record of" the id.
    @discardableResult
    public func put(_ id: OperationID, target: Key8 = 0, seed: [Key8], stores: StoreOptions = .init()) -> State {
        feed(.put(id, target: target, seed: seed, stores: stores))
    }

    /// Starts an Optimistic; its message is "record of" the id.
    @discardableResult
    public func hope(_ id: OperationID, target: Key8 = 0, seed: [Key8], _ configuration: OptimisticConfiguration) -> State {
        feed(.hope(id, target: target, seed: seed, configuration))
    }

    /// Stops a broadcast.
    @discardableResult
    public func stop(_ id: OperationID) -> State { feed(.stopBroadcast(id: id)) }

    /// A node answers with closer nodes.
    @discardableResult
    public func found(_ id: OperationID, _ node: Key8, _ closer: [Key8] = []) -> State { feed(.found(id, node, closer)) }

    /// A node fails to answer with closer nodes.
    @discardableResult
    public func notFound(_ id: OperationID, _ node: Key8) -> State { feed(.notFound(id, node)) }

    /// A node has stored the record.
    @discardableResult
    public func stored(_ id: OperationID, _ node: Key8) -> State { feed(.stored(id, node)) }

    /// A node has not stored the record.
    @discardableResult
    public func notStored(_ id: OperationID, _ node: Key8) -> State { feed(.notStored(id, node)) }
}

/// The events of a ``PoolBench``. A failure's error is ``Coordination/RequestError/broken``.
extension PoolEvent where Node == Key8, Message == String {
    /// Starts a FollowUp; its message is "record of" the id.
    public static func follow(_ id: OperationID, target: Key8 = 0, seed: [Key8], stores: StoreOptions = .init()) -> Self {
        .startBroadcast(id: id, target: target, message: "record of \(id)", seed: seed, configuration: .followUp(.init(stores: stores)))
    }

    /// Starts a Static; its message is "record of" the id.
    public static func put(_ id: OperationID, target: Key8 = 0, seed: [Key8], stores: StoreOptions = .init()) -> Self {
        .startBroadcast(id: id, target: target, message: "record of \(id)", seed: seed, configuration: .static(.init(stores: stores)))
    }

    /// Starts an Optimistic; its message is "record of" the id.
    public static func hope(_ id: OperationID, target: Key8 = 0, seed: [Key8], _ configuration: OptimisticConfiguration) -> Self {
        .startBroadcast(id: id, target: target, message: "record of \(id)", seed: seed, configuration: .optimistic(configuration))
    }

    /// A node answers with closer nodes.
    public static func found(_ id: OperationID, _ node: Key8, _ closer: [Key8] = []) -> Self {
        .getCloserNodesSuccess(id: id, node: node, target: 0, closer: closer)
    }

    /// A node fails to answer with closer nodes.
    public static func notFound(_ id: OperationID, _ node: Key8) -> Self {
        .getCloserNodesFailure(id: id, node: node, target: 0, error: .broken)
    }

    /// A node has stored the record.
    public static func stored(_ id: OperationID, _ node: Key8) -> Self {
        .storeRecordSuccess(id: id, node: node, request: "any", response: nil)
    }

    /// A node has not stored the record.
    public static func notStored(_ id: OperationID, _ node: Key8) -> Self {
        .storeRecordFailure(id: id, node: node, request: "any", error: .broken)
    }
}

extension RequestError {
    /// The error of a bench's failures.
    public static var broken: RequestError { .failed("broken") }
}

extension PoolState where Node == Key8, Message == String {
    /// The state that asks this node, for a broadcast whose target is 0 unless told otherwise.
    public static func ask(_ id: OperationID, _ node: Key8, target: Key8 = 0) -> Self {
        .findCloser(id: id, target: target, node: node)
    }

    /// The state that stores with this node, in a broadcast started on a ``PoolBench``.
    public static func store(_ id: OperationID, _ node: Key8) -> Self {
        .storeRecord(id: id, node: node, message: "record of \(id)")
    }

    /// The state that ends a broadcast.
    public static func end(
        _ id: OperationID, _ reason: BroadcastOutcome<Key8>.Reason, _ contacted: [Key8] = [], errors: [(Key8, RequestError)] = [],
        notContacted: [Key8] = [], unanswered: [Key8] = [], early: [Key8] = []
    ) -> Self {
        .broadcastFinished(
            id: id,
            outcome: BroadcastOutcome(
                reason: reason, contacted: contacted, errors: errors.map { .init(node: $0.0, error: $0.1) }, notContacted: notContacted,
                unanswered: unanswered, early: early))
    }
}
