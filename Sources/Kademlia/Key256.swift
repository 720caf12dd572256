/// A key of 256 bits, as the Amino DHT uses them (SHA-256 of the id).
///
/// Four words rather than bytes: a comparison is decided by the first word nearly always.
@frozen
public struct Key256: KademliaKey {
    /// Bits 0…63, the most significant ones.
    public let word0: UInt64
    /// Bits 64…127.
    public let word1: UInt64
    /// Bits 128…191.
    public let word2: UInt64
    /// Bits 192…255, the least significant ones.
    public let word3: UInt64

    /// The key with these words, the most significant one first.
    @inlinable
    public init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
        self.word0 = word0
        self.word1 = word1
        self.word2 = word2
        self.word3 = word3
    }

    public static var bitCount: Int { 256 }
    public static var zero: Key256 { Key256(0, 0, 0, 0) }

    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.init(
            UInt64(bigEndianBytes: bytes.prefix(8)), UInt64(bigEndianBytes: bytes.dropFirst(8).prefix(8)),
            UInt64(bigEndianBytes: bytes.dropFirst(16).prefix(8)), UInt64(bigEndianBytes: bytes.dropFirst(24)))
    }

    public var bytes: [UInt8] { word0.bigEndianBytes + word1.bigEndianBytes + word2.bigEndianBytes + word3.bigEndianBytes }

    @inlinable
    public var leadingBits: UInt64 { word0 }

    @inlinable
    public var leadingZeroBitCount: Int {
        if word0 != 0 { return word0.leadingZeroBitCount }
        if word1 != 0 { return 64 + word1.leadingZeroBitCount }
        if word2 != 0 { return 128 + word2.leadingZeroBitCount }
        return 192 + word3.leadingZeroBitCount
    }

    @inlinable
    public static func ^ (a: Key256, b: Key256) -> Key256 {
        Key256(a.word0 ^ b.word0, a.word1 ^ b.word1, a.word2 ^ b.word2, a.word3 ^ b.word3)
    }

    @inlinable
    public static func < (a: Key256, b: Key256) -> Bool {
        if a.word0 != b.word0 { return a.word0 < b.word0 }
        if a.word1 != b.word1 { return a.word1 < b.word1 }
        if a.word2 != b.word2 { return a.word2 < b.word2 }
        return a.word3 < b.word3
    }
}
