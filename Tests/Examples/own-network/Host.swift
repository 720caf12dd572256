import Kademlia

/// A node of this network: it is called by its host name, and the digest of the name is its place in the key space.
struct Host: NodeID {
    let name: String
    let key: Key160

    init(name: String) { (self.name, key) = (name, digest(of: name)) }
}

/// What is stored.
struct Record: Codable, Sendable {
    let name: String
    let text: String
}

/// 160 bits that depend on every letter: a stand-in for SHA-1, without its strength.
func digest(of text: String) -> Key160 {
    var words: [UInt64] = [0x6745_2301_efcd_ab89, 0x98ba_dcfe_1032_5476, 0xc3d2_e1f0_6745_2301]
    for byte in text.utf8 + [0x80] {
        for index in words.indices {
            words[index] = (words[index] ^ UInt64(byte) ^ words[(index + 1) % 3] >> 29) &* 0x9e37_79b9_7f4a_7c15
        }
    }
    return Key160(words[0] ^ words[0] >> 32, words[1] ^ words[1] >> 32, UInt32(words[2] >> 32))
}
