internal import Coordination
public import Kademlia

/// Nodes to be stored with that have not been sent to, closest to the target first, whatever the order in which they were found.
@usableFromInline
struct StoreQueue<Node: NodeID>: Sendable {
    @usableFromInline var target: Node.Key

    /// Closest first; those before `head` have been taken out.
    @usableFromInline var nodes: [Node] = []
    @usableFromInline var head = 0

    /// An empty queue.
    @inlinable
    init(target: Node.Key) {
        self.target = target
    }

    /// Makes the queue empty, around another target. The memory is used again.
    @inlinable
    mutating func reset(target: Node.Key) {
        self.target = target
        nodes.removeAll(keepingCapacity: true)
        head = 0
    }

    @inlinable
    var isEmpty: Bool { head == nodes.count }

    /// The nodes, closest first.
    @inlinable
    var waiting: ArraySlice<Node> { nodes[head...] }

    /// Adds a node, unless it is there already. O(log n) to search; those behind it move up by one.
    @inlinable
    mutating func insert(_ node: Node) {
        let distance = target ^ node.key
        var (low, high) = (head, nodes.count)
        while low < high {
            let middle = low &+ (high &- low) &>> 1
            if target ^ nodes[middle].key < distance { low = middle &+ 1 } else { high = middle }
        }
        guard low == nodes.count || nodes[low].key != node.key else { return }
        nodes.insert(node, at: low)
    }

    /// Takes the closest node out. O(1).
    @inlinable
    mutating func popFirst() -> Node? {
        guard !isEmpty else { return nil }
        head &+= 1
        return nodes[head &- 1]
    }

    /// What is wrong with the order, or `nil`. For tests.
    func brokenInvariant() -> String? {
        zip(waiting, waiting.dropFirst()).allSatisfy { target ^ $0.key < target ^ $1.key } ? nil : "the queued stores are out of order"
    }
}
