import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Timeline

/// A run with all that can be said about it.
struct CheckedRun {
    var steps: [Step] = []
    var violations: [Violation] = []
    var coverage = Coverage()
    var report: StuckReport

    /// Runs a world to its end.
    init<Machine>(_ world: SimulatedWorld<Machine>, _ configuration: PoolConfiguration, limit: Int = 20_000) {
        var world = world
        var checker = InvariantChecker(localNode: world.network.local, configuration: configuration)
        var before = world.view
        while steps.count < limit, let step = world.step() {
            let after = world.view
            violations += checker.check(step, before: before, after: after)
            coverage.record(step, before: before, replication: configuration.queries.replication)
            steps.append(step)
            before = after
        }
        report = StuckReport(
            view: before, configuration: configuration, travelling: [], nextDeadline: nil, at: world.now, step: steps.count)
        violations += checker.check(report)
    }
}

/// A run in which much goes wrong, as its seed has it: lost messages, silent and failing nodes, stops, ids in use, forged replies.
struct RandomRun {
    let world: PoolWorld
    let pool: Pool
    let configuration: PoolConfiguration

    typealias Pool = BroadcastPool<NetworkNode, Record>

    init(seed: UInt64, polling: PoolWorld.Polling = .untilWaiting, resiliency: Int? = nil) throws {
        var random = SplitMix64(seed: seed)
        func draw(_ bound: UInt64) -> Int { Int(random.next() % bound) }
        let network = VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: 8 + draw(50)), bucketSize: 2 + draw(6), seed: seed,
                latency: .lognormal(median: .milliseconds(30), p95: .milliseconds(90)), loss: 0.03 * Double(draw(3)),
                silentShare: 0.1 * Double(draw(3)), failingShare: 0.1 * Double(draw(4))))
        var configuration = PoolConfiguration(
            queries: .init(
                concurrency: 1 + draw(4), timeout: .milliseconds(Int64(200 + draw(1500))), replication: 1 + draw(6),
                queryConcurrency: 1 + draw(4), requestTimeout: .milliseconds(Int64(60 + draw(300)))),
            maxBroadcasts: draw(3) == 0 ? 3 : nil)
        configuration.queries.resiliency = resiliency.map { min($0, configuration.queries.replication) }
        self.configuration = configuration
        var plan: [PoolWorld.Act] = []
        for _ in 0..<(3 + draw(8)) {
            let id = OperationID("b\(draw(6))")
            let target = Key256(random.next(), random.next(), 0, 0)
            let seed = draw(8) == 0 ? [] : Array(network.localClosest(to: target).prefix(1 + draw(6)))
            let options = StoreOptions(
                storeTimeout: .milliseconds(Int64(70 + draw(200))), storeConcurrency: draw(3) == 0 ? 1 + draw(3) : nil)
            let strategy: BroadcastConfiguration =
                switch draw(4) {
                case 0: .static(StaticConfiguration(stores: options))
                case 1:
                    .optimistic(OptimisticConfiguration(networkSize: draw(4) == 0 ? nil : 20 + draw(60), stores: options))
                default: .followUp(FollowUpConfiguration(stores: options))
                }
            let time = Instant.start.advanced(by: .milliseconds(Int64(draw(400))))
            plan.append(
                .init(
                    time: time,
                    event: .startBroadcast(
                        id: id, target: target, message: Record(name: "r\(plan.count)"), seed: seed, configuration: strategy)))
            if draw(3) == 0 {
                plan.append(.init(time: time.advanced(by: .milliseconds(Int64(draw(600)))), event: .stopBroadcast(id: id)))
            }
            for _ in 0..<draw(6) {
                let node = network.nodes[draw(UInt64(network.nodes.count))]
                let closer = Array(network.nodes.suffix(2))
                let event: NetworkEvent =
                    switch draw(4) {
                    case 0: .getCloserNodesSuccess(id: id, node: node, target: target, closer: closer)
                    case 1: .getCloserNodesFailure(id: id, node: node, target: target, error: .failed("forged"))
                    case 2: .storeRecordSuccess(id: id, node: node, request: Record(name: "r"), response: nil)
                    default: .storeRecordFailure(id: id, node: node, request: Record(name: "r"), error: .failed("forged"))
                    }
                plan.append(.init(time: time.advanced(by: .milliseconds(Int64(draw(400)))), event: event))
            }
        }
        pool = try Pool(localNode: network.local, configuration: configuration)
        world = PoolWorld(network: network, pool: pool, plan: plan, polling: polling)
    }
}
