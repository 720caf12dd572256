import Broadcasts
import Coordination
import Museum
import Simulation
import TestSupport
import Testing
import Timeline

@Suite("Searching the museum, and our pool")
struct SearchTests {
    @Test("Probe", arguments: Setup.all.indices)
    func probe(index: Int) throws {
        let setup = Setup.all[index]
        for (name, strategy, limit) in [
            ("all", SearchOptions.Strategy.allOrders(.equalStates), 30_000), ("random", .random(runs: 200), 100_000),
            ("prio", .priorities(runs: 200, changes: 3), 100_000),
        ] {
            for isOurs in [false, true] {
                let clock = ContinuousClock()
                let start = clock.now
                let r = isOurs ? setup.search(try setup.ours(), strategy, stepLimit: limit) : setup.search(try setup.reference(), strategy, stepLimit: limit)
                print(setup.finding, name, isOurs ? "ours" : "ref", "runs", r.runs, "merged", r.merged, "states", r.states, "steps", r.steps, r.ending, clock.now - start)
                for f in r.findings { print("    ", f.violation, f.deviations.map { "\($0.position) \($0.choice)" }) }
            }
        }
    }
}
