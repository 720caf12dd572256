import ArgumentParser
import Broadcasts
import Museum
import Scenarios
import TOMLFields

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the commands for experiments have in common.
enum Experiment {
    /// Does the work of a command. A pipe that nobody reads from any more, and a file that must not grow, are
    /// errors like a full disk, not signals.
    static func perform(_ work: () throws -> Void) throws {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        do {
            try work()
        } catch let complaint as Complaint {
            complaint.end()
        } catch let error as RunError {
            Complaint(sentence: error.description).end()
        } catch let error as TOMLFieldError {
            Complaint(sentence: error.description).end()
        }
    }

    /// The settings of a command line.
    static func settings(_ texts: [String]) throws(TOMLFieldError) -> [TOMLSetting] {
        var settings: [TOMLSetting] = []
        for text in texts { settings.append(try TOMLSetting(text)) }
        return settings
    }

    /// Refuses a setting of the seed where seeds are given otherwise.
    static func refuseSeed(among paths: [String]) throws(Complaint) {
        guard paths.contains("network.seed") else { return }
        throw Complaint(sentence: "--set network.seed: the seeds of this command come from --seeds; give them there")
    }

    /// Takes a run to its end.
    ///
    /// - Parameters:
    ///   - share: what is done of the whole before this run, and what this run is of the whole.
    ///   - name: what the bar says before the figures.
    /// - Returns: whether the end was reached; false if Ctrl-C came before.
    static func advance(_ run: inout HeadlessRun, _ bar: ProgressBar, share: (before: Double, run: Double) = (0, 1), _ name: String = "")
        -> Bool
    {
        while run.advance(steps: 10_000) {
            let (steps, puts, planned) = (run.steps, run.results.count, run.plannedPuts)
            let done = planned > 0 ? Double(puts) / Double(planned) : 0
            let goesOn = bar.show(share: share.before + done * share.run) { seconds in
                "\(name)\(grouped(puts))/\(grouped(planned)) puts, \(grouped(Int(Double(steps) / seconds))) steps/s"
            }
            guard goesOn else { return false }
        }
        return true
    }
}

/// A scenario before it is read, so that it can be read with several seeds and settings.
struct ExperimentScenario {
    private let text: String
    private let name: String
    private let source: String

    /// The built-in scenario of this name, or the one in the file at this path.
    init(_ argument: String) throws(Complaint) {
        if let builtIn = BuiltInScenario.named(argument) {
            (text, name, source) = (builtIn.text, builtIn.name, builtIn.name)
        } else if !Files.exists(argument), Exhibit.named(argument) != nil {
            throw Complaint(
                sentence:
                    "\(argument): an exhibit of the museum is one run that goes wrong, and no experiment; give a scenario (kadscope scenario list)"
            )
        } else {
            guard argument.contains("/") || argument.hasSuffix(".toml") || Files.exists(argument) else {
                throw ScenarioArgument.unknown(argument)
            }
            text = try Files.text(of: argument)
            name = argument.split(separator: "/").last.map(String.init) ?? argument
            source = argument
        }
    }

    /// The scenario with these settings.
    ///
    /// - Parameter seed: where all that is random comes from, instead of what the file says.
    func scenario(seed: UInt64? = nil, _ settings: [TOMLSetting]) throws(TOMLFieldError) -> Scenario {
        try Scenario(text: text, name: name, source: source, seed: seed, settings: settings)
    }

    /// Checks the scenario with these settings, without building its network.
    func check(_ settings: [TOMLSetting]) throws(TOMLFieldError) {
        try Scenario.check(text: text, name: name, source: source, settings: settings)
    }

    /// The name of the file that a sweep writes to, if none is given.
    var outputName: String { "\(name.hasSuffix(".toml") ? String(name.dropLast(5)) : name).jsonl" }
}
