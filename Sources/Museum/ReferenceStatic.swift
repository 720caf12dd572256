internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Timeline

/// The put to given nodes as the reference does it: who has replied was contacted, flaw D7.
struct ReferenceStatic: Equatable, Sendable {
    /// The operation's id.
    let id: OperationID
    /// What is stored.
    let record: Record
    /// The key that the record is stored under; the reference does not keep it, here observers want it.
    let target: Key256
    /// The number of replies to questions that a Static never asks. The reference stops the program at one.
    private(set) var ignoredEvents = 0
    /// How far it is with the stores.
    private(set) var stores = ReferenceStores()

    /// A broadcast that waits for its start.
    init(id: OperationID, record: Record, target: Key256) {
        self.id = id
        self.record = record
        self.target = target
    }

    /// Feeds one event to the broadcast.
    mutating func advance(_ event: BroadcastEvent<NetworkNode, Record>, at now: Instant) -> ReferenceBroadcast.Answer {
        var reason = BroadcastOutcome<NetworkNode>.Reason.completed
        switch event {
        case .start(_, let seed): stores.choose(seed)
        case .stop:
            stores.cancel()
            reason = .stopped
        case .poll: break
        case .nodeResponse, .nodeFailure: ignoredEvents += 1
        case .storeRecordSuccess(let node, _, _): stores.receiveReply(from: node, error: nil)
        case .storeRecordFailure(let node, _, let error): stores.receiveReply(from: node, error: error)
        }
        if let node = stores.sendNext(at: now) { return .store(node) }
        if !stores.awaited.isEmpty { return .waiting }
        return .finished(
            BroadcastOutcome(
                reason: reason, contacted: stores.replied(closestTo: target), errors: stores.failures(closestTo: target)))
    }

    /// What an observer sees.
    var view: BroadcastView<NetworkNode> {
        BroadcastView(
            id: id, strategy: .static, target: target, phase: stores.todo.isEmpty ? .awaitingStores : .storing, query: nil,
            stores: stores.views(closestTo: target))
    }
}
