import Broadcasts
import Coordination
import Kademlia
import Museum
import Queries
import Simulation
import Timeline

/// A small network and an ordinary plan, in which nothing goes wrong as long as nothing comes in another order than usual.
struct Setup {
    /// The finding of the reference that is in reach.
    let finding: String
    let network: VirtualNetwork
    var pool = PoolConfiguration()
    var polling = SimulatedWorld<ReferencePool>.Polling.untilWaiting
    /// The faults that may happen.
    var faults = 0
    let plan: [(time: Nanoseconds, event: NetworkEvent)]
    /// The laws that the finding breaks.
    let laws: Set<InvariantID>
    /// Whether all orders can be searched in no time.
    var isTiny = false

    /// Nodes with these keys of 8 bits. A bucket and an answer hold one node; a request takes 20 ms.
    static func network(_ keys: [UInt8], silent: [UInt8] = []) -> VirtualNetwork {
        VirtualNetwork(
            NetworkConfiguration(
                nodes: .keys(keys.map(key)), keyBits: 8, bucketSize: 1, latency: .constant(.milliseconds(10)),
                silentKeys: Set(silent.map(key)), localKey: key(0xff)))
    }

    static func key(_ value: UInt8) -> Key256 { Key256(UInt64(value) << 56, 0, 0, 0) }

    static func start(
        _ id: OperationID, _ target: UInt8, _ seed: [UInt8], in network: VirtualNetwork,
        _ configuration: BroadcastConfiguration = .followUp(FollowUpConfiguration())
    ) -> NetworkEvent {
        .startBroadcast(
            id: id, target: key(target), message: Record(name: "r"),
            seed: seed.compactMap { value in network.nodes.first { $0.key == key(value) } }, configuration: configuration)
    }

    /// The set-ups, one for each finding.
    static let all: [Setup] = {
        let four = network([0x03, 0x04, 0x81, 0x83])
        let three = network([0x02, 0x03, 0x77])
        return [
            // B has nobody to ask. It comes long after A.
            Setup(
                finding: "T1", network: four, polling: .oncePerReply,
                plan: [(.zero, start("A", 0x01, [0x04, 0x03], in: four)), (.seconds(1), start("B", 0x80, [], in: four))],
                laws: [.s14, .s15, .s17, .s20, .l1], isTiny: true),
            Setup(
                finding: "T2", network: four,
                plan: [(.zero, start("A", 0x01, [0x04, 0x03], in: four)), (.seconds(1), start("B", 0x80, [0x81, 0x83], in: four))],
                laws: [.s1, .s10, .s17]),
            Setup(
                finding: "T3", network: four,
                plan: [(.zero, start("B", 0x80, [0x83], in: four)), (.seconds(1), start("A", 0x01, [0x04, 0x03], in: four))],
                laws: [.l2]),
            Setup(
                finding: "T4", network: three, faults: 2,
                plan: [(.zero, start("A", 0x03, [0x02, 0x03], in: three, .static(StaticConfiguration())))],
                laws: [.s5, .s6, .s18], isTiny: true),
            Setup(
                finding: "T5", network: four,
                plan: [(.zero, start("A", 0x01, [0x04, 0x03], in: four)), (.seconds(1), start("A", 0x80, [0x81, 0x83], in: four))],
                laws: [.p1]),
            Setup(
                finding: "T6", network: four,
                plan: [(.zero, start("A", 0x01, [0x04, 0x03], in: four)), (.seconds(1), .stopBroadcast(id: "A"))],
                laws: [.s5], isTiny: true),
        ]
    }()

    /// Searches the runs of a pool in this set-up.
    func search<Machine: BroadcastPoolMachine>(
        _ machine: Machine, _ strategy: SearchOptions.Strategy, seed: UInt64 = 1, stepLimit: Int = 1_000_000
    ) -> Exploration where Machine.Node == NetworkNode, Machine.Message == Record {
        var options = SearchOptions(strategy)
        options.seed = seed
        options.faults = faults
        options.stepLimit = stepLimit
        return Explorer(world(machine), judge: judge(machine), nodes: Array(network.nodes), options: options).explore()
    }

    func world<Machine: BroadcastPoolMachine>(_ machine: Machine) -> SimulatedWorld<Machine>
    where Machine.Node == NetworkNode, Machine.Message == Record {
        SimulatedWorld(
            network: network, pool: machine, plan: plan.map { .init(time: .start.advanced(by: $0.time), event: $0.event) },
            polling: polling == .untilWaiting ? .untilWaiting : .oncePerReply)
    }

    func judge<Machine: BroadcastPoolMachine>(_ machine: Machine) -> LawJudge
    where Machine.Node == NetworkNode, Machine.Message == Record {
        LawJudge(of: machine, localNode: network.local, configuration: pool, keyBits: 8, except: faults > 0 ? [.n1] : [])
    }

    func reference() throws -> ReferencePool { try ReferencePool(localNode: network.local, configuration: pool) }

    func ours() throws -> Pool { try Pool(localNode: network.local, configuration: pool) }
}
