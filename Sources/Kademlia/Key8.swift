/// A key of 8 bits: small enough to check every distance by hand.
@frozen
public struct Key8: KademliaKey {
    /// The key as an integer.
    public let value: UInt8

    /// The key with this value.
    @inlinable
    public init(_ value: UInt8) {
        self.value = value
    }

    public static var bitCount: Int { 8 }
    public static var zero: Key8 { Key8(0) }

    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 1, let value = bytes.first else { return nil }
        self.init(value)
    }

    public var bytes: [UInt8] { [value] }

    @inlinable
    public var leadingBits: UInt64 { UInt64(value) << 56 }

    @inlinable
    public var leadingZeroBitCount: Int { value.leadingZeroBitCount }

    @inlinable
    public static func ^ (a: Key8, b: Key8) -> Key8 {
        Key8(a.value ^ b.value)
    }

    @inlinable
    public static func < (a: Key8, b: Key8) -> Bool {
        a.value < b.value
    }
}

extension Key8: ExpressibleByIntegerLiteral {
    /// The key with this value: 0…255.
    public init(integerLiteral value: UInt8) {
        self.init(value)
    }
}
