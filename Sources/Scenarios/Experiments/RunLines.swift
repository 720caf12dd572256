internal import Timeline

/// The runs of a file, which has a line of JSON for each.
public struct RunLines: Sendable {
    /// The runs so far, in the order of the file.
    public private(set) var runs: [RunFigures] = []
    private let source: String
    private var lineNumber = 0

    /// A file of which nothing was read yet.
    ///
    /// - Parameter source: what messages call it, usually its name.
    public init(source: String) {
        self.source = source
    }

    /// Reads the next line, without its end; an empty one is passed over.
    ///
    /// - Throws: a sentence: the place of the line, what is wrong, and what to do.
    public mutating func add(_ line: [UInt8]) throws(RunError) {
        lineNumber += 1
        guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
        do throws(LineProblem) {
            runs.append(try RunFigures(line: line))
        } catch {
            throw problem(error.sentence)
        }
    }

    /// Takes the end of the file.
    ///
    /// - Throws: a sentence, if there was no run in it.
    public func finish() throws(RunError) {
        if runs.isEmpty { throw problem("there is no run in the file") }
    }

    private func problem(_ sentence: String) -> RunError {
        RunError("\(source):\(max(1, lineNumber)): \(sentence); give a file of kadscope run --json or kadscope sweep")
    }

    /// The runs of several files, those with the same place in the same sweep of the same scenario once.
    public static func merged(_ files: [RunLines]) -> [RunFigures] {
        struct Name: Hashable {
            let place: SweepPlace
            let fingerprint: String
        }
        var seen: Set<Name> = []
        return files.flatMap(\.runs).filter { run in
            run.place.map { seen.insert(Name(place: $0, fingerprint: run.fingerprint)).inserted } ?? true
        }
    }
}
