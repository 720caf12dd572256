public import Coordination
public import Kademlia

/// Nodes that differ from the rest of the network, always or for a while.
public struct NodeGroup: Hashable, Sendable {
    /// Which nodes it is.
    public enum Members: Hashable, Sendable {
        /// All of them.
        case all
        /// This share of them, 0…1, drawn by the seed.
        case share(Double)
        /// Those whose keys begin with one of these prefixes.
        case prefixes([KeyPrefix])
        /// So many nodes that join the network beside the others, with keys that share this many leading bits with a key.
        case planted(count: Int, near: Key256, sharing: Int)
    }

    /// The beginning of keys.
    public struct KeyPrefix: Hashable, Sendable {
        /// A key that begins so.
        public let key: Key256
        /// The number of bits that count.
        public let bits: Int

        /// A prefix.
        public init(_ key: Key256, bits: Int) {
            self.key = key
            self.bits = bits
        }
    }

    /// Which nodes it is.
    public var members: Members
    /// From when on they differ.
    public var from = Instant.start
    /// From when on they do not differ any more; `nil` if that does not end.
    public var until: Instant?
    /// Whether no message gets to them or from them.
    public var isCutOff = false
    /// In what they differ; what is `nil` is as it is for the others.
    public var change = ConditionChange()

    /// A group.
    public init(_ members: Members) {
        self.members = members
    }
}

/// Conditions of which some are given: the fields are those of ``Conditions``.
public struct ConditionChange: Hashable, Sendable {
    /// How long a message travels, one way.
    public var latency: Latency?
    /// How many times as long the node's messages take.
    public var slowness: Double?
    /// What it takes to connect to the node.
    public var dialing: Dialing?
    /// The share of messages that get lost.
    public var loss: Double?
    /// The share of replies that arrive twice.
    public var duplication: Double?
    /// Replies that are held back.
    public var reordering: Reordering?
    /// How the node answers.
    public var behaviour: VirtualNetwork.Behaviour?
    /// What untruth the node tells.
    public var lie: Lie?
    /// The share of stores that are refused.
    public var storeRefusal: Double?
    /// The share of stores that vanish.
    public var storeVanishing: Double?
    /// How long the node keeps a record.
    public var recordLifetime: Nanoseconds?
    /// How the node comes and goes.
    public var sessions: SessionModel?
    /// The share of nodes that are gone in each bucket.
    public var staleness: [Double]?
    /// The share of nodes that it has never heard of.
    public var ignorance: Double?

    /// No change.
    public init() {}
}
