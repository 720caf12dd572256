public import Broadcasts
public import Kademlia

/// A node of a run, with the one kind of key that everything above the machines uses.
///
/// Keys of fewer than 256 bits sit in the most significant bits, the rest zero, so order and prefixes are unchanged.
public struct NetworkNode: NodeID, Comparable, Codable {
    /// A dense number: the node's place in its network.
    public let index: Int32
    /// The node's key.
    public let key: Key256

    /// A node.
    public init(index: Int32, key: Key256) {
        self.index = index
        self.key = key
    }

    public static func < (a: NetworkNode, b: NetworkNode) -> Bool {
        a.key < b.key
    }
}

/// What a run stores.
public struct Record: Hashable, Sendable, Codable {
    /// What people call the record.
    public let name: String

    /// A record.
    public init(name: String) {
        self.name = name
    }
}

/// An event of a run.
public typealias NetworkEvent = PoolEvent<NetworkNode, Record>
/// A state of a run.
public typealias NetworkState = PoolState<NetworkNode, Record>
/// A pool as the panes, the invariants and the digests of a run see it.
public typealias NetworkPoolView = PoolView<NetworkNode>
