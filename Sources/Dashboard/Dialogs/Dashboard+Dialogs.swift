internal import Canvas
internal import Theming

// MARK: - Drawing what lies over the panes

extension Dashboard {
    /// Draws the line that is being typed.
    func draw(_ prompt: Prompt, on canvas: inout Canvas, at line: Rect, _ look: Look) {
        let theme = look.theme
        let room = line.columns - 2
        // The cursor stays visible in a line that is too long.
        let first = max(0, prompt.cursor - room + 1)
        canvas.write(prompt.purpose.sign, at: line.origin, style: theme.style(.hintKey))
        let characters = Array(prompt.text + " ")
        var column = 1
        for (place, character) in characters.enumerated().dropFirst(first) {
            let text = String(character)
            guard column + text.columns <= line.columns else { break }
            var style = theme.style(.hintText)
            if let problem = prompt.problem, problem.range.contains(place) { style = style.overlaid(with: theme.style(.toastError)) }
            if place == prompt.cursor { style = style.overlaid(with: theme.style(.cursor)) }
            column += canvas.write(text, at: line.origin.moved(columns: column), style: style)
        }
    }

    /// Draws what there is to say about the line that is being typed, above it.
    func drawAdvice(on canvas: inout Canvas, at line: Rect, _ look: Look) {
        guard let prompt, let text = prompt.problem?.text ?? message else { return }
        let style = look.theme.style(prompt.problem == nil ? .toastInfo : .toastError)
        canvas.fill(line, style: look.theme.style(.hintText))
        canvas.write(
            " " + text.clipped(to: line.columns - 2, ellipsis: look.glyphs.ellipsis), at: line.origin,
            style: look.theme.style(.hintText).overlaid(with: style))
    }

    /// Where a menu stands, and its first entry that can be seen.
    func place(of menu: Menu, in body: Rect) -> (rect: Rect, top: Int) {
        let widest = menu.entries.map { $0.label.columns + ($0.obstacle.map { $0.columns + 3 } ?? 0) }.max() ?? 0
        let columns = min(body.columns - 2, max(menu.title.columns + 6, widest + 6))
        let rect = box(columns, min(body.rows - 2, menu.entries.count + 2), in: body)
        let visible = rect.inset().rows
        return (rect, min(max(0, menu.selected - visible + 1), max(0, menu.entries.count - visible)))
    }

    func draw(_ menu: Menu, on canvas: inout Canvas, in body: Rect, _ look: Look) {
        let theme = look.theme
        let (rect, top) = place(of: menu, in: body)
        drawBox(rect, title: menu.title, foot: "\(keys.name(of: .open)): take it   \(keys.name(of: .quit)): close", on: &canvas, look)
        let inner = rect.inset()
        for row in 0..<inner.rows where row + top < menu.entries.count {
            let entry = menu.entries[row + top]
            let isSelected = row + top == menu.selected
            let line = inner.line(row)
            let ground = theme.style(.dialogBackground)
            let style = ground.overlaid(with: theme.style(entry.obstacle == nil ? .text : .textDim))
            let mark = isSelected ? String(look.glyphs.selection) : " "
            canvas.write(mark, at: line.origin, style: ground.overlaid(with: theme.style(.paneBorderFocus)))
            let text = entry.label + (entry.obstacle.map { " \(look.glyphs.dot) \($0)" } ?? "")
            canvas.write(
                text.clipped(to: line.columns - 2, ellipsis: look.glyphs.ellipsis), at: line.origin.moved(columns: 1), style: style)
            if isSelected { canvas.restyle(line) { $0.overlaid(with: theme.style(.selection)) } }
        }
    }

    /// Where a dialog stands, its lines as they are wrapped, each with the place of the whole line, and the first one that can be seen.
    func place(of dialog: Dialog, in body: Rect) -> (rect: Rect, lines: [(index: Int, text: String)], top: Int) {
        let (columns, wrapped) = wrapped(dialog, in: body)
        let rect = box(columns, min(body.rows, wrapped.count + 2), in: body)
        let visible = rect.inset().rows
        // The selected line is always visible.
        let place = wrapped.firstIndex { $0.index == dialog.selected } ?? 0
        let limit = max(0, wrapped.count - visible)
        var top = min(dialog.scroll, limit)
        if dialog.lines[safe: dialog.selected]?.step != nil { top = min(max(top, place - visible + 2), max(0, place)) }
        return (rect, wrapped, min(top, limit))
    }

    func draw(_ dialog: Dialog, on canvas: inout Canvas, in body: Rect, _ look: Look) {
        let theme = look.theme
        let (rect, wrapped, top) = place(of: dialog, in: body)
        let hasJumps = dialog.lines.contains { $0.step != nil }
        drawBox(
            rect, title: dialog.title,
            foot: (hasJumps ? "\(keys.name(of: .open)): go to the step   " : "") + "\(keys.name(of: .quit)): close", on: &canvas, look)
        let inner = rect.inset(columns: 2, rows: 1)
        for row in 0..<inner.rows where row + top < wrapped.count {
            let (index, text) = wrapped[row + top]
            let line = inner.line(row)
            let role: Role = dialog.lines[index].isStrong ? .textStrong : dialog.lines[index].step == nil ? .text : .hintKey
            canvas.write(
                text.clipped(to: line.columns, ellipsis: look.glyphs.ellipsis), at: line.origin,
                style: theme.style(.dialogBackground).overlaid(with: theme.style(role)))
            if index == dialog.selected, dialog.lines[index].step != nil {
                canvas.restyle(line) { $0.overlaid(with: theme.style(.selection)) }
            }
        }
    }

    /// The lines of a dialog as they stand on the screen, each with its place in the dialog, and how wide its box is.
    private func wrapped(_ dialog: Dialog, in body: Rect) -> (columns: Int, lines: [(index: Int, text: String)]) {
        // A table is as wide as it needs; text is as wide as one likes to read.
        let table = dialog.lines.map(\.text).filter(\.isTable).map { $0.columns + 4 }.max() ?? 0
        let columns = min(body.columns - 2, max(60, min(100, body.columns - 8), table))
        let lines = dialog.lines.enumerated().flatMap { index, line in
            let parts = line.text.isTable ? [line.text] : line.text.wrapped(to: columns - 4, indent: line.text.leadingBlanks)
            return (parts.isEmpty ? [""] : parts).map { (index: index, text: $0) }
        }
        return (columns, lines)
    }

    /// The furthest that a dialog can be scrolled.
    func lastScroll(of dialog: Dialog) -> Int {
        max(0, wrapped(dialog, in: layout.body).lines.count - (layout.body.rows - 2))
    }

    func box(_ columns: Int, _ rows: Int, in body: Rect) -> Rect {
        Rect(
            origin: body.origin.moved(columns: (body.columns - columns) / 2, rows: (body.rows - rows) / 2),
            size: Size(columns: columns, rows: rows))
    }

    func drawBox(_ rect: Rect, title: String, foot: String, on canvas: inout Canvas, _ look: Look) {
        let theme = look.theme
        canvas.fill(rect, style: theme.style(.dialogBackground))
        canvas.box(rect, glyphs: look.glyphs.boxFocused, style: theme.style(.paneBorderFocus))
        let room = max(0, rect.columns - 6)
        canvas.write(
            " \(title.clipped(to: room, ellipsis: look.glyphs.ellipsis)) ", at: rect.origin.moved(columns: 2),
            style: theme.style(.paneTitle))
        let text = " \(foot) ".clipped(to: room, ellipsis: look.glyphs.ellipsis)
        canvas.write(
            text, at: rect.origin.moved(columns: rect.columns - 2 - text.columns, rows: rect.rows - 1), style: theme.style(.paneCount))
    }
}

extension String {
    /// Whether its words stand in columns.
    fileprivate var isTable: Bool { drop { $0 == " " }.contains("  ") }

    /// The number of blanks that it begins with.
    fileprivate var leadingBlanks: Int { prefix { $0 == " " }.count }

    /// The text in lines of at most `width` columns, each beginning with so many blanks.
    fileprivate func wrapped(to width: Int, indent: Int) -> [String] {
        wrapped(to: width - indent).map { String(repeating: " ", count: indent) + $0 }
    }
}
