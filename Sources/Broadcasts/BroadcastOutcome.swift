public import Coordination
public import Kademlia

/// What came of a broadcast: every node that was chosen is in exactly one place, so nothing is silently dropped.
public struct BroadcastOutcome<Node: NodeID>: Hashable, Sendable {
    /// Why a broadcast ended.
    public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        /// All stores went their way, whatever came of each.
        case completed
        /// It was stopped.
        case stopped
        /// Its query ran out of time; the nodes that had answered by then were stored with.
        case queryTimedOut
        /// There was no node to store with.
        case noNodesFound
    }

    /// A store that failed.
    public struct Failure: Hashable, Sendable {
        /// A node of `contacted`.
        public let node: Node
        /// What happened with it.
        public let error: RequestError

        /// A failure of this node.
        @inlinable
        public init(node: Node, error: RequestError) {
            self.node = node
            self.error = error
        }
    }

    /// Why the broadcast ended.
    public let reason: Reason

    /// The nodes that were sent a store, successful or not, closest to the target first; never one that was only queried.
    public let contacted: [Node]

    /// The stores that failed, by node, closest to the target first. In the best case empty.
    public let errors: [Failure]

    /// The nodes chosen to store with that were never sent to, closest first: not empty only after a stop.
    public let notContacted: [Node]

    /// The nodes of `contacted` that had not answered at the end, closest first.
    public let unanswered: [Node]

    /// The nodes of `contacted` that were sent to while the lookup still went on, closest first: only for Optimistic.
    public let early: [Node]

    /// An outcome.
    @inlinable
    public init(
        reason: Reason, contacted: [Node] = [], errors: [Failure] = [], notContacted: [Node] = [], unanswered: [Node] = [],
        early: [Node] = []
    ) {
        self.reason = reason
        self.contacted = contacted
        self.errors = errors
        self.notContacted = notContacted
        self.unanswered = unanswered
        self.early = early
    }

    /// What went wrong with this node, or `nil`. O(errors).
    public func error(for node: Node) -> RequestError? {
        errors.first { $0.node.key == node.key }?.error
    }
}

extension BroadcastOutcome: Codable where Node: Codable {}
extension BroadcastOutcome.Failure: Codable where Node: Codable {}
