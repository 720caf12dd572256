/// The order of a ``DistanceRanking``: by rank, the leading bits of a node's distance and the node's slot.
///
/// It is small and knows no nodes, so a search runs through little memory.
@usableFromInline
struct DistanceOrder: Sendable, Equatable {
    /// What is known of the node with a rank.
    @usableFromInline struct Entry: Sendable, Equatable {
        /// The 64 leading bits of the distance.
        @usableFromInline let distance: UInt64
        @usableFromInline let slot: UInt32

        @inlinable init(distance: UInt64, slot: UInt32) {
            self.distance = distance
            self.slot = slot
        }
    }

    /// The entries by rank, in ascending order of distance.
    @usableFromInline var entries: [Entry] = []

    /// No nodes.
    @inlinable init() {}

    /// Inserts an entry. Those from this rank on move up by one.
    @inlinable
    mutating func insert(_ entry: Entry, at rank: Int) {
        if rank == entries.count { entries.append(entry) } else { entries.insert(entry, at: rank) }
    }

    /// Whether two entries in a row have equal leading bits. O(n).
    @inlinable
    var hasEqualNeighbours: Bool {
        zip(entries, entries.dropFirst()).contains { $0.distance == $1.distance }
    }

    /// The first rank whose leading bits are not below these: by leaps from the hint on, then by halves.
    ///
    /// - Parameters:
    ///   - distance: the leading bits to look for.
    ///   - hint: a rank to search from. Any number is right, a near one is fast.
    @inlinable
    func firstRank(notBelow distance: UInt64, near hint: Int) -> Int {
        var low = 0
        var high = entries.count
        if hint > 0, hint <= high {
            if entries[hint &- 1].distance < distance {
                low = hint
                var leap = 1
                while low &+ leap <= high, entries[low &+ leap &- 1].distance < distance {
                    low &+= leap
                    leap &<<= 1
                }
                high = Swift.min(high, low &+ leap &- 1)
            } else {
                high = hint &- 1
            }
        }
        while low < high {
            let middle = low &+ (high &- low) &>> 1
            if entries[middle].distance < distance { low = middle &+ 1 } else { high = middle }
        }
        return low
    }
}
