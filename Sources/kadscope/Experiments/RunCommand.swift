import ArgumentParser
import Coordination
import Scenarios

/// `kadscope run SCENARIO`: a run to its end, and its figures.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs a scenario to its end without a screen, and prints what came of its puts, in figures.",
        discussion: """
            Ctrl-C ends the run and prints the figures so far, marked as partial; pressed twice it ends the program. Ends with status 0, 1 if \
            the output cannot be written, 2 if the command line or a file is wrong, 130 after Ctrl-C.
            """)

    @Argument(help: "A built-in scenario, or the path of a scenario file.")
    var scenario: String

    @Flag(help: "Print the figures as one line of JSON, for kadscope report and other programs.")
    var json = false

    @Flag(help: "Print a row for each put, with a heading, separated by commas.")
    var csv = false

    @OptionGroup var settings: SettingOptions

    @Option(parsing: .unconditional, help: "Where all that is random comes from, instead of the file's network.seed.")
    var seed: Int?

    func run() throws {
        try Experiment.perform {
            guard !json || !csv else { throw Complaint(sentence: "--json and --csv are two forms of the output; give one of them") }
            if let seed, seed < 0 { throw Complaint(sentence: "--seed \(seed) is out of range; give 0 or more") }
            let scenario = try ExperimentScenario(scenario).scenario(seed: seed.map(UInt64.init), try Experiment.settings(settings.set))
            var run = try HeadlessRun(scenario)
            let bar = ProgressBar()
            let isWhole = Experiment.advance(&run, bar)
            bar.clear()
            try print(run, scenario, isPartial: !isWhole)
            if !isWhole { throw ExitCode(130) }
        }
    }

    private func print(_ run: HeadlessRun, _ scenario: Scenario, isPartial: Bool) throws(Complaint) {
        var output = Output()
        if csv {
            let table = PutTable(seed: scenario.seed)
            try output.line(table.heading)
            for result in run.results { try output.line(table.row(result)) }
            try output.flush()
            if isPartial { Complaint(sentence: "partial: the run was broken off; these are the puts that had ended").tell() }
            return
        }
        let figures = RunFigures(run, of: scenario, isPartial: isPartial)
        if json {
            try output.line(figures.line)
        } else {
            for line in FigureTable.lines(of: figures, title: scenario.title) { try output.line(line.harmless) }
        }
        try output.flush()
    }
}

/// Fields of the scenario that are set on the command line.
struct SettingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Set a field of the scenario, such as pool.queryConcurrency=10 or broadcast[0].strategy=static; broadcast.strategy means that of "
                + "every broadcast. May be given several times.", valueName: "path=value"))
    var set: [String] = []
}
