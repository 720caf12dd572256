internal import Canvas
internal import Theming

// MARK: - Drawing the help

extension Dashboard {
    func drawHelp(on canvas: inout Canvas, at rect: Rect, _ look: Look) {
        guard let help else { return }
        let theme = look.theme
        let ground = theme.style(.dialogBackground)
        canvas.fill(rect, style: ground)
        canvas.box(rect, glyphs: look.glyphs.boxFocused, style: theme.style(.paneBorderFocus))
        canvas.write(" Help ", at: rect.origin.moved(columns: 2), style: theme.style(.paneTitle), width: max(0, rect.columns - 4))
        let items = helpItems
        let entries = items.indices.filter { items[$0].isEntry }
        if isSearchingHelp { drawHelpSearch(help, entries.count, on: &canvas, at: rect.inset(columns: 2, rows: 1).line(0), look) }
        let rows = helpRows(in: rect)
        let lines = helpLines(items, width: rows.columns)
        for row in 0..<rows.rows where row + help.scroll < lines.count {
            let line = lines[row + help.scroll]
            let origin = rows.line(row).origin
            func write(_ text: String, at column: Int, _ role: Role) {
                canvas.write(
                    text.clipped(to: max(0, rows.columns - column), ellipsis: look.glyphs.ellipsis), at: origin.moved(columns: column),
                    style: ground.overlaid(with: theme.style(role)))
            }
            guard let place = line.item else { continue }
            let (label, role) = Self.label(of: items[place], line.label, look)
            write(label, at: items[place].isEntry ? 2 : 0, role)
            write(line.text, at: line.column, .text)
            if entries[safe: help.selected] == place {
                canvas.write(String(look.glyphs.selection), at: origin, style: ground.overlaid(with: theme.style(.paneBorderFocus)))
                canvas.restyle(rows.line(row)) { $0.overlaid(with: theme.style(.selection)) }
            }
        }
        if entries.isEmpty {
            canvas.write(
                "Nothing in the help holds these letters; Esc shows all again.".clipped(to: rows.columns, ellipsis: look.glyphs.ellipsis),
                at: rows.origin, style: ground.overlaid(with: theme.style(.textDim)))
        }
        drawHelpFoot(max(0, lines.count - help.scroll - rows.rows), on: &canvas, at: rect, look)
    }

    /// What stands at the left of an entry's first line, and how.
    private static func label(of item: HelpItem, _ label: String, _ look: Look) -> (text: String, role: Role) {
        switch item.form {
        case .heading: (label, .textStrong)
        case .text: (label, .text)
        case .short(let status?, _): (label.isEmpty ? "" : "\(status.glyph(look.glyphs)) \(label)", status.role)
        case .short(nil, let phase?): (label, phase.role)
        case .short(nil, nil), .long: (label, .hintKey)
        }
    }

    private func drawHelpSearch(_ help: Help, _ count: Int, on canvas: inout Canvas, at line: Rect, _ look: Look) {
        let theme = look.theme
        let ground = theme.style(.dialogBackground)
        let found = count == 1 ? "1 entry" : "\(count) entries"
        let room = max(1, line.columns - found.columns - 4)
        var column = canvas.write("/", at: line.origin, style: ground.overlaid(with: theme.style(.hintKey)))
        let text = String(help.search.suffix(room))
        column += canvas.write(text, at: line.origin.moved(columns: column), style: ground.overlaid(with: theme.style(.searchMatch)))
        if help.isTyping { canvas.write(" ", at: line.origin.moved(columns: column), style: ground.overlaid(with: theme.style(.cursor))) }
        canvas.write(
            found, at: line.origin.moved(columns: max(0, line.columns - found.columns)), style: ground.overlaid(with: theme.style(.textDim))
        )
    }

    private func drawHelpFoot(_ more: Int, on canvas: inout Canvas, at rect: Rect, _ look: Look) {
        func name(_ command: Command) -> String { keys.name(of: command) }
        let typing = help?.isTyping == true
        let parts =
            typing
            ? ["Up, Down: select", "Enter: keep these", "Esc: all again"]
            : ["\(name(.open)): do it", "\(name(.search)): look for", "\(name(.quit)): close"]
        let text = ((more > 0 ? ["\(more) more lines"] : []) + parts).joined(separator: "   ")
        let shown = " \(text) ".clipped(to: max(0, rect.columns - 4), ellipsis: look.glyphs.ellipsis)
        canvas.write(
            shown, at: rect.origin.moved(columns: rect.columns - 2 - shown.columns, rows: rect.rows - 1),
            style: look.theme.style(.paneCount))
    }
}
