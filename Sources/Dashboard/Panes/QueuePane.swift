internal import Canvas
internal import Coordination
internal import Theming
internal import Timeline

// MARK: - The pane Queue: the messages that are on their way, and those that cannot come

extension Dashboard {
    func drawQueue(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let rows = pending
        let selected = selectedRow(.queue)
        drawing.drawFrame(on: &canvas, count: rows.isEmpty ? "" : "\(selected + 1) of \(rows.count)")
        guard !rows.isEmpty else {
            drawing.drawEmpty("No reply is on its way.", on: &canvas)
            return
        }
        let idWidth = idWidth(with: rows.map(\.name.id))
        let table = TextTable(
            [
                TableColumn(title: "arrives", width: 8, alignment: .right), TableColumn(title: "bc", width: idWidth),
                TableColumn(title: "node", width: drawing.nodeWidth), TableColumn(title: "reply", width: 21),
                TableColumn(title: "sent", width: 7, alignment: .right, priority: 3),
                TableColumn(title: "", width: 12, priority: 2, grows: true),
            ], width: drawing.inner.columns - 1)
        drawing.drawTable(
            table, count: rows.count, from: scroll[.queue] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { cells(of: rows[$0], isDue: rows[$0].arrives == rows[0].arrives, drawing) })
    }

    private func cells(of message: PendingMessage, isDue: Bool, _ drawing: PaneDrawing) -> [Span] {
        let style = drawing.style(message.obstacle != nil ? .textDim : isDue ? .queueDue : .queueFuture)
        let wait = message.arrives.map { "+" + Words.length(observation.now.duration(to: $0)) } ?? "never"
        var (name, detail) = (message.name.isStore ? "StoreRecord reply" : "GetCloserNodes reply", "")
        if let event = message.event {
            let text = StepText(event: event, drawing.words)
            (name, detail) = (text.name, text.detail)
        }
        if let obstacle = message.obstacle { detail = "cannot come: \(obstacle.sentence)" }
        if message.name.copy > 0 { detail = detail.isEmpty ? "a copy" : "a copy, \(detail)" }
        return [
            Span(wait, style), Span(message.name.id.name, style),
            Span(drawing.node(message.node), drawing.style(message.obstacle == nil ? .node : .textDim)), Span(name, style),
            Span(message.sent.map { Words.moment($0) } ?? "", drawing.style(.textDim)), Span(detail, style),
        ]
    }
}
