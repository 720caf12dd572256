internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Scenarios
internal import Theming
internal import Timeline

// MARK: - The pane Log: the steps up to now, each with what went in and what came out

extension Dashboard {
    func drawLog(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let glyphs = drawing.look.glyphs
        let follows = selectedStep == nil
        let count = rowCount(.log)
        let place = count == 0 || selectedRow(.log) < 0 ? "" : "step \(logStep(selectedRow(.log))) of \(history.position)"
        let shown = filtered.map { "\(count) shown by \($0.filter)" } ?? ""
        drawing.drawFrame(
            on: &canvas,
            count: [shown, follows ? "\(glyphs.follow) follow" : "G follows", place].filter { !$0.isEmpty }.joined(separator: "   "))
        if history.position > 0, count == 0 {
            drawing.drawEmpty("No step up to here matches the filter. \\ and Enter shows all.", on: &canvas)
            return
        }
        guard count > 0 else {
            drawing.drawEmpty(
                "Each step will stand here: the event that went into the pool, and the state that came out of it.", on: &canvas)
            return
        }
        // As wide as the last step that is known needs it, so that nothing moves while stepping.
        let last = history.stepCount == 0 ? nil : history.step(history.stepCount)
        let stepWidth = max(4, "\(last?.number ?? 0)".columns)
        let timeWidth = max(5, last.map { Words.moment($0.time).columns } ?? 0)
        let table = TextTable(
            [
                TableColumn(title: "", width: 1), TableColumn(title: "step", width: stepWidth, alignment: .right),
                TableColumn(title: "time", width: timeWidth, alignment: .right, priority: 4),
                TableColumn(title: "bc", width: idWidth()),
                TableColumn(title: "", width: 1), TableColumn(title: "in, out", width: 21),
                TableColumn(title: "node", width: drawing.nodeWidth, priority: 1),
                TableColumn(title: "detail", width: 12, priority: 2, grows: true),
            ], width: drawing.inner.columns - 1)
        let selected = selectedRow(.log)
        // Somebody who notes down the rows wants all of them.
        let lines = drawing.recorder == nil ? logLines(height: drawing.rows.rows) : allLogLines
        drawing.drawTable(
            table, count: lines.count, from: 0, on: &canvas, isSelected: { lines[$0].row == selected },
            cells: { cells(of: lines[$0], drawing) })
    }

    private func cells(of line: LogLine, _ drawing: PaneDrawing) -> [Span] {
        switch line {
        case .event(let row): cells(of: history.step(logStep(row)), isState: false, drawing)
        case .state(let row): cells(of: history.step(logStep(row)), isState: true, drawing)
        case .happening(let happening): cells(of: happening, drawing)
        case .more(let count): cells(ofMore: count, drawing)
        }
    }

    /// Something that happened by itself between two steps.
    private func cells(of happening: NodeHappening, _ drawing: PaneDrawing) -> [Span] {
        let (glyphs, dim) = (drawing.look.glyphs, drawing.style(.textDim))
        let style = drawing.style(happening.what.isTrouble ? .stateFailed : .stateAnswered)
        return [
            Span("", dim), Span("", dim), Span(Words.moment(happening.time), drawing.style(.logTime)), Span("", dim),
            Span(String(happening.what.isTrouble ? glyphs.failed : glyphs.answered), style), Span(happening.what.word, style),
            Span(drawing.node(happening.node), drawing.style(.node)), Span(happening.what.sentence, dim),
        ]
    }

    private func cells(ofMore count: Int, _ drawing: PaneDrawing) -> [Span] {
        let dim = drawing.style(.textDim)
        return [
            Span("", dim), Span("", dim), Span("", dim), Span("", dim), Span(String(drawing.look.glyphs.dot), dim),
            Span("and \(count) more", dim), Span("", dim), Span("nodes that changed before this step", dim),
        ]
    }

    private func cells(of step: Step, isState: Bool, _ drawing: PaneDrawing) -> [Span] {
        let (glyphs, words) = (drawing.look.glyphs, drawing.words)
        let text = isState ? StepText(stateOf: step, words) : StepText(eventOf: step, words)
        let mark: Span =
            if step.number == history.position {
                Span(String(glyphs.now), drawing.style(.timelineNow))
            } else if !isState, !history.violations(at: step.number).isEmpty {
                Span(String(glyphs.failed), drawing.style(.stateFailed))
            } else if !isState, stoppedAt.contains(step.number) {
                Span(String(glyphs.breakpoint), drawing.style(.timelineBreakpoint))
            } else if !isState, !history.choices(at: step.number - 1).isEmpty {
                Span(String(glyphs.timelineBreakpoint), drawing.style(.timelineMark))
            } else {
                Span(" ", drawing.style(.text))
            }
        let number = isSearched(step) ? Role.searchMatch : step.number > history.position ? .textDim : .logStep
        let role: Role = isState ? .logOut : step.event == .poll ? .logPoll : .logIn
        let node = text.node.map(drawing.node)
        if step.number > history.position { return comingCells(of: step, text, node, isState, drawing.style(number), drawing) }
        return [
            mark, Span("\(step.number)", drawing.style(number)),
            Span(Words.moment(step.time), drawing.style(.logTime)),
            Span(text.broadcast?.name ?? String(glyphs.dot), drawing.style(.text)),
            Span(String(isState ? glyphs.arrowOut : glyphs.arrowIn), drawing.style(role)), Span(text.name, drawing.style(role)),
            Span(node ?? "", drawing.style(.node)), Span(text.detail, drawing.style(text.isTrouble ? .stateFailed : .textDim)),
        ]
    }

    /// A step to come: all of it dim.
    private func comingCells(of step: Step, _ text: StepText, _ node: String?, _ isState: Bool, _ number: Style, _ drawing: PaneDrawing)
        -> [Span]
    {
        let (glyphs, style) = (drawing.look.glyphs, drawing.style(.textDim))
        let isNext = step.number == history.position + 1 && !isState
        return [
            Span(isNext ? String(glyphs.next) : " ", style), Span("\(step.number)", number), Span(Words.moment(step.time), style),
            Span(text.broadcast?.name ?? String(glyphs.dot), style), Span(String(isState ? glyphs.arrowOut : glyphs.arrowIn), style),
            Span(text.name, style), Span(node ?? "", style), Span(text.detail, style),
        ]
    }
}
