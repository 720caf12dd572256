internal import Canvas
internal import Theming
internal import Timeline

// MARK: - The pane Breakpoints: where a run stops by itself

extension Dashboard {
    func drawBreakpoints(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let rows = stops
        let selected = selectedRow(.breakpoints)
        drawing.drawFrame(on: &canvas, count: rows.isEmpty ? "" : "\(selected + 1) of \(rows.count)")
        guard !rows.isEmpty else {
            drawing.drawEmpty(
                "A run stops by itself where a law is broken. a lists what else to stop at; b stops at the selected thing, :break FILTER at "
                    + "any steps, :watch VALUE where a value changes; c goes on to the next of them, C back.", on: &canvas)
            return
        }
        let table = TextTable(
            [
                TableColumn(title: "", width: 1), TableColumn(title: "no", width: 3, alignment: .right),
                TableColumn(title: "", width: 3), TableColumn(title: "hits", width: 5, alignment: .right, priority: 1),
                TableColumn(title: "stops at", width: 20, grows: true),
            ], width: drawing.inner.columns - 1)
        drawing.drawTable(
            table, count: rows.count, from: scroll[.breakpoints] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { cells(of: rows[$0], drawing) })
    }

    private func cells(of stop: Stop, _ drawing: PaneDrawing) -> [Span] {
        func cells(_ id: String, _ isEnabled: Bool, _ hits: Int, _ text: String) -> [Span] {
            let style = drawing.style(isEnabled ? .text : .textDim)
            return [
                Span(isEnabled ? String(drawing.look.glyphs.breakpoint) : " ", drawing.style(.timelineBreakpoint)), Span(id, style),
                Span(isEnabled ? "on" : "off", style), Span("\(hits)", style), Span(text, style),
            ]
        }
        switch stop {
        case .breakpoint(let breakpoint):
            var text = "\(breakpoint.filter)"
            if breakpoint.condition != .always { text += ", \(breakpoint.condition)" }
            if breakpoint.isOneShot { text += ", once" }
            return cells("\(breakpoint.id)", breakpoint.isEnabled, breakpoint.hits, text)
        case .watch(let watch):
            return cells("w\(watch.id)", watch.isEnabled, watch.hits, "a change of \(watch.watch)")
        }
    }
}
