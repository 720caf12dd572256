internal import Canvas
internal import Coordination
internal import Theming
internal import Timeline

// MARK: - The pane In-flight: the requests that are awaited

extension Dashboard {
    func drawInFlight(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let rows = observation.requests
        let selected = selectedRow(.inFlight)
        drawing.drawFrame(
            on: &canvas, title: sortWords(.inFlight).isEmpty ? "by deadline" : sortWords(.inFlight),
            count: rows.isEmpty ? "" : "\(selected + 1) of \(rows.count)")
        guard !rows.isEmpty else {
            drawing.drawEmpty("No request is awaited.", on: &canvas)
            return
        }
        let idWidth = idWidth(with: rows.map(\.name.id))
        let barWidth = max(4, min(drawing.inner.columns >= 60 ? 24 : 16, drawing.inner.columns - 28))
        let table = TextTable(
            [
                TableColumn(title: "rpc", width: 5), TableColumn(title: "bc", width: idWidth), TableColumn(title: "node", width: 7),
                TableColumn(title: "sent", width: 7, alignment: .right, priority: 2), TableColumn(title: "", width: barWidth, priority: 1),
                TableColumn(title: "left", width: 6, alignment: .right),
            ], width: drawing.inner.columns - 1)
        drawing.drawTable(
            table, count: rows.count, from: scroll[.inFlight] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { cells(of: rows[$0], drawing, barWidth) })
    }

    private func cells(of request: Observation.Request, _ drawing: PaneDrawing, _ barWidth: Int) -> [Span] {
        let glyphs = drawing.look.glyphs
        let isStore = request.name.isStore
        var (share, left) = (0.0, "never")
        if let deadline = request.deadline, let sent = request.sent {
            let whole = max(1, sent.duration(to: deadline).count)
            let remaining = max(0, observation.now.duration(to: deadline).count)
            share = Double(remaining) / Double(whole)
            left = Words.length(Nanoseconds(remaining))
        }
        let full = Int((share * Double(barWidth)).rounded(.up))
        let bar = (0..<barWidth).map { String($0 < full ? glyphs.barFull : glyphs.barEmpty) }.joined()
        return [
            Span(isStore ? "STORE" : "FIND", drawing.style(isStore ? .phaseStore : .phaseFind)),
            Span(request.name.id.name, drawing.style(.text)), Span(drawing.words.shortKey(request.node.key), drawing.style(.node)),
            Span(request.sent.map { Words.moment($0) } ?? "", drawing.style(.textDim)),
            Span(bar, drawing.look.theme.gradient(.deadline, at: 1 - share)),
            Span(left, drawing.look.theme.gradient(.deadline, at: 1 - share)),
        ]
    }
}
