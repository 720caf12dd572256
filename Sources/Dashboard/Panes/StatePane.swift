internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Scenarios
internal import Theming
internal import Timeline

// MARK: - The pane State: a machine as a chart, and what the last step did in all of them

extension Dashboard {
    func drawState(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let parts = StateParts(drawing.inner.size)
        drawing.drawFrame(on: &canvas, title: stateTitle, count: stateCount)
        let (head, _) = drawing.inner.split(rows: parts.head)
        let place = changes?.place ?? MachinePlace(state: .idle, taken: nil, event: .poll)
        StatechartDrawing(chart: statechart, place: place, look: drawing.look).draw(
            on: &canvas, in: head.split(rows: parts.chart).top.split(columns: 1).right)
        let words = head.split(rows: parts.chart + parts.gap).bottom.split(rows: parts.words).top.inset(columns: 1, rows: 0)
        for (row, line) in (changes?.telling ?? .nothing(stepKey: keys.name(of: .stepForward))).lines(in: words.size).enumerated() {
            canvas.write(
                line.text.clipped(to: words.columns, ellipsis: drawing.look.glyphs.ellipsis), at: words.line(row).origin,
                style: drawing.style(line.role))
        }
        drawChanges(drawing, on: &canvas)
    }

    /// Draws the list of messages and changes.
    private func drawChanges(_ drawing: PaneDrawing, on canvas: inout Canvas) {
        let lines = changes?.lines ?? []
        guard !lines.isEmpty else {
            let text =
                if showsStretch {
                    "Nothing has changed since \(stretchWords)."
                } else if history.position == 0 {
                    "What a step does will stand here: what the machines were told and said, and what changed in each."
                } else {
                    "The step changed nothing that can be seen."
                }
            return drawing.drawEmpty(text, on: &canvas)
        }
        let selected = selectedRow(.state)
        let table = TextTable([TableColumn(title: "", width: 20, grows: true)], width: drawing.inner.columns - 1)
        drawing.drawTable(
            table, count: lines.count, from: scroll[.state] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { [Span(lines[$0].text(drawing.look.glyphs), drawing.style(lines[$0].role))] })
    }

    /// The machine that is shown, and since when changes are.
    private var stateTitle: String {
        let name = stateStrategy.map { "\($0.title) \(stateBroadcast?.name ?? "")" } ?? ""
        let machine =
            switch shownMachine {
            case .broadcast: name
            case .lookup: "lookup of \(stateBroadcast?.name ?? "")"
            case .pool: "pool"
            }
        return showsStretch ? "\(machine), since \(stretchWords)" : machine
    }

    private var stateCount: String {
        guard history.position > 0 else { return "" }
        return showsStretch ? "since \(stretchWords); \(keys.name(of: .differences)): the last step" : "step \(history.position)"
    }

    /// The chart of the machine that is shown.
    var statechart: Statechart {
        switch shownMachine {
        case .broadcast: Statechart(of: stateStrategy ?? .followUp)
        case .lookup: .lookup
        case .pool: .pool
        }
    }

    /// The broadcast that is shown, or the one that will be.
    private var stateBroadcast: OperationID? { shownBroadcast?.id ?? plannedBroadcast?.id }

    /// The strategy of the broadcast that is shown, or of the one that will be.
    private var stateStrategy: BroadcastStrategy? { shownBroadcast?.strategy ?? plannedBroadcast?.configuration.strategy }

    /// Before any broadcast has begun, the one that will be shown.
    private var plannedBroadcast: Scenario.PlannedBroadcast? {
        scenario.broadcasts.first { $0.id == selectedBroadcast } ?? scenario.broadcasts.first
    }

    /// The machine that is shown: the lookup only of a broadcast that has one.
    var shownMachine: ChartedMachine {
        chartedMachine == .lookup && stateStrategy == .static ? .broadcast : chartedMachine
    }

    /// Shows another machine: the broadcast, its lookup, the pool.
    mutating func changeMachine() {
        let all = ChartedMachine.allCases
        let place = all.firstIndex(of: shownMachine) ?? 0
        chartedMachine = all[(place + 1) % all.count]
        if chartedMachine == .lookup, stateStrategy == .static { chartedMachine = .pool }
        let key = keys.name(of: .view)
        message =
            switch chartedMachine {
            case .broadcast: "State shows the broadcast; \(key) goes on to its lookup and to the pool"
            case .lookup: "State shows the lookup; \(key) goes on to the pool"
            case .pool: "State shows the pool of all broadcasts; \(key) goes back to the broadcast"
            }
    }
}
