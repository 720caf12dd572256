import ArgumentParser
import Scenarios
import TOMLFields

/// `kadscope sweep SCENARIO --set PATH=A,B --seeds 1..100`: a run for each combination of settings and seeds.
struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Runs a scenario with all combinations of settings and seeds, several at once, and collects a line of each.",
        discussion: """
            Each run is a process of its own; its line goes whole into the file. Started again with the same scenario and grid, it makes the \
            runs that the file has not. --shard spreads the grid over machines. Ctrl-C ends the processes and leaves the file as it is. Ends with \
            status 0, 1 if a run failed or the file cannot be written, 2 if the command line or a file is wrong, 130 after Ctrl-C.
            """)

    @Argument(help: "A built-in scenario, or the path of a scenario file.")
    var scenario: String

    @Option(
        help: ArgumentHelp(
            "A field of the scenario and its values, such as pool.queryConcurrency=1,3,10. May be given several times. What stands in brackets, "
                + "braces or quotation marks is one value.", valueName: "path=a,b,c"))
    var set: [String] = []

    @Option(help: "The seeds to run each combination with, such as 1..100 or 1,2,5.")
    var seeds: String

    @Option(parsing: .unconditional, help: "How many runs go on at once; the default is the number of processors.")
    var jobs: Int?

    @Option(help: ArgumentHelp("Make only this part of the runs, such as 3/8, the third of eight.", valueName: "i/n"))
    var shard: String?

    @Option(help: "The file that the lines go to; the default is the name of the scenario with .jsonl.")
    var output: String?

    func run() throws {
        try Experiment.perform {
            if let jobs, !(1...1000).contains(jobs) { throw Complaint(sentence: "--jobs \(jobs) is out of range; give 1 to 1000") }
            var axes: [SweepGrid.Axis] = []
            for text in set { axes.append(try SweepGrid.Axis(text)) }
            try Experiment.refuseSeed(among: axes.map { $0.settings[0].path })
            let grid = try SweepGrid(axes: axes, seeds: try Seeds(seeds))
            let shard = try shard.map { (text) throws(RunError) in try SweepShard(text) } ?? .whole
            let source = try ExperimentScenario(scenario)
            // Before anything runs every value is tried in a network, and every combination is read.
            let samples = try grid.samples.map { try source.scenario(seed: grid.seeds[0], $0) }
            for sample in samples { _ = try HeadlessRun(sample) }
            try check(grid, of: source)
            let file = try SweepOutput(output ?? source.outputName, grid: grid, fingerprint: samples[0].fingerprint)
            try finish(Sweep(scenario: scenario, grid: grid, file: file, jobs: jobs ?? Sweep.processors), grid, shard)
        }
    }

    /// Checks every combination of values.
    private func check(_ grid: SweepGrid, of source: ExperimentScenario) throws {
        let bar = ProgressBar()
        defer { bar.clear() }
        for number in 0..<grid.combinationCount {
            let settings = grid.combination(number)
            do {
                try source.check(settings)
            } catch {
                throw Complaint(sentence: "\(error) (with \(settings.map(\.description).joined(separator: ", ")))")
            }
            let goesOn = bar.show(share: Double(number) / Double(grid.combinationCount)) { _ in "checking the combinations" }
            guard goesOn else { throw ExitCode(130) }
        }
    }

    private func finish(_ sweep: Sweep, _ grid: SweepGrid, _ shard: SweepShard) throws {
        let all = shard.size(of: grid)
        let rest = sweep.file.contents.rest(of: grid, shard)
        let outcome = try sweep.run(rest)
        let before = all - rest.count
        var sentence = "\(sweep.file.path.harmless): \(counted(before + outcome.made, "run")) of \(grouped(all))"
        if before > 0 { sentence += ", \(grouped(before)) of them from before" }
        if outcome.failed > 0 { sentence += "; \(grouped(outcome.failed)) failed" }
        try Output.write(sentence)
        if outcome.isInterrupted { throw ExitCode(130) }
        if outcome.failed > 0 { throw ExitCode(1) }
    }
}
