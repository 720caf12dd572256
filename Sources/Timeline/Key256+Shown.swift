public import Kademlia

extension Key256 {
    /// The digits of a key of this width in bits, which sits in the most significant bits.
    public func shown(_ keyBits: Int) -> String {
        String(hex.prefix(keyBits / 4))
    }
}
