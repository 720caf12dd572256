internal import Canvas
internal import Scenarios
internal import Timeline

// MARK: - What is written to files

extension Dashboard {
    /// Lists what can be written to a file. Each leads to a line with the command and a name, which can be changed.
    mutating func openExport() {
        pause()
        let rows = PaneRows()
        record(focus, in: rows)
        var entries = Export.Content.allCases.map { content in
            let what = content == .pane || content == .json ? focus.name : "screen"
            let path = "kadscope-\(what)-\(history.position).\(content.ending)"
            return Menu.Entry(
                label: content.help, action: .type("export \(path) \(content.rawValue)"),
                obstacle: content == .json && rows.titles.isEmpty ? "\(focus.title) has no table" : nil)
        }
        let trace = "kadscope-\(scenario.name.filter { $0.isLetter || $0.isNumber || $0 == "-" }).kbt.jsonl"
        entries.append(Menu.Entry(label: "the run as a trace, which kadscope opens again", action: .type("save \(trace)"), obstacle: nil))
        menu = Menu(title: "write to a file", entries: entries)
    }

    /// Carries out the line `export FILE [WHAT]`; without the last word the end of the file's name decides.
    mutating func export(_ words: [String]) -> Effect {
        var words = words
        let named = words.count > 1 ? words.last.flatMap { Export.Content(rawValue: $0) } : nil
        if named != nil { words.removeLast() }
        let path = words.joined(separator: " ")
        guard !path.isEmpty else { return wrong("export needs a file: such as export closest.txt, or export screen.ansi colors") }
        let content = named ?? (path.hasSuffix(".ansi") ? .colors : path.hasSuffix(".json") ? .json : .pane)
        let mayOverwrite = sharing.overwritable == path
        sharing.overwritable = nil
        return .export(Export(content: content, path: path, mayOverwrite: mayOverwrite))
    }

    /// Takes that an export has not been written: the line is open again, with the reason above it.
    ///
    /// - Parameter canOverwrite: whether the only reason is that the file is there already: entering the line again replaces it.
    public mutating func refuse(_ export: Export, because reason: String, canOverwrite: Bool) {
        let words = "export "
        open(Prompt(.command, text: "\(words)\(export.path) \(export.content.rawValue)"))
        prompt?.problem = (reason, words.count..<words.count + export.path.count)
        if canOverwrite { sharing.overwritable = export.path }
    }

    /// The text of an export, with an end of line at its end.
    ///
    /// - Parameter look: how the screen is drawn.
    public func text(of content: Export.Content, _ look: Look) -> String {
        var clean = self
        (clean.message, clean.prompt, clean.menu) = (nil, nil, nil)
        switch content {
        case .pane: return clean.paneText(look)
        case .screen: return clean.canvas(look).text() + "\n"
        case .colors: return clean.canvas(look).ansi() + "\n"
        case .json: return clean.paneJSON
        }
    }

    /// The pane that has the keys as a tall drawing without its border, however many rows it has.
    private func paneText(_ look: Look) -> String {
        let rect = layout.panes[focus] ?? layout.body
        let visible = PaneDrawing.rows(of: focus, in: rect).rows
        let lineCount = focus == .log ? allLogLines.count : rowCount(focus) * rowHeight(focus)
        let missing = max(0, lineCount - visible)
        let tall = Rect(column: 0, row: 0, columns: rect.columns, rows: min(rect.rows + missing, Self.pageRows))
        var lines = ["\(focus.title) at step \(history.position) of \(scenario.name), seed \(scenario.seed)"]
        var copy = self
        copy.scroll[focus] = 0
        lines += copy.lines(of: tall, tall.inset(), look)
        // What does not fit one drawing stands in further ones.
        let rows = PaneDrawing.rows(of: focus, in: tall)
        var first = rows.rows
        while first > 0, first < rowCount(focus) * rowHeight(focus) {
            copy.scroll[focus] = first
            lines += copy.lines(of: tall, rows, look)
            first += rows.rows
        }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The height of a drawing for an export.
    private static let pageRows = 2000

    private func lines(of rect: Rect, _ part: Rect, _ look: Look) -> [String] {
        var canvas = Canvas(size: rect.size)
        var drawing = paneDrawing(focus, in: rect, look)
        draw(&drawing, on: &canvas)
        let inner = canvas.cropped(to: part)
        return (0..<inner.size.rows).map { inner.text(row: $0) }
    }

    /// The rows of the table of the pane that has the keys: an object with an array of objects. A column without a title is named by its place.
    private var paneJSON: String {
        let rows = PaneRows()
        record(focus, in: rows)
        let names = rows.titles.enumerated().map { $1.isEmpty ? "column \($0 + 1)" : $1 }
        let bytes = JSONWriter.object { json in
            json.add("pane", focus.name)
            json.add("scenario", scenario.name)
            json.add("branch", history.branch.id)
            json.add("step", history.position)
            json.addObjects("rows", rows.rows) { json, cells in
                for (name, cell) in zip(names, cells) { json.add(name, cell) }
            }
        }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }
}
