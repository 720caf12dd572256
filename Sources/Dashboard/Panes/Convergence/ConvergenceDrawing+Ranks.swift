internal import Canvas
internal import Theming
internal import Timeline

// MARK: - The view of ranks: a line for each, a column for each change

extension ConvergenceDrawing {
    func drawRanks(on canvas: inout Canvas, in lines: Rect) {
        let count = rankCount
        let first = max(0, min(selected - lines.rows + 1, count - lines.rows))
        for rank in first..<min(count, first + lines.rows) { drawRank(rank, on: &canvas, in: lines.line(rank - first)) }
    }

    private func drawRank(_ rank: Int, on canvas: inout Canvas, in line: Rect) {
        let isSelected = rank == selected && !now.cells.isEmpty
        if isSelected { canvas.write(String(glyphs.selection), at: line.origin, style: pane.style(.paneBorderFocus)) }
        canvas.write(
            "\(rank + 1)".padded(to: 4, alignment: .right), at: line.origin.moved(columns: 1),
            style: pane.style(isSelected ? .textStrong : .text))
        canvas.write(String(glyphs.verticalBar), at: line.origin.moved(columns: 6), style: pane.style(.textDim))
        let selection = pane.style(pane.isFocused ? .selection : .selectionInactive)
        for column in visible {
            guard let cell = columns[column].cells[safe: rank] else { continue }
            var style = pane.style(cell.status.role)
            let before = column > columns.startIndex ? columns[column - 1].cells[safe: rank] : nil
            if before != cell { style.attributes.insert(.bold) }
            if cell.node.index == selectedNode { style = style.overlaid(with: selection) }
            let text = String(cell.status.glyph(glyphs)).padded(to: columnWidth)
            canvas.write(text, at: point(column, line), style: style)
        }
        guard let cell = now.cells[safe: rank] else { return }
        let side = line.origin.moved(columns: line.columns - sideWidth + 1)
        canvas.write(pane.words.shortKey(cell.node.key), at: side, style: pane.style(isSelected ? .textStrong : .node))
        if sideWidth > 12 {
            canvas.write(
                "\(cell.status.glyph(glyphs)) \(cell.status.word)", at: side.moved(columns: 8), style: pane.style(cell.status.role),
                width: sideWidth - 9)
        }
    }
}
