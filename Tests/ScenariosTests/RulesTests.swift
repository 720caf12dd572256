import Broadcasts
import Coordination
import Museum
import Testing
import Timeline

@testable import Scenarios

@Suite("Runs by the rules of the reference")
struct RulesTests {
    /// All exhibits by both rules, and a scenario by the reference's.
    private static let scenarios: [Scenario] =
        Exhibit.all.flatMap { [Scenario($0), Scenario($0).counterpart] }
        + (try! [#require(BuiltInScenario.named("slots")).scenario().counterpart])

    @Test("A share line opens the very same run by the very same rules")
    func shareLine() throws {
        for scenario in Self.scenarios {
            var history = History(try scenario.world())
            history.go(to: 3)
            try history.choose(.advanceClock(.milliseconds(1)))
            let opened = try ShareLine(text: try #require(ShareLine(history, of: scenario)).text)
            #expect(opened.scenario.rules == scenario.rules && opened.scenario.name == scenario.name)
            var again = try OpenedRun(opened).history()
            history.go(to: .max)
            again.go(to: .max)
            #expect((1...history.stepCount).allSatisfy { history.step($0) == again.step($0) } && again.stepCount == history.stepCount)
        }
    }

    @Test("A trace is looked at, and run again, by the rules that it was recorded by")
    func trace() throws {
        for scenario in Self.scenarios {
            var history = History(try scenario.world())
            history.go(to: .max)
            var recorder = TraceRecorder(scenario.traceHeader(tool: ("test", "1")))
            var reader = TraceReader()
            reader.feed(recorder.headerLine + recorder.lines(for: history))
            reader.feed(recorder.endLine(.idle))
            let first = try #require(try reader.next())
            guard case .header(let header) = first else { return #expect(Bool(false)) }
            #expect(header.semantics == scenario.rules)
            var recording = Recording(header)
            while let line = try reader.next() { _ = recording.add(line) }
            for isExecuted in [false, true] {
                var again = try OpenedRun(recording, isExecuted: isExecuted).history()
                again.go(to: .max)
                #expect(again.stepCount == history.stepCount && again.world.view == history.world.view)
                #expect(again.world.divergence == nil)
            }
        }
    }
}
