public import Kademlia

/// The nodes of a network, however many: each can be found by its number and by its key, and nobody needs a list of all.
public protocol NodeRegistry: Sendable {
    /// The node with this number, the local one included; `nil` if there is none.
    func node(_ index: Int32) -> NetworkNode?

    /// The node with this key, the local one included; `nil` if there is none.
    func node(withKey key: Key256) -> NetworkNode?

    /// The number of nodes whose keys share at least so many leading bits with a key, 0…256, the local one not counted.
    func countOfNodes(sharing bits: Int, with key: Key256) -> Int

    /// The nodes whose keys share at least so many leading bits with a key, in ascending order, without the local one.
    ///
    /// - Parameter limit: how many, at most; where there are more, some from the first to the last, as far apart as can be.
    func nodes(sharing bits: Int, with key: Key256, atMost limit: Int) -> [NetworkNode]
}

extension NodeRegistry {
    /// The number of nodes whose keys begin with these hexadecimal digits; none for anything else than digits.
    public func countOfNodes(beginning digits: String, keyBits: Int) -> Int {
        guard let (key, bits) = Key256.beginning(digits, keyBits) else { return 0 }
        return countOfNodes(sharing: bits, with: key)
    }

    /// The nodes whose keys begin with these hexadecimal digits, in ascending order; none for anything else than digits.
    ///
    /// - Parameter limit: how many, at most; where there are more, some from the first to the last, as far apart as can be.
    public func nodes(beginning digits: String, keyBits: Int, atMost limit: Int) -> [NetworkNode] {
        guard let (key, bits) = Key256.beginning(digits, keyBits) else { return [] }
        return nodes(sharing: bits, with: key, atMost: limit)
    }

    /// As many digits of a node's key as tell it from all others: two at least.
    public func shortName(of node: NetworkNode, keyBits: Int) -> String {
        let key = node.key.shown(keyBits)
        var digits = min(2, key.count)
        while digits < key.count, countOfNodes(sharing: 4 * digits, with: node.key) > 1 { digits += 1 }
        return String(key.prefix(digits))
    }
}

extension Key256 {
    /// The first of the keys of this width that begin with some hexadecimal digits, and how many bits these are.
    static func beginning(_ digits: String, _ keyBits: Int) -> (key: Key256, bits: Int)? {
        let count = digits.utf8.count
        guard 4 * count <= keyBits else { return nil }
        return Key256(hex: digits + String(repeating: "0", count: 64 - count)).map { ($0, 4 * count) }
    }
}

extension RandomAccessCollection where Index == Int {
    /// Some of the elements, the first and the last among them and as far apart as can be; all if there are not more.
    public func spread(over limit: Int) -> [Element] {
        guard count > limit else { return Array(self) }
        guard limit > 1 else { return Array(prefix(limit)) }
        return (0..<limit).map { self[startIndex + $0 * (count - 1) / (limit - 1)] }
    }
}
