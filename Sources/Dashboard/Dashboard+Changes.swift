internal import Broadcasts
internal import Coordination
internal import Queries
internal import Scenarios
internal import Theming
internal import Timeline

// MARK: - What the last step did, or all steps since the last stop

extension Dashboard {
    /// What a step did: where the shown machine came to, the messages within the step, and what changed.
    struct StepChanges: Sendable {
        /// What it is about: where it was looked at, and for which machine.
        struct Subject: Equatable, Sendable {
            let branch: Int
            let position: Int
            /// The position since which changes are listed; `nil` for the last step.
            let since: Int?
            let machine: ChartedMachine
            let broadcast: OperationID?
        }

        let subject: Subject
        /// Where the machine stands.
        let place: MachinePlace
        /// The step in words.
        let telling: StepTelling
        /// The messages between the machines; none where changes of more than a step are listed.
        let microSteps: [MicroStep]
        /// The lines of the list: the messages first, then the changes by machine.
        let lines: [ChangeLine]
    }

    /// A line of the list.
    struct ChangeLine: Equatable, Sendable {
        /// What stands before a change.
        enum Sign: Sendable { case added, removed, altered }

        let words: String
        let role: Role
        var sign: Sign?

        /// The words with their sign.
        func text(_ glyphs: Glyphs) -> String {
            switch sign {
            case .added: "  + \(words)"
            case .removed: "  - \(words)"
            case .altered: "  \(glyphs.delta) \(words)"
            case nil: words
            }
        }
    }

    /// The words that explanations use.
    var names: Names { Names(keyBits: scenario.keyBits) }

    /// Looks at the last step anew, if the pane shows it and it is another one.
    mutating func updateChanges() {
        guard isVisible(.state) else { return }
        let subject = StepChanges.Subject(
            branch: history.branch.id, position: history.position, since: showsStretch ? stretchStart : nil, machine: shownMachine,
            broadcast: shownBroadcast?.id)
        guard changes?.subject != subject else { return }
        // All that follows compares the pool with how it was before the step.
        history.lookBefore()
        let explainer = Explainer(history, names: names)
        let microSteps = history.position == 0 || showsStretch ? [] : explainer.microSteps(of: history.position)?.all ?? []
        var lines = microSteps.map {
            ChangeLine(words: "\($0.number) \($0.text(names))", role: $0.direction == .told ? .logIn : .logOut)
        }
        if let since = subject.since {
            lines = self.lines(of: difference(since: since), isUndone: since > history.position)
        } else if let difference = explainer.difference(of: history.position) {
            lines += self.lines(of: difference, isUndone: false)
        }
        changes = StepChanges(
            subject: subject, place: machinePlace, telling: telling(explainer), microSteps: microSteps, lines: lines)
    }

    private func telling(_ explainer: Explainer) -> StepTelling {
        guard history.position > 0 else { return .nothing(stepKey: keys.name(of: .stepForward)) }
        return StepTelling(
            event: explainer.explain(.event(step: history.position)), state: explainer.explain(.state(step: history.position)))
    }

    /// Where the machine that is shown stands.
    private var machinePlace: MachinePlace {
        let track = MachineTrack { history.step($0) }
        guard let entry = shownBroadcast else {
            return shownMachine == .pool ? track.poolPlace(at: history.position) : MachinePlace(state: .idle, taken: nil, event: .poll)
        }
        return track.place(
            of: shownMachine, entry, at: history.position, before: history.earlierView, after: observation.view)
    }

    private func lines(of difference: Difference, isUndone: Bool) -> [ChangeLine] {
        difference.parts.flatMap { part in
            [ChangeLine(words: "\(isUndone ? "undone" : "changed") in \(part.machine.title)", role: .textStrong)]
                + part.changes.map { change in
                    let sign: ChangeLine.Sign = isUndone ? .removed : change.sign
                    let role: Role =
                        switch sign {
                        case .added: .diffAdd
                        case .removed: .diffDelete
                        case .altered: .text
                        }
                    return ChangeLine(words: change.text(names), role: role, sign: sign)
                }
        }
    }

    // MARK: Since the last stop

    /// Where the last stretch of steps began: the position before the last key that moved in time.
    private var stretchStart: Int {
        guard let began = stretchBegan else { return 0 }
        // What is no longer this branch is left out.
        return began.branch == history.branch.id ? began.position : min(began.position, history.branch.fork)
    }

    /// Since when changes are listed, in words.
    var stretchWords: String {
        stretchStart > history.position ? "step \(stretchStart), taken back" : "step \(stretchStart)"
    }

    /// Remembers where a stretch began, if a key has moved in time, or begun to.
    mutating func noteMove(from place: Mark, wasMoving: Bool) {
        if place != here || (isMoving && !wasMoving) { stretchBegan = place }
    }

    /// Whether steps are being taken without keys.
    var isMoving: Bool { isRunning || work != nil }

    /// What is different between a position and the one that is shown.
    private func difference(since start: Int) -> Difference {
        var past = history
        past.go(to: start)
        let (first, last) = start <= history.position ? (past, history) : (history, past)
        return Difference(
            from: first.world.view, to: last.world.view, knownBefore: first.journal.entries.count, journal: last.journal)
    }

    /// Shows what has changed since the last stop rather than in the last step, or the other way round.
    mutating func toggleDifferences() {
        showsStretch.toggle()
        selectedChange = 0
        if !isVisible(.state) { focus = .state }
        message =
            showsStretch
            ? "what changed since \(stretchWords), the last stop; \(keys.name(of: .differences)): in the last step"
            : "what changed in the last step"
    }

    // MARK: Into a step

    /// Goes to the next or previous message between the machines, over the ends of steps.
    mutating func stepMicro(forward: Bool) {
        pause()
        let wasElsewhere = focus != .state || showsStretch
        (focus, showsStretch) = (.state, false)
        updateChanges()
        if wasElsewhere {
            selectedChange = 0
            if history.position > 0 { return }
        }
        let count = changes?.microSteps.count ?? 0
        let place = selectedRow(.state)
        if forward {
            if place + 1 < count {
                selectedChange = place + 1
            } else if history.isAtEnd {
                message = endMessage
            } else {
                go(to: history.position + 1)
                updateChanges()
                selectedChange = 0
            }
        } else if place > 0, count > 0 {
            selectedChange = min(place, count) - 1
        } else if history.position == 0 {
            message = "this is the start; \(keys.name(of: .microForward)) goes into the first step"
        } else {
            go(to: history.position - 1)
            updateChanges()
            selectedChange = max(0, (changes?.microSteps.count ?? 0) - 1)
        }
    }
}

extension Change {
    /// Whether it adds something, takes something away, or neither.
    fileprivate var sign: Dashboard.ChangeLine.Sign {
        switch self {
        case .began, .lookupBegan, .chosen, .learned, .store(_, .stored), .candidate(_, .succeeded): .added
        case .ended, .lookupEnded, .unchosen, .forgotten, .ignored, .store(_, .failed), .candidate(_, .failed),
            .candidate(_, .unresponsive), .candidate(_, .abandoned):
            .removed
        case .slots, .phase, .store(_, .todo), .store(_, .waiting), .thresholds, .walkEnded, .candidate(_, .notContacted),
            .candidate(_, .waiting), .nearest, .statistics, .followUpBegan:
            .altered
        }
    }
}
