internal import Broadcasts
internal import Queries

/// What a reply to a find-closer request says of the node that sent it.
struct LookupChange {
    /// The node.
    let node: NetworkNode
    /// How far a lookup that takes the reply is with the node from then on.
    let status: QueryCandidate<NetworkNode>.Status

    /// What an event says; `nil` if it is no such reply.
    init?(_ event: NetworkEvent) {
        switch event {
        case .getCloserNodesSuccess(_, let node, _, _): (self.node, status) = (node, .succeeded)
        case .getCloserNodesFailure(_, let node, _, _): (self.node, status) = (node, .failed)
        case .startBroadcast, .stopBroadcast, .storeRecordSuccess, .storeRecordFailure, .poll: return nil
        }
    }
}
