public import Kademlia

extension Key256 {
    /// The key of a text: its SHA-256, cut to this many bits.
    ///
    /// Records get their keys so, in the Amino DHT with 256 bits. Sixty lines of our own rather than a library of cryptography:
    /// nothing is kept secret here, and such a library takes longer to build than all of kadscope.
    ///
    /// Source: FIPS 180-4.
    public init(sha256Of text: String, bits: Int) {
        var state = SHA256.initialState
        for block in SHA256.blocks(of: Array(text.utf8)) { SHA256.absorb(block, into: &state) }
        let digest = state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
        let kept = digest.enumerated().map { $0.offset < bits / 8 ? $0.element : 0 }
        self = Key256(bytes: kept) ?? .zero
    }
}

/// The secure hash algorithm of 256 bits.
private enum SHA256 {
    static let initialState: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    static let constants: [UInt32] = {
        var primes: [UInt64] = []
        var candidate: UInt64 = 2
        while primes.count < 64 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { prime in
            // The integer cube root of prime · 2^96, whose low 32 bits are the fraction.
            var root: UInt64 = 0
            for bit in stride(from: 35, through: 0, by: -1) {
                let trial = root | 1 << UInt64(bit)
                if UInt128(trial) * UInt128(trial) * UInt128(trial) <= UInt128(prime) << 96 { root = trial }
            }
            return UInt32(truncatingIfNeeded: root)
        }
    }()

    /// The padded message as blocks of sixteen words.
    static func blocks(of message: [UInt8]) -> [[UInt32]] {
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        let length = UInt64(message.count) * 8
        padded += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: length >> UInt64($0)) }
        return stride(from: 0, to: padded.count, by: 64).map { start in
            stride(from: start, to: start + 64, by: 4).map { at in padded[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        }
    }

    static func absorb(_ block: [UInt32], into state: inout [UInt32]) {
        func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
        var words = block
        for index in 16..<64 {
            let (a, b) = (words[index - 15], words[index - 2])
            let low = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3
            let high = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10
            words.append(words[index - 16] &+ low &+ words[index - 7] &+ high)
        }
        var s = state
        for index in 0..<64 {
            let sum1 = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)
            let choice = s[4] & s[5] ^ ~s[4] & s[6]
            let first = s[7] &+ sum1 &+ choice &+ constants[index] &+ words[index]
            let sum0 = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)
            let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
            s = [first &+ sum0 &+ majority, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
        }
        for index in 0..<8 { state[index] = state[index] &+ s[index] }
    }
}
