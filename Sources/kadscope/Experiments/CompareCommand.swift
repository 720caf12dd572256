import ArgumentParser
import Broadcasts
import Scenarios
import TOMLFields

/// `kadscope compare SCENARIO --strategies A,B`: the same puts under several strategies.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Runs the same puts under several strategies, with the same luck, and prints how they differ.",
        discussion: """
            All broadcasts of the scenario take each of the strategies in turn, with the same seeds: the same networks, and for each request to a \
            node the same time and the same fate. Puts are paired by seed and id. Ctrl-C ends it with the runs that are whole. Ends with status 0, \
            1 if the output cannot be written, 2 if the command line or a file is wrong, 130 after Ctrl-C.
            """)

    @Argument(help: "A built-in scenario, or the path of a scenario file.")
    var scenario: String

    @Option(
        help: ArgumentHelp(
            "The strategies, the one that the others are held against first: two or more of \(Self.names), with commas between them.",
            valueName: "a,b"))
    var strategies: String

    @Option(help: "The seeds to run each strategy with, such as 1..10 or 1,2,5; the file's own if none are given.")
    var seeds: String?

    @OptionGroup var settings: SettingOptions

    @Flag(help: "Print the comparison as one line of JSON.")
    var json = false

    private static let names = BroadcastStrategy.allCases.map(\.rawValue).joined(separator: ", ")

    func run() throws {
        try Experiment.perform {
            let strategies = try chosen()
            let settings = try Experiment.settings(settings.set)
            if seeds != nil { try Experiment.refuseSeed(among: settings.map(\.path)) }
            let source = try ExperimentScenario(scenario)
            let scenario = try source.scenario(settings)
            let seeds = try Seeds(seeds ?? "\(scenario.seed)")
            var comparison = Comparison(strategies)
            let isWhole = try run(source, settings, seeds, &comparison)
            var output = Output()
            if json {
                try output.line(comparison.line(of: scenario, seeds, isPartial: !isWhole))
            } else {
                let lines = FigureTable.lines(of: comparison, scenario: scenario, seeds, isPartial: !isWhole)
                for line in lines { try output.line(line.harmless) }
            }
            try output.flush()
            if !isWhole { throw ExitCode(130) }
        }
    }

    /// Runs every strategy with every seed.
    ///
    /// - Returns: whether all runs came to their end.
    private func run(
        _ source: ExperimentScenario, _ settings: [TOMLSetting], _ seeds: Seeds, _ comparison: inout Comparison
    ) throws -> Bool {
        let bar = ProgressBar()
        defer { bar.clear() }
        let total = seeds.count * comparison.strategies.count
        var done = 0
        for place in 0..<seeds.count {
            let seeded = try source.scenario(seed: seeds[place], settings)
            // A seed counts once it has run under all strategies.
            var runs: [HeadlessRun] = []
            for strategy in comparison.strategies {
                var run = try HeadlessRun(seeded.withAllPuts(by: strategy))
                let share = (before: Double(done) / Double(total), run: 1 / Double(total))
                guard Experiment.advance(&run, bar, share: share, "run \(done + 1)/\(total), ") else { return false }
                done += 1
                guard bar.show(share: Double(done) / Double(total), { _ in "run \(done)/\(total)" }) || done == total else { return false }
                runs.append(run)
            }
            for (strategy, run) in zip(comparison.strategies, runs) { comparison.add(run, by: strategy, seed: seeds[place]) }
        }
        return true
    }

    private func chosen() throws(Complaint) -> [BroadcastStrategy] {
        var chosen: [BroadcastStrategy] = []
        for name in strategies.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            guard let strategy = BroadcastStrategy(rawValue: name) else {
                let near = closestMatch(to: name, among: BroadcastStrategy.allCases.map(\.rawValue))
                throw Complaint(
                    sentence:
                        "--strategies \(strategies): there is no strategy \(name.quoted); \(near.map { "did you mean \($0)?" } ?? "use \(Self.names)")"
                )
            }
            guard !chosen.contains(strategy) else {
                throw Complaint(sentence: "--strategies \(strategies): \(name) stands there twice; give each once")
            }
            chosen.append(strategy)
        }
        guard chosen.count > 1 else {
            throw Complaint(
                sentence: "--strategies \(strategies): one strategy has nothing to be compared with; give two or more of \(Self.names)")
        }
        return chosen
    }
}
