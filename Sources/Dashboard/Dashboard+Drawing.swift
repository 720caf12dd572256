public import Canvas
internal import Coordination
internal import Scenarios
internal import Theming
internal import Timeline

extension Dashboard {
    /// The screen as it is now.
    public func canvas(_ look: Look) -> Canvas {
        var canvas = drawing(look)
        canvas.paint(ground: look.theme.ground)
        return canvas
    }

    /// The screen on whatever the terminal has behind it.
    private func drawing(_ look: Look) -> Canvas {
        var canvas = Canvas(size: size, fill: look.theme.style(.text))
        let layout = layout
        if layout.hints.isEmpty {
            if let prompt { draw(prompt, on: &canvas, at: layout.header, look) } else { drawNotice(on: &canvas, at: layout.header, look) }
        } else {
            drawHeader(on: &canvas, at: layout.header, look)
            drawTimeline(on: &canvas, at: layout.timeline, look)
            drawAdvice(on: &canvas, at: layout.timeline, look)
            drawHints(on: &canvas, at: layout.hints, look)
        }
        if help != nil, !layout.panes.isEmpty {
            drawHelp(on: &canvas, at: layout.body, look)
            return canvas
        }
        for pane in layout.order {
            guard let rect = layout.panes[pane] else { continue }
            var drawing = paneDrawing(pane, in: rect, look)
            draw(&drawing, on: &canvas)
        }
        if let menu { draw(menu, on: &canvas, in: layout.body, look) }
        if let dialog { draw(dialog, on: &canvas, in: layout.body, look) }
        if settingsPlace != nil { drawSettings(on: &canvas, in: layout.body, look) }
        if themes.isOpen { drawThemes(on: &canvas, in: layout.body, look) }
        // A small screen has no other line for what is wrong with a line that is typed.
        if layout.hints.isEmpty, !layout.panes.isEmpty { drawAdvice(on: &canvas, at: layout.body.line(layout.body.rows - 1), look) }
        return canvas
    }

    /// How a pane is drawn in a rectangle.
    func paneDrawing(_ pane: Pane, in rect: Rect, _ look: Look) -> PaneDrawing {
        let tabs = layout.tabs
        return PaneDrawing(
            pane: pane, rect: rect, isFocused: pane == focus, tabs: tabs.contains(pane) ? tabs : [], shift: shift[pane] ?? 0, look: look,
            words: Words(keyBits: scenario.keyBits, ellipsis: look.glyphs.ellipsis, dot: look.glyphs.dot))
    }

    /// Draws a pane.
    func draw(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        switch drawing.pane {
        case .pool: drawPool(&drawing, on: &canvas)
        case .inFlight: drawInFlight(&drawing, on: &canvas)
        case .closest: drawClosest(&drawing, on: &canvas)
        case .log: drawLog(&drawing, on: &canvas)
        case .queue: drawQueue(&drawing, on: &canvas)
        case .map: drawMap(&drawing, on: &canvas)
        case .state: drawState(&drawing, on: &canvas)
        case .metrics: drawMetrics(&drawing, on: &canvas)
        case .branches: drawBranches(&drawing, on: &canvas)
        case .breakpoints: drawBreakpoints(&drawing, on: &canvas)
        case .watches: drawWatches(&drawing, on: &canvas)
        case .convergence: drawConvergence(&drawing, on: &canvas)
        case .ladder: drawLadder(&drawing, on: &canvas)
        case .beside: drawBeside(&drawing, on: &canvas)
        }
    }

    /// The number of lines for the things of a pane, below its titles and above its summary.
    func visibleRows(_ pane: Pane) -> Int {
        guard let rect = layout.panes[pane] else { return 1 }
        if pane == .metrics { return max(1, metricsListRows) }
        return max(1, PaneDrawing.rows(of: pane, in: rect).rows)
    }

    private func drawNotice(on canvas: inout Canvas, at line: Rect, _ look: Look) {
        let (need, one) = (Layout.fullSize, Layout.smallestSize)
        let smallest = "needs \(need.columns)x\(need.rows)"
        let needed = "\(smallest), is \(size.columns)x\(size.rows)"
        let more = layout.panes.isEmpty ? "\(one.columns)x\(one.rows) shows one pane" : "one pane; step \(history.position)"
        // As much of it as there is room for.
        let text = ["\(needed); \(more)", needed].first { $0.columns <= line.columns } ?? smallest
        let shown = message ?? text
        canvas.write(
            shown.clipped(to: line.columns, ellipsis: look.glyphs.ellipsis), at: line.origin, style: look.theme.style(.headerPaused))
    }

    private func drawHeader(on canvas: inout Canvas, at line: Rect, _ look: Look) {
        let theme = look.theme
        canvas.fill(line, style: theme.style(.header))
        let state: Span
        if let activity {
            state = Span("\(look.glyphs.running) \(activity)", theme.style(.headerLive))
        } else if history.isAtEnd {
            state = Span("\(look.glyphs.paused) THE END", theme.style(.headerPaused))
        } else {
            state = Span("\(look.glyphs.paused) PAUSED", theme.style(.headerPaused))
        }
        let total = "\(history.stepCount)\(history.isComplete ? "" : "+")"
        let running = observation.pool.count { $0.entry.end == nil }
        let parts = [
            Span("kadscope", theme.style(.textStrong)), state, Span("step \(history.position)/\(total)", theme.style(.header)),
            Span(isRunning && pace.undrawn > 0 ? "\(pace.undrawn) not drawn" : "", theme.style(.headerPaused)),
            Span("t \(Words.moment(observation.now))s", theme.style(.header)), Span("\(running) running", theme.style(.header)),
            Span("\(observation.requests.count) in flight", theme.style(.header)),
            Span(history.branch.id == 0 ? "" : "branch \(history.branch.id)", theme.style(.headerPaused)),
            Span("seed \(scenario.seed)", theme.style(.header)),
            Span(scenario.name, theme.style(.header)), Span(theme.name, theme.style(.header)),
        ]
        var column = 1
        for part in parts where !part.text.isEmpty {
            guard column + part.text.columns < line.columns else { break }
            let style = theme.style(.header).overlaid(with: part.style)
            column += canvas.write(part.text, at: line.origin.moved(columns: column), style: style) + (line.columns > 100 ? 3 : 2)
        }
    }

    /// The cells of the timeline's line that are not the timeline itself.
    static let timelineMargins = 12
    /// The column of the timeline's first cell.
    static let timelineStart = 4

    private func drawTimeline(on canvas: inout Canvas, at line: Rect, _ look: Look) {
        let (glyphs, theme) = (look.glyphs, look.theme)
        let total = timelineLength
        let share = " \(history.position * 100 / total)%".padded(to: 5, alignment: .right)
        let length = line.columns - Self.timelineMargins
        guard length > 0 else { return }
        let place = history.position * (length - 1) / total
        let origin = line.origin.moved(columns: Self.timelineStart)
        canvas.write(glyphs.begin, at: line.origin.moved(columns: 1), style: theme.style(.timelineFuture))
        let known = history.isComplete ? length : min(length, history.stepCount * (length - 1) / total + 1)
        canvas.horizontalLine(at: origin, length: known, glyph: glyphs.timelineFuture, style: theme.style(.timelineFuture))
        canvas.horizontalLine(at: origin, length: place, glyph: glyphs.timelinePast, style: theme.style(.timelinePast))
        func mark(_ steps: some Sequence<Int>, _ glyph: Unicode.Scalar, _ role: Role) {
            for step in steps where step <= total {
                canvas.write(String(glyph), at: origin.moved(columns: step * (length - 1) / total), style: theme.style(role))
            }
        }
        mark(stoppedAt, glyphs.timelineBreakpoint, .timelineBreakpoint)
        mark(history.branch.deviations.map(\.position), glyphs.timelineBreakpoint, .timelineMark)
        mark(marks.values.filter { $0.branch == history.branch.id }.map(\.position), glyphs.mark, .timelineMark)
        mark(history.violations.map(\.step), glyphs.failed, .stateFailed)
        canvas.write(String(glyphs.timelineNow), at: origin.moved(columns: place), style: theme.style(.timelineNow))
        canvas.write(glyphs.end, at: origin.moved(columns: length), style: theme.style(.timelineFuture))
        canvas.write(share, at: origin.moved(columns: length + 2), style: theme.style(.textDim))
    }

    private func drawHints(on canvas: inout Canvas, at line: Rect, _ look: Look) {
        canvas.fill(line, style: look.theme.style(.hintText))
        if let prompt { return draw(prompt, on: &canvas, at: line, look) }
        if let message {
            let text = " " + message.clipped(to: line.columns - 2, ellipsis: look.glyphs.ellipsis)
            canvas.write(text, at: line.origin, style: look.theme.style(.hintText).overlaid(with: look.theme.style(.toastInfo)))
            return
        }
        for hint in hints(width: line.columns) {
            let origin = line.origin.moved(columns: hint.columns.lowerBound)
            canvas.write(hint.key.name, at: origin, style: look.theme.style(.hintKey))
            canvas.write(hint.word, at: origin.moved(columns: hint.key.name.columns + 1), style: look.theme.style(.hintText))
        }
    }

    /// A key in the line at the bottom, and what it does.
    struct Hint: Sendable {
        let key: KeyPress
        let word: String
        /// Where both stand in the line.
        let columns: Range<Int>
    }

    /// The keys that there is room for in a line.
    func hints(width: Int) -> [Hint] {
        let hinted = CommandTable.entries.compactMap { entry -> (key: KeyPress, word: String, command: Command)? in
            guard let key = keys.keys(of: entry.command).first else { return nil }
            return hint(for: entry).map { (key: key, word: $0, command: entry.command) }
        }
        func columns(_ key: KeyPress, _ word: String) -> Int { key.name.columns + word.columns + 3 }
        // The way out and the way to all the others have their room before any other.
        var room = width - 1
        var shown: [(key: KeyPress, word: String)] = []
        let last = hinted.filter { $0.command == .help || $0.command == .quit }
        for entry in last { room -= columns(entry.key, entry.word) }
        for entry in hinted where entry.command != .help && entry.command != .quit && columns(entry.key, entry.word) <= room {
            room -= columns(entry.key, entry.word)
            shown.append((entry.key, entry.word))
        }
        var column = 1
        return (shown + last.map { ($0.key, $0.word) }).map { key, word in
            defer { column += columns(key, word) }
            return Hint(key: key, word: word, columns: column..<column + columns(key, word) - 2)
        }
    }

    /// The word of a command in the hints: what it does now, which is not the same while the help is open or the run goes on.
    private func hint(for entry: CommandTable.Entry) -> String? {
        if let help {
            switch entry.command {
            case .up: return help.isTyping ? nil : "up"
            case .down: return help.isTyping ? nil : "down"
            case .runOrPause: return help.isTyping ? nil : "page"
            case .search: return help.isTyping ? nil : "look for"
            case .open: return help.isTyping ? "keep" : "do it"
            case .close: return help.isTyping ? "all again" : nil
            case .quit: return help.isTyping ? nil : "close"
            default: return nil
            }
        }
        if settingsPlace != nil {
            switch entry.command {
            case .up: return "up"
            case .down: return "down"
            case .open: return "change"
            case .left: return "back"
            case .quit: return "close"
            default: return nil
            }
        }
        if menu != nil || dialog != nil || themes.isOpen {
            switch entry.command {
            case .up: return "up"
            case .down: return "down"
            case .open: return themes.isOpen ? "keep it" : menu == nil ? "go there" : "take it"
            case .quit: return "close"
            default: return nil
            }
        }
        return entry.command == .runOrPause && isRunning ? "pause" : entry.hint
    }
}
