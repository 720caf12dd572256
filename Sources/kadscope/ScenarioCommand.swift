import ArgumentParser
import Scenarios
import Simulation

/// `kadscope scenario …`: the scenarios themselves.
struct ScenarioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario", abstract: "Lists, prints and checks scenarios.", subcommands: [List.self, Show.self, Check.self])

    /// `kadscope scenario list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the built-in scenarios.")

        func run() throws {
            do {
                var output = Output()
                let width = BuiltInScenario.all.map(\.name.count).max() ?? 0
                for builtIn in BuiltInScenario.all {
                    let name = builtIn.name + String(repeating: " ", count: width - builtIn.name.count)
                    try output.line("\(name)  \(try builtIn.scenario().title)")
                }
                try output.flush()
            } catch let complaint as Complaint {
                complaint.end()
            }
        }
    }

    /// `kadscope scenario show NAME`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the file of a built-in scenario, ready to be changed: kadscope scenario show by-hand > mine.toml")

        @Argument(help: "The name of a built-in scenario.")
        var name: String

        func run() throws {
            do {
                guard let builtIn = BuiltInScenario.named(name) else { throw ScenarioArgument.unknown(name) }
                try Output.write(builtIn.text)
            } catch let complaint as Complaint {
                complaint.end()
            }
        }
    }

    /// `kadscope scenario check FILE`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a scenario file: says what is wrong, where, and what would be right.")

        @Argument(help: "The path of a scenario file.")
        var file: String

        func run() throws {
            do {
                let scenario = try ScenarioArgument.scenario(file, prefersFile: true)
                var parts = [counted(scenario.network.nodes.count, "node")]
                if !scenario.broadcasts.isEmpty { parts.append(counted(scenario.broadcasts.count, "broadcast")) }
                if let workload = scenario.workload { parts.append("a workload of \(counted(workload.count, "put"))") }
                try Output.write("\(file): correct: \(parts.joined(separator: ", "))")
            } catch {
                error.end()
            }
        }
    }
}
