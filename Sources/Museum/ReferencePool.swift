public import Broadcasts
public import Coordination
internal import Kademlia
internal import Queries
public import Timeline

/// A pool of broadcasts that behaves as the Go reference does, flaws included: a piece for a museum, to be looked at and not to be used.
///
/// It has the events and states of `BroadcastPool`, so it runs in the same simulated world, and the two can be compared
/// step by step. What it does wrong, with the numbers that the exhibits use:
/// - D1: the broadcasts share a query pool, and each takes the result of any query for its own.
/// - D2: the first broadcast that waits ends the pool's turn, though others have work. A broadcast waits as soon as any query waits.
/// - D3: starting an id that is in use replaces the running broadcast; its query goes on, for the new one.
/// - D4: a store has no deadline: if its reply is lost, the broadcast waits for ever. `StoreOptions` mean nothing here.
/// - D7: a store reply is believed, whoever it is from, and however often it comes.
/// - D8: a stop reports nodes as contacted that were only queried, or only to be sent to, with the error "cancelled".
///
/// With these come three more: a store reply while the query runs is answered with `idle`; a query that runs out of time takes the
/// nodes that it had found with it; an event for one query can let another start beyond the limit.
///
/// The reference goes through its broadcasts in the order of a Go map, which is another one each time. Here it is **the order of
/// start**, so that a person can reason about it. One that replaces another starts when it does.
///
/// What is not rebuilt: where the reference stops the program, this pool goes on. An Optimistic, which the reference declares only, is
/// rejected; a find reply for a Static is counted and ignored. The queries are ours: overdue requests are always noticed, and
/// `replication` is respected. An empty id is one like any other. `maxBroadcasts` means nothing.
///
/// Source: `internal/coord/brdcst` and `internal/coord/query` of zikade.
public struct ReferencePool: BroadcastPoolMachine, Equatable {
    /// The nodes of a simulated network.
    public typealias Node = NetworkNode
    /// What a run stores.
    public typealias Message = Record
    /// The events of a run.
    public typealias Event = NetworkEvent
    /// The states of a run.
    public typealias State = NetworkState

    /// How the pool runs its broadcasts.
    public let configuration: PoolConfiguration

    /// The running broadcasts, in the order of their start.
    private(set) var broadcasts: [ReferenceBroadcast] = []

    /// The lookups of all broadcasts, also of some that have ended.
    private(set) var queries: ReferenceQueryPool

    /// Replies and stops for broadcasts that do not run, and what broadcasts that have ended had ignored.
    private var ignoredBefore = 0

    /// An empty pool for this node.
    ///
    /// - Parameters:
    ///   - localNode: the node that broadcasts; no query asks it.
    ///   - configuration: how the pool runs its broadcasts.
    /// - Throws: an error that names the field of the configuration that is out of its range.
    public init(localNode: NetworkNode, configuration: PoolConfiguration = PoolConfiguration()) throws(ConfigurationError) {
        try configuration.validate()
        self.configuration = configuration
        queries = ReferenceQueryPool(configuration: configuration.queries, localNode: localNode)
    }

    /// The number of events that made no sense and changed nothing. Store replies are not among them, as long as their broadcast runs:
    /// they are all believed.
    public var ignoredEvents: Int {
        broadcasts.reduce(ignoredBefore + queries.ignoredEvents) { $0 + $1.ignoredEvents }
    }

    /// The first moment at which a poll could change anything, or `nil` if only an event can. O(queries).
    ///
    /// A poll ends at the first broadcast: a Static waits and nothing more happens, a FollowUp polls the queries. So with a Static in
    /// front the deadlines of the queries pass unnoticed, and with no broadcast at all nobody polls the queries that are left.
    public var nextDeadline: Instant? {
        switch broadcasts.first {
        case .followUp: queries.nextDeadline
        case .static, nil: nil
        }
    }

    /// What an observer sees of the pool. A query holds a slot while it has requests in flight; it can be that more do than there are
    /// slots, and that the broadcast of one has ended.
    public var view: NetworkPoolView {
        NetworkPoolView(
            broadcasts: broadcasts.map { $0.view(queries: queries) }, heldSlots: queries.inFlightCount,
            slots: configuration.queries.concurrency, ignoredEvents: ignoredEvents)
    }

    /// Feeds one event to the pool. The broadcast that it names takes it; if that has nothing to say, the others are polled in the order
    /// of their start, up to the first that has.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - now: the time, not earlier than that of the event before.
    /// - Returns: one piece of work; `waiting` as soon as one broadcast waits; `idle` when none has anything to say.
    public mutating func advance(_ event: NetworkEvent, at now: Instant) -> NetworkState {
        switch event {
        case .poll:
            return pollAll(at: now)
        case .startBroadcast(let id, let target, let record, let seed, let configuration):
            return start(id, target: target, record: record, seed: seed, strategy: configuration.strategy, at: now)
        case .stopBroadcast(let id):
            return deliver(.stop, to: id, at: now)
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            return deliver(.nodeResponse(node: node, closer: closer), to: id, at: now)
        case .getCloserNodesFailure(let id, let node, _, let error):
            return deliver(.nodeFailure(node: node, error: error), to: id, at: now)
        case .storeRecordSuccess(let id, let node, let request, let response):
            return deliver(.storeRecordSuccess(node: node, request: request, response: response), to: id, at: now)
        case .storeRecordFailure(let id, let node, let request, let error):
            return deliver(.storeRecordFailure(node: node, request: request, error: error), to: id, at: now)
        }
    }
}

// MARK: - Events

extension ReferencePool {
    private mutating func start(
        _ id: OperationID, target: Key256, record: Record, seed: [NetworkNode], strategy: BroadcastStrategy, at now: Instant
    ) -> NetworkState {
        let broadcast: ReferenceBroadcast
        switch strategy {
        case .followUp: broadcast = .followUp(ReferenceFollowUp(id: id, record: record, target: target))
        case .static: broadcast = .static(ReferenceStatic(id: id, record: record, target: target))
        case .optimistic:
            let error = ConfigurationError(
                field: "strategy", problem: "the reference has no Optimistic", remedy: "use a FollowUp or a Static in the museum")
            return .broadcastRejected(id: id, reason: .invalidConfiguration(error))
        }
        if let index = index(of: id) { remove(at: index) }  // nobody is told: flaw D3
        broadcasts.append(broadcast)
        return deliver(.start(target: target, seed: seed), to: id, at: now)
    }

    private mutating func deliver(_ event: BroadcastEvent<NetworkNode, Record>, to id: OperationID, at now: Instant) -> NetworkState {
        guard let index = index(of: id) else {
            ignoredBefore += 1  // the broadcast has ended, or never was
            return pollAll(at: now)
        }
        return advance(index, with: event, at: now) ?? pollAll(but: id, at: now)
    }

    /// Polls the broadcasts in the order of their start, up to the first that has something to say, be it that it waits: flaw D2.
    private mutating func pollAll(but id: OperationID? = nil, at now: Instant) -> NetworkState {
        for index in broadcasts.indices where broadcasts[index].id != id {
            if let state = advance(index, with: .poll, at: now) { return state }
        }
        return .idle
    }

    /// Advances one broadcast.
    ///
    /// - Returns: what it has to say, or `nil` if that is nothing.
    private mutating func advance(
        _ index: Int, with event: BroadcastEvent<NetworkNode, Record>, at now: Instant
    ) -> NetworkState? {
        let id = broadcasts[index].id
        switch broadcasts[index].advance(event, at: now, queries: &queries) {
        case .idle: return nil
        case .waiting: return .waiting
        case .ask(let asker, let target, let node): return .findCloser(id: asker, target: target, node: node)
        case .store(let node): return .storeRecord(id: id, node: node, message: broadcasts[index].record)
        case .finished(let outcome):
            remove(at: index)
            return .broadcastFinished(id: id, outcome: outcome)
        }
    }

    private func index(of id: OperationID) -> Int? {
        broadcasts.firstIndex { $0.id == id }
    }

    private mutating func remove(at index: Int) {
        ignoredBefore += broadcasts[index].ignoredEvents
        broadcasts.remove(at: index)
    }
}
