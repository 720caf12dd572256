internal import Kademlia
internal import Timeline

/// Places of nodes, collected group by group and ranked by their distance to a target within each group.
///
/// An entry is one number: below, the place; above it, once the group is ranked, the leading bits of the distance. Memory of its own,
/// because an answer is made from it hundreds of thousands of times a second; whoever makes one deallocates it.
struct RankedPlaces {
    /// So many bits of an entry are the place: 268 million nodes.
    private static let placeBits: UInt64 = 28
    private static let placeMask: UInt64 = 1 << placeBits - 1

    /// What distances are measured to.
    private let target: Key256
    private var entries: UnsafeMutablePointer<UInt64>
    private var capacity = 128
    /// Where the group begins that is not ranked yet.
    private var groupStart = 0
    /// The number of places.
    private(set) var count = 0

    init(target: Key256) {
        self.target = target
        entries = .allocate(capacity: 128)
    }

    /// Gives the memory back. Nothing may be asked after that.
    func deallocate() { entries.deallocate() }

    /// The place of an entry.
    @inline(__always)
    private func place(_ index: Int) -> Int { Int(truncatingIfNeeded: entries[index] & Self.placeMask) }

    /// The places in the order in which they came, or were ranked.
    var places: [Int32] { (0..<count).map { Int32(truncatingIfNeeded: place($0)) } }

    /// Adds a place to the group.
    @inline(__always)
    mutating func append(_ place: Int) {
        if count == capacity { grow() }
        (entries + count).initialize(to: UInt64(truncatingIfNeeded: place))
        count += 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        (entries, capacity) = (larger, 2 * capacity)
    }

    /// Whether a place is among those of the group, which begins with the first. O(n).
    func contains(_ place: Int, from first: Int) -> Bool {
        for index in first..<count where entries[index] == UInt64(truncatingIfNeeded: place) { return true }
        return false
    }

    /// Ranks the group by distance, the closest first, and begins another one.
    ///
    /// - Parameters:
    ///   - alike: the number of leading bits in which the distances of the group do not differ.
    ///   - wanted: how many of all places count; the others may stay in any order behind them.
    @inline(__always)
    mutating func rankGroup(in space: KeySpace, alike: Int, wanted: Int) {
        let (group, size) = (entries + groupStart, count - groupStart)
        let wanted = min(size, wanted - groupStart)
        groupStart = count
        guard size > 1 else { return }
        space.keys.withUnsafeBufferPointer { keys in
            if size > 64 || alike > 63 || !rank(group, size, keys, alike, wanted) { rankByWholeKeys(group, size, keys) }
        }
    }

    /// Ranks a small group by the 36 bits of the distances in which they begin to differ.
    ///
    /// First into 32 drawers by the first five bits, then those that share a drawer. Distances are spread evenly, so few share one, and
    /// there are few branches that a processor cannot foresee.
    ///
    /// - Returns: whether these bits were enough.
    @inline(__always)
    private func rank(
        _ group: UnsafeMutablePointer<UInt64>, _ size: Int, _ keys: UnsafeBufferPointer<Key256>, _ alike: Int, _ wanted: Int
    ) -> Bool {
        var ranked = size
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { ranks in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 33) { ends in
                for drawer in 0..<33 { ends[drawer] = 0 }
                // The reads do not wait for each other: in a large network each is one from far memory.
                for index in 0..<size {
                    let place = group[index]
                    let distance = (keys[Int(truncatingIfNeeded: place)].word0 ^ target.word0) &<< UInt64(truncatingIfNeeded: alike)
                    ranks[index] = distance & ~Self.placeMask | place
                    ends[Int(truncatingIfNeeded: distance >> 59) &+ 1] &+= 1
                }
                for drawer in 1..<33 { ends[drawer] &+= ends[drawer &- 1] }
                for index in 0..<size {
                    let drawer = Int(truncatingIfNeeded: ranks[index] >> 59)
                    group[Int(ends[drawer])] = ranks[index]
                    ends[drawer] &+= 1
                }
                // Those in drawers behind the last wanted one need no order.
                ranked = Int(ends[Int(truncatingIfNeeded: group[wanted &- 1] >> 59)])
            }
        }
        var isClear = true
        for index in 1..<max(1, ranked) {
            let rank = group[index]
            var hole = index
            while hole > 0, rank < group[hole &- 1] {
                group[hole] = group[hole &- 1]
                hole &-= 1
            }
            group[hole] = rank
            // The one before is known by now; the one after is compared when its turn comes.
            if hole > 0, (rank ^ group[hole &- 1]) <= Self.placeMask { isClear = false }
            if hole < index, (rank ^ group[hole &+ 1]) <= Self.placeMask { isClear = false }
        }
        return isClear
    }

    private func rankByWholeKeys(_ group: UnsafeMutablePointer<UInt64>, _ size: Int, _ keys: UnsafeBufferPointer<Key256>) {
        var buffer = UnsafeMutableBufferPointer(start: group, count: size)
        for index in 0..<size { buffer[index] &= Self.placeMask }
        buffer.sort { keys[Int($0)].isCloser(to: target, than: keys[Int($1)]) }
    }

    /// The first of the nodes, at most so many.
    func nodes(_ limit: Int, in space: KeySpace) -> [NetworkNode] {
        let size = min(limit, count)
        var nodes: [NetworkNode] = []
        nodes.reserveCapacity(size)
        space.keys.withUnsafeBufferPointer { keys in
            for index in 0..<size {
                let place = place(index)
                nodes.append(NetworkNode(index: Int32(truncatingIfNeeded: place), key: keys[place]))
            }
        }
        return nodes
    }
}
