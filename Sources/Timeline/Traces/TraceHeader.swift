public import Broadcasts
public import Kademlia

/// The first line of a trace: what the run is a run of.
public struct TraceHeader: Equatable, Sendable {
    /// The format's name, by which a trace is recognised.
    public static let format = "kad-broadcast-trace"
    /// The version of the format that is written. Readers accept every version of the same major number.
    public static let version = "1.0"

    /// A node of the network.
    public struct Node: Equatable, Sendable {
        /// Its key.
        public let key: Key256
        /// How it answers, as the network names it; empty when nobody knows.
        public let behaviour: String

        /// A node.
        public init(key: Key256, behaviour: String) {
            self.key = key
            self.behaviour = behaviour
        }
    }

    /// A scenario that makes the run: text that a ``Timeline`` does not look into.
    public struct Scenario: Equatable, Sendable {
        /// What it is called.
        public let name: String
        /// Its file; empty if only the name is known.
        public let text: String

        /// A scenario.
        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Whose rules the pool follows.
    public enum Semantics: String, Sendable, CaseIterable {
        /// Ours.
        case strict
        /// Those of the Go code.
        case reference
    }

    /// When the driver polls.
    public enum Polling: String, Sendable, CaseIterable {
        /// Until the pool is at rest, and when a deadline has passed.
        case idle
        /// Not at all: each reply is one advance.
        case never
    }

    /// The name and the version of the program that wrote it.
    public var tool: (name: String, version: String) = ("", "")
    /// Whose rules the pool follows.
    public var semantics: Semantics = .strict
    /// Where all that is random came from.
    public var seed: UInt64 = 0
    /// The width of the keys in bits: 8, 160 or 256.
    public var keyBits: Int
    /// The key of the node that broadcasts.
    public var localKey: Key256
    /// How the pool runs its broadcasts.
    public var pool: PoolConfiguration
    /// When the driver polls.
    public var polling: Polling = .idle
    /// The other nodes of the network: a node's place is its number. Empty when nobody knows, or when ``network`` does.
    public var nodes: [Node] = []
    /// The network, where its nodes are not listed: a scenario that makes the run makes them, too.
    public var network: (any NodeRegistry)?
    /// The scenario, if there is one.
    public var scenario: Scenario?
    /// One line about the run.
    public var title = ""

    /// A header with the defaults for what is not given.
    public init(keyBits: Int, localKey: Key256, pool: PoolConfiguration) {
        self.keyBits = keyBits
        self.localKey = localKey
        self.pool = pool
    }

    /// Whether both say the same of a run; who wrote it does not matter.
    public static func == (a: TraceHeader, b: TraceHeader) -> Bool {
        a.semantics == b.semantics && a.seed == b.seed && a.keyBits == b.keyBits && a.localKey == b.localKey && a.pool == b.pool
            && a.polling == b.polling && a.nodes == b.nodes && a.scenario == b.scenario && a.title == b.title
    }
}
