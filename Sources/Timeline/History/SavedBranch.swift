/// A branch of a history as it is kept between two sessions: where it leaves its parent, and what was chosen on it.
public struct SavedBranch: Sendable, Equatable {
    /// Its number: 0 is the first.
    public let id: Int
    /// The branch that it leaves; `nil` for the first.
    public let parent: Int?
    /// The number of steps that it shares with its parent.
    public let fork: Int
    /// What people call it; empty if it has no name.
    public var name: String
    /// What was chosen on it, from the fork on, by position. What its parent has before the fork belongs to it too.
    public var deviations: [Deviation]
    /// The last position that somebody has been at.
    public var visited: Int

    /// A branch.
    public init(id: Int, parent: Int?, fork: Int, name: String = "", deviations: [Deviation] = [], visited: Int = 0) {
        self.id = id
        self.parent = parent
        self.fork = fork
        self.name = name
        self.deviations = deviations
        self.visited = visited
    }

    /// What is kept of a branch.
    public init(_ branch: Branch) {
        self.init(
            id: branch.id, parent: branch.parent, fork: branch.fork, name: branch.name, deviations: Array(branch.ownDeviations),
            visited: branch.visited)
    }
}

extension History {
    /// A history with branches that were saved. It stands at the start of the first one.
    ///
    /// A branch is walked as far as its last choice and the forks of those that leave it; what comes after that is taken when somebody
    /// looks at it. One whose parent does not come as far as its fork any more is
    /// left out, with all that leave it.
    ///
    /// - Parameters:
    ///   - saved: the first branch, then the others, each after its parent.
    ///   - checker: what judges each step when it is first taken; `nil` for no judgement.
    public init(_ world: Source, branches saved: [SavedBranch], checker: InvariantChecker? = nil) {
        self.init(world, deviations: saved.first?.deviations ?? [], checker: checker)
        for saved in saved {
            if saved.parent == nil { nameBranch(0, saved.name) } else if !restore(saved) { continue }
            let last = saved.deviations.last.map { $0.position + ($0.choice.isStep ? 1 : 0) } ?? 0
            move(to: max(last, saved.fork))
            branch.visited = max(saved.visited, position)
            branches[place] = branch
        }
        switchBranch(to: 0)
        go(to: 0)
    }

    /// Makes a branch anew, and goes to its fork.
    ///
    /// - Returns: whether that can be done.
    private mutating func restore(_ saved: SavedBranch) -> Bool {
        guard let parent = saved.parent, branch(saved.id) == nil, switchBranch(to: parent) else { return false }
        move(to: saved.fork)
        guard position == saved.fork else { return false }
        branch = Branch(
            id: saved.id, parent: parent, fork: saved.fork,
            deviations: branch.deviations.filter { $0.position < saved.fork } + saved.deviations, name: saved.name, visited: saved.fork)
        branches.append(branch)
        lines.append(Line(fork: saved.fork, interval: Self.checkpointInterval))
        place = lines.count - 1
        branchCount = max(branchCount, saved.id + 1)
        // The choices made at the fork differ: come there anew.
        position = .max
        move(to: saved.fork)
        return true
    }
}
