public import Broadcasts
public import Coordination
public import Kademlia
public import Queries

/// One thing that a step changed in a machine.
public enum Change: Hashable, Sendable {
    // Of the pool.

    /// A broadcast has begun.
    case began(OperationID, BroadcastStrategy)
    /// A broadcast is over, for this reason; `nil` if it is gone and nothing was said of its end.
    case ended(OperationID, BroadcastOutcome<NetworkNode>.Reason?)
    /// Another number of query slots is held, of so many.
    case slots(from: Int, to: Int, of: Int)
    /// So many more events were ignored.
    case ignored(Int)

    // Of a broadcast.

    /// How far the broadcast is; `nil` stands for before its beginning and after its end.
    case phase(from: BroadcastView<NetworkNode>.Phase?, to: BroadcastView<NetworkNode>.Phase?)
    /// These nodes are to be stored with, closest first.
    case chosen([NetworkNode])
    /// These nodes are no longer to be stored with, and nothing was said of them.
    case unchosen([NetworkNode])
    /// The store with a node is this far now: sent, stored, failed.
    case store(NetworkNode, StoreView<NetworkNode>.Status)
    /// An Optimistic knows how near is near enough.
    case thresholds(OptimisticThresholds<Key256>)
    /// The walk of an Optimistic has ended.
    case walkEnded(WalkEnd)

    // Of a lookup.

    /// The lookup has begun.
    case lookupBegan
    /// The lookup is over.
    case lookupEnded
    /// These nodes were heard of for the first time, closest first.
    case learned([NetworkNode])
    /// These nodes are no longer known.
    case forgotten([NetworkNode])
    /// The lookup is over but for its follow-up, which asks the rest of these nodes, closest first.
    case followUpBegan([NetworkNode])
    /// The lookup is this far with a node now: asked, answered, failed, unresponsive, abandoned.
    case candidate(NetworkNode, QueryCandidate<NetworkNode>.Status)
    /// The nearest node known is another one, nearer than the one before.
    case nearest(from: NetworkNode?, to: NetworkNode)
    /// What the lookup has done so far.
    case statistics(from: QueryStatistics, to: QueryStatistics)
}
