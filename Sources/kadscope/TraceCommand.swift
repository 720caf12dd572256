public import ArgumentParser
import Broadcasts
import Dashboard
import Queries
import Scenarios
import Simulation
public import Timeline

/// `kadscope trace …`: what can be done with a recorded run.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Verifies, shows and exports traces: runs that were recorded with --record.",
        subcommands: [Verify.self, Show.self, Export.self])

    /// `kadscope trace verify FILE`.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs a trace again and compares every step; ends with status 1 and the first step that differs, if one does.")

        @Argument(help: "The path of a trace.")
        var file: String

        func run() throws {
            do {
                let verification = try TraceVerification(file)
                let rest = verification.withoutHash == 0 ? "" : "; \(verification.withoutHash) of them have no hash"
                try Output.write("\(file): \(verification.verified) steps, all as recorded\(rest)")
                try verification.file.tellRemark()
            } catch {
                error.end()
            }
        }
    }

    /// `kadscope trace show FILE`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens a trace as it was recorded, on the screen or with --plain as lines of text. Nothing is run again.")

        @Argument(help: "The path of a trace.")
        var file: String

        @Flag(help: "Print the run as lines of text: time, event in, state out.")
        var plain = false

        @Option(help: "Print this branch instead of the first one, from the start.")
        var branch: Int?

        @OptionGroup(title: "How it looks")
        var look: LookOptions

        @OptionGroup(title: "Configuration")
        var config: ConfigOptions

        func run() throws {
            do {
                guard plain else {
                    let run = try RunArgument.trace(file).open(isExecuted: false)
                    return try Screen.show(run, Opening(look, config), recorder: nil)
                }
                try TraceCommand.printRun(file, branch: branch ?? 0)
            } catch let complaint as Complaint {
                complaint.end()
            }
        }
    }

    /// `kadscope trace export FILE --to FORMAT`.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a trace in another form: a diagram (mermaid, svg), a timeline (perfetto), a table (csv), the tree of its "
                + "branches (dot), or a test that reproduces the run (swift).")

        @Argument(help: "The path of a trace.")
        var file: String

        @Option(help: "The form: \(TraceExport.allCases.map(\.rawValue).joined(separator: ", ")).")
        var to: TraceExport

        @Option(help: "Take this branch instead of the first one, from the start.")
        var branch: Int?

        func run() throws {
            do {
                let path = try TraceCommand.path(file, to: branch ?? 0)
                let trace = try TraceFile(file)
                var exporter = to.exporter(for: try trace.header())
                var output = Output()
                while let line = try trace.next() {
                    guard !to.isOfOneBranch || path.contains(line) else { continue }
                    let text = exporter.add(line)
                    try output.text(text)
                }
                let rest = exporter.finish()
                try output.text(rest)
                try output.flush()
                try trace.tellRemark()
            } catch {
                error.end()
            }
        }
    }

    /// Prints a branch of a trace as lines of text, step by step as it is read.
    static func printRun(_ file: String, branch: Int) throws {
        let path = try path(file, to: branch)
        let trace = try TraceFile(file)
        let header = try trace.header()
        let scenario: Scenario
        do { scenario = try Scenario(header: header, isExecuted: false) } catch { throw Complaint(sentence: "\(file): \(error)") }
        let text = PlainText(scenario)
        var output = Output()
        var journal = Journal()
        var ledger = CallLedger(requestTimeout: scenario.pool.queries.requestTimeout)
        var watch = HappeningsWatch(scenario)
        var last = 0
        try output.line(text.heading)
        while let line = try trace.next() {
            guard case .step(let recorded, _) = line, path.contains(line) else { continue }
            journal.record(recorded.step)
            ledger.record(recorded.step)
            last = recorded.step.number
            for happening in watch.happenings(before: recorded.step) { try output.line(text.line(of: happening)) }
            try output.line(text.line(of: recorded.step))
        }
        try output.line(text.summary(of: journal))
        try output.line(text.figures(of: Metrics(ledger, at: last, view: nil, bars: 1)))
        try output.flush()
        try trace.tellRemark()
    }

    /// The way to a branch of a trace. To find it the file is read once; the first branch is known without.
    private static func path(_ file: String, to branch: Int) throws(Complaint) -> TracePath {
        guard branch != 0 else { return TracePath() }
        let trace = try TraceFile(file)
        var branches: [TraceBranch] = []
        while let line = try trace.next() {
            if case .branch(let branch) = line, !branches.contains(where: { $0.id == branch.id }) { branches.append(branch) }
        }
        guard let path = TracePath(to: branch, branches: branches) else {
            let ids = ([0] + branches.map(\.id)).prefix(20).map(String.init).joined(separator: ", ")
            throw Complaint(sentence: "\(file): there is no branch \(branch); there are \(ids)")
        }
        return path
    }
}

extension TraceExport: ExpressibleByArgument {}
