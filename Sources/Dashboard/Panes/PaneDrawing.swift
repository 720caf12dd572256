internal import Canvas
internal import Theming
internal import Timeline

/// The frame of a pane, and what the panes draw alike.
struct PaneDrawing {
    let pane: Pane
    let rect: Rect
    let isFocused: Bool
    let look: Look
    let words: Words

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
        let below = inner.split(rows: hasTitles(pane, inner) ? 1 : 0).bottom
        return below.split(rows: below.rows - summaryRows(pane, inner)).top
    }

    private static func hasTitles(_ pane: Pane, _ inner: Rect) -> Bool {
        if pane == .changes { return false }
        return pane == .log ? inner.rows >= 7 : inner.rows >= (pane.isTab ? 5 : 4)
    }

    private static func summaryRows(_ pane: Pane, _ inner: Rect) -> Int {
        switch pane {
        case .pool: inner.rows >= 6 ? 1 : 0
        case .closest: inner.rows >= 8 ? 2 : inner.rows >= 4 ? 1 : 0
        case .inFlight, .log, .queue, .changes, .branches, .breakpoints, .beside: 0
        }
    }

    /// Draws the border with its title, and what stands in its lower part.
    func drawFrame(on canvas: inout Canvas, title: String, count: String) {
        let border = style(isFocused ? .paneBorderFocus : .paneBorder)
        canvas.box(rect, glyphs: isFocused ? look.glyphs.boxFocused : look.glyphs.box, style: border)
        let room = rect.columns - 6
        canvas.write(" \(pane.rawValue)", at: rect.origin.moved(columns: 2), style: style(.paneBorderFocus), width: max(0, room))
        canvas.write(
            " \(title) ".clipped(to: room, ellipsis: look.glyphs.ellipsis), at: rect.origin.moved(columns: 4),
            style: style(.paneTitle))
        let text = " \(count) ".clipped(to: room, ellipsis: look.glyphs.ellipsis)
        if !count.isEmpty {
            canvas.write(
                text, at: rect.origin.moved(columns: rect.columns - 2 - text.columns, rows: rect.rows - 1), style: style(.paneCount))
        }
    }

    /// Draws the border of a pane that shares its place with others: all their names, its own brighter.
    func drawFrame(on canvas: inout Canvas, tabs: [Pane], count: String) {
        drawFrame(on: &canvas, title: pane.title, count: count)
        let origin = rect.origin
        let border = style(isFocused ? .paneBorderFocus : .paneBorder)
        let box = isFocused ? look.glyphs.boxFocused : look.glyphs.box
        canvas.horizontalLine(at: origin.moved(columns: 1), length: rect.columns - 2, glyph: box.horizontal, style: border)
        var column = 2
        for tab in tabs {
            let name = " \(tab.rawValue) \(tab.title) "
            guard column + name.columns < rect.columns - 1 else { break }
            let isShown = tab == pane
            canvas.write(" \(tab.rawValue)", at: origin.moved(columns: column), style: style(isShown ? .paneBorderFocus : .textDim))
            canvas.write(" \(tab.title) ", at: origin.moved(columns: column + 2), style: style(isShown ? .paneTitle : .textDim))
            column += name.columns + 1
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
            let selection = style(isFocused ? .selection : .selectionInactive)
            canvas.restyle(line) { $0.overlaid(with: selection) }
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
