internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries
internal import Timeline

/// The classic put as the reference does it.
///
/// It has no phases. It takes its lookup for running as long as it has no closest nodes, it advances the shared query pool on every
/// poll, also while it stores, and it takes whatever the pool answers for its own.
struct ReferenceFollowUp: Equatable, Sendable {
    /// The operation's id, also that of its lookup.
    let id: OperationID
    /// What is stored.
    let record: Record
    /// The key that the record is stored under; the reference hands it to the lookup and forgets it, here observers want it.
    let target: Key256
    /// The nodes that some lookup found; empty as long as it waits for that.
    private(set) var closest: [NetworkNode] = []
    /// How far it is with the stores.
    private(set) var stores = ReferenceStores()

    /// A broadcast that waits for its start.
    init(id: OperationID, record: Record, target: Key256) {
        self.id = id
        self.record = record
        self.target = target
    }

    /// Feeds one event to the broadcast.
    mutating func advance(
        _ event: BroadcastEvent<NetworkNode, Record>, at now: Instant, queries: inout ReferenceQueryPool
    ) -> ReferenceBroadcast.Answer {
        let isStop = if case .stop = event { true } else { false }
        if let event = take(event) {
            switch queries.advance(event, of: id, at: now) {
            case .idle: break
            case .waiting: return .waiting  // whoever it is that waits: with stores to send, this is flaw D2
            case .ask(let id, let target, let node): return .ask(id: id, target: target, node: node)
            case .timedOut: return .finished(BroadcastOutcome(reason: .queryTimedOut))
            case .finished(_, let closest):  // whose result it is, is not looked at: flaw D1
                guard !closest.isEmpty else { return .finished(BroadcastOutcome(reason: isStop ? .stopped : .noNodesFound)) }
                self.closest = closest
                stores.choose(closest)
            }
        }
        if isStop { stores.cancel() }
        if let node = stores.sendNext(at: now) { return .store(node) }
        if !stores.awaited.isEmpty { return .waiting }
        guard isStop || !closest.isEmpty else { return .idle }
        // The nodes found stand for the nodes contacted: flaw D8.
        return .finished(
            BroadcastOutcome(reason: isStop ? .stopped : .completed, contacted: closest, errors: stores.failures(closestTo: target)))
    }

    /// Takes a store reply, or says what the query pool is to be told.
    private mutating func take(_ event: BroadcastEvent<NetworkNode, Record>) -> ReferenceQueryPool.Event? {
        switch event {
        case .start(let target, let seed): return .add(target: target, seed: seed)
        case .stop: return closest.isEmpty ? .forward(.cancel) : nil
        case .poll: return .poll
        case .nodeResponse(let node, let closer): return .forward(.nodeResponse(node: node, closer: closer))
        case .nodeFailure(let node, let error): return .forward(.nodeFailure(node: node, error: error))
        case .storeRecordSuccess(let node, _, _):
            stores.receiveReply(from: node, error: nil)
            return nil
        case .storeRecordFailure(let node, _, let error):
            stores.receiveReply(from: node, error: error)
            return nil
        }
    }

    /// What an observer sees.
    ///
    /// - Parameter query: the lookup of this id, if it runs. It may run on while the broadcast stores with the nodes of another's; it
    ///   may be gone while the broadcast waits for it, when another took its result.
    func view(query: Query<NetworkNode>?) -> BroadcastView<NetworkNode> {
        let phase: BroadcastView<NetworkNode>.Phase =
            if !stores.todo.isEmpty {
                .storing
            } else if !stores.awaited.isEmpty || !closest.isEmpty {
                .awaitingStores
            } else if let query, query.statistics.start == nil {
                .queued
            } else {
                .finding
            }
        return BroadcastView(
            id: id, strategy: .followUp, target: target, phase: phase, query: query.map { QueryView($0) },
            stores: stores.views(closestTo: target))
    }
}
