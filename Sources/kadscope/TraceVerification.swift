import Dashboard
import Scenarios
import Simulation
import Timeline

/// Runs a trace again and compares each step.
struct TraceVerification {
    /// The number of steps that came out as recorded.
    let verified: Int
    /// Of these, the number of steps without a hash: of them the answers alone were compared.
    let withoutHash: Int
    /// The file, read to its end.
    let file: TraceFile

    /// Verifies the trace in a file.
    ///
    /// - Throws: why it cannot be verified, or with status 1 the first step that differs.
    init(_ path: String) throws(Complaint) {
        file = try TraceFile(path)
        let header = try file.header()
        let scenario: Scenario
        let world: Scenario.World
        do {
            scenario = try Scenario(header: header, isExecuted: true)
            world = try scenario.world()
        } catch {
            throw Complaint(sentence: "\(path): \(error)")
        }
        var verifier = TraceVerifier(world)
        let bar = ProgressBar()
        defer { bar.clear() }
        while let line = try file.next(showing: bar, "running again") {
            guard let difference = verifier.check(line) else { continue }
            throw Complaint(sentence: "\(path): \(Self.sentence(difference, scenario))", status: 1)
        }
        (verified, withoutHash) = (verifier.verified, verifier.withoutHash)
    }

    private static func sentence(_ difference: TraceVerifier<Scenario.World>.Difference, _ scenario: Scenario) -> String {
        let text = PlainText(scenario)
        func shown(_ recorded: RecordedStep) -> String {
            let line = text.line(of: recorded.step).split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            return line + (recorded.hash.map { " (state \($0))" } ?? "")
        }
        let branch = difference.branch == 0 ? "" : " of branch \(difference.branch)"
        let place = "step \(difference.recorded.step.number)\(branch) differs: recorded is \(shown(difference.recorded))"
        if let failure = difference.failure { return "\(place); run again, a choice before it cannot be taken: \(failure.error)" }
        guard let found = difference.found else { return "\(place); run again, the run ends before it" }
        return "\(place); run again it is \(shown(found))"
    }
}
