extension KademliaKey {
    /// The 256 most significant bits of the key in words, the most significant one first; a shorter key is followed by zeros.
    ///
    /// So a key of 8 bits and the same bits at the top of a ``Key256`` have the same words, and sums of distances can be taken in one width.
    @inlinable
    public var leadingWords: (UInt64, UInt64, UInt64, UInt64) {
        // The three widths of this module are known to the compiler where the key's type is, and cost no cast there.
        if let key = self as? Key256 { return (key.word0, key.word1, key.word2, key.word3) }
        if let key = self as? Key160 { return (key.high, key.middle, UInt64(key.low) << 32, 0) }
        if let key = self as? Key8 { return (key.leadingBits, 0, 0, 0) }
        return leadingWordsOfBytes
    }

    /// The key with these most significant bits. Those beyond its width are dropped; a wider key goes on with bytes of `filling`.
    public init(leadingWords words: (UInt64, UInt64, UInt64, UInt64), filling: UInt8 = 0) {
        let known: (any KademliaKey)? =
            switch Self.self {
            case is Key256.Type: Key256(words.0, words.1, words.2, words.3)
            case is Key160.Type: Key160(words.0, words.1, UInt32(words.2 >> 32))
            case is Key8.Type: Key8(UInt8(words.0 >> 56))
            default: nil
            }
        if let key = known as? Self {
            self = key
            return
        }
        let leading = words.0.bigEndianBytes + words.1.bigEndianBytes + words.2.bigEndianBytes + words.3.bigEndianBytes
        let width = Self.bitCount / 8
        let bytes = leading.prefix(width) + repeatElement(filling, count: max(0, width - leading.count))
        self = Self(bytes: bytes) ?? .zero
    }

    /// The key divided by two to the power of its width, as a distance is normed: 0…1, rounded to a `Double`.
    ///
    /// Only the 256 leading bits count. 1 itself comes out where the rounding does it.
    @inlinable
    public var normed: Double {
        let words = leadingWords
        let lower = Double(words.2) * 0x1p-192 + Double(words.3) * 0x1p-256
        return Double(words.0) * 0x1p-64 + (Double(words.1) * 0x1p-128 + lower)
    }

    /// The leading words of a key of any kind, by its bytes.
    @usableFromInline var leadingWordsOfBytes: (UInt64, UInt64, UInt64, UInt64) {
        let bytes = bytes.prefix(32) + repeatElement(0, count: max(0, 32 - bytes.count))
        func word(_ index: Int) -> UInt64 { UInt64(bigEndianBytes: bytes.dropFirst(8 * index).prefix(8)) }
        return (word(0), word(1), word(2), word(3))
    }
}
