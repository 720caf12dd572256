internal import Kademlia
internal import Timeline

/// Places of nodes, collected group by group and ranked by their distance to a target within each group.
///
/// Memory of its own, because an answer is made from it hundreds of thousands of times a second; whoever makes one deallocates it.
struct RankedPlaces {
    private struct Entry {
        var distance: UInt64
        var place: Int
    }

    /// What distances are measured to.
    private let target: Key256
    private var entries: UnsafeMutablePointer<Entry>
    private var capacity = 96
    /// Where the group begins that is not ranked yet.
    private var groupStart = 0
    /// One bit for each place modulo 256: whether such a one may be there.
    private var seen: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    /// The number of places.
    private(set) var count = 0

    init(target: Key256) {
        self.target = target
        entries = .allocate(capacity: 96)
    }

    /// Gives the memory back. Nothing may be asked after that.
    func deallocate() { entries.deallocate() }

    /// The places in the order in which they came, or were ranked.
    var places: [Int32] { (0..<count).map { Int32(truncatingIfNeeded: entries[$0].place) } }

    /// Adds a place to the group.
    @inline(__always)
    mutating func append(_ place: Int) {
        if count == capacity { grow() }
        (entries + count).initialize(to: Entry(distance: 0, place: place))
        count += 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
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
        for index in first..<count where entries[index].place == place { return true }
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
    mutating func rankGroup(in space: KeySpace) {
        let size = count - groupStart
        var group = UnsafeMutableBufferPointer(start: entries + groupStart, count: size)
        groupStart = count
        guard size > 0 else { return }
        // The reads do not wait for each other: in a large network each is one from far memory.
        space.keys.withUnsafeBufferPointer { keys in
            for index in 0..<size { group[index].distance = keys[group[index].place].word0 ^ target.word0 }
            if size <= 48 {
                for index in 1..<max(1, size) {
                    let entry = group[index]
                    var hole = index
                    while hole > 0, isCloser(entry, than: group[hole - 1], keys) {
                        group[hole] = group[hole - 1]
                        hole -= 1
                    }
                    group[hole] = entry
                }
            } else {
                group.sort { isCloser($0, than: $1, keys) }
            }
        }
    }

    @inline(__always)
    private func isCloser(_ a: Entry, than b: Entry, _ keys: UnsafeBufferPointer<Key256>) -> Bool {
        if a.distance != b.distance { return a.distance < b.distance }
        return keys[a.place].isCloser(to: target, than: keys[b.place])
    }

    /// The first of the nodes, at most so many.
    func nodes(_ limit: Int, in space: KeySpace) -> [NetworkNode] {
        let size = min(limit, count)
        return space.keys.withUnsafeBufferPointer { keys in
            [NetworkNode](unsafeUninitializedCapacity: size) { buffer, initialized in
                for index in 0..<size {
                    let place = entries[index].place
                    buffer.initializeElement(at: index, to: NetworkNode(index: Int32(truncatingIfNeeded: place), key: keys[place]))
                }
                initialized = size
            }
        }
    }
}
