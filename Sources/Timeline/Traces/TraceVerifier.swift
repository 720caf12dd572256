internal import Coordination

/// Runs a trace again, line by line, and finds the first step that comes out otherwise.
///
/// It keeps one world, so a trace may be of any length.
public struct TraceVerifier<Source: World>: Sendable {
    /// A step that is not what was recorded.
    public struct Difference: Sendable {
        /// The branch.
        public let branch: Int
        /// What was recorded.
        public let recorded: RecordedStep
        /// What came out; `nil` if there is no such step any more.
        public let found: RecordedStep?
        /// The choice before the step that could not be taken, and why.
        public let failure: (choice: Choice, error: ChoiceError)?
    }

    /// A branch and what was chosen on it so far.
    private struct Way {
        let parent: Int?
        let fork: Int
        var deviations: [Deviation] = []
    }

    /// The number of steps that were as recorded.
    public private(set) var verified = 0
    /// The number of steps that had no hash.
    public private(set) var withoutHash = 0

    private let start: Source
    private var ways: [Int: Way] = [0: Way(parent: nil, fork: 0)]
    /// The world, the branch that it is on, and the number of steps and of that branch's choices that are behind it.
    private var world: Source
    private var branch = 0
    private var position = 0
    private var taken = 0
    private var failure: (Choice, ChoiceError)?

    /// A verifier of runs that begin with this world.
    public init(_ start: Source) {
        self.start = start
        world = start
    }

    /// Takes the next line of the trace.
    ///
    /// - Returns: how the run differs from it; `nil` if it does not.
    /// - Complexity: O(1) worlds' steps, but for the first step on another branch than before: that begins anew at the start.
    public mutating func check(_ line: TraceLine) -> Difference? {
        switch line {
        case .header, .violation, .note, .end: return nil
        case .branch(let branch):
            if ways[branch.id] == nil { ways[branch.id] = Way(parent: branch.parent, fork: branch.fork) }
            return nil
        case .choice(let deviation, let branch):
            ways[branch]?.deviations.append(deviation)
            return nil
        case .step(let recorded, let branch): return check(recorded, on: branch)
        }
    }

    private mutating func check(_ recorded: RecordedStep, on branch: Int) -> Difference? {
        if branch != self.branch { switchBranch(to: branch, position: recorded.step.number - 1) }
        var found: RecordedStep?
        if let step = advance(ways[branch]?.deviations ?? []) {
            found = RecordedStep(step: step, hash: recorded.hash == nil ? nil : StateHash(of: world.view, at: world.now))
        }
        guard found == recorded, failure == nil else {
            return Difference(branch: branch, recorded: recorded, found: found, failure: failure.map { ($0.0, $0.1) })
        }
        verified += 1
        if recorded.hash == nil { withoutHash += 1 }
        return nil
    }

    /// Goes to a position of another branch, from the start.
    private mutating func switchBranch(to id: Int, position target: Int) {
        var deviations: [Deviation] = []
        var (next, limit): (Int?, Int) = (id, .max)
        while let id = next, let way = ways[id] {
            deviations = way.deviations.filter { $0.position < limit } + deviations
            limit = min(limit, way.fork)
            next = way.parent
        }
        (world, position, taken, branch) = (start, 0, 0, id)
        while position < target, advance(deviations) != nil {}
        // From here on the choices of the branch alone count: those up to now are behind it, but for the ones at the position itself.
        let own = ways[id]?.deviations ?? []
        taken = own.count { $0.position < position }
    }

    /// Takes the choices at the position, which are the next ones of a list, and the next step.
    private mutating func advance(_ deviations: [Deviation]) -> Step? {
        var step: Step?
        while step == nil, taken < deviations.count, deviations[taken].position <= position {
            do {
                step = try world.take(deviations[taken].choice)
            } catch {
                failure = (deviations[taken].choice, error)
            }
            taken += 1
        }
        guard let step = step ?? world.step() else { return nil }
        position += 1
        return step
    }
}
