import Broadcasts
import Kademlia
import TestSupport
import Testing

@Suite("Random schedules keep every invariant")
struct PropertyTests {
    private func check<K: TestKey>(_: K.Type, seeds: Range<UInt64>, steps: Int) throws {
        for seed in seeds {
            var schedule = try RandomSchedule<K>(seed: seed)
            let history = schedule.run(steps: steps)
            let violations = history.violations()
            if !violations.isEmpty {
                Issue.record("\(violations.map(\.description).joined(separator: "\n"))\n\(history)")
                return
            }
        }
    }

    @Test("8-bit keys") func key8() throws { try check(Key8.self, seeds: 0..<500, steps: 60) }
    @Test("160-bit keys") func key160() throws { try check(Key160.self, seeds: 1_000_000..<1_000_500, steps: 60) }
    @Test("256-bit keys") func key256() throws { try check(Key256.self, seeds: 2_000_000..<2_000_500, steps: 60) }
}
