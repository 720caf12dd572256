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
    /// The number of columns that are known, those to come included.
    let knownCount: Int
    /// The last column up to the position.
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
    /// The number of lines for ranks: more where more nodes are stored with.
    let rankCount: Int
    /// How many times the key space is halved down to the closest node of the whole network.
    let deepest: Double

    var glyphs: Glyphs { pane.look.glyphs }
    /// What the farthest of the ranks is called: fewer than k nodes may be known.
    var lastName: String { now.cells.count < ranks ? "last" : "k-th" }

    /// The columns before the chart.
    static let margin = 7

    /// The columns behind it: for ids, and for words where there is room.
    var sideWidth: Int { Self.sideWidth(pane.inner, view) }

    /// The cells that a column takes.
    var columnWidth: Int { Self.columnWidth(pane.inner, view, knownCount) }

    private static func sideWidth(_ inner: Rect, _ view: ConvergenceView) -> Int {
        inner.columns >= 110 ? 22 : view == .distances ? 12 : 9
    }

    /// Up to four cells where all columns that are known, those to come included, have room.
    private static func columnWidth(_ inner: Rect, _ view: ConvergenceView, _ known: Int) -> Int {
        inner.columns >= 60 ? min(4, max(1, (inner.columns - margin - sideWidth(inner, view)) / max(1, known))) : 1
    }

    /// The number of columns that there is room for.
    ///
    /// - Parameter known: the number of columns that are known, those to come included.
    static func room(_ inner: Rect, _ view: ConvergenceView, _ known: Int) -> Int {
        max(1, (inner.columns - margin - sideWidth(inner, view)) / columnWidth(inner, view, known))
    }

    /// The columns that are visible.
    var visible: Range<Int> {
        let room = Self.room(pane.inner, view, knownCount)
        let end = max(min(columns.count, room), columns.count - back)
        return max(0, end - room)..<end
    }

    func draw(_ entry: JournalEntry, on canvas: inout Canvas) {
        let lines = ConvergenceLines(pane.inner, view: view, ranks: rankCount)
        let range = visible
        let earlier = range.lowerBound > 0 || range.upperBound < columns.count
        let part = earlier ? "\(range.lowerBound + 1) to \(range.upperBound) of " : ""
        let count = "\(view.name)   \(part)\(columns.count) changes"
        pane.drawFrame(on: &canvas, title: "\(entry.id) \(glyphs.arrowIn) \(pane.words.key(entry.target))", count: count)
        if lines.legend.isEmpty { pane.drawLegendInFrame(legends, count: count, on: &canvas) }
        for (index, text) in view.introduction.wrapped(to: pane.inner.columns - 2).enumerated() where index < lines.introduction.rows {
            canvas.write(text, at: lines.introduction.line(index).origin.moved(columns: 1), style: pane.style(.textDim))
        }
        drawSparks(on: &canvas, in: lines.sparks)
        switch view {
        case .ranks:
            drawRanks(on: &canvas, in: lines.body)
            drawDistances(on: &canvas, in: lines.chart)
        case .distances: drawDistances(on: &canvas, in: lines.body)
        }
        drawAxis(on: &canvas, in: lines.axis)
        pane.drawLegend(legends, on: &canvas, in: lines.legend)
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
        drawSpark(lastName, on: &canvas, in: lines.line(1)) { $0.cells.last }
    }

    private func drawSpark(_ name: String, on canvas: inout Canvas, in line: Rect, _ cell: (Convergence.Column) -> Convergence.Cell?) {
        guard !line.isEmpty else { return }
        canvas.write(name.padded(to: 5, alignment: .right), at: line.origin.moved(columns: 1), style: pane.style(.textDim))
        for column in visible {
            guard let cell = cell(columns[column]) else { continue }
            let share = Double(bits(cell)) / max(1, deepest)
            canvas.write(
                String(repeating: String(glyphs.spark(at: share)), count: columnWidth), at: point(column, line),
                style: pane.look.theme.gradient(.spark, at: share))
        }
        guard let last = cell(now) else { return }
        let text = "\(bits(last)) \(bits(last) == 1 ? "bit" : "bits")" + (sideWidth > 12 ? " shared" : "")
        canvas.write(text, at: line.origin.moved(columns: line.columns - sideWidth + 1), style: pane.style(.text), width: sideWidth - 1)
    }

    // MARK: Below: the steps

    private func drawAxis(on canvas: inout Canvas, in line: Rect) {
        guard !line.isEmpty else { return }
        canvas.write(
            (view == .ranks ? "step" : "time").padded(to: 5, alignment: .right), at: line.origin.moved(columns: 1),
            style: pane.style(.textDim))
        var taken = Set<Int>()
        /// Writes a label that begins at a column, or ends there, if there is room for it.
        func write(_ text: String, before: Bool = false, at column: Int, _ style: Style) -> Bool {
            let place = point(column, line).column - line.column
            let start = before ? place + 1 - text.columns : place
            let range = start..<start + text.columns
            guard start >= Self.margin, range.upperBound < line.columns, range.allSatisfy({ !taken.contains($0) }) else { return false }
            taken.formUnion(start - 1...range.upperBound)
            canvas.write(text, at: line.origin.moved(columns: start), style: style)
            return true
        }
        func label(_ column: Int) -> String { view == .ranks ? "\(columns[column].step)" : "\(Words.moment(columns[column].time))s" }
        if visible.contains(cursor) {
            let style = pane.style(.timelineNow)
            let isDone = write("\(glyphs.up)\(label(cursor))", at: cursor, style)
            if !isDone { _ = write("\(label(cursor))\(glyphs.up)", before: true, at: cursor, style) }
        }
        // Where the stores begin, then every few columns.
        if let first = visible.first(where: { columns[$0].isStoring }), first > 0, !columns[first - 1].isStoring {
            _ = write("\(glyphs.verticalBar)\(label(first)) stores", at: first, pane.style(.phaseStore))
        }
        for column in stride(from: visible.lowerBound, to: visible.upperBound, by: (view == .ranks ? 12 : 18) / columnWidth) {
            _ = write("\(glyphs.verticalBar)\(label(column))", at: column, pane.style(.textDim))
        }
    }

    // MARK: What the glyphs mean

    private var legends: [[Span]] {
        switch view {
        case .ranks:
            let few = NodeStatus.legend(glyphs) { pane.style($0) }
            return [few + [Span("bold: changed", pane.style(.textStrong))], few]
        case .distances:
            let few = [
                Span("\(glyphs.line.horizontal) k-th closest", pane.style(.stateWaiting)),
                Span("\(glyphs.timelinePast) closest", pane.style(.stateStored)),
            ]
            return [few + [Span("\(glyphs.barEmpty) between", pane.style(.mapBucket))], few]
        }
    }
}

/// The lines of the pane Convergence: what has a place, by how high it is.
struct ConvergenceLines {
    let introduction: Rect
    let sparks: Rect
    let body: Rect
    /// Below the ranks, where there is much room, the distances.
    let chart: Rect
    let axis: Rect
    let legend: Rect

    /// - Parameter ranks: the number of ranks.
    init(_ inner: Rect, view: ConvergenceView, ranks: Int) {
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
        let (main, foot) = below.split(rows: max(0, below.rows - axisRows - legendRows))
        let hasChart = view == .ranks && main.rows >= ranks + 10
        let (body, chart) = main.split(rows: hasChart ? ranks : main.rows)
        self.body = body
        self.chart = chart.split(rows: 1).bottom
        let (axis, legend) = foot.split(rows: axisRows)
        self.axis = axis
        self.legend = legend
    }
}
