import Broadcasts
import Dashboard
import Queries
import Scenarios
import Simulation
import Timeline

/// A run as lines of text, printed while it goes on.
enum PlainRun {
    /// Takes a run to its end and prints its steps, the laws that they break, what came of each broadcast, and figures of its requests.
    ///
    /// - Parameters:
    ///   - recorder: what records the run meanwhile.
    ///   - isChecked: whether the laws of the machines are checked at each step.
    /// - Throws: what kept it from going on, or from being written.
    static func print(_ run: OpenedRun, _ recorder: RunRecorder?, isChecked: Bool) throws {
        let scenario = run.scenario
        let text = PlainText(scenario)
        var output = Output()
        try output.line(text.heading)
        var walk: Walk<Scenario.World>
        do { walk = try run.walk() } catch { throw Complaint(sentence: error.description) }
        var journal = Journal()
        var ledger = CallLedger(requestTimeout: scenario.pool.queries.requestTimeout)
        var laws = isChecked ? Laws(scenario, walk.world) : nil
        var watch = HappeningsWatch(scenario)
        while let (choices, step) = walk.step() {
            for happening in watch.happenings(before: step) { try output.line(text.line(of: happening)) }
            journal.record(step)
            ledger.record(step)
            try output.line(text.line(of: step))
            for violation in laws?.check(step, choices, walk.world) ?? [] { try output.line(text.line(of: violation)) }
            recorder?.record(step, choices, walk.world)
            if let failure = recorder?.failure { throw failure }
        }
        if let (deviation, error) = walk.failedDeviation {
            throw Complaint(sentence: "a choice after step \(deviation.position) does not fit the run: \(error)")
        }
        for violation in laws?.end(walk.world, after: walk.position) ?? [] { try output.line(text.line(of: violation)) }
        try output.line(text.summary(of: journal))
        try output.line(text.figures(of: Metrics(ledger, at: walk.position, view: nil, bars: 1)))
        try output.flush()
        try recorder?.end(.idle)
        if let notice = run.notice { Complaint(sentence: notice).tell() }
    }

    /// The laws of the machines, checked from step to step.
    private struct Laws {
        private var checker: InvariantChecker
        private var before: NetworkPoolView

        init(_ scenario: Scenario, _ world: Scenario.World) {
            checker = scenario.checker
            before = world.view
        }

        mutating func check(_ step: Step, _ choices: ArraySlice<Deviation>, _ world: Scenario.World) -> [Violation] {
            for choice in choices { checker.expect(choice.choice) }
            let after = world.view
            defer { before = after }
            return checker.check(step, before: before, after: after)
        }

        func end(_ world: Scenario.World, after step: Int) -> [Violation] {
            checker.check(
                StuckReport(
                    view: world.view, configuration: checker.configuration, travelling: [], nextDeadline: nil, at: world.now, step: step,
                    keyBits: checker.keyBits))
        }
    }
}
