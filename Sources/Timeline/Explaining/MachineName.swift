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
