/// A set of nodes ordered by their distance to a target, closest first.
///
/// A node keeps the *slot* it got on arrival (0, 1, 2, …) for good; its *rank* (0 is the closest) moves as closer nodes arrive.
/// Nodes with equal keys are one node, and the first to arrive wins.
///
/// Distances are kept by their 64 leading bits, in an array of their own that a binary search runs through;
/// the whole keys are compared only where those are equal. So the nodes themselves never move.
public struct DistanceRanking<Node: NodeID>: Sendable {
    /// The key that distances are measured to.
    public let target: Node.Key

    /// The nodes in order of arrival: a slot is an index of this array.
    public private(set) var nodes: [Node] = []

    /// The 64 leading bits of each distance, by rank.
    @usableFromInline private(set) var distances: [UInt64] = []

    /// The slot of each node, by rank.
    @usableFromInline private(set) var slots: [UInt32] = []

    /// An empty set around this target.
    public init(target: Node.Key) {
        self.target = target
    }

    /// The number of nodes.
    public var count: Int { slots.count }

    /// Whether there are no nodes.
    public var isEmpty: Bool { slots.isEmpty }

    /// The slot of the node with this rank. The rank must be in 0..<`count`.
    public func slot(atRank rank: Int) -> Int {
        Int(slots[rank])
    }

    /// The node with this rank. The rank must be in 0..<`count`.
    public func node(atRank rank: Int) -> Node {
        nodes[Int(slots[rank])]
    }

    /// The rank of the node with this key, or `nil` when it isn't in the set. O(log n).
    public func rank(of key: Node.Key) -> Int? {
        let place = place(of: key)
        return place.isTaken ? place.rank : nil
    }

    /// The slot of the node with this key, or `nil` when it isn't in the set. O(log n).
    public func slot(of key: Node.Key) -> Int? {
        rank(of: key).map { Int(slots[$0]) }
    }

    /// Adds a node, unless one with an equal key is there already.
    ///
    /// - Returns: the rank of the new node, or `nil` when the node was known.
    /// - Complexity: O(log n) to search; the ranks behind the new node move up by one.
    @discardableResult
    public mutating func insert(_ node: Node) -> Int? {
        let place = place(of: node.key)
        guard !place.isTaken else { return nil }
        distances.insert(target.distance(to: node.key).leadingBits, at: place.rank)
        slots.insert(UInt32(truncatingIfNeeded: nodes.count), at: place.rank)
        nodes.append(node)
        return place.rank
    }

    /// Where a node with this key stands, or would stand.
    private func place(of key: Node.Key) -> (rank: Int, isTaken: Bool) {
        let distance = target.distance(to: key)
        let leading = distance.leadingBits
        var low = 0
        var high = distances.count
        while low < high {
            let middle = low &+ (high &- low) / 2
            if distances[middle] < leading { low = middle &+ 1 } else { high = middle }
        }
        while low < distances.count, distances[low] == leading {
            let other = target.distance(to: nodes[Int(slots[low])].key)
            if other == distance { return (low, true) }
            if distance < other { break }
            low &+= 1
        }
        return (low, false)
    }
}

extension DistanceRanking: Equatable {}

extension DistanceRanking: Sequence {
    /// The nodes, closest first.
    public func makeIterator() -> some IteratorProtocol<Node> {
        slots.lazy.map { nodes[Int($0)] }.makeIterator()
    }
}

extension DistanceRanking {
    /// Checks that the ranks are in strictly ascending order of distance and that each slot has one rank.
    ///
    /// - Returns: what is wrong, or `nil`. For tests. O(n log n).
    public func brokenInvariant() -> String? {
        guard distances.count == nodes.count, slots.count == nodes.count else { return "the columns differ in length" }
        guard slots.sorted() == (0..<UInt32(nodes.count)).map({ $0 }) else { return "a slot has no rank, or more than one" }
        for rank in 0..<count {
            let distance = target.distance(to: node(atRank: rank).key)
            guard distances[rank] == distance.leadingBits else { return "rank \(rank) has a wrong distance" }
            guard rank == 0 || target.distance(to: node(atRank: rank - 1).key) < distance else { return "rank \(rank) is out of order" }
        }
        return nil
    }
}
