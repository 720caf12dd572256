internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Queries
internal import Scenarios
internal import Simulation
internal import Theming
internal import Timeline

// MARK: - The pane Pool: all broadcasts

extension Dashboard {
    func drawPool(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let rows = observation.pool
        let selected = selectedRow(.pool)
        let planned = scenario.broadcasts.count + (scenario.workload?.count ?? 0)
        let count = rows.isEmpty ? "" : "\(selected + 1) of \(rows.count)\(planned > rows.count ? ", \(planned - rows.count) to come" : "")"
        drawing.drawFrame(on: &canvas, title: sortWords(.pool), count: count)
        let idWidth = idWidth(with: rows.map(\.entry.id))
        let largest = max(scenario.pool.queries.replication, rows.compactMap { $0.progress?.total }.max() ?? 0)
        let table = TextTable(
            [
                TableColumn(title: "id", width: idWidth),
                TableColumn(title: "strategy", width: max(8, rows.map { $0.entry.strategy.title.columns }.max() ?? 8), priority: 2),
                TableColumn(title: "target", width: 7, priority: 5), TableColumn(title: "phase", width: 5),
                TableColumn(title: "progress", width: 10, priority: 6),
                TableColumn(title: "done", width: max(4, "\(largest)/\(largest)".columns), alignment: .right, priority: 1),
                TableColumn(title: "held", width: showsHeld ? 5 : 0, alignment: .right, priority: 7),
                TableColumn(title: "er", width: 2, alignment: .right, priority: 3),
                TableColumn(title: "age", width: 5, alignment: .right, priority: 4),
            ], width: drawing.inner.columns - 1)
        guard !rows.isEmpty else {
            drawing.drawEmpty("No broadcast has been started yet. Press s to take the first step.", on: &canvas)
            return
        }
        drawing.drawTable(
            table, count: rows.count, from: scroll[.pool] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { cells(of: rows[$0], drawing) })
        drawPoolFigures(drawing, on: &canvas)
        if !drawing.summary.isEmpty, let step = history.current {
            let state = StepText(stateOf: step, drawing.words)
            let text = ["last out:", state.name, state.broadcast?.name, state.node.map { drawing.words.shortKey($0.key) }]
            canvas.write(
                text.compactMap { $0 }.joined(separator: " ").clipped(
                    to: drawing.summary.columns - 2, ellipsis: drawing.look.glyphs.ellipsis),
                at: drawing.summary.origin.moved(columns: 1), style: drawing.style(.textDim))
        }
    }

    /// Whether there is room to say how many of the true closest nodes hold each record, and somebody knows.
    private var showsHeld: Bool {
        guard size.columns >= 100, let entry = history.journal.entries.first else { return false }
        return history.world.putQuality(of: entry.id, target: entry.target, count: 1) != nil
    }

    /// How many of the true closest nodes hold a record.
    private func heldWords(of entry: JournalEntry) -> String? {
        history.quality(of: entry, count: scenario.pool.queries.replication).map { "\($0.held)/\($0.trueClosest.count)" }
    }

    private func cells(of row: Observation.PoolRow, _ drawing: PaneDrawing) -> [Span] {
        let (glyphs, dot) = (drawing.look.glyphs, String(drawing.look.glyphs.dot))
        let role = row.phase.role
        let filled = row.progress.map { $0.done * 10 / max(1, $0.total) } ?? 0
        let bar = (0..<10).map { String($0 < filled ? glyphs.barFull : glyphs.barEmpty) }.joined()
        return [
            Span(row.entry.id.name, drawing.style(.textStrong)), Span(row.entry.strategy.title, drawing.style(.text)),
            Span(drawing.words.shortKey(row.entry.target), drawing.style(.keyTarget)), Span(row.phase.rawValue, drawing.style(role)),
            Span(bar, drawing.style(role)), Span(row.progress.map { "\($0.done)/\($0.total)" } ?? dot, drawing.style(.text)),
            Span(showsHeld ? heldWords(of: row.entry) ?? dot : "", drawing.style(.text)),
            Span(row.errors == 0 ? dot : "\(row.errors)", drawing.style(row.errors == 0 ? .textDim : .stateFailed)),
            Span(Words.length(row.age), drawing.style(.textDim)),
        ]
    }
}

extension Observation.PoolRow.Phase {
    /// What it means, for the help.
    var meaning: String {
        switch self {
        case .line: "waits until another lookup ends: the pool has a limit"
        case .find: "looks for the closest nodes"
        case .both: "looks on, and stores already with nodes that are near enough"
        case .store: "is sending the record to the closest nodes"
        case .wait: "has sent the record to all, some have not answered yet"
        case .done: "is over; the pane Closest says why and who has the record"
        case .rejected: "was refused and never ran; the pane Closest says why"
        }
    }

    /// Its place among the phases.
    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The role that it is drawn in.
    var role: Role {
        switch self {
        case .line: .stateIdle
        case .find: .phaseFind
        case .both: .phaseStore
        case .store: .phaseStore
        case .wait: .phaseWait
        case .done: .phaseDone
        case .rejected: .stateFailed
        }
    }
}
