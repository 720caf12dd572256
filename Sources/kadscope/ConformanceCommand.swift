import ArgumentParser
import Scenarios

/// `kadscope conformance FILE…`: runs the scenarios of conformance files on our machines.
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance", abstract: "Runs conformance scenarios (one JSON object a line) on the machines, and says which fail.",
        discussion: "Ends with status 1 if a scenario fails, 2 if a file can't be read.")

    @Argument(help: "Files of scenarios, one JSON object a line.")
    var files: [String]

    func run() throws {
        do {
            var scenarios: [ConformanceScenario] = []
            for path in files {
                let text = try Files.text(of: path)
                do { scenarios += try ConformanceFile(text: text, source: path).scenarios } catch { throw Complaint(sentence: "\(error)") }
            }
            let failures = scenarios.compactMap { $0.run() }
            var output = Output()
            for failure in failures { try output.line(failure.description.harmless) }
            try output.line("\(scenarios.count - failures.count) passed, \(failures.count) failed")
            try output.flush()
            if !failures.isEmpty { throw ExitCode(1) }
        } catch let complaint as Complaint {
            complaint.end()
        }
    }
}
