internal import Kademlia
internal import Timeline

/// Places of nodes, collected group by group and ranked by their distance to a target within each group.
///
/// Memory of its own, because an answer is made from it hundreds of thousands of times a second; whoever makes one deallocates it.
struct RankedPlaces {
    /// What distances are measured to.
    private let target: Key256
    private var entries: UnsafeMutablePointer<Int32>
    private var capacity = 128
    /// Where the group begins that is not ranked yet.
    private var groupStart = 0
    /// One bit for each place modulo 256: whether such a one may be there.
    private var seen: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    /// The number of places.
    private(set) var count = 0

    init(target: Key256) {
        self.target = target
        entries = .allocate(capacity: 128)
    }

    /// Gives the memory back. Nothing may be asked after that.
    func deallocate() { entries.deallocate() }

    /// The places in the order in which they came, or were ranked.
    var places: [Int32] { (0..<count).map { entries[$0] } }

    /// Adds a place to the group.
    @inline(__always)
    mutating func append(_ place: Int) {
        if count == capacity { grow() }
        (entries + count).initialize(to: Int32(truncatingIfNeeded: place))
        count += 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        (entries, capacity) = (larger, 2 * capacity)
    }

    /// Whether a place is among those from the first on that were asked for since; remembers that it will be. O(1) in the mean.
    @inline(__always)
    mutating func contains(_ place: Int, from first: Int) -> Bool {
        if count == first { seen = (0, 0, 0, 0) }
        let bit = UInt64(1) << UInt64(place & 63)
        let isNew =
            switch place >> 6 & 3 {
            case 0: note(bit, &seen.0)
            case 1: note(bit, &seen.1)
            case 2: note(bit, &seen.2)
            default: note(bit, &seen.3)
            }
        if isNew { return false }
        for index in first..<count where entries[index] == Int32(truncatingIfNeeded: place) { return true }
        return false
    }

    /// Sets a bit.
    ///
    /// - Returns: whether it was not set before.
    @inline(__always)
    private func note(_ bit: UInt64, _ word: inout UInt64) -> Bool {
        let isNew = word & bit == 0
        word |= bit
        return isNew
    }

    /// Ranks the group by distance, the closest first, and begins another one.
    @inline(__always)
    mutating func rankGroup(in space: KeySpace) {
        let group = UnsafeMutableBufferPointer(start: entries + groupStart, count: count - groupStart)
        groupStart = count
        guard group.count > 1 else { return }
        space.keys.withUnsafeBufferPointer { keys in
            if group.count > 64 || !rank(group, keys) { rankByWholeKeys(group, keys) }
        }
    }

    /// Ranks a small group by the first 58 bits of the distances, with the index in the group below them: one number to move for each.
    ///
    /// - Returns: whether these bits were enough.
    @inline(__always)
    private func rank(_ group: UnsafeMutableBufferPointer<Int32>, _ keys: UnsafeBufferPointer<Key256>) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 128) { memory in
            let (ranks, sorted) = (memory.baseAddress.unsafelyUnwrapped, memory.baseAddress.unsafelyUnwrapped + 64)
            // The reads do not wait for each other: in a large network each is one from far memory.
            var all: UInt64 = 0
            for index in 0..<group.count {
                let rank = (keys[Int(group[index])].word0 ^ target.word0) & ~63 | UInt64(truncatingIfNeeded: index)
                ranks[index] = rank
                all |= rank
            }
            Self.sort(ranks, group.count, to: sorted, shift: UInt64(truncatingIfNeeded: max(0, 59 - all.leadingZeroBitCount)))
            for index in 1..<group.count where sorted[index] >> 6 == sorted[index &- 1] >> 6 { return false }
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: 64) { places in
                for index in 0..<group.count { places[index] = group[Int(sorted[index] & 63)] }
                for index in 0..<group.count { group[index] = places[index] }
            }
            return true
        }
    }

    /// Sorts up to 64 numbers: first into 32 drawers by the five bits from a shift on, then those that share a drawer.
    ///
    /// Distances are spread evenly, so few share one, and there are few branches that a processor cannot foresee.
    @inline(__always)
    private static func sort(_ numbers: UnsafePointer<UInt64>, _ count: Int, to sorted: UnsafeMutablePointer<UInt64>, shift: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 33) { ends in
            for drawer in 0..<33 { ends[drawer] = 0 }
            for index in 0..<count { ends[Int(numbers[index] >> shift & 31) &+ 1] &+= 1 }
            for drawer in 1..<33 { ends[drawer] &+= ends[drawer &- 1] }
            for index in 0..<count {
                let drawer = Int(numbers[index] >> shift & 31)
                sorted[Int(ends[drawer])] = numbers[index]
                ends[drawer] &+= 1
            }
        }
        for index in 1..<count {
            let number = sorted[index]
            var hole = index
            while hole > 0, number < sorted[hole &- 1] {
                sorted[hole] = sorted[hole &- 1]
                hole &-= 1
            }
            sorted[hole] = number
        }
    }

    private func rankByWholeKeys(_ group: UnsafeMutableBufferPointer<Int32>, _ keys: UnsafeBufferPointer<Key256>) {
        var group = group
        group.sort { keys[Int($0)].isCloser(to: target, than: keys[Int($1)]) }
    }

    /// The first of the nodes, at most so many.
    func nodes(_ limit: Int, in space: KeySpace) -> [NetworkNode] {
        let size = min(limit, count)
        var nodes: [NetworkNode] = []
        nodes.reserveCapacity(size)
        for index in 0..<size { nodes.append(NetworkNode(index: entries[index], key: space.keys[Int(entries[index])])) }
        return nodes
    }
}
