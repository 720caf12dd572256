import Coordination
import Testing
import Timeline

@testable import Scenarios

@Suite("A trace of a broken law")
struct ViolationTraceTests {
    @Test("It opens at the step that breaks the law, whether it is run again or looked at", arguments: [false, true])
    func opens(isExecuted: Bool) throws {
        var scenario = try #require(BuiltInScenario.named("stopped")).scenario()
        scenario.rules = .reference
        var history = History(try scenario.world())
        history.go(to: 20)
        var recorder = TraceRecorder(scenario.traceHeader(tool: ("test", "1")))
        var reader = TraceReader()
        reader.feed(recorder.headerLine + recorder.lines(for: history))
        for (law, step) in [(InvariantID.s5, 17), (.s7, 18)] {
            reader.feed(recorder.line(of: Violation(law: law, step: step, broadcast: "storing", node: nil, why: "It is said to be so.")))
        }
        reader.feed(recorder.endLine(.limit))
        reader.finish()
        guard case .header(let header) = try reader.next() else { return #expect(Bool(false)) }
        var recording = Recording(header)
        while let line = try reader.next(), recording.add(line) {}
        #expect(recording.stepCount == 20)
        let opened = try OpenedRun(recording, isExecuted: isExecuted).history()
        #expect(opened.position == 17 && opened.stepCount >= 17)
    }
}
