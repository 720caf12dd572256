/// A key of the XOR metric: an unsigned big-endian integer of fixed width.
///
/// Node ids and records are mapped to keys; a record belongs to the nodes whose keys are closest to its own.
/// Three widths are here: ``Key8`` for cases one checks by hand, ``Key160`` (BitTorrent Mainline) and ``Key256`` (Amino).
///
/// Source: Maymounkov and Mazières, "Kademlia: A Peer-to-peer Information System Based on the XOR Metric", 2002, section 2.1.
public protocol KademliaKey: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The width of the key in bits, a multiple of 8.
    static var bitCount: Int { get }

    /// The key whose bits are all zero.
    static var zero: Self { get }

    /// The key with these bytes, most significant first.
    ///
    /// - Returns: `nil` unless there are exactly `bitCount / 8` bytes.
    init?(bytes: some Collection<UInt8>)

    /// The bytes of the key, most significant first.
    var bytes: [UInt8] { get }

    /// The 64 most significant bits of the key; a shorter key is followed by zeros.
    ///
    /// Two keys whose leading bits differ compare as their leading bits do.
    var leadingBits: UInt64 { get }

    /// The number of zero bits before the first one: 0…`bitCount`.
    var leadingZeroBitCount: Int { get }

    /// The XOR of the two keys: their distance.
    static func ^ (a: Self, b: Self) -> Self
}

extension KademliaKey {
    /// The distance to another key: the XOR of both, to be compared as an unsigned integer.
    @inlinable
    public func distance(to other: Self) -> Self {
        self ^ other
    }

    /// The number of leading bits that both keys share: 0…`bitCount`, `bitCount` for equal keys.
    @inlinable
    public func commonPrefixLength(with other: Self) -> Int {
        (self ^ other).leadingZeroBitCount
    }

    /// Whether this key is strictly closer to `target` than `other` is.
    @inlinable
    public func isCloser(to target: Self, than other: Self) -> Bool {
        (self ^ target) < (other ^ target)
    }

    /// The key as lower-case hexadecimal digits, two a byte.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(Self.bitCount / 4)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The key with these hexadecimal digits, in upper or lower case.
    ///
    /// - Returns: `nil` unless there are exactly `bitCount / 4` digits and nothing else.
    public init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == Self.bitCount / 4 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = hexDigitValue(digits[index]), let low = hexDigitValue(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    /// The key as lower-case hexadecimal digits.
    public var description: String { hex }
}

extension KademliaKey {
    /// Encodes the key as its hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }

    /// Decodes a key from its hexadecimal digits.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the text is not a key of this width.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let key = Self(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is not a key of \(Self.bitCount / 4) hexadecimal digits")
        }
        self = key
    }
}

private func hexDigitValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
}
