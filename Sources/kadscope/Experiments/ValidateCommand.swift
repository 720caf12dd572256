import ArgumentParser
import Scenarios

/// `kadscope validate`: whether simulated networks behave like those that were measured.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Checks that simulated networks behave like those that were measured, and prints both.",
        discussion: """
            Simulates puts in networks like Amino in 2022 and in networks without failures, and compares times, holders, hops, requests, estimates \
            and routing tables with what was published. Ends with status 0 if the fitted rows and eight of the others hold, 1 if not, 2 if the \
            command line is wrong, 130 after Ctrl-C.
            """)

    @Option(parsing: .unconditional, help: "The first seed of the networks.")
    var seed = 1

    func run() throws {
        try Experiment.perform {
            guard seed >= 0 else { throw Complaint(sentence: "--seed \(seed) is out of range; give 0 or more") }
            var validation = Validation(.full, seed: UInt64(seed))
            let bar = ProgressBar()
            let isWhole = validation.run { share in
                bar.show(share: share) { _ in "validating" }
            }
            bar.clear()
            var output = Output()
            for line in ValidationTable.lines(of: validation, isPartial: !isWhole) { try output.line(line) }
            try output.flush()
            if !isWhole { throw ExitCode(130) }
            if !ValidationTable.isEnough(validation.rows) { throw ExitCode(1) }
        }
    }
}
