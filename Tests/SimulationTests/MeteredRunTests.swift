import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing
import Timeline

@testable import Simulation

@Suite("Runs that nobody steps through")
struct MeteredRunTests {
    private func network() -> VirtualNetwork { .small(Array(1...9)) }

    @Test("A start under an id in use changes nothing of the put that runs, not even while that waits in line")
    func idInUse() throws {
        let network = network()
        let seed = Array(network.nodes.prefix(3))
        func results(_ more: [PoolWorld.Act]) throws -> [PutResult] {
            let plan = [PoolWorld.Act.follow("first", seed: seed), .follow("second", at: .milliseconds(1), seed: seed)]
            var run = MeteredRun(try .over(network, plan + more, QueryPoolConfiguration(concurrency: 1)))
            while run.advance(steps: 7) {}
            return run.results
        }
        let usual = try results([])
        #expect(usual.map(\.id) == ["first", "second"] && usual[1].finds > 0 && usual[1].start == .start.advanced(by: .milliseconds(1)))
        #expect(try results([.follow("second", at: .milliseconds(2), seed: seed)]) == usual)
    }

    @Test("A workload goes on when a put of its name was started by hand, once that has ended")
    func workload() throws {
        let network = network()
        let seed = Array(network.nodes.prefix(3))
        let pool = try Pool(localNode: network.local, configuration: PoolConfiguration())
        let workload = Workload(count: 3, pace: .atOnce(1), configurations: [.followUp(FollowUpConfiguration())])
        // Acts of the plan come before the puts of the same time, and p1 is in use then.
        var run = MeteredRun(PoolWorld(network: network, pool: pool, plan: [.follow("p1", seed: seed)], workload: workload))
        while run.advance(steps: 1000) {}
        #expect(run.results.map(\.id) == ["p1", "p2", "p3"])
    }

    @Test("A reply that comes twice comes first as itself, then as its copy")
    func copies() throws {
        var configuration = NetworkConfiguration(
            nodes: .keys((1...9).map { key($0) }), keyBits: 8, latency: .constant(.milliseconds(10)), localKey: key(0xff))
        configuration.conditions.duplication = 1
        let network = VirtualNetwork(configuration)
        var world = try PoolWorld.over(network, [.put("a", seed: [network.nodes[0]])])
        while let step = world.step(), step.event.id == nil || world.travelling == 0 {}
        let pending = world.pending
        #expect(pending.map(\.name.copy) == [0, 1])
        #expect(pending.map(\.arrives) == [Instant.start.advanced(by: .milliseconds(20)), .start.advanced(by: .milliseconds(30))])
    }
}
