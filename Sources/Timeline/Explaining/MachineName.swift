public import Broadcasts
public import Coordination

/// Which machine is meant, of those that an advance of the pool goes through.
public enum MachineName: Hashable, Sendable {
    /// The pool of broadcasts.
    case pool
    /// A broadcast of the pool.
    case broadcast(OperationID, BroadcastStrategy)
    /// The lookup of a broadcast: its query, as the pool's queries run it.
    case lookup(OperationID)
}

extension MachineName {
    /// What people call it: `pool`, `FollowUp b1`, `lookup b1`.
    public var title: String {
        switch self {
        case .pool: "pool"
        case .broadcast(let id, let strategy): "\(strategy.title) \(id)"
        case .lookup(let id): "lookup \(id)"
        }
    }
}
