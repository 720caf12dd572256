public import ArgumentParser
import Dashboard
import Scenarios
import Simulation
import TOMLFields
import Terminal
public import Theming
import Timeline

/// `kadscope [SCENARIO]`: opens the screen, or prints the run.
struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Opens a scenario on the screen, or prints its run with --plain. This is what happens without a subcommand.")

    @Argument(help: "A built-in scenario (see: kadscope scenario list), or the path of a scenario file.")
    var scenario: String?

    @Flag(help: "Print the run as lines of text: time, event in, state out.")
    var plain = false

    @Option(help: "A built-in theme (\(BuiltInThemes.texts.map(\.id).joined(separator: ", "))), or the path of a theme file.")
    var theme: String?

    @Option(help: "unicode or ascii; by default what the locale can show.")
    var glyphs: GlyphSet?

    func run() throws {
        do {
            let scenario = try ScenarioArgument.scenario(scenario)
            if plain { try Self.printRun(of: scenario) } else { try Screen.show(scenario, theme: themeFile(), glyphs: glyphs) }
        } catch let complaint as Complaint {
            complaint.end()
        }
    }

    private static func printRun(of scenario: Scenario) throws {
        let text = PlainText(scenario)
        var output = Output()
        try output.line(text.heading)
        var world = try scenario.world()
        var journal = Journal()
        while let step = world.step() {
            journal.record(step)
            try output.line(text.line(of: step))
        }
        try output.line(text.summary(of: journal))
        try output.flush()
    }

    private func themeFile() throws(Complaint) -> ThemeFile {
        guard let theme else { return BuiltInThemes.standard }
        if let builtIn = BuiltInThemes.named(theme) { return builtIn }
        guard theme.contains("/") || theme.hasSuffix(".toml") || Files.exists(theme) else {
            let names = BuiltInThemes.texts.map(\.id).joined(separator: ", ")
            throw Complaint(sentence: "there is no theme and no file \"\(theme)\"; the built-in themes are \(names)")
        }
        let text = try Files.text(of: theme)
        do { return try ThemeFile(text: text, source: theme) } catch { throw Complaint(sentence: error.description) }
    }
}

extension GlyphSet: ExpressibleByArgument {}
