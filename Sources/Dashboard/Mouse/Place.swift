internal import Canvas

/// What stands at a cell of the screen, for the mouse.
enum Place: Equatable, Sendable {
    /// A pane, and the number of the thing there, if there is one.
    case pane(Pane, row: Int?)
    /// The name of a pane that shares its place with others.
    case tab(Pane)
    /// A cell of the timeline, counted from its start; less than 0 and more than its length are its ends.
    case timeline(cell: Int)
    /// A key in the line at the bottom.
    case hint(KeyPress)
    /// An entry of the menu.
    case entry(Int)
    /// An entry of the settings, of the themes or of the help, whichever is open.
    case item(Int)
    /// A line of the dialog.
    case line(Int)
    /// Something that nothing can be done with: a border, the header.
    case nothing
    /// Beside the menu, the dialog or the list that is open.
    case outside
}

extension Dashboard {
    /// What stands at a cell.
    func place(at point: Point) -> Place {
        let layout = layout
        if layout.hints.contains(point), prompt == nil, message == nil {
            return hints(width: layout.hints.columns).first { $0.columns.contains(point.column) }.map { .hint($0.key) } ?? .nothing
        }
        if let menu {
            let (rect, top) = place(of: menu, in: layout.body)
            guard rect.contains(point) else { return .outside }
            let entry = point.row - rect.row - 1 + top
            return rect.inset().contains(point) && entry < menu.entries.count ? .entry(entry) : .nothing
        }
        if let dialog {
            let (rect, lines, top) = place(of: dialog, in: layout.body)
            guard rect.contains(point) else { return .outside }
            let line = point.row - rect.row - 1 + top
            return rect.inset().contains(point) && line < lines.count ? .line(lines[line].index) : .nothing
        }
        if settingsPlace != nil { return item(at: point, of: Setting.allCases.count, placeOfSettings(in: layout.body)) }
        if themes.isOpen { return item(at: point, of: themes.items.count, placeOfThemes(in: layout.body)) }
        if help != nil { return helpEntry(at: point).map { .item($0) } ?? .nothing }
        if layout.timeline.contains(point) { return .timeline(cell: timelineCell(at: point)) }
        guard let pane = layout.order.first(where: { layout.panes[$0]?.contains(point) ?? false }), let rect = layout.panes[pane] else {
            return .nothing
        }
        if point.row == rect.row, layout.tabs.contains(pane), let tab = tab(at: point, of: pane, in: rect) { return .tab(tab) }
        let rows = PaneDrawing.rows(of: pane, in: rect)
        guard rows.contains(point), Self.hasLines(pane) else { return .pane(pane, row: nil) }
        if pane == .log { return .pane(pane, row: logLines(height: rows.rows)[safe: point.row - rows.row]?.row) }
        let row = (point.row - rows.row + (scroll[pane] ?? 0)) / rowHeight(pane)
        return .pane(pane, row: row < rowCount(pane) ? row : nil)
    }

    /// The entry of a list at a cell.
    private func item(at point: Point, of count: Int, _ list: (rect: Rect, top: Int)) -> Place {
        guard list.rect.contains(point) else { return .outside }
        let place = point.row - list.rect.row - 1 + list.top
        return list.rect.inset().contains(point) && place < count ? .item(place) : .nothing
    }

    /// Whether the things of a pane stand below each other, each on lines of its own; if not, a click cannot tell which one is meant.
    static func hasLines(_ pane: Pane) -> Bool {
        switch pane {
        case .pool, .inFlight, .closest, .log, .queue, .state, .breakpoints, .watches, .ladder, .branches, .beside: true
        case .map, .metrics, .convergence: false
        }
    }

    /// The cell of the timeline at a column, wherever the mouse was dragged to.
    func timelineCell(at point: Point) -> Int { point.column - layout.timeline.column - Self.timelineStart }

    /// The pane whose name stands at a cell of the upper border that it shares with others.
    private func tab(at point: Point, of pane: Pane, in rect: Rect) -> Pane? {
        var canvas = Canvas(size: size)
        var drawing = paneDrawing(pane, in: rect, Self.plainLook)
        draw(&drawing, on: &canvas)
        let border = canvas.text(row: rect.row)
        return layout.tabs.first { tab in
            let name = "\(tab.digit.map { " \($0)" } ?? "") \(tab.title) "
            guard let range = border.firstRange(of: name) else { return false }
            let start = border.distance(from: border.startIndex, to: range.lowerBound)
            return (start..<start + name.columns).contains(point.column)
        }
    }
}
