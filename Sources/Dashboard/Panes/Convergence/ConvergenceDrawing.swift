internal import Canvas
internal import Kademlia
internal import Theming
internal import Timeline

/// The pane Convergence as it is drawn: what both of its views have.
struct ConvergenceDrawing {
    let pane: PaneDrawing
    let view: ConvergenceView
    /// The ranks after each step that changed them, up to the position.
    let columns: ArraySlice<Convergence.Column>
    /// The last of them.
    let now: Convergence.Column
    /// How many columns it is scrolled back from the newest.
    let back: Int
    /// The place of the column of the step that is looked at.
    let cursor: Int
    /// The place of the selected rank.
    let selected: Int
    /// The index of the node whose way through the ranks stands out.
    let selectedNode: Int32?
    let target: Key256
    let keyBits: Int
    /// The number of ranks that a lookup fills.
    let ranks: Int
    /// How many times the key space is halved down to the closest node of the whole network.
    let deepest: Double

    var glyphs: Glyphs { pane.look.glyphs }

    /// The columns before the chart.
    static let margin = 7

    /// The columns behind it: for ids, and for words where there is room.
    var sideWidth: Int { pane.inner.columns >= 110 ? 22 : view == .distances ? 12 : 9 }

    /// The cells that a column takes.
    var columnWidth: Int { pane.inner.columns >= 120 ? 2 : 1 }

    /// The columns that are visible.
    var visible: Range<Int> {
        let room = max(1, (pane.inner.columns - Self.margin - sideWidth) / columnWidth)
        let end = max(min(columns.count, room), columns.count - back)
        return max(0, end - room)..<end
    }

    func draw(_ entry: JournalEntry, on canvas: inout Canvas) {
        let lines = ConvergenceLines(pane.inner, view: view)
        let range = visible
        let earlier = range.lowerBound > 0 || range.upperBound < columns.count
        let part = earlier ? "\(range.lowerBound + 1) to \(range.upperBound) of " : ""
        let short = lines.legend.isEmpty && view == .ranks ? legend(width: pane.inner.columns - 30).map(\.text).joined(separator: " ") + "   " : ""
        pane.drawFrame(
            on: &canvas, title: "\(entry.id) \(glyphs.arrowIn) \(pane.words.key(entry.target))",
            count: "\(short)\(view.name)   \(part)\(columns.count) changes")
        for (index, text) in view.introduction.wrapped(to: pane.inner.columns - 2).enumerated() where index < lines.introduction.rows {
            canvas.write(text, at: lines.introduction.line(index).origin.moved(columns: 1), style: pane.style(.textDim))
        }
        drawSparks(on: &canvas, in: lines.sparks)
        switch view {
        case .ranks: drawRanks(on: &canvas, in: lines.body)
        case .distances: drawDistances(on: &canvas, in: lines.body)
        }
        drawAxis(on: &canvas, in: lines.axis)
        drawLegend(on: &canvas, in: lines.legend)
    }

    /// Where a visible column begins on a line.
    func point(_ column: Int, _ line: Rect) -> Point {
        line.origin.moved(columns: Self.margin + (column - visible.lowerBound) * columnWidth)
    }

    /// The number of leading bits that a node shares with the target.
    private func bits(_ cell: Convergence.Cell) -> Int { pane.words.commonPrefixLength(cell.node.key, target) }

    // MARK: Above: how close the closest and the last rank are

    private func drawSparks(on canvas: inout Canvas, in lines: Rect) {
        drawSpark("best", on: &canvas, in: lines.line(0)) { $0.cells.first }
        drawSpark("k-th", on: &canvas, in: lines.line(1)) { $0.cells.last }
    }

    private func drawSpark(_ name: String, on canvas: inout Canvas, in line: Rect, _ cell: (Convergence.Column) -> Convergence.Cell?) {
        guard !line.isEmpty else { return }
        canvas.write(name.padded(to: 5, alignment: .right), at: line.origin.moved(columns: 1), style: pane.style(.textDim))
        for column in visible {
            guard let cell = cell(columns[column]) else { continue }
            let share = Double(bits(cell)) / max(1, deepest)
            var style = pane.look.theme.gradient(.spark, at: share)
            if column == cursor { style = style.overlaid(with: pane.style(.cursor)) }
            canvas.write(
                String(repeating: String(glyphs.spark(at: share)), count: columnWidth), at: point(column, line), style: style)
        }
        guard let last = cell(now) else { return }
        let text = "\(bits(last)) \(bits(last) == 1 ? "bit" : "bits")" + (sideWidth > 12 ? " shared" : "")
        canvas.write(text, at: line.origin.moved(columns: line.columns - sideWidth + 1), style: pane.style(.text), width: sideWidth - 1)
    }

    // MARK: Below: the steps

    private func drawAxis(on canvas: inout Canvas, in line: Rect) {
        guard !line.isEmpty else { return }
        let name = view == .ranks ? "step" : "time"
        canvas.write(name.padded(to: 5, alignment: .right), at: line.origin.moved(columns: 1), style: pane.style(.textDim))
        func label(_ column: Convergence.Column) -> String { view == .ranks ? "\(column.step)" : "\(Words.moment(column.time))s" }
        let end = line.columns
        let spacing = (view == .ranks ? 10 : 14) / columnWidth
        var free = 0
        for column in stride(from: visible.lowerBound, to: visible.upperBound, by: spacing) {
            let text = "\(glyphs.verticalBar)\(label(columns[column]))"
            let place = point(column, line).column - line.column
            guard place >= free, place + text.columns < end else { continue }
            canvas.write(text, at: point(column, line), style: pane.style(.textDim))
            free = place + text.columns + 1
        }
        guard visible.contains(cursor) else { return }
        // The label of the cursor stands before it where there is no room behind it, and over others.
        let text = label(columns[cursor])
        let place = point(cursor, line).column - line.column
        let isBehind = place + 1 + text.columns + 1 < end
        let start = isBehind ? place : place - text.columns
        canvas.write(
            " " + (isBehind ? "\(glyphs.up)\(text)" : "\(text)\(glyphs.up)") + " ", at: line.origin.moved(columns: max(0, start - 1)),
            style: pane.style(.timelineNow), width: end - max(0, start - 1))
    }

    // MARK: What the glyphs mean

    private func legend(width: Int) -> [Span] {
        func span(_ status: NodeStatus, _ word: String) -> Span { Span("\(status.glyph(glyphs)) \(word)", pane.style(status.role)) }
        let long = [
            span(.known, "known"), span(.asked, "answer awaited"), span(.answered, "answered"), span(.stored, "stored"),
            span(.noAnswer, "failed"), Span("bold: changed", pane.style(.textStrong)),
        ]
        let few = [
            span(.known, "known"), span(.asked, "awaited"), span(.answered, "answered"), span(.stored, "stored"), span(.noAnswer, "failed"),
        ]
        return [long, few].first { $0.columns + 2 * ($0.count - 1) <= width } ?? Array(few.prefix(width / 9))
    }

    private func drawLegend(on canvas: inout Canvas, in line: Rect) {
        guard !line.isEmpty else { return }
        let spans: [Span]
        switch view {
        case .ranks: spans = legend(width: line.columns - 2)
        case .distances:
            spans = [
                Span("\(glyphs.line.horizontal) k-th closest", pane.style(.stateWaiting)),
                Span("\(glyphs.barEmpty) between", pane.style(.mapBucket)),
                Span("\(glyphs.timelinePast) closest", pane.style(.stateStored)), Span("\(glyphs.target) target", pane.style(.mapTarget)),
            ]
        }
        var column = 1
        for span in spans { column += canvas.write(span.text, at: line.origin.moved(columns: column), style: span.style) + 2 }
    }
}

/// The lines of the pane Convergence: what has a place, by how high it is.
struct ConvergenceLines {
    let introduction: Rect
    let sparks: Rect
    let body: Rect
    let axis: Rect
    let legend: Rect

    init(_ inner: Rect, view: ConvergenceView) {
        let rows = inner.rows
        let text = view.introduction
        let introductionRows =
            rows >= 16 ? text.wrapped(to: inner.columns - 2).count : rows >= 12 && text.columns <= inner.columns - 2 ? 1 : 0
        let sparkRows = view == .distances ? 0 : rows >= 10 ? 2 : rows >= 3 ? 1 : 0
        let axisRows = rows >= 6 ? 1 : 0
        let legendRows = rows >= 9 ? 1 : 0
        let (above, rest) = inner.split(rows: introductionRows)
        introduction = above
        let (sparks, below) = rest.split(rows: sparkRows)
        self.sparks = sparks
        let (body, foot) = below.split(rows: max(0, below.rows - axisRows - legendRows))
        self.body = body
        let (axis, legend) = foot.split(rows: axisRows)
        self.axis = axis
        self.legend = legend
    }
}
