internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Theming
internal import Timeline

// MARK: - The figures below the broadcasts, where there is room for them

extension PaneDrawing {
    /// Whether the pane Pool has room for figures of all broadcasts.
    static func showsPoolFigures(_ inner: Rect) -> Bool { inner.rows >= 14 && inner.columns >= 50 }

    /// The width of the words beside the course of the events.
    static let poolCourseLabel = 11
}

extension Dashboard {
    /// Two lines: how the broadcasts that are over went, and the events over the time.
    func drawPoolFigures(_ drawing: PaneDrawing, on canvas: inout Canvas) {
        guard PaneDrawing.showsPoolFigures(drawing.inner), let metrics = figures.metrics, drawing.summary.rows == 3 else { return }
        let durations = metrics.strategies.reduce(Latencies([])) { $0.merged(with: $1.durations) }
        func time(_ percent: Int) -> String { durations.percentile(percent).map(Words.length) ?? String(drawing.look.glyphs.dot) }
        let (label, value) = (drawing.style(.textDim), drawing.style(.textStrong))
        drawing.write(
            [
                Span(" done ", label), Span("\(durations.count)", value), Span("  p50 ", label), Span(time(50), value),
                Span("  p95 ", label),
                Span(time(95), value), Span("  stores ok ", label), Span(Words.percent(metrics.stores.successRate), value),
            ], on: &canvas, at: drawing.summary.line(1))
        let line = drawing.summary.line(2)
        canvas.write(" events/s", at: line.origin, style: label)
        drawing.drawBars(
            metrics.events.bars.map { Double($0) }, highest: Double(metrics.events.highest), on: &canvas,
            at: line.split(columns: PaneDrawing.poolCourseLabel - 1).right)
    }
}
