internal import Broadcasts
internal import Coordination
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - What follows the position, and may be behind it after a jump: the filter of the log, and the run of the other pool

extension Dashboard {
    /// Whether something that is shown has not come as far as the position yet.
    var isBehind: Bool { isFilterBehind || isBesideBehind || isPreviewBehind }

    private var isPreviewBehind: Bool { preview.map { !$0.isDone } ?? false }

    var isFilterBehind: Bool { filtered.map { $0.seen < history.position || !$0.isAnnounced } ?? false }

    /// Whether the pane Beside needs steps of the other run that are not known.
    var isBesideBehind: Bool {
        guard isVisible(.beside), !hasNoBeside else { return false }
        guard let other = beside?.history else { return true }
        return !other.isComplete && other.stepCount(before: endOfMoment) == other.stepCount
    }

    /// The end of the moment that is shown.
    var endOfMoment: Instant { (history.current?.time ?? .start).firstMomentPast }

    /// Looks at steps that what is shown has not seen yet.
    ///
    /// - Returns: whether there were any.
    mutating func catchUp(_ isOver: () -> Bool) -> Bool {
        guard isBehind else { return false }
        catchUpFilter(isOver)
        catchUpBeside(isOver)
        goOnPreviewing(isOver)
        return true
    }

    /// Takes the next step, and shows it to the filter of the log.
    ///
    /// - Parameter lookingBefore: whether the pool before the step is wanted.
    mutating func takeStep(lookingBefore: Bool) -> (step: Step, before: NetworkPoolView?)? {
        let follows = filtered.map { $0.branch == history.branch.id && $0.seen == history.position } ?? false
        let needsBefore = lookingBefore || (follows && filtered?.filter.needsViewBefore ?? false)
        let before = needsBefore ? history.view : nil
        guard let step = history.stepForward() else { return nil }
        if follows, let filter = filtered?.filter {
            if filter.matches(context(of: step, before: before, world: history.world)) { filtered?.steps.append(step.number) }
            filtered?.seen = step.number
        }
        return (step, before)
    }

    /// Filters anew where the branch is another one.
    mutating func startFilteringAnew() {
        guard let log = filtered, log.branch != history.branch.id else { return }
        filtered = FilteredLog(filter: log.filter, branch: history.branch.id)
    }

    private mutating func catchUpFilter(_ isOver: () -> Bool) {
        guard isFilterBehind, var log = filtered.take() else { return }
        while log.seen < history.position, !isOver() {
            let number = log.seen + 1
            if log.filter.needsView, log.walker?.position != log.seen || log.walker?.stepCount == log.seen {
                log.walker = history
                log.walker?.go(to: log.seen)
            }
            let before = log.filter.needsViewBefore ? log.walker?.world.view : nil
            log.walker?.stepForward()
            let context = context(of: history.step(number), before: before, world: log.walker?.world ?? history.world)
            if log.filter.matches(context) { log.steps.append(number) }
            log.seen = number
        }
        if log.seen >= history.position {
            log.walker = nil
            if !log.isAnnounced {
                log.isAnnounced = true
                let count = log.steps.partitioningIndex { $0 > history.position }
                message = "\(count) of \(history.position) steps; \\ and Enter shows all again"
            }
        }
        filtered = log
    }

    private mutating func catchUpBeside(_ isOver: () -> Bool) {
        guard isVisible(.beside) else { return }
        if beside == nil {
            guard let world = try? scenario.counterpart.world() else {
                hasNoBeside = true
                return
            }
            let checker = scenario.checker
            beside = Beside(history: History(world, checker: checker))
        }
        let end = endOfMoment
        guard var other = beside.take() else { return }
        while !other.history.isComplete, other.history.stepCount(before: end) == other.history.stepCount, !isOver() {
            other.history.lookAhead(upTo: other.history.stepCount + 64, isOver: isOver)
        }
        beside = other
    }

    /// Gives up what is behind: a filter of the log that has not seen all steps yet goes.
    mutating func stopCatchingUp() {
        guard isFilterBehind, let log = filtered else { return }
        filtered = nil
        message = "stopped filtering at step \(log.seen); the log shows all steps"
    }
}
