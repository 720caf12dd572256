import Broadcasts
import Coordination
import Simulation
import Testing
import Timeline

@Suite("Our pool keeps the laws")
struct OwnRunsTests {
    @Test("Over many seeds, with loss, silent and failing nodes, stops and forged replies, nothing is violated")
    func seeds() throws {
        var coverage = Coverage()
        for seed in 0..<120 as Range<UInt64> {
            let random = try RandomRun(seed: seed)
            let run = CheckedRun(random.world, random.configuration)
            #expect(run.violations == [], "seed \(seed)")
            #expect(run.report.broadcasts.isEmpty, "seed \(seed)")
            coverage.merge(run.coverage)
        }
        #expect(coverage.missingGoals == [])
        #expect(Double(coverage.missing.count) < 0.2 * Double(Coverage.Cell.possible.count), "\(coverage)")
    }

    @Test("Without polls deadlines pass unnoticed: the broadcasts that hang are reported, and nothing else")
    func oncePerReply() throws {
        var stuck = 0
        for seed in 0..<30 as Range<UInt64> {
            let random = try RandomRun(seed: seed, polling: .oncePerReply)
            let run = CheckedRun(random.world, random.configuration)
            #expect(run.violations.map(\.law) == run.report.stuck.map { _ in .l1 }, "seed \(seed)")
            #expect(run.report.stuck.count == run.report.broadcasts.count)
            stuck += run.report.stuck.count
        }
        #expect(stuck > 0)
    }

    @Test("Each broadcast does what it would do alone")
    func isolation() throws {
        for seed in 0..<30 as Range<UInt64> {
            let random = try RandomRun(seed: seed)
            let run = CheckedRun(random.world, random.configuration)
            #expect(isolationViolations(of: run.steps, in: random.pool, configuration: random.configuration) == [], "seed \(seed)")
        }
    }
}
