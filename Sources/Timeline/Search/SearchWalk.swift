internal import Broadcasts
internal import Coordination
internal import Kademlia

/// A run that a search is making, at a moment at which something is to be decided.
struct SearchWalk<Source: World>: Sendable {
    /// Where the run has come to.
    private(set) var world: Source
    /// What an observer sees of the pool.
    private(set) var view: NetworkPoolView
    /// The steps since the start.
    private(set) var steps: [Step] = []
    /// Where the run has left the usual way, by position.
    private(set) var deviations: [Deviation] = []
    /// The number of faults among the deviations.
    private(set) var faults = 0
    /// The laws found broken since somebody last took them.
    private(set) var violations: [Violation] = []
    /// What the run has put to the test since somebody last took it.
    private(set) var coverage = Coverage()
    /// What has happened.
    private(set) var facts: RunFacts
    private var judge: LawJudge

    /// A run at its start.
    ///
    /// - Parameter countsLookups: whether the order in which lookups end matters; see ``RunFacts``.
    init(_ world: Source, judge: LawJudge, countsLookups: Bool = false) {
        self.world = world
        self.judge = judge
        view = world.view
        facts = RunFacts(countsLookups: countsLookups)
    }

    /// What the world would do next by itself; `nil` at the end of the run.
    var usualStep: Step? {
        var copy = world
        return copy.step()
    }

    /// Goes on as the world does by itself, up to the next moment at which something is to be decided.
    ///
    /// - Parameter limit: the number of steps at which the run is broken off.
    /// - Returns: whether the run went on; if not, it is at its end.
    @discardableResult
    mutating func goOn(limit: Int) -> Bool {
        guard let step = world.step() else { return false }
        record(step)
        pollOn(limit: limit)
        return true
    }

    /// Does what was chosen, and goes on up to the next moment at which something is to be decided.
    ///
    /// - Parameters:
    ///   - usual: the step that the world would take by itself: to choose that is no deviation.
    ///   - limit: the number of steps at which the run is broken off.
    /// - Throws: why it cannot be done; nothing has changed then.
    mutating func take(_ choice: Choice, usual: Step?, limit: Int) throws(ChoiceError) {
        let position = steps.count
        let step = try world.take(choice)
        if step == nil || step != usual {
            deviations.append(Deviation(position: position, choice: choice))
            if choice.isFault { faults += 1 }
        }
        guard let step else { return }
        record(step)
        pollOn(limit: limit)
    }

    /// Polls until something is to be decided.
    private mutating func pollOn(limit: Int) {
        while world.isPolledOn, steps.count < limit, let step = world.step() { record(step) }
    }

    private mutating func record(_ step: Step) {
        let before = view
        view = world.view
        steps.append(step)
        coverage.record(step, before: before, replication: judge.replication)
        facts.record(step, before: before, after: view)
        violations += judge.judge(step, before: before, after: view)
    }

    /// Judges the run as a whole, up to here.
    ///
    /// - Parameter isOver: whether nothing will happen any more.
    mutating func judgeWhole(isOver: Bool) {
        if facts.startCount > 1 { violations += judge.judge(steps) }
        if isOver { violations += judge.judgeEnd(of: world, after: steps.count) }
    }

    /// Hands over what was put to the test and found since the last time.
    mutating func handOver() -> (coverage: Coverage, violations: [Violation]) {
        defer {
            coverage.resetCounts()
            violations = []
        }
        return (coverage, violations)
    }
}

extension Choice {
    /// Whether it is something that goes wrong; else it is about the order of things.
    public var isFault: Bool {
        switch self {
        case .drop, .duplicate, .delay, .edit, .fail, .restart: true
        case .deliver, .fireDeadline, .advanceClock, .start, .stop, .actNow, .poll: false
        }
    }
}
