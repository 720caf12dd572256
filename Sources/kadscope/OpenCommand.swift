import ArgumentParser
import Dashboard
import Scenarios
import Simulation
import Timeline

/// `kadscope [SCENARIO | TRACE | SHARE-LINE]`: opens the screen, or prints the run.
struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Opens a run on the screen, or prints it with --plain. This is what happens without a subcommand.")

    @Argument(help: "A built-in scenario (see: kadscope scenario list), the path of a scenario file or of a trace, or a share line.")
    var scenario: String?

    @Flag(help: "Print the run as lines of text: time, event in, state out.")
    var plain = false

    @Flag(help: "Run a trace again, compare every step with what is recorded, and open it so that one can go other ways.")
    var verify = false

    @Option(help: "Record the run in this file, a trace, while it goes on: each step that is shown, and each choice.")
    var record: String?

    @Flag(help: "Let the reference's pool run a scenario, with its known flaws; for an exhibit, T1 to T6, ours.")
    var reference = false

    @Flag(name: .customLong("no-checks"), help: "Do not check the laws of the machines at each step.")
    var isUnchecked = false

    @OptionGroup(title: "How it looks")
    var look: LookOptions

    @OptionGroup(title: "Configuration")
    var config: ConfigOptions

    @OptionGroup(title: "Reference")
    var references: ReferenceOptions

    @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal, to select text; % changes that.")
    var leavesMouse = false

    @Option(help: "Play the keys in this file (- is the standard input) without a terminal: for tests and pictures.")
    var script: String?

    func run() throws {
        do {
            if try printReference() { return }
            let argument = try RunArgument(scenario)
            if verify, case .trace = argument {
            } else if verify {
                throw Complaint(sentence: "--verify compares a run with what is recorded in a trace; give the path of a trace")
            }
            if plain, !verify, record == nil, case .trace(let path) = argument { return try TraceCommand.printRun(path, branch: 0) }
            if plain, script != nil { throw Complaint(sentence: "--plain prints the run, --script plays keys on it; give one of them") }
            var run = try argument.open(isExecuted: verify)
            if reference { run = try Self.byOtherRules(run, argument) }
            let recorder = try record.map { (path) throws(Complaint) in try RunRecorder(path, run.scenario) }
            if plain {
                try PlainRun.print(run, recorder, isChecked: !isUnchecked)
            } else if let script {
                try ScriptRun.play(script, on: run, look, recorder: recorder, isChecked: !isUnchecked)
            } else {
                try Screen.show(run, Opening(look, config, isUnchecked: isUnchecked, leavesMouse: leavesMouse), recorder: recorder)
            }
        } catch let complaint as Complaint {
            complaint.end()
        }
    }

    /// The run with the pool that it has not.
    private static func byOtherRules(_ run: OpenedRun, _ argument: RunArgument) throws(Complaint) -> OpenedRun {
        guard case .scenario = argument else {
            throw Complaint(
                sentence: "--reference is for scenarios and exhibits; a trace or a share line says itself whose rules it follows")
        }
        return OpenedRun(run.scenario.counterpart)
    }

    /// Prints the keys, the manual or the roles of themes, if that is wanted.
    ///
    /// - Returns: whether it was.
    private func printReference() throws(Complaint) -> Bool {
        if references.printMan {
            try Output.write(ManualPage.text)
        } else if references.printKeys {
            let (settings, problem) = try config.file.load()
            try Output.write(KeyText(settings.keys).lines.joined(separator: "\n"))
            if let problem { Complaint(sentence: problem).tell() }
        } else if references.printThemeRoles {
            try ThemeCommand.printRoles()
        } else {
            return false
        }
        return true
    }
}
