/// A set of nodes ordered by their distance to a target, closest first.
///
/// A node keeps the *slot* it got on arrival (0, 1, 2, …) for good; its *rank* (0 is the closest) moves as closer nodes arrive.
/// Nodes with equal keys are one node, and the first to arrive wins.
///
/// Distances are kept by their 64 leading bits, in an array of their own that a search runs through; the whole keys are compared only
/// where those are equal. So the nodes themselves never move.
public struct DistanceRanking<Node: NodeID>: Sendable, Equatable {
    /// The key that distances are measured to.
    public var target: Node.Key { storedTarget }

    /// The nodes in order of arrival: a slot is an index of this array.
    public var nodes: [Node] { arrived }

    @usableFromInline var storedTarget: Node.Key
    @usableFromInline var arrived: [Node] = []

    /// The 64 leading bits of each distance, by rank.
    @usableFromInline var distances: [UInt64] = []

    /// The slot of each node, by rank.
    @usableFromInline var slots: [UInt32] = []

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
        distances.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
    }

    /// Gets the memory for so many nodes at once.
    @inlinable
    public mutating func reserveCapacity(_ count: Int) {
        arrived.reserveCapacity(count)
        distances.reserveCapacity(count)
        slots.reserveCapacity(count)
    }

    /// The number of nodes.
    @inlinable
    public var count: Int { slots.count }

    /// Whether there are no nodes.
    @inlinable
    public var isEmpty: Bool { slots.isEmpty }

    /// The node with this slot. The slot must be in 0..<`count`.
    @inlinable
    public func node(atSlot slot: Int) -> Node {
        arrived[slot]
    }

    /// The slot of the node with this rank. The rank must be in 0..<`count`.
    @inlinable
    public func slot(atRank rank: Int) -> Int {
        Int(slots[rank])
    }

    /// The node with this rank. The rank must be in 0..<`count`.
    @inlinable
    public func node(atRank rank: Int) -> Node {
        arrived[Int(slots[rank])]
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
        return place.isTaken ? Int(slots[place.rank]) : nil
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
        distances.insert((storedTarget ^ node.key).leadingBits, at: place.rank)
        slots.insert(UInt32(truncatingIfNeeded: arrived.count), at: place.rank)
        arrived.append(node)
        return place.rank
    }

    /// Adds nodes to an empty set by sorting them once: faster than one by one when there are many. The set must be empty.
    ///
    /// - Complexity: O(n log n).
    @inlinable
    public mutating func fill(with nodes: [Node]) {
        let leading = nodes.map { (storedTarget ^ $0.key).leadingBits }
        let order = nodes.indices.sorted { a, b in
            if leading[a] != leading[b] { return leading[a] < leading[b] }
            let (near, far) = (storedTarget ^ nodes[a].key, storedTarget ^ nodes[b].key)
            return near == far ? a < b : near < far
        }
        // Of nodes with equal keys the first to arrive stands first here, and the others go.
        var isFirst = [Bool](repeating: false, count: nodes.count)
        for (place, index) in order.enumerated() {
            isFirst[index] = place == 0 || nodes[order[place &- 1]].key != nodes[index].key
        }
        var slotOfIndex = [UInt32](repeating: 0, count: nodes.count)
        for index in nodes.indices where isFirst[index] {
            slotOfIndex[index] = UInt32(truncatingIfNeeded: arrived.count)
            arrived.append(nodes[index])
        }
        for index in order where isFirst[index] {
            distances.append(leading[index])
            slots.append(slotOfIndex[index])
        }
    }

    /// Where a node with this key stands, or would stand.
    @inlinable
    func place(of key: Node.Key, near hint: Int) -> (rank: Int, isTaken: Bool) {
        let leading = (storedTarget ^ key).leadingBits
        var rank = firstRank(notBelow: leading, near: hint)
        guard rank < distances.count, distances[rank] == leading else { return (rank, false) }
        if arrived[Int(slots[rank])].key == key { return (rank, true) }
        // Other keys with the same leading bits: only the whole distance tells.
        let distance = storedTarget ^ key
        while rank < distances.count, distances[rank] == leading {
            let other = storedTarget ^ arrived[Int(slots[rank])].key
            if other == distance { return (rank, true) }
            if distance < other { break }
            rank &+= 1
        }
        return (rank, false)
    }

    /// The first rank whose leading bits are not below these: by leaps from the hint on, then by halves.
    @inlinable
    func firstRank(notBelow leading: UInt64, near hint: Int) -> Int {
        var low = 0
        var high = distances.count
        if hint > 0, hint <= high, distances[hint &- 1] < leading {
            low = hint
            var leap = 1
            while low &+ leap <= high, distances[low &+ leap &- 1] < leading {
                low &+= leap
                leap &<<= 1
            }
            high = Swift.min(high, low &+ leap)
        } else if hint > 0, hint <= high {
            high = hint
        }
        while low < high {
            let middle = low &+ (high &- low) &>> 1
            if distances[middle] < leading { low = middle &+ 1 } else { high = middle }
        }
        return low
    }
}

extension DistanceRanking: Sequence {
    /// The nodes, closest first.
    public func makeIterator() -> some IteratorProtocol<Node> {
        slots.lazy.map { arrived[Int($0)] }.makeIterator()
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
