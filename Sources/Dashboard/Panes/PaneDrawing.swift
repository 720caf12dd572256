internal import Canvas
internal import Theming
internal import Timeline

/// The frame of a pane, and what the panes draw alike.
struct PaneDrawing {
    let pane: Pane
    let rect: Rect
    let isFocused: Bool
    /// The panes that share its place, itself included; none if it has it alone.
    let tabs: [Pane]
    /// How far its lines are scrolled to the side.
    let shift: Int
    let look: Look
    let words: Words
    /// Where the rows of the table are noted down, if somebody wants them.
    var recorder: PaneRows?

    var inner: Rect { rect.inset() }
    /// Where the titles of the columns stand; empty where there is no room for them.
    var titles: Rect { Self.hasTitles(pane, inner) ? inner.line(0) : .zero }
    /// Where the things stand.
    var rows: Rect { Self.rows(of: pane, in: rect) }
    /// Where the summary stands; empty where there is no room for it.
    var summary: Rect { inner.split(rows: inner.rows - Self.summaryRows(pane, inner)).bottom }

    /// The width of a node's id.
    var nodeWidth: Int { inner.columns >= 90 ? 8 : 7 }

    /// A node's id, as long as there is room.
    func node(_ node: NetworkNode) -> String {
        inner.columns >= 90 ? words.key(node.key) : words.shortKey(node.key)
    }

    func style(_ role: Role) -> Style { look.theme.style(role) }

    /// The lines for the things of a pane.
    static func rows(of pane: Pane, in rect: Rect) -> Rect {
        let inner = rect.inset()
        let below = inner.split(rows: headRows(pane, inner)).bottom
        return below.split(rows: below.rows - summaryRows(pane, inner)).top
    }

    /// The lines above the things: the titles of the columns, or what else a pane has there.
    private static func headRows(_ pane: Pane, _ inner: Rect) -> Int {
        switch pane {
        case .state: StateParts(inner.size).head
        case .ladder: LadderPlan.headRows(inner.rows)
        case .pool, .inFlight, .closest, .log, .queue, .map, .metrics, .breakpoints, .watches, .convergence, .branches, .beside:
            hasTitles(pane, inner) ? 1 : 0
        }
    }

    private static func hasTitles(_ pane: Pane, _ inner: Rect) -> Bool {
        switch pane {
        case .map, .state, .metrics, .convergence, .ladder: false
        case .log: inner.rows >= 7
        case .pool, .inFlight, .closest, .queue, .breakpoints, .watches, .branches, .beside: inner.rows >= 5
        }
    }

    private static func summaryRows(_ pane: Pane, _ inner: Rect) -> Int {
        switch pane {
        case .pool: showsPoolFigures(inner) ? 3 : inner.rows >= 6 ? 1 : 0
        case .closest: inner.rows >= 8 ? 2 : inner.rows >= 4 ? 1 : 0
        case .inFlight, .log, .queue, .map, .state, .metrics, .breakpoints, .watches, .convergence, .ladder, .branches, .beside: 0
        }
    }

    /// Draws the border with its title, and what stands in its lower part.
    ///
    /// - Parameter title: what the title says beside the pane's name; of a pane that shares its place the names of the others stand there.
    func drawFrame(on canvas: inout Canvas, title: String = "", count: String) {
        let border = style(isFocused ? .paneBorderFocus : .paneBorder)
        canvas.box(rect, glyphs: isFocused ? look.glyphs.boxFocused : look.glyphs.box, style: border)
        let room = rect.columns - 6
        drawTitles(title, on: &canvas)
        let text = " \(count) ".clipped(to: room, ellipsis: look.glyphs.ellipsis)
        if !count.isEmpty {
            canvas.write(
                text, at: rect.origin.moved(columns: rect.columns - 2 - text.columns, rows: rect.rows - 1), style: style(.paneCount))
        }
    }

    /// Draws the names in the upper border: that of the pane, between those of the others that share its place, as many as there is room for.
    private func drawTitles(_ title: String, on canvas: inout Canvas) {
        let own = title.isEmpty ? pane.title : "\(pane.title) \(look.glyphs.dot) \(title)"
        let titles = tabs.isEmpty ? [(pane, own)] : tabs.map { ($0, $0 == pane ? own : $0.title) }
        let texts = titles.map { pane, title in "\(pane.digit.map { " \($0)" } ?? "") \(title) " }
        let room = rect.columns - 4
        var shown = (titles.firstIndex { $0.0 == pane } ?? 0)...(titles.firstIndex { $0.0 == pane } ?? 0)
        func width(_ range: ClosedRange<Int>) -> Int { range.reduce(range.count - 1) { $0 + texts[$1].columns } }
        // From the first on as long as the pane's own name stays visible; else as many before it as there is room for.
        while shown.lowerBound > 0, width(shown.lowerBound - 1...shown.upperBound) <= room {
            shown = shown.lowerBound - 1...shown.upperBound
        }
        while shown.upperBound < titles.count - 1, width(shown.lowerBound...shown.upperBound + 1) <= room {
            shown = shown.lowerBound...shown.upperBound + 1
        }
        var column = 2
        for index in shown {
            let isOwn = titles[index].0 == pane
            let origin = rect.origin.moved(columns: column)
            let digit = titles[index].0.digit.map { " \($0)" } ?? ""
            let name = " \(titles[index].1) ".clipped(to: max(0, room - (column - 2) - digit.columns), ellipsis: look.glyphs.ellipsis)
            canvas.write(digit, at: origin, style: style(isOwn ? .paneBorderFocus : .textDim))
            canvas.write(name, at: origin.moved(columns: digit.columns), style: style(isOwn ? .paneTitle : .textDim))
            column += texts[index].columns + 1
        }
        let border = style(isFocused ? .paneBorderFocus : .paneBorder)
        if shown.lowerBound > 0 { canvas.write(String(look.glyphs.ellipsis), at: rect.origin.moved(columns: 1), style: border) }
        if shown.upperBound < titles.count - 1, column < rect.columns - 2 {
            canvas.write(String(look.glyphs.ellipsis), at: rect.origin.moved(columns: column), style: border)
        }
    }

    /// Draws a table: its titles, if there is room for them, and as many of its lines as there is room for.
    ///
    /// - Parameters:
    ///   - count: the number of lines.
    ///   - first: the first one that is visible.
    ///   - isSelected: whether the line at a place is selected.
    ///   - cells: what stands in the line at a place.
    func drawTable(
        _ table: TextTable, count: Int, from first: Int, on canvas: inout Canvas, isSelected: (Int) -> Bool, cells: (Int) -> [Span]
    ) {
        recorder?.add(table, count: count, isSelected: isSelected, cells: cells)
        let table = table.shifted(by: shift)
        if !titles.isEmpty { table.drawTitles(on: &canvas, at: titles.split(columns: 1).right, style: style(.textDim)) }
        for index in first..<max(first, min(count, first + rows.rows)) {
            drawRow(cells(index), in: table, on: &canvas, at: rows.line(index - first), isSelected: isSelected(index))
        }
    }

    /// Draws a line of a table with the mark of the selection before it.
    private func drawRow(
        _ cells: [Span], in table: TextTable, on canvas: inout Canvas, at line: Rect, isSelected: Bool
    ) {
        let (mark, rest) = line.split(columns: 1)
        if isSelected { canvas.write(String(look.glyphs.selection), at: mark.origin, style: style(.paneBorderFocus)) }
        table.draw(cells, on: &canvas, at: rest, ellipsis: look.glyphs.ellipsis)
        if isSelected {
            canvas.lay(style(isFocused ? .selection : .selectionInactive), over: line)
        }
    }

    /// Writes a sentence where there are no things to show.
    func drawEmpty(_ text: String, on canvas: inout Canvas) {
        let lines = text.wrapped(to: rows.columns - 2)
        for (index, line) in lines.enumerated() where index < rows.rows {
            canvas.write(line, at: rows.line(index).origin.moved(columns: 1), style: style(.textDim))
        }
    }
}

extension String {
    /// The text in lines of at most `width` columns, broken between words.
    func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ") {
            if let last = lines.last, last.columns + 1 + String(word).columns <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word).clipped(to: Swift.max(1, width)))
            }
        }
        return lines
    }
}
