internal import Kademlia
public import Timeline

/// The keys of all nodes of a network in ascending order; a node's index is its place.
///
/// All nodes that share some leading bits stand together, so every bucket of every routing table is a range of places. An index on the
/// leading bits leads to within a key or two of where a range begins: 32 bytes a node for the key, and about 4 for the index.
struct KeySpace: Sendable, Equatable {
    /// The keys, ascending, each once.
    let keys: [Key256]
    /// For each value of the leading bits the place of the first key that is not below it; one more entry for the end.
    private let firstPlaces: [UInt32]
    /// How far a key's first word is shifted to get its leading bits.
    private let shift: UInt64

    /// The keys of a network, in ascending order, each once. O(n).
    init(sorted keys: [Key256]) {
        self.keys = keys
        let bits = Self.indexedBits(keys.count)
        shift = UInt64(64 - bits)
        var places = [UInt32](repeating: 0, count: (1 << bits) + 1)
        var next = 0
        for (place, key) in keys.enumerated() {
            let leading = Int(key.word0 >> shift)
            while next <= leading {
                places[next] = UInt32(place)
                next += 1
            }
        }
        while next < places.count {
            places[next] = UInt32(keys.count)
            next += 1
        }
        firstPlaces = places
    }

    /// The number of leading bits that the index tells apart: about as many values as there are keys.
    static func indexedBits(_ count: Int) -> Int {
        max(1, min(28, Int.bitWidth - max(1, count).leadingZeroBitCount - 1))
    }

    /// The number of keys.
    var count: Int { keys.count }

    /// The places of the keys that share at least so many leading bits with a key, 0…256. O(1) in the mean for random keys.
    @inline(__always)
    func range(sharing bits: Int, with key: Key256) -> Range<Int> {
        guard bits <= 64 else { return deepRange(sharing: bits, with: key) }
        guard bits > 0 else { return 0..<keys.count }
        let rest = bits == 64 ? 0 : UInt64.max >> UInt64(bits)
        let last = key.word0 | rest
        let lower = firstPlace(notBelow: key.word0 & ~rest)
        return lower..<(last == .max ? keys.count : firstPlace(notBelow: last + 1))
    }

    /// The place of a key, or where it would stand: that of the first key that is not below it. O(1) in the mean for random keys.
    func place(of key: Key256) -> Int {
        var place = firstPlace(notBelow: key.word0)
        while place < keys.count, keys[place] < key { place += 1 }
        return place
    }

    /// The place of the first key whose first word is at least this.
    @inline(__always)
    private func firstPlace(notBelow word: UInt64) -> Int {
        let leading = Int(word >> shift)
        var low = Int(firstPlaces[leading])
        var high = Int(firstPlaces[leading + 1])
        while high - low > 8 {
            let middle = (low + high) >> 1
            if keys[middle].word0 < word { low = middle + 1 } else { high = middle }
        }
        while low < high, keys[low].word0 < word { low += 1 }
        return low
    }

    /// The same for prefixes longer than a word, which only keys that somebody chose share.
    private func deepRange(sharing bits: Int, with key: Key256) -> Range<Int> {
        let near = range(sharing: 64, with: key)
        let shared = keys[near].map { min(256, $0.commonPrefixLength(with: key)) }
        let first = shared.firstIndex { $0 >= bits } ?? 0
        let count = shared.count { $0 >= bits }
        // Those that share the bits stand together; where none does, the range is empty.
        return near.lowerBound + first..<near.lowerBound + first + count
    }
}

/// The nodes of a network in ascending order of their keys, made as they are looked at.
public struct NodeList: RandomAccessCollection, Sendable, Equatable {
    let space: KeySpace

    public var startIndex: Int { 0 }
    public var endIndex: Int { space.count }

    public subscript(place: Int) -> NetworkNode {
        NetworkNode(index: Int32(truncatingIfNeeded: place), key: space.keys[place])
    }
}
