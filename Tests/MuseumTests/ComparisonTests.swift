import Broadcasts
import Coordination
import Kademlia
import Museum
import Queries
import Simulation
import Testing
import Timeline

@Suite("The reference beside our pool")
struct ComparisonTests {
    private func network(seed: UInt64) -> VirtualNetwork {
        VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: 48), keyBits: 8, bucketSize: 4, seed: seed,
                latency: .lognormal(median: .milliseconds(40), p95: .milliseconds(400)), silentShare: 0.3))
    }

    private let configuration = PoolConfiguration(queries: QueryPoolConfiguration(concurrency: 4, replication: 4))

    /// All steps of so many follow-ups at once, each to a target of its own.
    private func run<Machine>(
        _ puts: Range<Int>, in network: VirtualNetwork, _ pool: Machine
    ) -> [Step] where Machine: BroadcastPoolMachine, Machine.Node == NetworkNode, Machine.Message == Record {
        let plan = puts.map { number in
            let target = Key256(UInt64(number * 67 + 5) << 56, 0, 0, 0)
            return SimulatedWorld<Machine>.Act(
                time: .start.advanced(by: .milliseconds(Int64(number))),
                event: .startBroadcast(
                    id: OperationID("put \(number)"), target: target, message: Record(name: "\(number)"),
                    seed: network.localClosest(to: target), configuration: .followUp(FollowUpConfiguration())))
        }
        var world = SimulatedWorld(network: network, pool: pool, plan: plan)
        var steps: [Step] = []
        while steps.count < 5_000, let step = world.step() { steps.append(step) }
        return steps
    }

    private func outcomes(_ steps: [Step]) -> [OperationID: BroadcastOutcome<NetworkNode>] {
        var outcomes: [OperationID: BroadcastOutcome<NetworkNode>] = [:]
        for step in steps {
            if case .broadcastFinished(let id, let outcome) = step.state { outcomes[id] = outcome }
        }
        return outcomes
    }

    @Test("One follow-up alone goes its way in both alike, step by step")
    func alone() throws {
        for seed in UInt64(0)..<40 {
            let network = network(seed: seed)
            let reference = run(0..<1, in: network, try ReferencePool(localNode: network.local, configuration: configuration))
            let ours = run(0..<1, in: network, try Pool(localNode: network.local, configuration: configuration))
            #expect(reference == ours, "seed \(seed)")
            #expect(ours.count > 10)
        }
    }

    /// Requests have the same fate whether a put runs alone or with others, so its outcome is to be the same.
    @Test("Several at once spoil each other in the reference, the more the worse, and never in our pool")
    func together() throws {
        var spoiled = [0, 0, 0]
        for seed in UInt64(0)..<25 {
            let network = network(seed: seed)
            let alone = try (0..<4).map { number in
                outcomes(run(number..<number + 1, in: network, try Pool(localNode: network.local, configuration: configuration)))
            }
            for (place, puts) in [1, 2, 4].enumerated() {
                let reference = outcomes(
                    run(0..<puts, in: network, try ReferencePool(localNode: network.local, configuration: configuration)))
                let ours = outcomes(run(0..<puts, in: network, try Pool(localNode: network.local, configuration: configuration)))
                for number in 0..<puts {
                    let id = OperationID("put \(number)")
                    #expect(ours[id] == alone[number][id], "seed \(seed), \(id) of \(puts)")
                    if reference[id] != alone[number][id] { spoiled[place] += 1 }
                }
            }
        }
        #expect(spoiled[0] == 0)
        #expect(spoiled[1] > 50 / 4, "of 50")
        #expect(spoiled[2] > 100 / 2, "of 100")
    }
}
