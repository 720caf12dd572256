import Kademlia
import TestSupport
import Testing

@Suite("Keys as words")
struct KeyWordsTests {
    /// A kind of key that the library does not know, for the way by bytes: 16 or 320 bits.
    private struct ByteKey<Width: ByteKeyWidth>: KademliaKey {
        let bytes: [UInt8]

        init?(bytes: some Collection<UInt8>) {
            guard bytes.count == Width.byteCount else { return nil }
            self.bytes = Array(bytes)
        }

        private init(_ bytes: [UInt8]) { self.bytes = bytes }

        static var bitCount: Int { Width.byteCount * 8 }
        static var zero: Self { Self([UInt8](repeating: 0, count: Width.byteCount)) }
        var leadingBits: UInt64 { leadingWords.0 }
        var leadingZeroBitCount: Int { bytes.reversed().reduce(0) { $1 == 0 ? $0 + 8 : $1.leadingZeroBitCount } }
        static func ^ (a: Self, b: Self) -> Self { Self(zip(a.bytes, b.bytes).map { $0 ^ $1 }) }
        static func < (a: Self, b: Self) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
    }

    private func check<K: KademliaKey>(_: K.Type) {
        var random = SplitMix64(seed: UInt64(K.bitCount))
        for _ in 0..<200 {
            let bytes = (0..<K.bitCount / 8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            guard let key = K(bytes: bytes) else {
                Issue.record("no key of \(bytes.count) bytes")
                return
            }
            let words = key.leadingWords
            let ofBytes = Key256(bytes: (bytes + [UInt8](repeating: 0, count: 32)).prefix(32)) ?? .zero
            #expect(Key256(words.0, words.1, words.2, words.3) == ofBytes)
            #expect(K(leadingWords: words).bytes.prefix(32) == key.bytes.prefix(32))
            #expect(K(leadingWords: words).bytes.dropFirst(32).allSatisfy { $0 == 0 })
            #expect(K(leadingWords: words, filling: 7).bytes.dropFirst(32).allSatisfy { $0 == 7 })
            #expect(key.normed == ofBytes.normed)
            #expect(abs(key.normed - Double(key.leadingBits) / 0x1p64) <= 0x1p-53)
        }
    }

    @Test("Words are the bytes, whatever the width")
    func words() {
        check(Key8.self)
        check(Key160.self)
        check(Key256.self)
        check(ByteKey<Bytes2>.self)
        check(ByteKey<Bytes40>.self)
    }

    @Test("A normed key is the key over two to the power of its width")
    func normed() {
        #expect(Key8(0).normed == 0)
        #expect(Key8(0x80).normed == 0.5)
        #expect(Key8(0xff).normed == 255.0 / 256)
        #expect(Key160(0, 0, 1).normed == 0x1p-160)
        #expect(Key256(0, 0, 0, 1).normed == 0x1p-256)
        #expect(Key256(0, 1 << 63, 0, 0).normed == 0x1p-65)
        #expect(Key256(.max, .max, .max, .max).normed == 1)
    }
}

private protocol ByteKeyWidth: Sendable, Hashable {
    static var byteCount: Int { get }
}
private enum Bytes2: ByteKeyWidth { static var byteCount: Int { 2 } }
private enum Bytes40: ByteKeyWidth { static var byteCount: Int { 40 } }
