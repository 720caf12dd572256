import Kademlia
import TestSupport
import Testing

@Suite("Keys of 8 bits, checked by hand")
struct Key8Tests {
    @Test("The distance is the XOR")
    func distance() {
        #expect(Key8(0b1010_0101).distance(to: 0b0110_0110) == 0b1100_0011)
        #expect(Key8(0xff) ^ 0x00 == 0xff)
        #expect(Key8(7).distance(to: 7) == .zero)
    }

    @Test(
        "The common prefix is the leading zeros of the distance",
        arguments: [
            (0b1000_0000, 0b0000_0000, 0), (0b1100_0000, 0b1000_0000, 1), (0b1010_0000, 0b1000_0000, 2), (0x10, 0x00, 3),
            (0b0000_1000, 0b0000_0000, 4), (0x04, 0x00, 5), (0x02, 0x00, 6), (0b1111_1111, 0b1111_1110, 7), (0x5a, 0x5a, 8),
        ] as [(UInt8, UInt8, Int)])
    func commonPrefix(a: UInt8, b: UInt8, length: Int) {
        #expect(Key8(a).commonPrefixLength(with: Key8(b)) == length)
        #expect(Key8(b).commonPrefixLength(with: Key8(a)) == length)
        #expect((Key8(a) ^ Key8(b)).leadingZeroBitCount == length)
    }

    @Test("Closer means a smaller XOR, not a smaller difference")
    func closer() {
        #expect(Key8(0b0000_0111).isCloser(to: 0b0000_0100, than: 0b0000_1000))
        #expect(Key8(0x80).isCloser(to: 0xff, than: 0x7f))
        #expect(!Key8(0x7f).isCloser(to: 0x80, than: 0x81))
        #expect(!Key8(3).isCloser(to: 9, than: 3))
    }

    @Test("Leading bits are the top of 64")
    func leadingBits() {
        #expect(Key8(0xa5).leadingBits == 0xa500_0000_0000_0000)
    }

    @Test("All bytes go to hexadecimal and back")
    func hex() {
        for value in UInt8.min...UInt8.max {
            let key = Key8(value)
            #expect(key.bytes == [value])
            #expect(Key8(bytes: [value]) == key)
            #expect(Key8(hex: key.hex) == key)
            #expect(Key8(hex: key.hex.uppercased()) == key)
        }
        #expect(Key8(0x0a).hex == "0a")
        #expect("\(Key8(0xfe))" == "fe")
    }

    @Test("Text that is no key is refused", arguments: ["", "a", "abc", "0x", "g0", "0g", " 1", "+1", "é", "1\n"])
    func badHex(text: String) {
        #expect(Key8(hex: text) == nil)
    }
}

@Suite("Keys of every width")
struct WideKeyTests {
    /// Compares a kind of key with plain arithmetic on its bytes.
    private func check<K: TestKey>(_: K.Type, width: Int) throws {
        var random = SplitMix64(seed: UInt64(width))
        #expect(K.bitCount == width)
        #expect(K.zero.bytes == [UInt8](repeating: 0, count: width / 8))
        #expect(K.zero.leadingZeroBitCount == width)
        #expect(K.zero.commonPrefixLength(with: .zero) == width)
        #expect(K(bytes: [UInt8](repeating: 1, count: width / 8 + 1)) == nil)
        #expect(K(bytes: [UInt8](repeating: 1, count: width / 8 - 1)) == nil)
        for _ in 0..<300 {
            let a = K.random(using: &random)
            let b = K.random(near: a, using: &random)
            let c = K.random(near: b, using: &random)
            #expect(K(bytes: a.bytes) == a)
            #expect(K(bytes: a.bytes[...]) == a)
            #expect(K(hex: a.hex) == a)
            #expect(a.hex == a.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
            #expect((a ^ b).bytes == zip(a.bytes, b.bytes).map { $0 ^ $1 })
            #expect((a < b) == a.bytes.lexicographicallyPrecedes(b.bytes))
            #expect(a.commonPrefixLength(with: b) == sharedBits(a.bytes, b.bytes))
            #expect(b.isCloser(to: a, than: c) == (a ^ b).bytes.lexicographicallyPrecedes((a ^ c).bytes))
            #expect(a.distance(to: b) == b.distance(to: a))
            #expect((a ^ b) ^ (b ^ c) == a ^ c)
            #expect(a.leadingBits == (a.bytes + [UInt8](repeating: 0, count: 8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
            #expect(try afterRoundTrip([a]) == [a])
        }
    }

    private func sharedBits(_ a: [UInt8], _ b: [UInt8]) -> Int {
        let differing = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }
        return differing.map { $0.offset * 8 + ($0.element.0 ^ $0.element.1).leadingZeroBitCount } ?? a.count * 8
    }

    @Test("8 bits") func key8() throws { try check(Key8.self, width: 8) }
    @Test("160 bits") func key160() throws { try check(Key160.self, width: 160) }
    @Test("256 bits") func key256() throws { try check(Key256.self, width: 256) }

    /// A key with one bit set, counted from the most significant one.
    private func single<K: TestKey>(_ bit: Int) -> K {
        var bytes = K.zero.bytes
        bytes[bit / 8] = 0x80 >> UInt8(bit % 8)
        return K(bytes: bytes) ?? .zero
    }

    @Test("Each bit counts, in every word")
    func eachBit() {
        func check<K: TestKey>(_: K.Type) {
            for bit in 0..<K.bitCount {
                let key: K = single(bit)
                #expect(key.leadingZeroBitCount == bit)
                #expect(key > .zero)
                if bit > 0 { #expect(key < single(bit - 1)) }
                if bit > 0 { #expect(key.isCloser(to: .zero, than: single(bit - 1))) }
            }
        }
        check(Key8.self)
        check(Key160.self)
        check(Key256.self)
    }

    @Test("A key is written as its digits, and nothing else is read")
    func codable() throws {
        #expect(try json(Key8(0x0f)) == "\"0f\"")
        #expect(try decoded(Key8.self, from: "\"FF\"") == 0xff)
        #expect(throws: DecodingError.self) { try decoded(Key8.self, from: "\"fff\"") }
        #expect(throws: DecodingError.self) { try decoded(Key8.self, from: "15") }
        #expect(throws: DecodingError.self) { try decoded(Key160.self, from: "\"0f\"") }
    }
}
