import ArgumentParser

/// The program: reads the command line and hands over to a subcommand.
@main
struct Kadscope: ParsableCommand {
    /// The version of the program.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "kadscope",
        abstract: "Steps, shows and explains how a record is put into a Kademlia network.",
        discussion: """
            kadscope                     opens a built-in scenario; ? shows the keys
            kadscope scenario list       the built-in scenarios
            kadscope --plain by-hand     a run as lines of text
            kadscope explore by-hand     searches its runs for one that breaks a law
            kadscope run race            runs it to its end, and prints figures; compare, sweep and report: many runs
            kadscope --record run.kbt.jsonl   records the run; kadscope run.kbt.jsonl opens it
            kadscope help open           its options: --theme, --plain, --record …
            kadscope --print-man         the manual page; --print-keys: the keys
            """,
        version: version,
        subcommands: [
            OpenCommand.self, ScenarioCommand.self, RunCommand.self, CompareCommand.self, SweepCommand.self, ValidateCommand.self,
            ReportCommand.self, ExploreCommand.self, TraceCommand.self, ShareCommand.self, ThemeCommand.self,
            ConformanceCommand.self, ConfigCommand.self,
        ],
        defaultSubcommand: OpenCommand.self)

    /// Runs the command of the command line. A wrong command line is answered like a wrong file: one sentence, status 2.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            // The parser lists many values in a line each; here they are one sentence.
            let sentence = message(for: error).replacing(":\n  - ", with: ": ").replacing("\n  - ", with: ", ")
            Complaint(sentence: "\(sentence) (see kadscope --help)").end()
        }
    }
}
