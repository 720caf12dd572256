import Kademlia
import Testing

@testable import Scenarios

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "The vectors of FIPS 180 and NIST, lengths around a block, and other scripts",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
            (String(repeating: "a", count: 56), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
            (String(repeating: "a", count: 63), "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
            (String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
            (String(repeating: "a", count: 65), "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
            (String(repeating: "x", count: 1000), "44f8354494a5ba03ba1792a8d3e9c534c47a9181980fde7a3f44b06ef2ae7c7f"),
            ("Grüße, 世界 🌍", "56ce95b9b665df65c2dd54a7567323ed5c883db32c86d3931f5a3a25b7be6c45"),
        ])
    func vectors(text: String, digest: String) {
        #expect(Key256(sha256Of: text, bits: 256).hex == digest)
    }

    @Test("Shorter keys are the first bits, the rest zero", arguments: [8, 160])
    func shorter(bits: Int) {
        let full = Key256(sha256Of: "abc", bits: 256).hex
        #expect(Key256(sha256Of: "abc", bits: bits).hex == full.prefix(bits / 4) + String(repeating: "0", count: 64 - bits / 4))
    }
}
