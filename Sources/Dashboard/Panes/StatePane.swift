internal import Canvas
internal import Scenarios
internal import Theming
internal import Timeline

// MARK: - The pane State: what the last step did in every machine

extension Dashboard {
    /// What a step did: the messages within it, and what changed.
    struct StepChanges: Sendable {
        /// The branch and the position that it is about.
        let branch: Int
        let position: Int
        /// The messages between the machines.
        let microSteps: [MicroStep]
        /// The lines of the pane: the messages first, then the changes by machine.
        let lines: [(text: String, role: Role)]
    }

    /// The words that explanations use.
    var names: Names { Names(keyBits: scenario.keyBits) }

    /// Looks at the last step anew, if the pane shows it and it is another one.
    mutating func updateChanges() {
        guard isVisible(.state) else { return }
        guard changes?.branch != history.branch.id || changes?.position != history.position else { return }
        let explainer = Explainer(history, names: names)
        let microSteps = history.position == 0 ? [] : explainer.microSteps(of: history.position)?.all ?? []
        var lines = microSteps.map { (text: "\($0.number) \($0.text(names))", role: $0.direction == .told ? Role.logIn : .logOut) }
        for part in explainer.difference(of: history.position)?.parts ?? [] {
            lines.append(("changed in \(part.machine.title)", .textStrong))
            for change in part.changes { lines.append(("  \(change.text(names))", .diffAdd)) }
        }
        changes = StepChanges(branch: history.branch.id, position: history.position, microSteps: microSteps, lines: lines)
    }

    func drawState(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let lines = changes?.lines ?? []
        drawing.drawFrame(on: &canvas, count: history.position == 0 ? "" : "step \(history.position)")
        guard !lines.isEmpty else {
            drawing.drawEmpty(
                history.position == 0
                    ? "What a step does will stand here: what the machines were told and said, and what changed in each."
                    : "The step changed nothing that can be seen.", on: &canvas)
            return
        }
        let selected = selectedRow(.state)
        let table = TextTable([TableColumn(title: "", width: 20, grows: true)], width: drawing.inner.columns - 1)
        drawing.drawTable(
            table, count: lines.count, from: scroll[.state] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { [Span(lines[$0].text, drawing.style(lines[$0].role))] })
    }

    /// Goes to the next or previous message between the machines, over the ends of steps.
    mutating func stepMicro(forward: Bool) {
        pause()
        if focus != .state {
            focus = .state
            updateChanges()
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
            message = "this is the start; i goes into the first step"
        } else {
            go(to: history.position - 1)
            updateChanges()
            selectedChange = max(0, (changes?.microSteps.count ?? 0) - 1)
        }
    }

    /// Shows what has changed since the last stop rather than in the last step, or the other way round.
    mutating func toggleDifferences() {}
}
