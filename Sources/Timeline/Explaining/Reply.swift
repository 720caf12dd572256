internal import Broadcasts

/// Which request a reply belongs to.
struct Reply {
    /// The node that replies.
    let node: NetworkNode
    /// Whether it replies to a store.
    let isStore: Bool

    /// The reply that an event is; `nil` if it is none.
    init?(_ event: NetworkEvent) {
        switch event {
        case .getCloserNodesSuccess(_, let node, _, _), .getCloserNodesFailure(_, let node, _, _): (self.node, isStore) = (node, false)
        case .storeRecordSuccess(_, let node, _, _), .storeRecordFailure(_, let node, _, _): (self.node, isStore) = (node, true)
        case .startBroadcast, .stopBroadcast, .poll: return nil
        }
    }
}
