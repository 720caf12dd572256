internal import Canvas
internal import Kademlia
internal import Theming
internal import Timeline

/// Draws the lines of a ladder.
struct LadderDrawing {
    let ladder: LadderRows
    let plan: LadderPlan
    /// The first node that is visible.
    let first: Int
    let drawing: PaneDrawing

    private var glyphs: Glyphs { drawing.look.glyphs }

    /// The nodes that are visible.
    private var visible: Range<Int> { first..<max(first, min(ladder.nodes.count, first + plan.nodeCount)) }

    // MARK: Heads

    /// Draws what stands above the lines: us, and the nodes with their places in the order by distance.
    func drawHeads(ranks: [Int32: Int], on canvas: inout Canvas) {
        let inner = drawing.inner
        let rows = LadderPlan.headRows(inner.rows)
        guard rows > 0 else { return }
        let line = inner.line(0)
        let dim = drawing.style(.textDim)
        if plan.stepEnd > 0 { write("step", endingAt: plan.stepEnd, dim, on: &canvas, at: line) }
        write("time", endingAt: plan.timeEnd, dim, on: &canvas, at: line)
        canvas.write("us", at: line.origin.moved(columns: plan.local), style: drawing.style(.textStrong))
        for place in visible {
            let node = ladder.nodes[place]
            let column = plan.firstNode + (place - first) * plan.pitch
            let rank = ranks[node.index].map { "#\($0)" }
            if rows > 1 {
                center(drawing.words.shortKey(node.key), drawing.style(.node), on: &canvas, at: line, column)
                center(rank ?? "", dim, on: &canvas, at: inner.line(1), column)
            } else {
                let name = String(drawing.words.shortKey(node.key).prefix(rank == nil ? 7 : 4))
                let text = rank.map { "\(name)\(name.columns + $0.columns < plan.pitch - 1 ? " " : "")\($0)" } ?? name
                center(text, drawing.style(.node), on: &canvas, at: line, column)
            }
        }
    }

    private func center(_ text: String, _ style: Style, on canvas: inout Canvas, at line: Rect, _ column: Int) {
        let start = column - text.columns / 2
        canvas.write(text, at: line.origin.moved(columns: start), style: style, width: max(0, line.columns - start))
    }

    private func write(_ text: String, endingAt end: Int, _ style: Style, on canvas: inout Canvas, at line: Rect) {
        canvas.write(text, at: line.origin.moved(columns: max(0, end - text.columns)), style: style)
    }

    // MARK: Lines

    /// Draws a line.
    ///
    /// - Parameters:
    ///   - isComing: whether its step has not been taken yet.
    ///   - time: the moment; `nil` on a line of the same step as the one above.
    func draw(_ index: Int, on canvas: inout Canvas, at line: Rect, isComing: Bool, time: String?) {
        let row = ladder.rows[index]
        func style(_ role: Role) -> Style { drawing.style(isComing ? .textDim : role) }
        if let time {
            if plan.stepEnd > 0 { write("\(row.step)", endingAt: plan.stepEnd, style(.logStep), on: &canvas, at: line) }
            write(time, endingAt: plan.timeEnd, style(.logTime), on: &canvas, at: line)
        }
        for place in visible { drawLifeline(place, at: index, on: &canvas, line, isComing: isComing) }
        canvas.write(String(glyphs.line.vertical), at: line.origin.moved(columns: plan.local), style: style(.textStrong))
        if let column = row.column {
            drawArrow(of: row, to: column, on: &canvas, at: line, style(row.role))
        } else {
            drawNote(row, on: &canvas, at: line, style(row.role))
        }
    }

    /// Draws the piece of the line of a node: doubled while a request to it is open, none before the first message.
    private func drawLifeline(_ place: Int, at index: Int, on canvas: inout Canvas, _ line: Rect, isComing: Bool) {
        guard let last = ladder.lastRow(of: place, upTo: index) else { return }
        let isOpen = ladder.rows[last].open > 0
        let point = line.origin.moved(columns: plan.firstNode + (place - first) * plan.pitch)
        var style = drawing.style(isOpen && !isComing ? .stateWaiting : .paneBorder)
        style.attributes.remove(.underline)
        canvas.write(String(isOpen ? glyphs.boxFocused.vertical : glyphs.line.vertical), at: point, style: style)
    }

    /// Draws an arrow between us and a node, with its words next to us; of a node that is not visible, as far as the edge.
    private func drawArrow(of row: LadderRow, to column: Int, on canvas: inout Canvas, at line: Rect, _ style: Style) {
        let node = plan.column(of: column, first: first)
        let isExpired = row.kind == .expired
        let glyph = isExpired || row.isIgnored ? glyphs.dashedHorizontal : glyphs.line.horizontal
        let start = plan.local + 1
        // What is scrolled away to the left ends before the first node.
        let end = node ?? (column < first ? plan.firstNode : line.columns)
        for place in start..<max(start, end) {
            let isCrossing = canvas[column: line.column + place, row: line.row].character != " "
            canvas.write(String(isCrossing ? glyphs.line.cross : glyph), at: line.origin.moved(columns: place), style: style)
        }
        let id = ladder.subject.broadcast == nil ? "\(row.id) " : ""
        let text = "\(id)\(row.label)".clipped(to: plan.labelColumns - 1, ellipsis: glyphs.ellipsis)
        canvas.write(" \(text) ", at: line.origin.moved(columns: start + 1), style: style)
        if node == nil {
            canvas.write(String(glyphs.ellipsis), at: line.origin.moved(columns: max(start, end - 1)), style: style)
        } else if row.isRequest {
            canvas.write(String(glyphs.right), at: line.origin.moved(columns: end - 1), style: style)
        } else if isExpired {
            canvas.write(String(glyphs.failed), at: line.origin.moved(columns: end), style: style)
        } else {
            canvas.write(String(glyphs.line.teeLeft), at: line.origin.moved(columns: end), style: style)
        }
        if row.isRequest {
            canvas.write(String(glyphs.line.teeRight), at: line.origin.moved(columns: plan.local), style: style)
        } else if !isExpired {
            canvas.write(String(glyphs.left), at: line.origin.moved(columns: start), style: style)
        }
    }

    /// Draws a line of text that begins at us.
    private func drawNote(_ row: LadderRow, on canvas: inout Canvas, at line: Rect, _ style: Style) {
        canvas.write(String(glyphs.timelineNow), at: line.origin.moved(columns: plan.local), style: style)
        let room = line.columns - plan.local - 2
        canvas.write(
            "\(row.label) ".clipped(to: max(0, room), ellipsis: glyphs.ellipsis), at: line.origin.moved(columns: plan.local + 2),
            style: style)
    }
}
