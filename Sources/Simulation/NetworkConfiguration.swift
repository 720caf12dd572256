public import Kademlia

/// A simulated network, before it is built.
public struct NetworkConfiguration: Hashable, Sendable {
    /// Where the keys of the nodes come from.
    public enum Nodes: Hashable, Sendable {
        /// This many nodes with random keys.
        case random(count: Int)
        /// Nodes with these keys.
        case keys([Key256])
    }

    /// The nodes of the network. The local node is not one of them.
    public var nodes: Nodes
    /// The width of the keys in bits: 8, 160 or 256. Shorter keys sit in the most significant bits.
    public var keyBits: Int
    /// The number of nodes that a bucket of a routing table holds, and that a node answers with (Kademlia's k).
    public var bucketSize: Int
    /// Where all that is random comes from.
    public var seed: UInt64
    /// How long a message travels, one way.
    public var latency: Latency
    /// The share of messages that get lost, requests and replies alike: 0…1.
    public var loss: Double
    /// The share of nodes that never answer: 0…1.
    public var silentShare: Double
    /// The share of nodes that answer every request with an error: 0…1.
    public var failingShare: Double
    /// More nodes that never answer, by key.
    public var silentKeys: Set<Key256>
    /// More nodes that answer every request with an error, by key.
    public var failingKeys: Set<Key256>
    /// The key of the local node; `nil` draws one.
    public var localKey: Key256?

    /// A configuration.
    public init(
        nodes: Nodes, keyBits: Int = 256, bucketSize: Int = 20, seed: UInt64 = 1, latency: Latency, loss: Double = 0,
        silentShare: Double = 0, failingShare: Double = 0, silentKeys: Set<Key256> = [], failingKeys: Set<Key256> = [],
        localKey: Key256? = nil
    ) {
        self.nodes = nodes
        self.keyBits = keyBits
        self.bucketSize = bucketSize
        self.seed = seed
        self.latency = latency
        self.loss = loss
        self.silentShare = silentShare
        self.failingShare = failingShare
        self.silentKeys = silentKeys
        self.failingKeys = failingKeys
        self.localKey = localKey
    }
}
