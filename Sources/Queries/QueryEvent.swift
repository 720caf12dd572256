public import Coordination
public import Kademlia

/// What flows into a ``Query``.
public enum QueryEvent<Node: NodeID>: Sendable {
    /// Time has passed: expire what is overdue, and go on.
    case poll
    /// A node answered with the nodes closest to the target that it knows.
    case nodeResponse(node: Node, closer: [Node])
    /// A node could not be asked, or answered with an error.
    case nodeFailure(node: Node, error: RequestError)
    /// End the query now with what it has.
    case cancel
}

/// What flows out of a ``Query``.
public enum QueryState<Node: NodeID>: Sendable {
    /// Ask this node for nodes closer to the target.
    case findCloser(node: Node, statistics: QueryStatistics)
    /// Nothing to do: as many requests are in flight as may be.
    case waitingAtCapacity(statistics: QueryStatistics)
    /// Nothing to do: more requests may be sent, but there is no node left to ask.
    case waitingWithCapacity(statistics: QueryStatistics)
    /// The query has ended with these nodes, closest first. Every later event is answered with this same state.
    case finished(closest: [Node], statistics: QueryStatistics)
}

extension QueryEvent: Equatable {}
extension QueryEvent: Codable where Node: Codable {}
extension QueryState: Equatable {}
extension QueryState: Codable where Node: Codable {}
