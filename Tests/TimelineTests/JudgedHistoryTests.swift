import Broadcasts
import Coordination
import Kademlia
import Museum
import Queries
import Simulation
import Testing
import Timeline

@Suite("A history that judges its steps")
struct JudgedHistoryTests {
    @Test("A view that takes over what has not changed is the view", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func views(seed: UInt64) throws {
        let network = VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: 80), bucketSize: 6, seed: seed,
                latency: .lognormal(median: .milliseconds(30), p95: .milliseconds(400)),
                loss: 0.05, silentShare: 0.1, failingShare: 0.1))
        let stores = StoreOptions(storeTimeout: .milliseconds(250), storeConcurrency: seed % 2 == 0 ? 2 : nil)
        var acts: [PoolWorld.Act] = []
        for number in 0..<24 {
            let target = Key256(UInt64(number) << 59, seed, 0, 0)
            let configuration: BroadcastConfiguration =
                switch number % 3 {
                case 0: .followUp(FollowUpConfiguration(stores: stores))
                case 1: .static(StaticConfiguration(stores: stores))
                default: .optimistic(OptimisticConfiguration(networkSize: 80, stores: stores))
                }
            let start = Instant.start.advanced(by: .milliseconds(Int64(number) * 20))
            let id = OperationID("b\(number)")
            acts.append(
                .init(
                    time: start,
                    event: .startBroadcast(
                        id: id, target: target, message: Record(name: "r"), seed: network.localClosest(to: target),
                        configuration: configuration)))
            if number % 5 == 0 { acts.append(.init(time: start.advanced(by: .milliseconds(150)), event: .stopBroadcast(id: id))) }
        }
        let queries = QueryPoolConfiguration(concurrency: 3, timeout: .seconds(1), replication: 6, requestTimeout: .milliseconds(200))
        var world = PoolWorld(
            network: network, pool: try BroadcastPool(localNode: network.local, configuration: PoolConfiguration(queries: queries)),
            plan: acts)
        var view = world.view
        var steps = 0
        while let step = world.step() {
            view = world.view(after: view, step)
            #expect(view == world.view, "step \(step.number)")
            steps += 1
        }
        #expect(steps > 400)
    }

    @Test("A branch that begins far back is judged as a run of its own would be", arguments: Exhibit.all.map(\.id))
    func branches(id: String) throws {
        let exhibit = try #require(Exhibit.named(id))
        let checker = InvariantChecker(localNode: exhibit.network.local, configuration: exhibit.pool, keyBits: 8)
        let world = try exhibit.referenceWorld()
        var history = History(world, checker: checker)
        history.go(to: .max)
        let end = history.stepCount
        for place in 0..<end {
            history.switchBranch(to: 0)
            history.go(to: end)
            history.go(to: place)
            try history.choose(.advanceClock(.milliseconds(1)))
            history.go(to: .max)
            var alone = History(world, deviations: history.branch.deviations, checker: checker)
            alone.go(to: .max)
            #expect(history.violations == alone.violations)
            #expect(history.coverage() == alone.coverage())
        }
        history.switchBranch(to: 0)
        var first = History(world, checker: checker)
        first.go(to: .max)
        #expect(history.violations == first.violations && !first.violations.isEmpty)
    }
}
