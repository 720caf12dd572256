public import Kademlia

/// What came of an event for a broadcast, without what can be read off its machine or query: a byte, because it is handed on several
/// times.
@usableFromInline
enum BroadcastWork<Node: NodeID>: Sendable {
    /// Ask a node for nodes closer to the target: the one that the broadcast's query has asked last.
    case ask
    /// Send a node the record: the last one that the machine has sent to.
    case store
    /// Nothing to do until a reply or a deadline.
    case wait
    /// The operation is over, for this reason. Its outcome is the machine's to tell.
    case finish(BroadcastOutcome<Node>.Reason)
    /// Nothing has been started, or all is done and was told.
    case rest

    /// Whether there is anything to do at once.
    @inlinable
    var isSome: Bool {
        switch self {
        case .ask, .store, .finish: true
        case .wait, .rest: false
        }
    }
}
