public import Coordination
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

    /// The nodes of the network, but for those that a group plants. The local node is not one of them.
    public var nodes: Nodes
    /// The width of the keys in bits: 8, 160 or 256. Shorter keys sit in the most significant bits.
    public var keyBits: Int
    /// The number of nodes that a bucket of a routing table holds, and that a node answers with (Kademlia's k).
    public var bucketSize: Int
    /// Where all that is random comes from.
    public var seed: UInt64
    /// What all nodes are like, and the way to them.
    public var conditions: Conditions
    /// Nodes that differ, at most ``groupLimit`` groups; where several change the same thing the last one counts.
    public var groups: [NodeGroup] = []
    /// The time between two refreshes of a node's routing table, more than 0: until then it does not notice who has come or gone. The
    /// default is 10 minutes.
    public var refreshInterval: Nanoseconds = .minutes(10)
    /// The share of nodes that never answer: 0…1.
    public var silentShare: Double
    /// The share of nodes that answer every request with an error: 0…1.
    public var failingShare: Double
    /// The share of nodes that are gone: 0…1. The three shares add up to 1 at most.
    public var deadShare = 0.0
    /// More nodes that never answer, by key.
    public var silentKeys: Set<Key256>
    /// More nodes that answer every request with an error, by key.
    public var failingKeys: Set<Key256>
    /// The key of the local node; `nil` draws one.
    public var localKey: Key256?

    /// The most groups that a network has.
    public static var groupLimit: Int { ConditionBook.groupLimit }

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
        conditions = Conditions(latency: latency)
        conditions.loss = loss
        self.silentShare = silentShare
        self.failingShare = failingShare
        self.silentKeys = silentKeys
        self.failingKeys = failingKeys
        self.localKey = localKey
    }

    /// Whether every node answers as it should, as long as no group differs.
    var hasHonestNodesOnly: Bool {
        silentShare == 0 && failingShare == 0 && deadShare == 0 && silentKeys.isEmpty && failingKeys.isEmpty
    }

    /// Whether some replies may arrive twice.
    public var hasCopies: Bool {
        conditions.duplication > 0 || groups.contains { ($0.change.duplication ?? 0) > 0 }
    }
}
