/// A key of 160 bits, as BitTorrent's Mainline DHT uses them (BEP 5).
@frozen
public struct Key160: KademliaKey {
    /// Bits 0…63, the most significant ones.
    public let high: UInt64
    /// Bits 64…127.
    public let middle: UInt64
    /// Bits 128…159, the least significant ones.
    public let low: UInt32

    /// The key with these bits, the most significant ones first.
    @inlinable
    public init(_ high: UInt64, _ middle: UInt64, _ low: UInt32) {
        self.high = high
        self.middle = middle
        self.low = low
    }

    public static var bitCount: Int { 160 }
    public static var zero: Key160 { Key160(0, 0, 0) }

    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 20 else { return nil }
        self.init(
            UInt64(bigEndianBytes: bytes.prefix(8)), UInt64(bigEndianBytes: bytes.dropFirst(8).prefix(8)),
            UInt32(bigEndianBytes: bytes.dropFirst(16)))
    }

    public var bytes: [UInt8] { high.bigEndianBytes + middle.bigEndianBytes + low.bigEndianBytes }

    @inlinable
    public var leadingBits: UInt64 { high }

    @inlinable
    public var leadingZeroBitCount: Int {
        if high != 0 { return high.leadingZeroBitCount }
        if middle != 0 { return 64 + middle.leadingZeroBitCount }
        return 128 + low.leadingZeroBitCount
    }

    @inlinable
    public static func ^ (a: Key160, b: Key160) -> Key160 {
        Key160(a.high ^ b.high, a.middle ^ b.middle, a.low ^ b.low)
    }

    @inlinable
    public static func < (a: Key160, b: Key160) -> Bool {
        if a.high != b.high { return a.high < b.high }
        if a.middle != b.middle { return a.middle < b.middle }
        return a.low < b.low
    }
}
