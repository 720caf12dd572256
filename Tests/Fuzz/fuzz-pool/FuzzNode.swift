import Kademlia

/// A node with a name beside its key, so that different ids with equal keys meet: they are one node to the machines.
struct FuzzNode<Key: KademliaKey>: NodeID, CustomStringConvertible {
    let key: Key
    let name: UInt8

    var description: String { name == 0 ? key.hex : "\(key.hex)'\(name)" }

    /// One of few nodes: with long keys, some share all but the last bits, or the first 64.
    init(_ byte: UInt8) {
        name = byte >= 0xe0 ? 1 : 0
        let place = byte & 0x3f
        var bytes = [UInt8](repeating: 0x55, count: Key.bitCount / 8)
        bytes[0] = Key.bitCount == 8 ? place : place & 3
        if bytes.count > 1 {
            bytes[8] = place >> 2 & 3
            bytes[bytes.count - 1] = place >> 4
        }
        key = Key(bytes: bytes) ?? .zero
    }
}
