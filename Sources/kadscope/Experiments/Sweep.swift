import Scenarios
import TOMLFields

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs of a grid, each a process of its own, several at once.
struct Sweep {
    /// What came of it.
    struct Outcome {
        /// The number of runs whose lines were written.
        var made = 0
        /// The number of runs that failed.
        var failed = 0
        /// Whether Ctrl-C ended it.
        var isInterrupted = false
    }

    /// The scenario, as it was named on the command line.
    let scenario: String
    /// The runs.
    let grid: SweepGrid
    /// Where their lines go.
    let file: SweepOutput
    /// How many go on at once.
    let jobs: Int

    /// The number of processors.
    static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Makes these runs. Those that fail are told of at once.
    ///
    /// - Throws: why a process cannot be started, or a line not be written.
    func run(_ indices: [Int]) throws(Complaint) -> Outcome {
        var outcome = Outcome()
        var waiting = indices[...]
        var running: [RunProcess] = []
        let bar = ProgressBar(heedsTermination: true)
        defer {
            for process in running { process.end() }
            bar.clear()
        }
        while !waiting.isEmpty || !running.isEmpty {
            while running.count < jobs, let index = waiting.popFirst() { running.append(try start(grid[index])) }
            RunProcess.wait(for: running)
            for process in running where process.isOver { try finish(process, &outcome, bar) }
            running.removeAll(where: \.isOver)
            let done = outcome.made + outcome.failed
            outcome.isInterrupted = !bar.show(share: Double(done) / Double(max(1, indices.count))) { seconds in
                "\(grouped(done))/\(grouped(indices.count)) runs, \(Self.rate(done, seconds)) runs/s"
            }
            if outcome.isInterrupted, !waiting.isEmpty || !running.isEmpty { return outcome }
        }
        outcome.isInterrupted = false
        return outcome
    }

    private static func rate(_ count: Int, _ seconds: Double) -> String {
        let tenths = Int((Double(count) / seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func start(_ cell: SweepGrid.Cell) throws(Complaint) -> RunProcess {
        // A name that looks like an option is none after "--".
        let settings = cell.settings.flatMap { ["--set", $0.description] }
        return try RunProcess(cell, arguments: ["run", "--json", "--seed", "\(cell.seed)"] + settings + ["--", scenario])
    }

    /// Takes what a process has said.
    private func finish(_ process: RunProcess, _ outcome: inout Outcome, _ bar: ProgressBar) throws(Complaint) {
        let cell = process.cell
        let line: String
        do throws(RunError) {
            var figures = try process.figures()
            guard figures.fingerprint == file.contents.fingerprint else {
                throw RunError("the scenario's file has changed meanwhile; start the sweep again with another --output")
            }
            figures.place = SweepPlace(index: cell.index, grid: grid.fingerprint)
            line = figures.line
        } catch {
            // Ctrl-C ends the processes, too: that is no failure of theirs.
            guard !bar.isInterrupted else { return }
            outcome.failed += 1
            bar.hide()
            return Complaint(sentence: "run \(cell.index) (\(cell.words)) failed: \(error)").tell()
        }
        try file.append(line)
        outcome.made += 1
    }
}
