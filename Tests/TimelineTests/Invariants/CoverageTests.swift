import Broadcasts
import Coordination
import Queries
import Simulation
import Testing
import Timeline

@Suite("Coverage")
struct CoverageTests {
    /// What a list of events of a pool that looks for two nodes puts to the test. Each comes so many milliseconds after the last.
    private func coverage(_ events: [(Int64, NetworkEvent)]) throws -> Coverage {
        let queries = QueryPoolConfiguration(replication: 2, requestTimeout: .milliseconds(100))
        var pool = try ForgedRun.Pool(localNode: ForgedRun.local, configuration: PoolConfiguration(queries: queries))
        var coverage = Coverage()
        var now = Instant.start
        for (index, (delay, event)) in events.enumerated() {
            now = now.advanced(by: .milliseconds(delay))
            let before = pool.view
            let state = pool.advance(event, at: now)
            let step = Step(
                number: index + 1, time: now, event: event, trigger: .act, state: state,
                isIgnored: pool.ignoredEvents > before.ignoredEvents)
            coverage.record(step, before: before, replication: 2)
        }
        return coverage
    }

    private func seen(_ coverage: Coverage) -> [String] {
        Coverage.Cell.possible.filter { coverage.count(of: $0) > 0 }.map { "\($0) × \(coverage.count(of: $0))" }
    }

    @Test("A Static: a start, a poll, two replies, one of them twice")
    func byHand() throws {
        let coverage = try coverage([
            (0, .put("a", [1, 2])), (0, .poll), (5, .stored("a", 1)), (0, .stored("a", 1)), (0, .refused("a", 2)),
        ])
        #expect(
            seen(coverage) == [
                "static, not running: start, taken × 1", "static, storing: poll, taken × 1",
                "static, awaiting stores: store ok, taken × 1", "static, awaiting stores: store ok, ignored × 1",
                "static, awaiting stores: store failed, taken × 1",
            ])
        #expect(coverage.count(of: .contactedK) == 1)
        #expect(coverage.missingGoals.count == Coverage.Goal.allCases.count - 1)
        #expect(coverage.steps == 5)
    }

    @Test("Late answers, refused starts, replies for the ended, and polls for each running broadcast")
    func receptions() throws {
        let coverage = try coverage([
            (0, .follow("a", [1, 2])), (0, .poll), (0, .put("b", [3])), (0, .poll), (101, .found("a", 1)), (0, .put("a", [1])),
            (0, .stopBroadcast(id: "a")), (0, .stopBroadcast(id: "b")), (0, .stored("a", 1)), (0, .put("", [1])),
        ])
        #expect(
            seen(coverage) == [
                "followUp, not running: start, taken × 1", "followUp, not running: store ok, ignored × 1",
                "followUp, looking: closer ok, late × 1", "followUp, looking: poll, taken × 2",
                "followUp, awaiting stores: start, ignored × 1", "followUp, awaiting stores: stop, taken × 1",
                "static, not running: start, taken × 1", "static, not running: start, ignored × 1",
                "static, awaiting stores: stop, taken × 1", "static, awaiting stores: poll, taken × 1",
            ])
        #expect(coverage.missingGoals == [.contactedK, .stopInLine, .stopWhileLooking, .stopWhileStoring])
    }

    @Test("Several runs add up")
    func merge() throws {
        var sum = try coverage([(0, .put("a", [1])), (0, .stored("a", 1))])
        let other = try coverage([(0, .put("a", [1])), (0, .refused("a", 1))])
        sum.merge(other)
        #expect(
            seen(sum) == [
                "static, not running: start, taken × 2", "static, awaiting stores: store ok, taken × 1",
                "static, awaiting stores: store failed, taken × 1",
            ])
        #expect(sum.count(of: .allStoresFail) == 1)
        #expect(sum.steps == 4)
        #expect(sum.missing.count == Coverage.Cell.possible.count - 3)
    }

    @Test("No run comes into a cell that cannot come up, and together they come into nearly all")
    func possible() throws {
        var sum = Coverage()
        for seed in 200..<230 as Range<UInt64> {
            for polling in [PoolWorld.Polling.untilWaiting, .oncePerReply] {
                let random = try RandomRun(seed: seed, polling: polling)
                sum.merge(CheckedRun(random.world, random.configuration).coverage)
            }
        }
        for strategy in BroadcastStrategy.allCases {
            for phase in [nil] + BroadcastView<NetworkNode>.Phase.allCases {
                for event in Coverage.EventKind.allCases {
                    for reception in Coverage.Reception.allCases {
                        let cell = Coverage.Cell(strategy: strategy, phase: phase, event: event, reception: reception)
                        if !cell.canComeUp { #expect(sum.count(of: cell) == 0, "\(cell)") }
                    }
                }
            }
        }
        #expect(Double(sum.missing.count) < 0.2 * Double(Coverage.Cell.possible.count))
    }

    @Test("The table")
    func table() throws {
        let coverage = try coverage([
            (0, .put("a", [1, 2])), (0, .poll), (5, .stored("a", 1)), (0, .stored("a", 1)), (0, .refused("a", 2)),
        ])
        #expect(
            coverage.description == """
                5 of 131 cells in 5 steps; taken/late/ignored, . cannot come up, - has not
                strategy, phase              start  stop   closer ok  closer failed  store ok  store failed  poll
                followUp, not running        -/./-  ././-  ././-      ././-          ././-     ././-         .
                followUp, in line            ././-  -/./.  ././-      ././-          ././-     ././-         -/./.
                followUp, looking            ././-  -/./.  -/-/-      -/-/-          ././-     ././-         -/./.
                followUp, storing            ././-  -/./.  ././-      ././-          -/-/-     -/-/-         -/./.
                followUp, awaiting stores    ././-  -/./.  ././-      ././-          -/-/-     -/-/-         -/./.
                static, not running          1/./-  ././-  ././-      ././-          ././-     ././-         .
                static, storing              ././-  -/./.  ././-      ././-          -/-/-     -/-/-         1/./.
                static, awaiting stores      ././-  -/./.  ././-      ././-          1/-/1     1/-/-         -/./.
                optimistic, not running      -/./-  ././-  ././-      ././-          ././-     ././-         .
                optimistic, in line          ././-  -/./.  ././-      ././-          -/-/-     -/-/-         -/./.
                optimistic, looking          ././-  -/./.  -/-/-      -/-/-          -/-/-     -/-/-         -/./.
                optimistic, storing          ././-  -/./.  ././-      ././-          -/-/-     -/-/-         -/./.
                optimistic, awaiting stores  ././-  -/./.  ././-      ././-          -/-/-     -/-/-         -/./.
                goals: - a late success counts, - all stores fail, 1 k nodes are contacted, - two finish at one instant, - a stop in line, \
                - a stop while looking, - a stop while storing, - a stop while awaiting stores
                """)
    }
}
