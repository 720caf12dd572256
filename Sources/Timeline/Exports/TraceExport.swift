/// The forms into which a trace can be turned.
public enum TraceExport: String, CaseIterable, Sendable {
    /// A sequence diagram, as GitHub and others draw it.
    case mermaid
    /// The same as a picture of its own.
    case svg
    /// A timeline for ui.perfetto.dev or chrome://tracing.
    case perfetto
    /// A table, a row for each step.
    case csv
    /// The tree of branches, for Graphviz.
    case dot
    /// A test that feeds the recorded events to the machines and expects the recorded states.
    case swift

    /// What turns a trace with this header into the form.
    public func exporter(for header: TraceHeader) -> any TraceExporter {
        switch self {
        case .mermaid: MermaidExporter(header)
        case .svg: SVGExporter(header)
        case .perfetto: PerfettoExporter(header)
        case .csv: CSVExporter(header)
        case .dot: DOTExporter(header)
        case .swift: SwiftTestExporter(header)
        }
    }

    /// Whether it tells of one branch; else of all of them.
    public var isOfOneBranch: Bool { self != .dot }
}

/// Turns a trace into another form, line by line.
///
/// What can be written at once is returned at once. Forms that a person looks at as a whole keep the first steps only, so no trace
/// takes much memory; they say so where they end.
public protocol TraceExporter: Sendable {
    /// An exporter of a trace with this header.
    init(_ header: TraceHeader)

    /// Takes the next line.
    ///
    /// - Returns: text that can be written, with its ends of lines; often none.
    mutating func add(_ line: TraceLine) -> String

    /// Takes the end.
    ///
    /// - Returns: the rest of the text.
    mutating func finish() -> String
}

/// The way from the start to the end of one branch, through its ancestors.
public struct TracePath: Sendable {
    /// The number of steps that count, of each branch of the way.
    private var limits: [Int: Int]

    /// The first branch.
    public init() {
        limits = [0: .max]
    }

    /// The way to the end of a branch.
    ///
    /// - Parameter branches: the branches that the trace tells of.
    /// - Returns: `nil` if there is no such branch.
    public init?(to id: Int, branches: [TraceBranch]) {
        var parents: [Int: TraceBranch] = [:]
        for branch in branches where branch.id != 0 && parents[branch.id] == nil { parents[branch.id] = branch }
        limits = [id: .max]
        var (next, limit) = (id, Int.max)
        while next != 0 {
            // A branch comes after its parent, so no way leads round in a circle.
            guard let branch = parents.removeValue(forKey: next) else { return nil }
            limit = min(limit, branch.fork)
            next = branch.parent
            limits[next] = limit
        }
    }

    /// Whether a line tells of this way.
    public func contains(_ line: TraceLine) -> Bool {
        switch line {
        case .header, .branch, .end: true
        case .choice(let deviation, let branch): deviation.position < limits[branch] ?? 0
        case .step(let step, let branch): step.step.number <= limits[branch] ?? 0
        case .violation(let violation): violation.position <= limits[violation.branch] ?? -1
        case .note(let note): note.position <= limits[note.branch] ?? -1
        }
    }
}
