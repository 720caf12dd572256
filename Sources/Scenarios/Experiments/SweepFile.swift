internal import Timeline

/// What a sweep finds in the file that it appends to: the runs that it need not make again.
public struct SweepFile: Hashable, Sendable {
    /// The indices of the runs that are in the file.
    public private(set) var finished: Set<Int> = []
    /// The number of bytes of its whole lines. What stands behind them is a line that was torn, and is to be cut off.
    public private(set) var wholeBytes = 0

    private let source: String
    private let grid: String
    /// The fingerprint of the text of the scenario.
    public let fingerprint: String
    private let count: Int
    private var lineNumber = 0

    /// A file of which nothing was read yet.
    ///
    /// - Parameters:
    ///   - source: what messages call the file.
    ///   - fingerprint: the fingerprint of the text of the scenario.
    public init(source: String, grid: SweepGrid, fingerprint: String) {
        self.source = source
        self.grid = grid.fingerprint
        self.fingerprint = fingerprint
        count = grid.count
    }

    /// Looks at the next line, which is whole; it comes without its end.
    ///
    /// - Throws: a sentence, if it is none of this sweep: its place, what is wrong, and what to do.
    public mutating func add(_ line: [UInt8]) throws(RunError) {
        lineNumber += 1
        wholeBytes += line.count + 1
        guard !line.isEmpty else { return }
        let run: RunFigures
        do throws(LineProblem) { run = try RunFigures(line: line) } catch { throw problem(error.sentence) }
        guard run.fingerprint == fingerprint else { throw problem("it is a run of another scenario, or of another text of this one") }
        guard let place = run.place, place.grid == grid, place.index < count else {
            throw problem("it is a run of another grid of settings and seeds")
        }
        finished.insert(place.index)
    }

    private func problem(_ sentence: String) -> RunError {
        RunError("\(source):\(lineNumber): \(sentence); give --output another name")
    }

    /// The runs that are left to a part of a sweep, in order. O(n) for n runs of the grid.
    public func rest(of grid: SweepGrid, _ shard: SweepShard) -> [Int] {
        shard.indices(of: grid).filter { !finished.contains($0) }
    }
}
