internal import Broadcasts
internal import Coordination
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - Long walks over the run, in slices

extension Dashboard {
    /// The most steps of a stretch that is walked through on the way back.
    static let stretchLength = 256

    /// Begins to walk. The first slice follows when the key has been dealt with.
    mutating func begin(_ goal: Work.Goal, forward: Bool, returns: Bool = false) {
        pause()
        work = Work(goal, isForward: forward, from: history.position, returns: returns)
    }

    /// How far the work at hand is.
    var progress: Progress? {
        guard let work else { return nil }
        let isKnown = history.isComplete || history.position < history.stepCount
        switch (work.isForward, work.goal) {
        case (false, _): return Progress(done: work.start - work.end, total: max(0, work.start - 1), elapsed: work.elapsed)
        case (true, .position(let target)):
            let end = history.isComplete ? min(target, history.stepCount) : target
            return Progress(done: history.position - work.start, total: end - work.start, elapsed: work.elapsed)
        case (true, .stop), (true, .step), (true, .moment):
            let total = isKnown ? history.stepCount - work.start : nil
            return Progress(done: history.position - work.start, total: total, elapsed: work.elapsed)
        }
    }

    /// Stops the work at hand: a walk where it has come to, a search where it began.
    mutating func stopWork() {
        guard let stopped = work else { return }
        let share = progress?.words ?? ""
        work = nil
        if stopped.returns || !stopped.isForward {
            go(to: stopped.start)
            message = "stopped after \(share); still at step \(history.position)"
        } else {
            observe()
            message = "stopped at step \(history.position), after \(share); step \(stopped.start) is where it began"
        }
    }

    /// Does as much of what is to be done as there is time for.
    ///
    /// - Returns: whether the position may be another one.
    mutating func goOn(_ isOver: () -> Bool) -> Bool {
        let hadWork = work != nil
        if let current = work {
            if current.isForward { goOnForward(current, isOver) } else { goOnBack(isOver) }
        }
        // A step further is what everybody looks at; what is behind and ahead can wait.
        let isBehind = catchUp(isOver)
        if work == nil, !isRunning { history.lookAhead(upTo: knownLimit, isOver: isOver) }
        return hadWork || isBehind
    }

    /// The number of steps that are learnt beforehand: the usual ones, and of a recorded run all that were recorded, and that no more follow.
    var knownLimit: Int { max(Self.lookAheadLimit, history.branch.visited + 1) }

    /// Whether there is something left to do without a key.
    var hasMoreToDo: Bool {
        work != nil || isBehind || (!isRunning && !history.isComplete && history.stepCount < knownLimit)
    }

    // MARK: Forward

    private mutating func goOnForward(_ current: Work, _ isOver: () -> Bool) {
        while !isOver() {
            switch current.goal {
            case .position(let target):
                // What is known is reached from a checkpoint.
                if history.position < min(target, history.stepCount) { history.go(to: min(target, history.stepCount)) }
                guard history.position < target, history.stepForward() != nil else {
                    return finishWork(saying: history.position < target ? "the run ends at step \(history.position)" : nil)
                }
            case .moment(let moment):
                let known = history.stepCount(before: moment)
                if history.position < known { history.go(to: known) }
                guard history.current.map({ $0.time < moment }) ?? true, history.stepForward() != nil else {
                    let isThere = history.current.map { $0.time >= moment } ?? false
                    let end = history.current?.time ?? .start
                    return finishWork(saying: isThere ? nil : "the run ends at \(Words.moment(end))s")
                }
            case .stop:
                guard let reasons = advance() else {
                    let none = breakpoints.all.isEmpty && watches.isEmpty ? "; b sets a breakpoint" : ""
                    return finishWork(saying: "\(endMessage)\(none)")
                }
                if !reasons.isEmpty { return finishWork(saying: sentence(reasons)) }
            case .step(let wanted, let sentence):
                let before = wanted.needsViewBefore ? history.view : nil
                guard let step = history.stepForward() else {
                    history.go(to: current.start)
                    return finishWork(saying: sentence)
                }
                if fits(step, wanted, before: before, world: history.world) { return finishWork(saying: nil) }
            }
        }
    }

    private mutating func finishWork(saying sentence: String?) {
        work = nil
        if let sentence { message = sentence }
    }

    // MARK: Back

    private mutating func goOnBack(_ isOver: () -> Bool) {
        while work != nil, !isOver() {
            if case .step(let wanted, _) = work?.goal, !wanted.needsView { lookAtStepBefore(wanted) } else { walkThroughStretch() }
        }
    }

    /// Looks at the step before those that were looked at.
    private mutating func lookAtStepBefore(_ wanted: Work.Wanted) {
        guard let number = work.map({ $0.end - 1 }), number > 0 else { return finishBack(nil) }
        if fits(history.step(number), wanted, before: nil, world: history.world) { return finishBack((number, [])) }
        work?.end = number
    }

    /// Walks a step further through the steps before those that were looked at, to know the world at each.
    private mutating func walkThroughStretch() {
        guard let current = work, current.end > 1 else { return finishBack(nil) }
        guard var stretch = work?.stretch.take() else {
            let start = max(0, current.end - 1 - Self.stretchLength)
            var walker = history
            walker.go(to: start)
            work?.stretch = Work.Stretch(start: start, walker: walker)
            return
        }
        guard stretch.walker.position < current.end - 1 else {
            if let found = stretch.found { return finishBack(found) }
            work?.end = stretch.start + 1
            return
        }
        let before = needsViewBefore(current.goal) ? stretch.walker.world.view : nil
        guard let step = stretch.walker.stepForward() else { return finishBack(stretch.found) }
        switch current.goal {
        case .step(let wanted, _):
            if fits(step, wanted, before: before, world: stretch.walker.world) { stretch.found = (step.number, []) }
        case .stop, .position, .moment:
            let reasons = reasonsBack(for: step, before: before, world: stretch.walker.world)
            if !reasons.isEmpty { stretch.found = (step.number, reasons) }
        }
        work?.stretch = stretch
    }

    private func needsViewBefore(_ goal: Work.Goal) -> Bool {
        switch goal {
        case .step(let wanted, _): wanted.needsViewBefore
        case .stop, .position, .moment: breakpoints.needsViewBefore || !watches.isEmpty
        }
    }

    private mutating func finishBack(_ found: (step: Int, reasons: [String])?) {
        guard let finished = work.take() else { return }
        if let found {
            go(to: found.step)
            message = sentence(found.reasons)
        } else if case .step(_, let sentence) = finished.goal {
            message = sentence
        } else {
            go(to: 0)
            message = "nothing to stop at before; this is the start"
        }
    }

    // MARK: Steps of a kind

    /// Whether a step is of a kind.
    private func fits(_ step: Step, _ wanted: Work.Wanted, before: NetworkPoolView?, world: Scenario.World) -> Bool {
        switch wanted {
        case .matching(let filter): return filter.matches(context(of: step, before: before, world: world))
        case .naming(let id): return step.names(id)
        case .networkEvent: return step.isNetworkEvent
        case .end(let id):
            switch step.state {
            case .broadcastFinished(let ended, _), .broadcastRejected(let ended, _): return ended == id
            case .idle, .waiting, .findCloser, .storeRecord: return false
            }
        }
    }
}

extension Work.Wanted {
    /// Whether the pool is looked into, too.
    var needsView: Bool {
        switch self {
        case .matching(let filter): filter.needsView
        case .naming, .networkEvent, .end: false
        }
    }

    /// Whether the pool before the step is looked into, too.
    var needsViewBefore: Bool {
        switch self {
        case .matching(let filter): filter.needsViewBefore
        case .naming, .networkEvent, .end: false
        }
    }
}
