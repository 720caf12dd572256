public import Coordination
public import Kademlia

/// A node that a query has heard of, as an observer sees it.
public struct QueryCandidate<Node: NodeID>: Hashable, Sendable {
    /// How far the query is with a node.
    public enum Status: Hashable, Sendable {
        /// Heard of, not asked yet.
        case notContacted
        /// Asked; it is to answer by the deadline.
        case waiting(deadline: Instant)
        /// It answered.
        case succeeded
        /// It failed.
        case failed
        /// It did not answer in time, but may yet.
        case unresponsive
        /// Asked, but the lookup was over before it answered, and it is not in the final set: it is not awaited any more.
        case abandoned
    }

    /// The node.
    public let node: Node
    /// How far the query is with it.
    public let status: Status

    /// A candidate.
    @inlinable
    public init(node: Node, status: Status) {
        self.node = node
        self.status = status
    }
}
