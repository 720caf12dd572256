import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing

@testable import Timeline

@Suite("Runs with resiliency set keep the laws")
struct ResiliencyRunTests {
    @Test("Networks with loss, silent and failing nodes, stops and forged replies")
    func randomRuns() throws {
        var followUps = 0
        for seed in UInt64(0)..<50 {
            for resiliency in [1, 3] {
                let random = try RandomRun(seed: seed, resiliency: resiliency)
                let run = CheckedRun(random.world, random.configuration)
                #expect(run.violations.isEmpty, "seed \(seed), resiliency \(resiliency): \(run.violations.map(\.description))")
                var world = random.world
                while world.step() != nil {
                    if world.view.broadcasts.contains(where: { $0.query?.isFollowingUp ?? false }) { followUps += 1 }
                }
            }
        }
        #expect(followUps > 500)
    }
}
