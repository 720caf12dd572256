public import Coordination

/// What a trace tells after its header, in the order of the file. A step is two lines there, each of the others one.
public enum TraceLine: Sendable, Equatable {
    /// The header: always the first, and only once.
    case header(TraceHeader)
    /// A branch begins, or gets another name.
    case branch(TraceBranch)
    /// Somebody chose something on a branch.
    case choice(Deviation, branch: Int)
    /// A step of a branch was taken.
    case step(RecordedStep, branch: Int)
    /// An invariant is broken.
    case violation(TraceViolation)
    /// Somebody wrote something down.
    case note(TraceNote)
    /// Nothing comes any more.
    case end(TraceEnd)
}

/// A step with the hash of the state after it.
public struct RecordedStep: Sendable, Equatable {
    /// The step.
    public let step: Step
    /// The hash of the pool's view after it; `nil` if the trace has none.
    public let hash: StateHash?

    /// A step with its hash.
    public init(step: Step, hash: StateHash?) {
        self.step = step
        self.hash = hash
    }
}

/// Where a branch leaves another one.
public struct TraceBranch: Sendable, Equatable {
    /// Its number, more than 0.
    public let id: Int
    /// The branch that it leaves.
    public let parent: Int
    /// The number of steps that it shares with its parent.
    public let fork: Int
    /// What people call it; empty if it has no name.
    public let name: String

    /// A branch.
    public init(id: Int, parent: Int, fork: Int, name: String) {
        self.id = id
        self.parent = parent
        self.fork = fork
        self.name = name
    }
}

/// A broken invariant.
public struct TraceViolation: Sendable, Equatable {
    /// The branch.
    public let branch: Int
    /// The number of the step after which it is broken.
    public let position: Int
    /// The invariant's name.
    public let invariant: String
    /// How bad it is: `safety`, `liveness` or `lint`.
    public let severity: String
    /// Why it is broken, in a sentence.
    public let explanation: String

    /// A broken invariant.
    public init(branch: Int, position: Int, invariant: String, severity: String, explanation: String) {
        self.branch = branch
        self.position = position
        self.invariant = invariant
        self.severity = severity
        self.explanation = explanation
    }
}

/// Something that somebody wrote down about a moment.
public struct TraceNote: Sendable, Equatable {
    /// The branch.
    public let branch: Int
    /// The number of steps before the moment.
    public let position: Int
    /// The words.
    public let text: String
    /// Whether it is a place to come back to.
    public let isBookmark: Bool

    /// A note.
    public init(branch: Int, position: Int, text: String, isBookmark: Bool) {
        self.branch = branch
        self.position = position
        self.text = text
        self.isBookmark = isBookmark
    }
}

/// The end of a trace.
public struct TraceEnd: Sendable, Equatable {
    /// Why nothing comes any more.
    public enum Reason: String, Sendable, CaseIterable {
        /// Nothing more will happen in the run.
        case idle
        /// As many steps were recorded as were wanted.
        case limit
        /// Somebody ended it.
        case user
    }

    /// When the last step was taken.
    public let time: Instant
    /// Why nothing comes any more.
    public let reason: Reason

    /// An end.
    public init(time: Instant, reason: Reason) {
        self.time = time
        self.reason = reason
    }
}
