internal import Canvas
internal import Theming
internal import Timeline

// MARK: - The pane Branches: the ways that the run can go

extension Dashboard {
    func drawBranches(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let rows = branchRows
        let selected = selectedRow(.branches)
        drawing.drawFrame(on: &canvas, count: "\(selected + 1) of \(rows.count)")
        let table = TextTable(
            [
                TableColumn(title: "", width: 1), TableColumn(title: "branch", width: 10),
                TableColumn(title: "leaves at", width: 9, alignment: .right),
                TableColumn(title: "steps", width: 6, alignment: .right, priority: 1),
                TableColumn(title: "name", width: 12, priority: 2), TableColumn(title: "what was decided there", width: 20, grows: true),
            ], width: drawing.inner.columns - 1)
        drawing.drawTable(
            table, count: rows.count, from: scroll[.branches] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { cells(of: rows[$0], drawing) })
    }

    private func cells(of row: BranchRow, _ drawing: PaneDrawing) -> [Span] {
        let (branch, isHere) = (row.branch, row.id == history.branch.id)
        let words = choiceWords
        let decided = branch.parent == nil ? branch.deviations[...] : branch.ownDeviations
        let text = decided.map { "\($0.position): \(words.text($0.choice))" }.joined(separator: ", ")
        let style = drawing.style(isHere ? .textStrong : .text)
        return [
            Span(isHere ? String(drawing.look.glyphs.now) : " ", drawing.style(.timelineNow)),
            Span(String(repeating: " ", count: min(6, row.depth)) + "\(row.id)", style),
            Span(branch.parent == nil ? "" : "\(branch.fork)", drawing.style(.logStep)),
            Span("\(history.stepCount(of: row.id))", drawing.style(.logStep)), Span(branch.parent == nil ? "" : branch.name, style),
            Span(branch.parent == nil && text.isEmpty ? "the run as it goes by itself" : text, style),
        ]
    }
}
