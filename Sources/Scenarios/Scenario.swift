public import Broadcasts
public import Coordination
public import Kademlia
public import Museum
public import Simulation
public import TOMLFields
public import Timeline

/// A run to be: a network, a pool, and the broadcasts that are started in it.
public struct Scenario: Sendable {
    /// One broadcast of the plan.
    public struct PlannedBroadcast: Sendable {
        /// The operation's id.
        public let id: OperationID
        /// The strategy and its options.
        public let configuration: BroadcastConfiguration
        /// What is stored.
        public let record: Record
        /// The key that it is stored under.
        public let target: Key256
        /// The nodes to begin with.
        public let seed: [NetworkNode]
        /// When it is started.
        public let start: Instant
        /// When it is stopped, if it still runs then.
        public let stop: Instant?
    }

    /// What drives the pool of a run.
    public typealias World = RunWorld

    /// The name of the scenario: that of a built-in one, or the name of a file.
    public let name: String
    /// One line about it.
    public let title: String
    /// The text of its file; empty for a scenario that stands in for one that is not known.
    public let text: String
    /// The network.
    public let network: VirtualNetwork
    /// How the pool runs its broadcasts.
    public let pool: PoolConfiguration
    /// How the driver polls.
    public let polling: RunWorld.Simulated.Polling
    /// The broadcasts, in the order of the file.
    public internal(set) var broadcasts: [PlannedBroadcast]
    /// Many puts alike that are started beside the broadcasts, if there are any.
    public internal(set) var workload: Workload?
    /// The fields that were set from outside, over what the text says.
    public internal(set) var settings: [TOMLSetting] = []
    /// Whose rules the pool follows: ours, unless told otherwise.
    public var rules = TraceHeader.Semantics.strict
    /// The exhibit that the scenario is, if it is one.
    public internal(set) var exhibit: Exhibit?

    /// The width of the keys in bits.
    public var keyBits: Int { network.configuration.keyBits }

    /// The seed that all that is random comes from.
    public var seed: UInt64 { network.configuration.seed }

    /// The run at its start.
    ///
    /// - Throws: an error that names the field of the pool's configuration that is out of its range; never for a scenario read from a file.
    public func world() throws(ConfigurationError) -> World {
        switch rules {
        case .strict: .simulated(world(over: try machine()))
        case .reference: .reference(world(over: try referenceMachine()))
        }
    }

    /// The same run by the rules of the other pool.
    public var counterpart: Scenario {
        var other = self
        other.rules = rules == .strict ? .reference : .strict
        return other
    }

    /// What judges the run from its start.
    public var checker: InvariantChecker {
        var checker = InvariantChecker(localNode: network.local, configuration: pool, keyBits: keyBits)
        checker.allowsCopies = network.configuration.hasCopies
        return checker
    }

    /// The run at its start, with another pool, which is to be configured as ``pool`` says.
    public func world<Machine: BroadcastPoolMachine>(over machine: Machine) -> SimulatedWorld<Machine> {
        SimulatedWorld(
            network: network, pool: machine, plan: plan.map { .init(time: $0.time, event: $0.event) }, workload: workload,
            polling: polling == .oncePerReply ? .oncePerReply : .untilWaiting)
    }

    /// What is done from outside, by time.
    private var plan: [(time: Instant, event: NetworkEvent)] {
        if let exhibit { return exhibit.plan.map { ($0.time, $0.event) } }
        return broadcasts.flatMap { broadcast in
            let start = NetworkEvent.startBroadcast(
                id: broadcast.id, target: broadcast.target, message: broadcast.record, seed: broadcast.seed,
                configuration: broadcast.configuration)
            let stop = broadcast.stop.map { (time: $0, event: NetworkEvent.stopBroadcast(id: broadcast.id)) }
            return [(time: broadcast.start, event: start)] + (stop.map { [$0] } ?? [])
        }
    }

    /// Our pool at its start.
    func machine() throws(ConfigurationError) -> BroadcastPool<NetworkNode, Record> {
        try BroadcastPool(localNode: network.local, configuration: pool)
    }

    /// The reference's pool at its start.
    func referenceMachine() throws(ConfigurationError) -> ReferencePool {
        try ReferencePool(localNode: network.local, configuration: pool)
    }
}
