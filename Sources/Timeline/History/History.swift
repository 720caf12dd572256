public import Coordination

/// The steps of a run and of its branches, with a position that moves to and fro.
///
/// A step that was taken once stays. To go back, the history takes an earlier checkpoint (a copy of the world: a value)
/// and steps forward from it; so any step is at most the distance of two checkpoints away. A line of steps keeps up to 512 of them, so
/// memory is bounded, however long the run.
public struct History<Source: World>: Sendable {
    /// The number of steps between two checkpoints at first.
    public static var checkpointInterval: Int { 64 }

    /// The world at the position, choices made there included.
    public internal(set) var world: Source

    /// What was observed up to the position.
    var memory: RunMemory

    /// The number of steps before the position: 0 is the start.
    public internal(set) var position = 0

    /// The branches that there are, by id; the first one is number 0.
    public internal(set) var branches: [Branch]

    /// The branch that the position is on.
    public internal(set) var branch: Branch

    /// The steps of each branch, in the order of `branches`.
    var lines: [Line<Source>]

    /// The place in `branches` and `lines` of the branch that the position is on.
    var place = 0

    /// The number of branches that there have ever been.
    var branchCount = 1

    /// The choice at the position that could not be taken again, and why: a recorded run that does not fit this world.
    public internal(set) var failedDeviation: (deviation: Deviation, error: ChoiceError)?

    /// The pool before the next step, if it was looked at.
    var knownView: NetworkPoolView?

    /// The position that the checker has judged the steps up to.
    var judged = 0

    /// Whether known steps are judged again.
    var isCatchingUp = false

    /// The pool before the last step, if it was looked at.
    public internal(set) var earlierView: NetworkPoolView?

    /// A history that begins with this world.
    ///
    /// - Parameters:
    ///   - deviations: choices that belong to the run itself, by position; such a run has been recorded.
    ///   - checker: what judges each step when it is first taken; `nil` for no judgement.
    public init(_ world: Source, deviations: [Deviation] = [], checker: InvariantChecker? = nil) {
        self.world = world
        memory = RunMemory(checker: checker)
        branch = Branch(id: 0, parent: nil, fork: 0, deviations: deviations, name: "", visited: 0)
        branches = [branch]
        var line = Line<Source>(fork: 0, interval: Self.checkpointInterval)
        line.keep(.init(position: 0, world: world, memory: memory), at: 0)
        lines = [line]
        settle()
    }

    /// What an observer sees of the pool at the position. O(1) if it was looked at there.
    public var view: NetworkPoolView { knownView ?? world.view }

    /// Looks at the pool at the position, and remembers what there is to see until the position changes.
    ///
    /// - Complexity: O(broadcasts + the nodes of those that have changed) if the pool was looked at before the last step, too, else
    ///   O(everything in it).
    @discardableResult
    public mutating func look() -> NetworkPoolView {
        if let knownView { return knownView }
        let view = if let earlierView, let current { world.view(after: earlierView, current) } else { world.view }
        knownView = view
        return view
    }

    /// Looks at the pool as it was before the last step, and remembers what there was to see until the position changes.
    ///
    /// - Returns: `nil` at the start.
    /// - Complexity: O(1) if the pool was looked at before the step; else that of going back one step.
    @discardableResult
    public mutating func lookBefore() -> NetworkPoolView? {
        guard earlierView == nil, position > 0 else { return earlierView }
        var past = self
        past.move(to: position - 1)
        earlierView = past.world.view
        return earlierView
    }

    /// The requests that are not answered: those on their way in the order in which they arrive, then those that cannot come.
    public var pending: [PendingMessage] { world.pending(in: view) }

    /// What was observed up to the position.
    public var journal: Journal { memory.journal }

    /// Whether each step is judged.
    public var isChecked: Bool { memory.checker != nil }

    /// The number of steps of this branch that are known, those after the position included.
    public var stepCount: Int { lines[place].end }

    /// Whether the last step of this branch is known.
    public var isComplete: Bool { lines[place].isComplete }

    /// A step of this branch by its number: 1…`stepCount`.
    ///
    /// - Complexity: O(d) for a branch of a branch of … of depth d.
    public func step(_ number: Int) -> Step {
        var line = place
        while number <= lines[line].fork, let parent = parentPlace(of: line) { line = parent }
        return lines[line].steps[number - lines[line].fork - 1]
    }

    /// The number of known steps of this branch that come before a moment. O(log n).
    public func stepCount(before moment: Instant) -> Int {
        (0..<stepCount).partitioningIndex { step($0 + 1).time >= moment }
    }

    /// The step before the position, or `nil` at the start.
    public var current: Step? { position == 0 ? nil : step(position) }

    /// The step after the position, if it is known.
    public var next: Step? { position < stepCount ? step(position + 1) : nil }

    /// Whether there is no step after the position.
    public var isAtEnd: Bool { isComplete && position == stepCount }

    /// Takes the next step, for the first time or again.
    ///
    /// - Returns: the step, or `nil` at the end of the run.
    @discardableResult
    public mutating func stepForward() -> Step? {
        guard let step = advance() else { return nil }
        visit()
        return step
    }

    /// Goes to a position, or to the end of the branch if that comes first.
    ///
    /// - Complexity: a known position is at most the distance of two checkpoints away from one.
    public mutating func go(to target: Int) {
        move(to: target)
        visit()
    }

    /// Goes back one step. At the start nothing happens.
    public mutating func stepBack() {
        go(to: position - 1)
    }

    /// Remembers that somebody has been here.
    mutating func visit() {
        guard position > branch.visited else { return }
        branch.visited = position
        branches[place].visited = position
    }
}
