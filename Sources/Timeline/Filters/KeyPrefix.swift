internal import Kademlia

/// The first hexadecimal digits of a key or a distance.
struct KeyPrefix: Hashable, Sendable, CustomStringConvertible {
    /// The digits, followed by zeros.
    let key: Key256
    /// The number of digits: 1…64.
    let digits: Int

    /// These digits, in upper or lower case.
    ///
    /// - Returns: `nil` unless there are 1…64 of them and nothing else.
    init?(_ text: String) {
        let digits = text.utf8.count
        guard (1...64).contains(digits), let key = Key256(hex: text + String(repeating: "0", count: 64 - digits)) else { return nil }
        self.key = key
        self.digits = digits
    }

    /// The first 1…64 digits of a key.
    init(_ key: Key256, digits: Int) {
        self.digits = min(max(digits, 1), 64)
        self.key = key.cut(toBits: 4 * self.digits)
    }

    /// Whether a key of so many bits begins with these digits. One with fewer digits does not.
    func begins(_ key: Key256, keyBits: Int) -> Bool {
        4 * digits <= keyBits && key.cut(toBits: 4 * digits) == self.key
    }

    /// Whether a distance compares so with these digits: as many of its own digits count.
    func compares(_ distance: Key256, _ comparison: Comparison) -> Bool {
        comparison.holds(distance.cut(toBits: 4 * digits), key)
    }

    /// The digits, in lower case.
    var description: String { String(key.hex.prefix(digits)) }
}

extension Key256 {
    /// The key with zeros for all but its first bits.
    fileprivate func cut(toBits count: Int) -> Key256 {
        func mask(_ word: Int) -> UInt64 { UInt64.max << (64 - min(max(count - 64 * word, 0), 64)) }
        return Key256(word0 & mask(0), word1 & mask(1), word2 & mask(2), word3 & mask(3))
    }
}
