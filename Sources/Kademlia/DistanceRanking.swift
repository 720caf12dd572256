/// A set of nodes ordered by their distance to a target, closest first.
///
/// A node keeps the *slot* it got on arrival (0, 1, 2, …) for good; its *rank* (0 is the closest) moves as closer nodes arrive.
/// Nodes with equal keys are one node, and the first to arrive wins.
///
/// Distances are kept by their 64 leading bits, in an order of their own that a search runs through; the whole keys are compared only
/// where those are equal. So the nodes themselves never move.
public struct DistanceRanking<Node: NodeID>: Sendable, Equatable {
    /// The key that distances are measured to.
    public var target: Node.Key { storedTarget }

    /// The nodes in order of arrival: a slot is an index of this array.
    @inlinable
    public var nodes: [Node] { arrived }

    @usableFromInline var storedTarget: Node.Key
    @usableFromInline var arrived: [Node] = []

    /// The leading bits of the distances and the slots, by rank.
    @usableFromInline var order = DistanceOrder()

    /// An empty set around this target.
    @inlinable
    public init(target: Node.Key) {
        storedTarget = target
    }

    /// Makes the set empty, around another target. The memory is used again.
    @inlinable
    public mutating func reset(target: Node.Key) {
        storedTarget = target
        arrived.removeAll(keepingCapacity: true)
        order.entries.removeAll(keepingCapacity: true)
    }

    /// Gets the memory for so many nodes at once.
    @inlinable
    public mutating func reserveCapacity(_ count: Int) {
        arrived.reserveCapacity(count)
        order.entries.reserveCapacity(count)
    }

    /// The number of nodes.
    @inlinable
    public var count: Int { arrived.count }

    /// Whether there are no nodes.
    @inlinable
    public var isEmpty: Bool { arrived.isEmpty }

    /// Whether the nodes arrived closest first, so that each slot is a rank. O(n).
    @inlinable
    public var arrivedInOrder: Bool {
        order.entries.indices.allSatisfy { order.entries[$0].slot == $0 }
    }

    /// The node with this slot. The slot must be in 0..<`count`.
    @inlinable
    public func node(atSlot slot: Int) -> Node {
        arrived[slot]
    }

    /// The slot of the node with this rank. The rank must be in 0..<`count`.
    @inlinable
    public func slot(atRank rank: Int) -> Int {
        Int(order.entries[rank].slot)
    }

    /// The node with this rank. The rank must be in 0..<`count`.
    @inlinable
    public func node(atRank rank: Int) -> Node {
        arrived[Int(order.entries[rank].slot)]
    }

    /// The rank of the node with this key, or `nil` when it isn't in the set. O(log n).
    @inlinable
    public func rank(of key: Node.Key) -> Int? {
        let place = place(of: key, near: 0)
        return place.isTaken ? place.rank : nil
    }

    /// The slot of the node with this key, or `nil` when it isn't in the set. O(log n).
    @inlinable
    public func slot(of key: Node.Key) -> Int? {
        let place = place(of: key, near: 0)
        return place.isTaken ? slot(atRank: place.rank) : nil
    }

    /// Adds a node, unless one with an equal key is there already.
    ///
    /// - Returns: the rank of the new node, or `nil` when the node was known.
    /// - Complexity: O(log n) to search; the ranks behind the new node move up by one.
    @inlinable
    @discardableResult
    public mutating func insert(_ node: Node) -> Int? {
        var hint = 0
        return insert(node, near: &hint)
    }

    /// Adds a node, like ``insert(_:)``, when it is likely to stand soon after another.
    ///
    /// Answers to a lookup come closest first, so each node is searched for from where the last one stands.
    ///
    /// - Parameters:
    ///   - node: the node to add.
    ///   - hint: a rank to search from; then the rank after that of the node. Any number is right, a near one is fast.
    /// - Returns: the rank of the new node, or `nil` when the node was known.
    @inlinable
    public mutating func insert(_ node: Node, near hint: inout Int) -> Int? {
        let place = place(of: node.key, near: hint)
        hint = place.rank &+ 1
        guard !place.isTaken else { return nil }
        order.insert(
            DistanceOrder.Entry(distance: (storedTarget ^ node.key).leadingBits, slot: UInt32(truncatingIfNeeded: arrived.count)),
            at: place.rank)
        arrived.append(node)
        return place.rank
    }

    /// Adds nodes to an empty set by sorting them once: faster than one by one. The set must be empty.
    ///
    /// Where the set has no memory of its own for them yet, it shares that of the array.
    ///
    /// - Complexity: O(n log n), O(n) when they come closest first.
    @inlinable
    public mutating func fill(with nodes: [Node]) {
        precondition(isEmpty, "only an empty ranking can be filled; reset it before")
        if arrived.capacity < nodes.count { arrived = nodes } else { arrived.append(contentsOf: nodes) }
        order.entries.reserveCapacity(nodes.count)
        var isInOrder = true
        for (slot, node) in nodes.enumerated() {
            let leading = (storedTarget ^ node.key).leadingBits
            if let last = order.entries.last, last.distance >= leading { isInOrder = false }
            order.entries.append(DistanceOrder.Entry(distance: leading, slot: UInt32(truncatingIfNeeded: slot)))
        }
        guard !isInOrder else { return }
        order.entries.sort { $0.distance < $1.distance }
        if order.hasEqualNeighbours { settleEqualNeighbours() }
    }

    /// Where nodes have equal leading bits their whole distances decide; and nodes with equal keys are one.
    @usableFromInline
    mutating func settleEqualNeighbours() {
        let (target, nodes) = (storedTarget, arrived)
        order.entries.sort { a, b in
            if a.distance != b.distance { return a.distance < b.distance }
            let (near, far) = (target ^ nodes[Int(a.slot)].key, target ^ nodes[Int(b.slot)].key)
            return near == far ? a.slot < b.slot : near < far
        }
        removeDuplicates()
    }

    /// Of nodes with equal keys, which are neighbours, only the one that arrived first stays; the nodes get new slots.
    mutating func removeDuplicates() {
        let all = arrived
        var newSlots = [UInt32?](repeating: nil, count: all.count)
        order.entries = order.entries.indices.filter { rank in
            rank == 0 || all[Int(order.entries[rank - 1].slot)].key != all[Int(order.entries[rank].slot)].key
        }.map { order.entries[$0] }
        for entry in order.entries { newSlots[Int(entry.slot)] = 0 }
        arrived.removeAll(keepingCapacity: true)
        for slot in all.indices where newSlots[slot] != nil {
            newSlots[slot] = UInt32(truncatingIfNeeded: arrived.count)
            arrived.append(all[slot])
        }
        order.entries = order.entries.compactMap { entry in
            newSlots[Int(entry.slot)].map { DistanceOrder.Entry(distance: entry.distance, slot: $0) }
        }
    }

    /// Where a node with this key stands, or would stand.
    @inlinable
    func place(of key: Node.Key, near hint: Int) -> (rank: Int, isTaken: Bool) {
        let leading = (storedTarget ^ key).leadingBits
        let rank = order.firstRank(notBelow: leading, near: hint)
        guard rank < order.entries.count, order.entries[rank].distance == leading else { return (rank, false) }
        if node(atRank: rank).key == key { return (rank, true) }
        return place(of: key, amongEqualsFrom: rank)
    }

    /// Where a node stands whose leading bits other nodes have too: only the whole distance tells.
    @inlinable
    func place(of key: Node.Key, amongEqualsFrom first: Int) -> (rank: Int, isTaken: Bool) {
        let distance = storedTarget ^ key
        var rank = first
        while rank < order.entries.count, order.entries[rank].distance == distance.leadingBits {
            let other = storedTarget ^ node(atRank: rank).key
            if other == distance { return (rank, true) }
            if distance < other { break }
            rank &+= 1
        }
        return (rank, false)
    }
}

extension DistanceRanking: Sequence {
    /// The nodes, closest first.
    public func makeIterator() -> some IteratorProtocol<Node> {
        order.entries.lazy.map { arrived[Int($0.slot)] }.makeIterator()
    }
}

extension DistanceRanking {
    /// Checks that the ranks are in strictly ascending order of distance and that each slot has one rank.
    ///
    /// - Returns: what is wrong, or `nil`. For tests. O(n log n).
    public func brokenInvariant() -> String? {
        guard order.entries.map(\.slot).sorted() == (0..<UInt32(nodes.count)).map({ $0 }) else {
            return "a slot has no rank, or more than one"
        }
        for rank in 0..<count {
            let distance = target.distance(to: node(atRank: rank).key)
            guard order.entries[rank].distance == distance.leadingBits else { return "rank \(rank) has a wrong distance" }
            guard rank == 0 || target.distance(to: node(atRank: rank - 1).key) < distance else { return "rank \(rank) is out of order" }
        }
        return nil
    }
}
