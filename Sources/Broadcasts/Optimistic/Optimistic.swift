public import Coordination
public import Kademlia
public import Queries

/// A put that stores while it is still looking, and stops looking as soon as it may.
///
/// The walk is the lookup of ``FollowUp``. With an estimate of the network's size, a node can be told to be among the k closest by its
/// distance alone (``OptimisticThresholds``). After every event:
///
/// 1. each known node that is neither failed nor unresponsive, nearer than the individual threshold and never stored with is queued for
///    a store, closest first;
/// 2. the walk ends if k stores are awaited or have succeeded, or if the mean distance of the k closest such nodes is below the set
///    threshold, or if the query finishes or runs out of time. An early end stops the query and frees its slot;
/// 3. the answer is a queued store, else a request, else that it waits.
///
/// Then the rest of the k closest is stored with, and the broadcast is over once `returnRatio` of k stores were answered.
///
/// Without an estimate it behaves exactly as ``FollowUp``, to the end.
///
/// Source: Trautwein et al., "IPFS in the Fast Lane: Accelerating Record Storage with Optimistic Provide", INFOCOM 2024.
public struct Optimistic<Node: NodeID, Message: Sendable>: Sendable {
    @usableFromInline enum Phase: Sendable {
        /// Not started; goes to `walking`, or to `finished` when there is nobody to ask.
        case idle
        /// The query looks for the closest nodes, and near ones are stored with meanwhile; goes to `storing` when the walk has ended,
        /// or to `finished`.
        case walking(QueryPool<Node, Message>.Handle)
        /// The rest of the stores is sent, and all are awaited; goes to `finished` when enough were answered.
        case storing
        /// The outcome was told.
        case finished
    }

    /// The operation's id, also that of its query.
    public var id: OperationID { ownID }
    /// The message that stores the record.
    public var message: Message { ownMessage }
    /// How the broadcast goes about it.
    public var configuration: OptimisticConfiguration { rules }
    /// The number of events that made no sense and changed nothing here; the query counts its own.
    public var ignoredEvents: Int { ignored }
    /// How near is near enough; `nil` before the start, and when there is no estimate of the network's size.
    public var thresholds: OptimisticThresholds<Node.Key>? { limits }
    /// Why the walk ended; `nil` while it goes on, and after a stop that ended it.
    public var walkEnd: WalkEnd? { end }

    @usableFromInline var ownID: OperationID
    @usableFromInline var ownMessage: Message
    @usableFromInline var rules: OptimisticConfiguration
    /// What the pool's estimator said.
    @usableFromInline var estimate: Double?
    @usableFromInline var ignored = 0
    @usableFromInline var phase = Phase.idle
    @usableFromInline var target = Node.Key.zero
    @usableFromInline var limits: OptimisticThresholds<Node.Key>?
    @usableFromInline var queue = StoreQueue<Node>(target: .zero)
    /// The nodes sent to.
    @usableFromInline var stores = StoreRound<Node>(target: .zero, options: StoreOptions())
    /// Whether the query knows more than when its nodes were last looked at.
    @usableFromInline var hasNews = true
    @usableFromInline var end: WalkEnd?
    /// The number of stores that were sent before the walk had ended.
    @usableFromInline var earlyCount = 0
    /// The k nodes of a query that finished by itself, until the pool has taken them for its estimator.
    @usableFromInline var measured: [Node] = []

    /// A broadcast that waits for its start.
    ///
    /// - Parameters:
    ///   - id: the operation's id.
    ///   - message: the message that stores the record.
    ///   - configuration: how the broadcast goes about it.
    ///   - networkSizeEstimate: the number of nodes that an estimator tells, for a configuration that names no number.
    /// - Throws: an error that names the field of the configuration that is out of its range.
    @inlinable
    public init(
        id: OperationID, message: Message, configuration: OptimisticConfiguration = .init(), networkSizeEstimate: Double? = nil
    ) throws(ConfigurationError) {
        try configuration.validate()
        self.init(id: id, message: message, validated: configuration, estimate: networkSizeEstimate)
    }

    @inlinable
    init(id: OperationID, message: Message, validated configuration: OptimisticConfiguration, estimate: Double?) {
        ownID = id
        ownMessage = message
        rules = configuration
        self.estimate = estimate
    }

    /// Becomes another broadcast that waits for its start. The memory is used again.
    @inlinable
    mutating func become(id: OperationID, message: Message, configuration: OptimisticConfiguration, estimate: Double?) {
        ownID = id
        ownMessage = message
        rules = configuration
        self.estimate = estimate
        ignored = 0
        phase = .idle
        limits = nil
        hasNews = true
        end = nil
        earlyCount = 0
        measured = []
    }

    /// The query that looks for the closest nodes, while it runs.
    @inlinable
    public var query: QueryPool<Node, Message>.Handle? {
        if case .walking(let handle) = phase { handle } else { nil }
    }

    /// The first moment at which a poll could change anything, or `nil`.
    @inlinable
    public func nextDeadline(queries: borrowing QueryPool<Node, Message>) -> Instant? {
        switch phase {
        case .idle, .finished: return nil
        case .storing: return stores.nextDeadline
        case .walking(let handle):
            guard let deadline = queries.nextDeadline(of: handle) else { return stores.nextDeadline }
            guard let storeDeadline = stores.nextDeadline else { return deadline }
            return storeDeadline < deadline ? storeDeadline : deadline
        }
    }

    /// Feeds one event to the broadcast.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - now: the time, not earlier than that of the event before.
    ///   - queries: the pool that runs the broadcast's query, the same on every call. Only this broadcast's query is advanced.
    @inlinable
    public mutating func advance(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastState<Node, Message> {
        let work = perform(event, at: now, queries: &queries)
        return state(of: work, queries: queries)
    }

    /// Does what `advance` does.
    @inlinable
    mutating func perform(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        switch phase {
        case .idle, .finished: startOrRest(event, at: now, queries: &queries)
        case .walking(let handle): walk(handle, event, at: now, queries: &queries)
        case .storing: store(event, at: now)
        }
    }
}
