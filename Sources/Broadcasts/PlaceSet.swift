/// A set of small non-negative integers that finds its next member fast: whose turn is it?
///
/// A tree of 64-way words: the lowest level has a bit for each place, and a bit of a higher level tells whether the word below it
/// has any. To insert, to remove and to find the next member touches one word a level: three levels do for 262,144 places.
@usableFromInline
struct PlaceSet: Equatable, Sendable {
    /// The words of each level, the lowest first. The last level has one word.
    @usableFromInline var levels: [[UInt64]] = [[0]]

    /// No members.
    @inlinable init() {}

    /// Whether the set has no members.
    @inlinable
    var isEmpty: Bool { levels[levels.count - 1][0] == 0 }

    /// Whether the set has this member. O(1).
    @inlinable
    func contains(_ place: Int) -> Bool {
        place >> 6 < levels[0].count && levels[0][place >> 6] & (1 << UInt64(place & 63)) != 0
    }

    /// Adds a member. O(levels).
    @inlinable
    mutating func insert(_ place: Int) {
        if place >> 6 >= levels[0].count { grow(toHold: place) }
        if contains(place) { return }
        var index = place
        for level in levels.indices {
            levels[level][index >> 6] |= 1 << UInt64(index & 63)
            index >>= 6
        }
    }

    /// Takes a member out, if it is one. O(levels).
    @inlinable
    mutating func remove(_ place: Int) {
        guard contains(place) else { return }
        var index = place
        for level in levels.indices {
            levels[level][index >> 6] &= ~(1 << UInt64(index & 63))
            if levels[level][index >> 6] != 0 { break }
            index >>= 6
        }
    }

    /// The smallest member that is greater than `place`, else the smallest of all, else `nil`: the set as a ring. O(levels).
    @inlinable
    func next(after place: Int) -> Int? {
        first(from: place + 1) ?? first(from: 0)
    }

    /// The smallest member that is not less than `place`, or `nil`. O(levels).
    @inlinable
    func first(from place: Int) -> Int? {
        var index = place
        for level in levels.indices {
            guard index >> 6 < levels[level].count else { return nil }
            let word = levels[level][index >> 6] & (~0 << UInt64(index & 63))
            if word != 0 { return descend(to: index & ~63 | word.trailingZeroBitCount, from: level) }
            index = index >> 6 + 1
        }
        return nil
    }

    /// The smallest member below a set bit.
    @inlinable
    func descend(to index: Int, from level: Int) -> Int {
        var index = index
        for level in stride(from: level - 1, through: 0, by: -1) {
            index = index << 6 | levels[level][index].trailingZeroBitCount
        }
        return index
    }

    @usableFromInline
    mutating func grow(toHold place: Int) {
        guard place >> 6 >= levels[0].count else { return }
        var wordCount = place >> 6 + 1
        for level in levels.indices {
            if levels[level].count < wordCount {
                levels[level].append(contentsOf: repeatElement(0, count: wordCount - levels[level].count))
            }
            wordCount = (wordCount + 63) >> 6
        }
        while levels[levels.count - 1].count > 1 {
            let below = levels[levels.count - 1]
            var words = [UInt64](repeating: 0, count: (below.count + 63) >> 6)
            for index in below.indices where below[index] != 0 { words[index >> 6] |= 1 << UInt64(index & 63) }
            levels.append(words)
        }
    }
}
