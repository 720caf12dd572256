import Broadcasts
import Kademlia
import TestSupport
import Testing

@Suite("Random schedules keep every invariant")
struct PropertyTests {
    /// Schedules for each width of keys.
    static let count: UInt64 = longRunsWanted ? 10_000 : 600

    private func check<K: TestKey>(_: K.Type, from firstSeed: UInt64) throws {
        var coverage = Coverage()
        for seed in firstSeed..<firstSeed + Self.count {
            var schedule = try RandomSchedule<K>(seed: seed)
            let history = schedule.run(steps: [15, 30, 60][Int(seed % 3)])
            coverage.add(history)
            let violations = history.violations()
            if !violations.isEmpty {
                Issue.record("\(violations.map(\.description).joined(separator: "\n"))\n\(history)")
                return
            }
        }
        #expect(coverage.missing.isEmpty)
        if longRunsWanted { print("\(K.bitCount)-bit keys: \(coverage)") }
    }

    /// So many that the pool moves its places up.
    @Test("A crowd of broadcasts, coming and going")
    func crowd() throws {
        var (movedUp, estimated) = (0, 0)
        for seed in 0..<(longRunsWanted ? 100 : 1) as Range<UInt64> {
            var schedule = try RandomSchedule<Key8>(seed: seed, isCrowd: true)
            let history = schedule.run(steps: 700)
            let violations = history.violations()
            let runs = Chronicle(history).runs
            movedUp += runs.count > 64 ? 1 : 0
            estimated += runs.count { $0.isEager && $0.optimistic?.networkSize == nil }
            #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))\n\(history)")
        }
        #expect(movedUp >= 1)
        #expect(estimated >= 1)
        if longRunsWanted { print("crowds: \(movedUp) with more than 64 broadcasts, \(estimated) broadcasts that went by an estimate") }
    }

    @Test("8-bit keys") func key8() throws { try check(Key8.self, from: 0) }
    @Test("160-bit keys") func key160() throws { try check(Key160.self, from: 1_000_000) }
    @Test("256-bit keys") func key256() throws { try check(Key256.self, from: 2_000_000) }
}
