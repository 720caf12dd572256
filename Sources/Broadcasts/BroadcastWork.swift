public import Kademlia

/// What came of an event for a broadcast, without what can be read off its machine: small and, as long as nodes are, trivial to copy,
/// because it is handed on several times.
@usableFromInline
enum BroadcastWork<Node: NodeID>: Sendable {
    /// Ask the node for nodes closer to the target.
    case ask(Node)
    /// Send the node the record.
    case store(Node)
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
