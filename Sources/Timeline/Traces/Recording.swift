/// What a trace holds, kept in memory: its header, its branches and their steps.
public struct Recording: Sendable {
    /// A branch with the steps that were recorded after its fork.
    public struct Line: Sendable {
        /// The branch.
        public internal(set) var branch: SavedBranch
        /// Its steps from the fork on.
        public internal(set) var steps: [RecordedStep] = []
        /// All choices on the way from the start, by position.
        public internal(set) var path: [Deviation] = []
    }

    /// What the run is a run of.
    public let header: TraceHeader
    /// The branches; each comes after its parent.
    public private(set) var lines = [Line(branch: SavedBranch(id: 0, parent: nil, fork: 0))]
    /// The number of steps of all branches.
    public private(set) var stepCount = 0
    /// The most steps that are kept.
    public let limit: Int
    /// Whether there were more steps than are kept.
    public private(set) var isLimited = false

    /// The number of the step of the first branch that breaks a law, as the trace says; `nil` if it names none.
    public private(set) var violatedStep: Int?

    private var placeOfBranch = [0: 0]

    /// A recording of nothing yet.
    ///
    /// - Parameter limit: the most steps that are kept.
    public init(_ header: TraceHeader, limit: Int = 100_000) {
        self.header = header
        self.limit = limit
    }

    /// Takes the next line of the trace. Notes are not kept, and of violations the place of the first.
    ///
    /// - Returns: whether it was kept; if not, no further one may be given.
    public mutating func add(_ line: TraceLine) -> Bool {
        switch line {
        case .header, .note, .end: break
        case .violation(let violation): if violation.branch == 0 { violatedStep = violatedStep ?? violation.position }
        case .branch(let branch): add(branch)
        case .choice(let deviation, let branch):
            guard let place = placeOfBranch[branch] else { break }
            lines[place].branch.deviations.append(deviation)
            lines[place].path.append(deviation)
        case .step(let step, let branch):
            guard let place = placeOfBranch[branch] else { break }
            guard stepCount < limit else {
                isLimited = true
                return false
            }
            stepCount += 1
            lines[place].steps.append(step)
            lines[place].branch.visited = step.step.number
        }
        return true
    }

    private mutating func add(_ branch: TraceBranch) {
        if let place = placeOfBranch[branch.id] {
            lines[place].branch.name = branch.name
            return
        }
        guard let parent = placeOfBranch[branch.parent] else { return }
        placeOfBranch[branch.id] = lines.count
        let saved = SavedBranch(
            id: branch.id, parent: branch.parent, fork: branch.fork, name: branch.name, deviations: [], visited: branch.fork)
        lines.append(Line(branch: saved, path: lines[parent].path.filter { $0.position < branch.fork }))
    }

    /// The branches, for a history that takes them again.
    public var branches: [SavedBranch] { lines.map(\.branch) }

    /// A step of a branch by its number, or `nil` if it was not recorded.
    ///
    /// - Complexity: O(d) for a branch of a branch of … of depth d.
    @usableFromInline
    func step(_ number: Int, onLine place: Int) -> RecordedStep? {
        var place = place
        while number <= lines[place].branch.fork, let parent = lines[place].branch.parent.flatMap({ placeOfBranch[$0] }) { place = parent }
        let index = number - lines[place].branch.fork - 1
        return lines[place].steps.indices.contains(index) ? lines[place].steps[index] : nil
    }
}
