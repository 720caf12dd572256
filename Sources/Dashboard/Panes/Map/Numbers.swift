internal import Kademlia

extension Key256 {
    /// A bit of the key, 0 being the most significant one; 0…255.
    func bit(_ index: Int) -> Bool {
        let word = [word0, word1, word2, word3][index / 64]
        return word >> UInt64(63 - index % 64) & 1 == 1
    }

    /// The first bits of the key, the most significant one first; at most 256.
    func bits(_ count: Int) -> [Bool] { (0..<min(count, Self.bitCount)).map(bit) }
}

extension Double {
    /// The logarithm to the base 2 of a number above 0, near enough for a drawing: exact at powers of 2, linear between (0.09 off at most).
    var roughLog2: Double { Double(exponent) + (significand - 1) }
}
