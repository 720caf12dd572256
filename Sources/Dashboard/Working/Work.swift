internal import Coordination
internal import Scenarios
internal import Timeline

/// A walk over the run that may take longer than a key is let wait for.
///
/// It is done in slices, between which keys and changes of size are looked at, until it has come to its goal or a key stops it.
struct Work: Sendable {
    /// What it looks for.
    enum Goal: Sendable {
        /// The next place to stop at: a breakpoint, a change of a watched value, a broken law.
        case stop
        /// A step of a kind, and what to say if there is none.
        case step(Wanted, orSay: String)
        /// A place in the run.
        case position(Int)
        /// The end of a moment.
        case moment(Instant)
    }

    /// A kind of step.
    enum Wanted: Sendable {
        case matching(Filter)
        case naming(OperationID)
        case networkEvent
        case end(of: OperationID)
    }

    /// Some steps that are walked through forwards, to find the last one that fits.
    struct Stretch: Sendable {
        /// The number of steps before the first of them.
        let start: Int
        /// Where the walk has come to.
        var walker: History<Scenario.World>
        /// The last step that fits so far, and why.
        var found: (step: Int, reasons: [String])?
    }

    let goal: Goal
    let isForward: Bool
    /// The position where it began.
    let start: Int
    /// Whether the position is as before if it is stopped: so for a search; a walk stays where it has come to.
    var returns = false
    /// On the way back, the first step that need not be looked at any more.
    var end: Int
    var stretch: Stretch?
    /// How long it has taken up to now.
    var elapsed = Duration.zero

    /// Work that begins at a position.
    init(_ goal: Goal, isForward: Bool, from start: Int, returns: Bool = false) {
        self.goal = goal
        self.isForward = isForward
        self.start = start
        self.returns = returns
        end = start
    }

    /// What it is, for the header.
    var title: String {
        switch goal {
        case .stop: isForward ? "CONTINUING" : "GOING BACK"
        case .step: isForward ? "LOOKING" : "LOOKING BACK"
        case .position(let target): "GOING TO \(target)"
        case .moment(let moment): "GOING TO \(Words.moment(moment))s"
        }
    }
}

/// How far something is that takes a while.
struct Progress: Equatable, Sendable {
    /// What is behind, in steps.
    let done: Int
    /// All of it, in steps; `nil` where nobody knows.
    let total: Int?
    /// How long it has taken up to now.
    let elapsed: Duration

    /// The time left, if things go on as they did: known once a second has passed.
    var left: Duration? {
        guard let total, done > 0, elapsed >= .seconds(1) else { return nil }
        return elapsed * (Double(max(0, total - done)) / Double(done))
    }

    /// In words: `42% 3s left`, or `12000 steps` where the end is not known.
    var words: String {
        guard let total else { return "\(done) steps" }
        let share = "\(total == 0 ? 100 : min(100, done * 100 / total))%"
        guard let left else { return share }
        let seconds = Int((left / .seconds(1)).rounded(.up))
        return "\(share) \(seconds < 100 ? "\(seconds)s" : "\((seconds + 59) / 60)min") left"
    }
}
