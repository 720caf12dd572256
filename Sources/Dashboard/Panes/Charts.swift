internal import Canvas
internal import Theming

// MARK: - Little charts

extension PaneDrawing {
    /// The drawing of a part of the pane: a rectangle inside it, without a border of its own.
    func part(_ rect: Rect) -> PaneDrawing {
        PaneDrawing(
            pane: pane,
            rect: Rect(column: rect.column - 1, row: rect.row - 1, columns: rect.columns + 2, rows: rect.rows + 2), isFocused: isFocused,
            tabs: [], shift: shift, look: look, words: words)
    }

    /// Whether a list within a pane has titles: where there is room for three things below them.
    static func listHasTitles(_ rect: Rect) -> Bool { rect.rows >= 4 }

    /// Writes words one after the other, as many as there is room for.
    func write(_ spans: [Span], on canvas: inout Canvas, at line: Rect) {
        guard !line.isEmpty else { return }
        var column = 0
        for span in spans where column < line.columns {
            column += canvas.write(span.text, at: line.origin.moved(columns: column), style: span.style, width: line.columns - column)
        }
    }

    /// Draws a bar for each number, upwards, the first on the left; `nil` is a gap. What does not fit on the right is left out.
    ///
    /// A number above 0 is always higher than 0, which is drawn dim.
    func drawBars(_ values: [Double?], highest: Double, on canvas: inout Canvas, at rect: Rect) {
        guard !rect.isEmpty else { return }
        let ladder = look.glyphs.spark
        for (column, value) in values.prefix(rect.columns).enumerated() {
            guard let value else { continue }
            let fraction = highest > 0 ? min(max(value / highest, 0), 1) : 0
            let cells = fraction * Double(rect.rows * ladder.count)
            let level = value > 0 ? max(1, Int(cells.rounded())) : 0
            let style = level == 0 ? self.style(.textDim) : look.theme.gradient(.spark, at: fraction)
            for row in 0..<rect.rows {
                let part = level - row * ladder.count
                guard part > 0 || row == 0 else { break }
                let glyph = ladder[min(max(part, 1), ladder.count) - 1]
                canvas.write(
                    String(glyph), at: rect.origin.moved(columns: column, rows: rect.rows - 1 - row), style: style)
            }
        }
    }

    /// Draws a bar to the right, its end as fine as the glyphs allow. A fraction above 0 is always visible.
    func drawBar(_ fraction: Double, on canvas: inout Canvas, at line: Rect) {
        let parts = look.glyphs.barParts
        let length = min(max(fraction, 0), 1) * Double(line.columns * parts.count)
        let level = fraction > 0 ? max(1, Int(length.rounded())) : 0
        let style = look.theme.gradient(.spark, at: fraction)
        let (full, rest) = level.quotientAndRemainder(dividingBy: parts.count)
        canvas.horizontalLine(at: line.origin, length: full, glyph: parts[parts.count - 1], style: style)
        if rest > 0 { canvas.write(String(parts[rest - 1]), at: line.origin.moved(columns: full), style: style) }
    }

    /// Draws which share of a whole is there.
    func drawShare(_ share: Double, on canvas: inout Canvas, at line: Rect) {
        guard !line.isEmpty else { return }
        let full = Int((share * Double(line.columns)).rounded(.down))
        canvas.horizontalLine(at: line.origin, length: full, glyph: look.glyphs.barFull, style: style(.stateStored))
        canvas.horizontalLine(
            at: line.origin.moved(columns: full), length: line.columns - full, glyph: look.glyphs.barEmpty, style: style(.stateFailed))
    }

    /// A bar for each number in a row, in one style: for a cell of a table. `nil` is a gap.
    ///
    /// The highest bar is not quite as high as the line, so that the bars of the line below don't touch it.
    func spark(_ values: [Double?], highest: Double) -> Span {
        let top = Double(max(0, look.glyphs.spark.count - 2)) / Double(max(1, look.glyphs.spark.count - 1))
        var text = String.UnicodeScalarView()
        for value in values { text.append(value.map { look.glyphs.spark(at: highest > 0 ? top * $0 / highest : 0) } ?? " ") }
        return Span(String(text), look.theme.gradient(.spark, at: 0.5))
    }
}

extension Words {
    /// A share of the whole in percent, as in `97.4%`; `none` for no whole.
    static func percent(_ share: Double?) -> String {
        guard let share else { return "none" }
        // 100 % means all of it.
        let tenths = share >= 1 ? 1000 : min(999, Int((share * 1000).rounded()))
        return tenths == 1000 ? "100%" : "\(tenths / 10).\(tenths % 10)%"
    }

    /// A number of three or four digits: `3.4`, `331`, `1.2k`, `34k`.
    static func number(_ number: Double) -> String {
        let value = max(0, number)
        if value < 9.95 { return tenths(value) }
        if value < 999.5 { return "\(Int(value.rounded()))" }
        return value < 9950 ? "\(tenths(value / 1000))k" : "\(Int((value / 1000).rounded()))k"
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
