internal import Kademlia

/// Writes numbers, texts and keys into few bytes.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func add(byte: UInt8) { bytes.append(byte) }

    /// A number in seven bits a byte, the least significant first; the eighth bit says that more come.
    mutating func add(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A number that is hardly ever negative.
    mutating func add(signed number: Int64) {
        // The sign goes to the lowest bit.
        add(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    mutating func add(_ text: String) {
        add(UInt64(text.utf8.count))
        bytes += text.utf8
    }

    mutating func add(_ key: Key256, bits: Int) { bytes += key.bytes.prefix(bits / 8) }

    mutating func add(_ number: Double) { bytes += withUnsafeBytes(of: number.bitPattern.bigEndian) { Array($0) } }

    mutating func add<Value>(optional value: Value?, _ add: (inout ByteWriter, Value) -> Void) {
        self.add(byte: value == nil ? 0 : 1)
        if let value { add(&self, value) }
    }
}

/// Reads what a ``ByteWriter`` wrote, whatever bytes they are.
struct ByteFields {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) {
        rest = Array(bytes)[...]
    }

    var isEmpty: Bool { rest.isEmpty }

    mutating func byte() throws(ShareLineError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .malformed }
        return byte
    }

    mutating func number() throws(ShareLineError) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            guard shift < 63 || byte <= 1 else { throw .malformed }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        throw .malformed
    }

    mutating func signed() throws(ShareLineError) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// A number that fits the width of a node's index or of a place in a run.
    mutating func small() throws(ShareLineError) -> Int {
        guard let number = Int32(exactly: try number()) else { throw .malformed }
        return Int(number)
    }

    mutating func text() throws(ShareLineError) -> String {
        let count = try small()
        guard count <= rest.count, let text = String(validating: rest.prefix(count), as: UTF8.self) else { throw .malformed }
        rest = rest.dropFirst(count)
        return text
    }

    mutating func key(bits: Int) throws(ShareLineError) -> Key256 {
        let count = bits / 8
        guard count <= rest.count, let key = Key256(bytes: Array(rest.prefix(count)) + Array(repeating: 0, count: 32 - count)) else {
            throw .malformed
        }
        rest = rest.dropFirst(count)
        return key
    }

    mutating func double() throws(ShareLineError) -> Double {
        guard rest.count >= 8 else { throw .malformed }
        defer { rest = rest.dropFirst(8) }
        return Double(bitPattern: rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    mutating func optional<Value>(
        _ read: (inout ByteFields) throws(ShareLineError) -> Value
    ) throws(ShareLineError) -> Value? {
        switch try byte() {
        case 0: return nil
        case 1: return try read(&self)
        default: throw .malformed
        }
    }
}

/// Bytes as letters, digits, `-` and `_`. Source: RFC 4648, section 5, without padding.
enum Base64URL {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0 as UInt32) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for place in 0...group.count { text.append(letters[Int(word >> (18 - 6 * UInt32(place)) & 63)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that a text stands for, or `nil`.
    static func bytes(of text: some StringProtocol) -> [UInt8]? {
        var (bytes, word, bits) = ([] as [UInt8], 0 as UInt32, 0 as UInt32)
        for letter in text.utf8 {
            let value: UInt8
            switch letter {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = letter - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = letter - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = letter - UInt8(ascii: "0") + 52
            case UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "_"): value = 63
            default: return nil
            }
            word = word << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: word >> bits))
            }
        }
        // What is left over is less than a letter, and zero.
        guard bits < 6, word & (1 << bits - 1) == 0 else { return nil }
        return bytes
    }
}
