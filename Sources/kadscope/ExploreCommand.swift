public import ArgumentParser
import Broadcasts
import Coordination
import Museum
import Scenarios
import Simulation
public import Timeline

/// `kadscope explore [SCENARIO]`: searches the runs of a scenario for one that breaks a law.
struct ExploreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explore", abstract: "Searches the runs of a scenario for one that breaks a law, and makes it as small as it can.",
        discussion: """
            A run is what happens by itself but for a few choices: another reply comes first, a deadline passes before any reply, the next \
            start or stop comes early, and with --faults something goes wrong. Without --all, --random or --priority it is --random 1000. \
            Ctrl-C ends the search with what is known by then. Ends with status 0 if no law was broken, 1 if one was, 2 if the \
            command line or a file is wrong.
            """)

    /// Which pool is driven.
    enum PoolKind: String, ExpressibleByArgument, CaseIterable {
        case ours, reference

        var rules: TraceHeader.Semantics {
            switch self {
            case .ours: .strict
            case .reference: .reference
            }
        }
    }

    @Argument(help: "A built-in scenario, an exhibit of the museum (T1 to T6), or the path of a scenario file.")
    var scenario: String?

    @Flag(name: .customLong("all"), help: "Try everything that can happen, one after the other. For small networks.")
    var isAll = false

    @Option(name: .customLong("random"), help: "Make so many runs in which dice decide, mostly for the usual.")
    var randomRuns: Int?

    @Option(name: .customLong("priority"), help: "Make so many runs in which dice give every reply a priority.")
    var priorityRuns: Int?

    @Option(help: "Where the dice come from.")
    var seed: UInt64 = 1

    @Option(help: "The most faults in a run: replies that are lost, doubled, forged or errors, and crashes of nodes.")
    var faults = 0

    @Option(help: "The number of steps after which the search ends, all runs together.")
    var steps = 2_000_000

    @Option(help: "ours or reference (the museum's pool, with the flaws of the Go code). The default is ours; for an exhibit reference.")
    var pool: PoolKind?

    @Option(
        help: """
            What --all leaves out: none, equalStates (what follows a state that was reached before), or equalStatesAndOrders (also orders \
            of replies that cannot matter if broadcasts are independent). The default is the last; for the reference, whose broadcasts are not \
            independent, equalStates.
            """)
    var reduction: SearchOptions.Reduction?

    @Option(help: "Save the run of each broken law in this folder, as a trace that opens at the step that breaks it: S5.kbt.jsonl.")
    var save: String?

    func run() throws {
        do {
            var scenario = try Self.scenario(scenario)
            if let pool { scenario.rules = pool.rules }
            let options = try options(scenario.rules)
            let world: Scenario.World
            do { world = try scenario.world() } catch { throw Complaint(sentence: "\(error)") }
            let isClean =
                switch world {
                case .simulated(let world): try explore(world, pool: world.pool, scenario, options)
                case .reference(let world): try explore(world, pool: world.pool, scenario, options)
                case .recorded, .recordedReference: true  // what is recorded runs in one way only
                }
            if !isClean { throw ExitCode(1) }
        } catch let complaint as Complaint {
            complaint.end()
        }
    }

    /// The scenario or exhibit that somebody named. A file comes before an exhibit.
    private static func scenario(_ name: String?) throws(Complaint) -> Scenario {
        if let name, !Files.exists(name), let exhibit = Exhibit.named(name) { return Scenario(exhibit) }
        return try ScenarioArgument.scenario(name)
    }

    /// Searches and reports.
    ///
    /// - Returns: whether no law was broken.
    private func explore<Machine: BroadcastPoolMachine>(
        _ world: SimulatedWorld<Machine>, pool: Machine, _ scenario: Scenario, _ options: SearchOptions
    ) throws -> Bool {
        let judge = LawJudge(
            of: pool, localNode: scenario.network.local, configuration: scenario.pool, keyBits: scenario.keyBits,
            allowsCopies: scenario.network.configuration.hasCopies, except: options.faults > 0 ? [.n1] : [])
        let explorer = Explorer(world, judge: judge, nodes: scenario.network.nodes, options: options)
        let bar = ProgressBar()
        let exploration = explorer.explore { bar.show($0) }
        bar.clear()
        var output = Output()
        for line in ExplorationReport(scenario, exploration, options).lines { try output.line(line.harmless) }
        try output.flush()
        if let save {
            for finding in exploration.findings { try Self.record(finding, in: world, of: scenario, folder: save) }
        }
        return exploration.findings.isEmpty
    }

    /// Writes the run of a finding, up to the step that breaks the law.
    private static func record<Source: World>(
        _ finding: Exploration.Finding, in world: Source, of scenario: Scenario, folder: String
    ) throws(Complaint) {
        let recorder = try RunRecorder("\(folder)/\(finding.id.rawValue).kbt.jsonl", scenario)
        recorder.record(finding.history(in: world))
        recorder.record(finding.violation)
        try recorder.end(finding.id == .l1 ? .idle : .limit)
    }

    private func options(_ rules: TraceHeader.Semantics) throws(Complaint) -> SearchOptions {
        guard [isAll, randomRuns != nil, priorityRuns != nil].count(where: { $0 }) <= 1 else {
            throw Complaint(sentence: "--all, --random and --priority are three searches; give one of them")
        }
        try Self.check(randomRuns, "--random", 1...1_000_000_000)
        try Self.check(priorityRuns, "--priority", 1...1_000_000_000)
        try Self.check(faults, "--faults", 0...100)
        try Self.check(steps, "--steps", 1...Int.max)
        guard reduction == nil || isAll else { throw Complaint(sentence: "--reduction is about --all; give both, or neither") }
        if rules == .reference, reduction == .equalStatesAndOrders {
            throw Complaint(
                sentence: "the broadcasts of the reference depend on each other, so every order counts; use --reduction equalStates")
        }
        let strategy: SearchOptions.Strategy =
            if isAll {
                .allOrders(reduction ?? (rules == .strict ? .equalStatesAndOrders : .equalStates))
            } else if let priorityRuns {
                .priorities(runs: priorityRuns, changes: 3)
            } else {
                .random(runs: randomRuns ?? 1_000)
            }
        var options = SearchOptions(strategy)
        options.seed = seed
        options.faults = faults
        options.stepLimit = steps
        return options
    }

    private static func check(_ value: Int?, _ option: String, _ range: ClosedRange<Int>) throws(Complaint) {
        guard let value, !range.contains(value) else { return }
        let bounds = range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
        throw Complaint(sentence: "\(option) \(value) is out of range; give \(bounds)")
    }
}

extension SearchOptions.Reduction: ExpressibleByArgument {}
