internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// A request that a broadcast awaits the reply of.
struct AwaitedRequest {
    /// The node that it was sent to.
    let node: NetworkNode
    /// Whether it is a store.
    let isStore: Bool
    /// Until when it is awaited.
    let deadline: Instant?

    /// What tells it from the others of its broadcast.
    var name: SentRequest { SentRequest(key: node.key, isStore: isStore) }
}

/// What tells a request from the others of its broadcast.
struct SentRequest: Hashable {
    /// The key of the node.
    let key: Key256
    /// Whether it is a store.
    let isStore: Bool
}

extension SentRequest {
    /// The request that a state is, if it is one of this broadcast.
    init?(_ state: NetworkState, of id: OperationID) {
        switch state {
        case .findCloser(id, _, let node): self.init(key: node.key, isStore: false)
        case .storeRecord(id, let node, _): self.init(key: node.key, isStore: true)
        case .findCloser, .storeRecord, .idle, .waiting, .broadcastFinished, .broadcastRejected: return nil
        }
    }
}

extension Story {
    /// The requests whose replies are awaited: the questions, then the stores, each closest first.
    var awaited: [AwaitedRequest] {
        guard let view else { return [] }
        let asks = (view.query?.awaited ?? []).map { AwaitedRequest(node: $0.node, isStore: false, deadline: $0.deadline) }
        let stores = view.stores.compactMap { store -> AwaitedRequest? in
            guard case .waiting(_, let deadline) = store.status else { return nil }
            return AwaitedRequest(node: store.node, isStore: true, deadline: deadline)
        }
        return asks + stores
    }
}
