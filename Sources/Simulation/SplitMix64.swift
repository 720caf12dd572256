/// A generator of numbers that look random and come from a seed: the same seed, the same numbers, everywhere.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator with this seed.
    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return Self.mix(state)
    }

    /// A number from 0 to `bound` − 1, each as likely as the other. The bound is 1 or more.
    ///
    /// Of our own, because the standard library may draw otherwise in its next version, and a seed is a run for good.
    ///
    /// Source: Lemire, "Fast Random Integer Generation in an Interval", 2019.
    mutating func next(below bound: Int) -> Int {
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let excess = (0 &- bound) % bound
            while product.low < excess { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// Scatters the bits of a number.
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// One number for a list of numbers: a draw that depends on what it is for, not on when it is made.
    static func hash(_ values: UInt64...) -> UInt64 {
        values.reduce(0x9e37_79b9_7f4a_7c15) { mix(($0 ^ $1) &+ 0x9e37_79b9_7f4a_7c15) }
    }

    /// One number for a text (FNV-1a).
    static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

extension UInt64 {
    /// The number as a share of the whole range: 0 ≤ share < 1, in steps of 2^−53.
    var asShare: Double { Double(self >> 11) * 0x1p-53 }
}
