public import Kademlia

/// The exact sum of up to 2³² distances.
///
/// A wide integer: the 256 leading bits of the distances, as `KademliaKey.leadingWords` has them, and a word for the carries.
/// Adding and comparing allocate nothing.
@frozen
public struct DistanceSum<Key: KademliaKey>: Hashable, Sendable {
    /// How many distances were added.
    @usableFromInline var added: Int

    @usableFromInline var carry: UInt64
    @usableFromInline var word0: UInt64
    @usableFromInline var word1: UInt64
    @usableFromInline var word2: UInt64
    @usableFromInline var word3: UInt64

    /// The number of distances added.
    @inlinable
    public var count: Int { added }

    /// The sum of no distances.
    @inlinable
    public init() {
        added = 0
        carry = 0
        word0 = 0
        word1 = 0
        word2 = 0
        word3 = 0
    }

    /// The sum of these distances.
    @inlinable
    public init(_ distances: some Sequence<Key>) {
        self.init()
        for distance in distances { add(distance) }
    }

    /// Adds a distance.
    @inlinable
    public mutating func add(_ distance: Key) {
        let words = distance.leadingWords
        added &+= 1
        var carriesOver = word3.add(words.3, carry: false)
        carriesOver = word2.add(words.2, carry: carriesOver)
        carriesOver = word1.add(words.1, carry: carriesOver)
        carriesOver = word0.add(words.0, carry: carriesOver)
        if carriesOver { carry &+= 1 }
    }

    /// Whether the sum is a smaller integer than the other one, or the same; the counts don't matter.
    @inlinable
    func isAtMost(_ other: DistanceSum) -> Bool {
        if carry != other.carry { return carry < other.carry }
        if word0 != other.word0 { return word0 < other.word0 }
        if word1 != other.word1 { return word1 < other.word1 }
        if word2 != other.word2 { return word2 < other.word2 }
        return word3 <= other.word3
    }
}

extension DistanceSum {
    /// The greatest sum of `count` distances that, divided by two to the power of the width, is strictly less than `bound`.
    ///
    /// ⌈2²⁵⁶ · bound⌉ − 1: exact, because a `Double` is a whole number times a power of two. The bound must be more than 0.
    init(of count: Int, below bound: Double) {
        self.init()
        added = count
        guard bound < 0x1p64 else {  // more than any sum of 2³² distances
            (carry, word0, word1, word2, word3) = (.max, .max, .max, .max, .max)
            return
        }
        let mantissa = UInt64(bound.significand * 0x1p52)
        // 2²⁵⁶ · bound is the mantissa times two to this power.
        let power = Int(bound.exponent) + 256 - 52
        guard power >= 0 else {
            let shift = UInt64(-power)
            word3 = (mantissa - 1) >> shift  // ⌈m / 2ˢ⌉ − 1 = ⌊(m − 1) / 2ˢ⌋
            return
        }
        var words: [UInt64] = [0, 0, 0, 0, 0]  // the least significant one first
        let pair = UInt128(mantissa) << UInt128(power % 64)
        words[power / 64] = UInt64(truncatingIfNeeded: pair)
        if power / 64 < 4 { words[power / 64 + 1] = UInt64(truncatingIfNeeded: pair >> 64) }
        for index in words.indices {
            words[index] &-= 1
            if words[index] != .max { break }  // nothing to borrow
        }
        (word3, word2, word1, word0, carry) = (words[0], words[1], words[2], words[3], words[4])
    }

    /// The greatest distance that is at most this sum: all ones if the sum is more than any distance.
    var asDistance: Key {
        carry == 0
            ? Key(leadingWords: (word0, word1, word2, word3), filling: .max) : Key(leadingWords: (.max, .max, .max, .max), filling: .max)
    }
}

extension UInt64 {
    /// Adds a word and the carry from the word below.
    ///
    /// - Returns: whether it carries over to the word above.
    @inlinable
    mutating func add(_ other: UInt64, carry: Bool) -> Bool {
        let (sum, overflow) = addingReportingOverflow(other)
        let (total, overflowOfCarry) = sum.addingReportingOverflow(carry ? 1 : 0)
        self = total
        return overflow || overflowOfCarry
    }
}
