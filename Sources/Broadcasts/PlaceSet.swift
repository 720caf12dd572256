/// A set of small non-negative integers that finds its next member fast: whose turn is it?
///
/// A bit for each place, in words of 64; and a bit for each word that tells whether it has any. So to insert and to remove touches two
/// words, and to find the next member looks at two, and at one more for every 4,096 places that are not members.
@usableFromInline
struct PlaceSet: Equatable, Sendable {
    /// The members: bit `p % 64` of word `p / 64`.
    @usableFromInline var words: [UInt64] = [0]

    /// The words that are not zero: bit `w % 64` of word `w / 64`.
    @usableFromInline var filledWords: [UInt64] = [0]

    /// No members.
    @inlinable init() {}

    /// Whether the set has no members.
    @inlinable
    var isEmpty: Bool { filledWords.allSatisfy { $0 == 0 } }

    /// Whether the set has this member. O(1).
    @inlinable
    func contains(_ place: Int) -> Bool {
        place &>> 6 < words.count && words[place &>> 6] & Self.bit(place) != 0
    }

    /// Adds a member. O(1) amortised.
    @inlinable
    mutating func insert(_ place: Int) {
        let index = place &>> 6
        if index >= words.count { grow(toHold: place) }
        guard words[index] & Self.bit(place) == 0 else { return }
        words[index] |= Self.bit(place)
        filledWords[index &>> 6] |= Self.bit(index)
    }

    /// Takes a member out, if it is one. O(1).
    @inlinable
    mutating func remove(_ place: Int) {
        guard contains(place) else { return }
        let index = place &>> 6
        words[index] &= ~Self.bit(place)
        if words[index] == 0 { filledWords[index &>> 6] &= ~Self.bit(index) }
    }

    /// The smallest member that is greater than `place`, else the smallest of all, else `nil`: the set as a ring.
    @inlinable
    func next(after place: Int) -> Int? {
        first(from: place &+ 1) ?? first(from: 0)
    }

    /// The smallest member that is not less than `place`, or `nil`.
    @inlinable
    func first(from place: Int) -> Int? {
        let index = place &>> 6
        guard index < words.count else { return nil }
        let word = words[index] & Self.bits(from: place)
        if word != 0 { return index &<< 6 | word.trailingZeroBitCount }
        guard let filled = firstFilledWord(from: index &+ 1) else { return nil }
        return filled &<< 6 | words[filled].trailingZeroBitCount
    }

    @inlinable
    func firstFilledWord(from index: Int) -> Int? {
        var block = index &>> 6
        guard block < filledWords.count else { return nil }
        var filled = filledWords[block] & Self.bits(from: index)
        while filled == 0 {
            block &+= 1
            guard block < filledWords.count else { return nil }
            filled = filledWords[block]
        }
        return block &<< 6 | filled.trailingZeroBitCount
    }

    @usableFromInline
    mutating func grow(toHold place: Int) {
        words.append(contentsOf: repeatElement(0, count: place >> 6 + 1 - words.count))
        let blocks = (words.count + 63) >> 6
        filledWords.append(contentsOf: repeatElement(0, count: blocks - filledWords.count))
    }

    /// The bit of a place within its word.
    @inlinable
    static func bit(_ place: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: place) }

    /// The bits of a place and of those behind it within its word.
    @inlinable
    static func bits(from place: Int) -> UInt64 { ~0 &<< UInt64(truncatingIfNeeded: place) }
}
