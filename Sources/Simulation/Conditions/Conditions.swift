public import Coordination
public import Kademlia

/// What a node is like, and the way to it. All shares are 0…1, each 0 unless told otherwise.
public struct Conditions: Hashable, Sendable {
    /// How long a message travels, one way.
    public var latency: Latency
    /// How many times as long the node's messages take, more than 0. The default is 1.
    public var slowness = 1.0
    /// What it takes to connect to the node.
    public var dialing = Dialing()
    /// The share of messages that get lost, requests and replies alike.
    public var loss = 0.0
    /// The share of replies that arrive twice.
    public var duplication = 0.0
    /// Replies that are held back, so that others overtake them.
    public var reordering: Reordering?
    /// How the node answers, whatever the shares of the network say; `nil` leaves it to them.
    public var behaviour: VirtualNetwork.Behaviour?
    /// What untruth the node tells; `nil` for none.
    public var lie: Lie?
    /// The share of stores that are refused.
    public var storeRefusal = 0.0
    /// The share of stores that vanish: not kept, and not answered.
    public var storeVanishing = 0.0
    /// How long the node keeps a record; `nil` for ever.
    public var recordLifetime: Nanoseconds?
    /// How the node comes and goes; `nil` if it is always there.
    public var sessions: SessionModel?
    /// The share of nodes that are gone among those in each bucket of the node's routing table, by the bucket; the last one holds for all
    /// deeper buckets. Empty for none.
    public var staleness: [Double] = []
    /// The share of nodes that the node should have in its routing table, but has never heard of.
    public var ignorance = 0.0

    /// Conditions under which everything goes well.
    public init(latency: Latency) {
        self.latency = latency
    }
}

/// What it takes to connect to a node.
public struct Dialing: Hashable, Sendable {
    /// How a connection to a node that is gone comes to nothing.
    public struct Failure: Hashable, Sendable {
        /// The share of the nodes that are gone which it is so with: 0…1.
        public var share: Double
        /// The shortest time until it is given up; zero for one round trip, after which it is refused.
        public var minimum: Nanoseconds
        /// The longest time.
        public var maximum: Nanoseconds

        /// A failure.
        public init(share: Double, minimum: Nanoseconds, maximum: Nanoseconds) {
            self.share = share
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    /// The round trips before the first message of a connection. The default is 0.
    public var roundTrips = 0.0
    /// The share of nodes that we are connected with already: 0…1. The default is 0.
    public var warm = 0.0
    /// How connecting to a node that is gone fails; the shares add up to 1. The default is that all are refused.
    public var failures = [Failure(share: 1, minimum: .zero, maximum: .zero)]
    /// How long nobody connects again to a node that could not be connected to: until then a request to it fails at once. The default is
    /// zero, for no such wait.
    public var backoff = Nanoseconds.zero

    /// Dialing that takes no time.
    public init() {}
}

/// Messages that are held back, so that others overtake them.
public struct Reordering: Hashable, Sendable {
    /// The share of replies: 0…1.
    public var share: Double
    /// The longest time that one is held back, more than 0; each time up to it is as likely as the other.
    public var delay: Nanoseconds

    /// Messages that are held back.
    public init(share: Double, delay: Nanoseconds) {
        self.share = share
        self.delay = delay
    }
}

/// An untruth that nodes tell.
public enum Lie: Hashable, Sendable {
    /// They name any nodes instead of closer ones.
    case strangers
    /// They name only each other, as if nobody were closer, and say that they store what they do not keep.
    case promotion
    /// They do so for targets that share at least 16 bits with this one, and tell the truth for others.
    case eclipse(of: Key256)
}

/// How nodes come and go: how long they stay, and how long they are away.
public struct SessionModel: Hashable, Sendable {
    /// A distribution of times.
    public enum Duration: Hashable, Sendable {
        /// Always the same.
        case constant(Nanoseconds)
        /// As likely to end in the next second as in any before.
        case exponential(mean: Nanoseconds)
        /// The longer it has lasted the longer it will, for a shape of less than 1.
        case weibull(shape: Double, scale: Nanoseconds)
        /// Half of them shorter than the median, one in twenty longer than `p95`.
        case lognormal(median: Nanoseconds, p95: Nanoseconds)
    }

    /// How long a node stays.
    public var session: Duration
    /// How long it is away then.
    public var absence: Duration

    /// A model.
    public init(session: Duration, absence: Duration) {
        self.session = session
        self.absence = absence
    }
}
