public import Canvas
internal import Coordination
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - Steps without a key: a run, and what goes on in slices

extension Dashboard {
    /// The time between two frames of a run: 30 a second.
    public static let frameTime = Duration.nanoseconds(33_333_333)

    /// Lets time pass: takes the steps of a run that are due, and goes on with what is done in slices.
    ///
    /// Steps that are due and for which there is no time are not caught up with: the header shows the rate that is reached.
    ///
    /// - Parameters:
    ///   - elapsed: the time since the last call.
    ///   - isOver: as for ``press(_:isOver:)``.
    public mutating func tick(_ elapsed: Duration, isOver: () -> Bool = { false }) {
        work?.elapsed += elapsed
        let ran = isRunning
        if isRunning { run(elapsed, isOver) }
        guard goOn(isOver) || ran else {
            updateFigures()
            return settleScroll()
        }
        observe()
        settle()
    }

    /// The time until there is something to do without a key; `nil` when there will be nothing.
    public var nextTick: Duration? {
        if hasMoreToDo || isFollowing || (isRunning && pace.isLate) { return .zero }
        guard isRunning else { return nil }
        return max(.milliseconds(33), interval - sinceLastStep)
    }

    /// The screen as it is now, for somebody who sees it: what comes between two frames is counted.
    public mutating func frame(_ look: Look) -> Canvas {
        pace.noteFrame()
        return canvas(look)
    }

    private var interval: Duration { Duration.seconds(1) / Self.speeds[speed] }

    private mutating func run(_ elapsed: Duration, _ isOver: () -> Bool) {
        // However long the program itself stood still (it was suspended), a run does not catch up with more than a second.
        sinceLastStep = min(sinceLastStep + elapsed, .seconds(1))
        let due = Int(sinceLastStep / interval)
        sinceLastStep -= interval * due
        var taken = 0
        while isRunning, taken < due, !isOver(), let reasons = advance() {
            taken += 1
            guard !reasons.isEmpty else { continue }
            isRunning = false
            message = sentence(reasons)
        }
        if isRunning, history.isAtEnd {
            isRunning = false
            message = endMessage
        }
        pace.note(taken: taken, missed: isRunning ? due - taken : 0, in: elapsed)
    }

    mutating func startOrPause() {
        isRunning.toggle()
        if isRunning {
            resetReadings()
            pace = Pace()
        } else if pace.undrawn > 0 {
            message = "paused at step \(history.position); \(pace.undrawn) steps had no frame of their own"
        }
        sinceLastStep = .zero
    }

    mutating func pause() {
        isRunning = false
        work = nil
    }

    /// What goes on without a key, for the header; `nil` when nothing does.
    var activity: String? {
        if let work, let progress { return "\(work.title) \(progress.words)" }
        if isRunning {
            let wanted = Self.speeds[speed]
            return "RUNNING \(pace.slowness(wanted: wanted).map { "\($0) of " } ?? "")\(wanted)/s"
        }
        if let filtered, isFilterBehind {
            return "FILTERING \(Progress(done: filtered.seen, total: history.position, elapsed: .zero).words)"
        }
        if isBesideBehind { return "CATCHING UP \(beside?.history.stepCount ?? 0) steps" }
        return nil
    }

    /// The number of steps that the timeline has room for. While the end of the run is not known it grows by doubling, so that what
    /// stands on it seldom moves.
    var timelineLength: Int {
        guard !history.isComplete else { return max(1, history.stepCount) }
        var length = 64
        while length < history.stepCount { length *= 2 }
        return length
    }
}
