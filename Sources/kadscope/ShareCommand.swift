import ArgumentParser
import Scenarios
import Timeline

/// `kadscope share [SCENARIO | TRACE | SHARE-LINE]`: a run in one line.
struct ShareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Prints a share line: scenario, seed, choices and faults of a run in one line. kadscope LINE opens the very same run.")

    @Argument(help: "A built-in scenario, the path of a scenario file or of a trace, or a share line.")
    var source: String?

    @Option(help: "The branch of a trace; the first one if it is not given.")
    var branch: Int?

    @Option(help: "The number of steps before the place to open; the start if it is not given.")
    var at: Int?

    func run() throws {
        do {
            let run = try RunArgument(source).open(isExecuted: true)
            var history: History<Scenario.World>
            do { history = try run.history() } catch { throw Complaint(sentence: error.description) }
            guard history.switchBranch(to: branch ?? 0) else {
                let ids = history.branches.map { String($0.id) }.joined(separator: ", ")
                throw Complaint(sentence: "there is no branch \(branch ?? 0); there are \(ids)")
            }
            history.go(to: at ?? (branch == nil ? run.position : history.branch.visited))
            guard let line = ShareLine(history, of: run.scenario) else { throw Complaint(sentence: "the run has no scenario to share") }
            try Output.write(line.text)
        } catch let complaint as Complaint {
            complaint.end()
        }
    }
}
