public import Coordination
public import Kademlia
public import Queries

/// What an observer sees of a pool of broadcasts: plain data, apart from the machine that it was taken from.
public struct PoolView<Node: NodeID>: Hashable, Sendable {
    /// The running broadcasts, in the order of their start.
    public let broadcasts: [BroadcastView<Node>]
    /// The number of query slots that are held.
    public let heldSlots: Int
    /// The number of query slots that there are.
    public let slots: Int
    /// The number of events so far that made no sense and changed nothing.
    public let ignoredEvents: Int

    /// A view.
    @inlinable
    public init(broadcasts: [BroadcastView<Node>], heldSlots: Int, slots: Int, ignoredEvents: Int) {
        self.broadcasts = broadcasts
        self.heldSlots = heldSlots
        self.slots = slots
        self.ignoredEvents = ignoredEvents
    }

    /// The broadcast of this id, if it is running. O(broadcasts).
    @inlinable
    public func broadcast(_ id: OperationID) -> BroadcastView<Node>? {
        broadcasts.first { $0.id == id }
    }
}

/// What an observer sees of a running broadcast.
public struct BroadcastView<Node: NodeID>: Hashable, Sendable {
    /// How far a broadcast is.
    public enum Phase: String, Hashable, Sendable, CaseIterable {
        /// Its query waits in line for a slot.
        case queued
        /// Its query is looking for the closest nodes.
        case finding
        /// It has stores to send.
        case storing
        /// All stores are sent; some are awaited.
        case awaitingStores
    }

    /// The operation's id.
    public let id: OperationID
    /// The strategy.
    public let strategy: BroadcastStrategy
    /// The key that the record is stored under.
    public let target: Node.Key?
    /// How far the broadcast is.
    public let phase: Phase
    /// The lookup, while it runs.
    public let query: QueryView<Node>?
    /// The nodes chosen to store with, closest first; empty while the lookup runs, but for an Optimistic.
    public let stores: [StoreView<Node>]
    /// What is special about an Optimistic; `nil` for the other strategies, and for one that has no estimate of the network's size.
    public let optimistic: OptimisticView<Node>?

    /// A view.
    @inlinable
    public init(
        id: OperationID, strategy: BroadcastStrategy, target: Node.Key?, phase: Phase, query: QueryView<Node>?, stores: [StoreView<Node>],
        optimistic: OptimisticView<Node>? = nil
    ) {
        self.id = id
        self.strategy = strategy
        self.target = target
        self.phase = phase
        self.query = query
        self.stores = stores
        self.optimistic = optimistic
    }
}

/// What an observer sees of a lookup.
public struct QueryView<Node: NodeID>: Hashable, Sendable {
    /// The nodes heard of, closest first.
    public let candidates: [QueryCandidate<Node>]
    /// What the query has done so far.
    public let statistics: QueryStatistics
    /// How the query goes about its lookup.
    public let configuration: QueryConfiguration
    /// The nodes that a follow-up ends with, closest first; empty before it begins. See `QueryConfiguration.resiliency`.
    public let finalSet: [Node]

    /// Whether the lookup is over and the nodes of its final set are asked or awaited.
    public var isFollowingUp: Bool { !finalSet.isEmpty }

    /// A view of this query.
    @inlinable
    public init(_ query: Query<Node>) {
        candidates = query.candidates
        statistics = query.statistics
        configuration = query.configuration
        finalSet = query.finalSet
    }
}

/// What an observer sees of a store.
public struct StoreView<Node: NodeID>: Hashable, Sendable {
    /// How far a store is.
    public enum Status: Hashable, Sendable {
        /// Not sent yet.
        case todo
        /// Sent and awaited; it expires after the deadline, if there is one.
        case waiting(sent: Instant, deadline: Instant?)
        /// The node has the record.
        case stored
        /// The node could not be stored with.
        case failed(RequestError)
    }

    /// The node.
    public let node: Node
    /// How far its store is.
    public let status: Status

    /// A view.
    @inlinable
    public init(node: Node, status: Status) {
        self.node = node
        self.status = status
    }
}

/// A machine with the events and states of a pool of broadcasts, whatever its rules: what a driver and an observer need.
public protocol BroadcastPoolMachine<Node, Message>: StateMachine, Sendable
where Event == PoolEvent<Node, Message>, State == PoolState<Node, Message> {
    /// The nodes of the network.
    associatedtype Node: NodeID
    /// What is stored.
    associatedtype Message: Sendable

    /// The first moment at which a poll could change anything, or `nil`.
    var nextDeadline: Instant? { get }

    /// What an observer sees of the pool.
    var view: PoolView<Node> { get }

    /// What an observer sees of the pool after an advance, given what was seen before it: the same as ``view``, but what has not changed
    /// may be taken from there.
    ///
    /// - Parameters:
    ///   - old: the view before the advance.
    ///   - ids: the broadcasts that the event and the state of the advance name.
    func view(after old: PoolView<Node>, naming ids: [OperationID]) -> PoolView<Node>

    /// The number of events so far that made no sense and changed nothing.
    var ignoredEvents: Int { get }
}

extension BroadcastPoolMachine {
    public func view(after old: PoolView<Node>, naming ids: [OperationID]) -> PoolView<Node> { view }
}
