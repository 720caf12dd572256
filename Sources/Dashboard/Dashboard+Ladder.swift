internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Queries
internal import Scenarios
internal import Simulation
internal import Timeline

// MARK: - What the pane Ladder shows, and what is selected in it

extension Dashboard {
    /// The steps to come whose messages are shown, as far as they are known.
    private static let ladderLookAhead = 200

    /// The broadcast whose messages are shown; `nil` for all.
    private var ladderBroadcast: OperationID? {
        ladderShowsAll ? nil : shownBroadcast?.id ?? selectedBroadcast ?? scenario.broadcasts.first?.id
    }

    /// Looks at the steps that are new to the ladder, if it can be seen.
    mutating func updateLadder() {
        guard isVisible(.ladder) else { return }
        let id = ladderBroadcast
        let started = id.flatMap { history.journal.entry($0)?.started }
        // Before it has begun, all messages under its id will be its own.
        let subject = LadderRows.Subject(
            branch: history.branch.id, deviations: history.branch.deviations, broadcast: id, started: started)
        var rows = ladder.take() ?? LadderRows(subject, requestTimeout: scenario.pool.queries.requestTimeout)
        if rows.subject != subject {
            if rows.subject.broadcast != id { shift[.ladder] = 0 }
            rows = LadderRows(subject, requestTimeout: scenario.pool.queries.requestTimeout)
        }
        let end = min(history.stepCount, history.position + Self.ladderLookAhead)
        while rows.seen < end { rows.add(history.step(rows.seen + 1)) }
        ladder = rows
        showSelectedColumn()
    }

    /// Scrolls to the side so far that the node of the selected line is visible, once after it has been selected.
    private mutating func showSelectedColumn() {
        let selected = selectedLadderRow
        guard let ladder, ladder.settledRow != selected else { return }
        self.ladder?.settledRow = selected
        guard let column = ladder.rows[safe: selected]?.column else { return }
        let count = visibleLadderColumns
        let first = min(max(firstLadderColumn, column - count + 1), column)
        shift[.ladder] = first * LadderPlan.shiftOfNode
    }

    /// Where things stand in the ladder, in so many columns.
    func ladderPlan(columns: Int) -> LadderPlan {
        // As wide as the last step that is known needs it, so that nothing moves while stepping.
        let last = history.stepCount == 0 ? nil : history.step(history.stepCount)
        let idWidth = ladderBroadcast == nil ? idWidth(atMost: 8) : 0
        return LadderPlan(
            columns: columns, nodeWidth: plainWords.shortKey(scenario.network.local.key).columns,
            stepWidth: max(4, "\(last?.number ?? 0)".columns),
            timeWidth: max(5, last.map { Words.moment($0.time).columns } ?? 0), idWidth: idWidth)
    }

    /// The first node that is visible.
    var firstLadderColumn: Int { min(shift[.ladder] ?? 0, widestLadderShift) / LadderPlan.shiftOfNode }

    /// How far the ladder can be scrolled to the right: until the last node is seen, without leaving room behind it.
    var widestLadderShift: Int { max(0, (ladder?.nodes.count ?? 0) - visibleLadderColumns) * LadderPlan.shiftOfNode }

    /// The nodes that there is room for.
    private var visibleLadderColumns: Int {
        layout.panes[.ladder].map { ladderPlan(columns: $0.inset().columns).nodeCount } ?? 1
    }

    /// The lines: those of the steps up to the position, and of those to come that the log shows as well.
    var ladderRowCount: Int { ladder?.count(upTo: history.position + Self.ladderLookAhead) ?? 0 }

    /// The last line of the selected step, or of the last one before it.
    var selectedLadderRow: Int { max(0, (ladder?.count(upTo: selectedStep ?? history.position) ?? 0) - 1) }

    /// Selects the step of a line. A step may have several lines: from them one goes on to the next step.
    mutating func selectLadder(row: Int) {
        guard let rows = ladder?.rows, rows.indices.contains(row) else { return }
        let (old, count) = (selectedLadderRow, ladderRowCount)
        var row = row
        let step = rows[old].step
        while rows[row].step == step, row != old, row > 0, row + 1 < count { row += row < old ? -1 : 1 }
        selectedStep = rows[row].step == history.position ? nil : rows[row].step
    }

    var selectionInLadder: Selection? {
        ladderRowCount == 0 ? nil : ladder?.rows[safe: selectedLadderRow].map { Selection.step($0.step) }
    }

    /// Shows the messages of all broadcasts, or again of one.
    mutating func changeLadder() {
        ladderShowsAll.toggle()
        let key = keys.name(of: .view)
        message =
            ladderShowsAll
            ? "the messages of all broadcasts; \(key): of the shown one" : "the messages of the shown broadcast; \(key): of all"
    }
}
