internal import Canvas
internal import Theming

extension PaneDrawing {
    /// Writes words one after the other on one line; what there is no room for is left out.
    func write(_ spans: [Span], on canvas: inout Canvas, at point: Point, width: Int) {
        var column = 0
        for span in spans where column < width {
            column += canvas.write(
                span.text.clipped(to: width - column, ellipsis: look.glyphs.ellipsis), at: point.moved(columns: column), style: span.style)
        }
    }
}

// MARK: - What the glyphs of a drawing mean

extension PaneDrawing {
    /// Draws what the glyphs mean, in as many words as there is room for; on more than one line in many.
    ///
    /// - Parameter legends: the same in many words and in fewer.
    func drawLegend(_ legends: [[Span]], on canvas: inout Canvas, in line: Rect) {
        guard line.rows == 1 else { return drawLongLegend(legends.first ?? [], on: &canvas, in: line) }
        guard let legend = fitting(legends, width: line.columns - 2) else { return }
        write(legend.spans, on: &canvas, at: line.origin.moved(columns: 1), width: line.columns - 2)
    }

    /// Draws what the glyphs mean on more than one line.
    private func drawLongLegend(_ legend: [Span], on canvas: inout Canvas, in lines: Rect) {
        var (line, column) = (0, 1)
        for span in legend {
            if column > 1, column + span.text.columns > lines.columns - 1 { (line, column) = (line + 1, 1) }
            guard line < lines.rows else { return }
            column += canvas.write(span.text, at: lines.line(line).origin.moved(columns: column), style: span.style) + 2
        }
    }

    /// Draws what the glyphs mean into the lower border, left of what is counted there.
    func drawLegendInFrame(_ legends: [[Span]], count: String, on canvas: inout Canvas) {
        let room = rect.columns - count.columns - 8
        guard let legend = fitting(legends, width: room), legend.fits else { return }
        write(
            [Span(" ", .plain)] + legend.spans + [Span(" ", .plain)], on: &canvas, at: rect.origin.moved(columns: 1, rows: rect.rows - 1),
            width: room)
    }

    /// The longest legend that fits, with blanks between its words; the shortest where none fits.
    private func fitting(_ legends: [[Span]], width: Int) -> (spans: [Span], fits: Bool)? {
        func spaced(_ spans: [Span], _ gap: String) -> [Span] { Array(spans.map { [$0] }.joined(separator: [Span(gap, .plain)])) }
        let all = legends.map { spaced($0, "  ") } + (legends.last.map { [spaced($0, " ")] } ?? [])
        if let found = all.first(where: { $0.columns <= width }) { return (found, true) }
        return all.last.map { ($0, false) }
    }
}

extension [Span] {
    /// The columns that the words take, one after the other.
    var columns: Int { reduce(0) { $0 + $1.text.columns } }
}
