internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Scenarios
internal import Theming
internal import Timeline

// MARK: - The parts of the pane Metrics

extension Dashboard {
    /// Four lines: the events, the requests in flight, how many are answered well, and how fast.
    func drawOverview(_ metrics: Metrics, _ drawing: PaneDrawing, hasCourses: Bool, on canvas: inout Canvas) {
        let inner = drawing.inner
        let isWide = inner.columns >= 64
        let width = hasCourses ? max(0, MetricsFigures.overviewCourseWidth(inner.columns)) : 0
        func line(_ row: Int, _ label: String, _ figures: [Span]) {
            guard row < inner.rows else { return }
            let (head, rest) = inner.line(row).split(columns: MetricsFigures.labelWidth)
            canvas.write(" \(label)", at: head.origin, style: drawing.style(.textDim))
            drawing.write(figures, on: &canvas, at: rest.split(columns: width == 0 ? 0 : width + 1).right)
        }
        func strong(_ text: String) -> Span { Span(text, drawing.style(.textStrong)) }
        func plain(_ text: String) -> Span { Span(text, drawing.style(.textDim)) }
        let mean = metrics.eventsPerSecond.map { "\(Words.number($0))/s" } ?? String(drawing.look.glyphs.dot)
        var events = [strong(mean), plain(" mean")]
        if isWide { events += [plain(", "), strong("\(metrics.eventsInLastSecond)"), plain(" in the last second")] }
        line(0, "events", events)
        let now = isWide ? " now, at most " : ", at most "
        line(1, "in flight", [strong("\(metrics.all.waiting)"), plain(now), strong("\(metrics.inFlight.highest)")])
        var success = [strong(Words.percent(metrics.all.successRate))]
        if isWide {
            success += [plain("  finds "), strong(Words.percent(metrics.finds.successRate))]
            success += [plain("  stores "), strong(Words.percent(metrics.stores.successRate))]
        }
        line(2, "success", success)
        if hasCourses {
            func place(_ row: Int) -> Rect { inner.line(row).split(columns: MetricsFigures.labelWidth).right.split(columns: width).left }
            drawing.drawBars(metrics.events.bars.map { Double($0) }, highest: Double(metrics.events.highest), on: &canvas, at: place(0))
            drawing.drawBars(metrics.inFlight.bars.map { Double($0) }, highest: Double(metrics.inFlight.highest), on: &canvas, at: place(1))
            if let rate = metrics.all.successRate { drawing.drawShare(rate, on: &canvas, at: place(2)) }
        }
        drawPercentiles(metrics, drawing, on: &canvas, at: inner.line(3))
    }

    /// The percentiles of all answers, and what was slowest, as far as there is room.
    private func drawPercentiles(_ metrics: Metrics, _ drawing: PaneDrawing, on canvas: inout Canvas, at line: Rect) {
        let (head, rest) = line.split(columns: MetricsFigures.labelWidth)
        guard !line.isEmpty else { return }
        canvas.write(" latency", at: head.origin, style: drawing.style(.textDim))
        let latencies = metrics.all.latencies
        guard latencies.count > 0 else {
            canvas.write("no request has been answered yet", at: rest.origin, style: drawing.style(.textDim), width: rest.columns)
            return
        }
        // In a narrow place the percentiles in between give way.
        let percents = rest.columns >= 84 ? Latencies.usualPercents : rest.columns >= 44 ? [50, 90, 95, 99] : [50, 95, 99]
        var spans: [Span] = []
        for percent in percents {
            let time = latencies.percentile(percent).map(Words.length) ?? ""
            spans.append(Span("p\(percent) ", drawing.style(.textDim)))
            spans.append(Span(percents.count == 3 ? "\(time) " : time.padded(to: 7), drawing.style(.textStrong)))
        }
        let used = spans.reduce(0) { $0 + $1.text.columns }
        if let slowest = metrics.slowest.first, rest.columns - used >= 20 {
            let status = NodeStatus(slowest)
            spans += [
                Span("max ", drawing.style(.textDim)), Span(Words.length(slowest.duration), drawing.style(.textStrong)),
                Span(" \(drawing.words.shortKey(slowest.call.node.key))", drawing.style(.node)),
                Span(" \(slowest.call.id)", drawing.style(.text)),
            ]
            // The glyph does not stand without its word.
            let state = " \(status.glyph(drawing.look.glyphs)) \(status.word)"
            if spans.reduce(state.columns, { $0 + $1.text.columns }) <= rest.columns {
                spans.append(Span(state, drawing.style(status.role)))
            }
        }
        drawing.write(spans, on: &canvas, at: rest)
    }

    /// A table of both kinds, and the histogram in a line.
    func drawLatency(_ metrics: Metrics, _ drawing: PaneDrawing, on canvas: inout Canvas) {
        let inner = drawing.inner
        let percents: [(percent: Int, priority: Int)] = [(50, 0), (75, 5), (90, 3), (95, 0), (99, 1)]
        let table = TextTable(
            [
                TableColumn(title: "rpc", width: 5), TableColumn(title: "sent", width: 5, alignment: .right, priority: 2),
                TableColumn(title: "ok", width: 5, alignment: .right, priority: 6),
                TableColumn(title: "failed", width: 6, alignment: .right, priority: 7),
                TableColumn(title: "late", width: 5, alignment: .right, priority: 4),
                TableColumn(title: "awaited", width: 7, alignment: .right, priority: 8),
                TableColumn(title: "dropped", width: 7, alignment: .right, priority: 9),
            ] + percents.map { TableColumn(title: "p\($0.percent)", width: 6, alignment: .right, priority: $0.priority) },
            width: inner.columns - 1
        ).shifted(by: drawing.shift)
        table.drawTitles(on: &canvas, at: inner.line(0).split(columns: 1).right, style: drawing.style(.textDim))
        for (row, (kind, figures)) in [(Call.Kind.find, metrics.finds), (.store, metrics.stores)].enumerated() {
            func count(_ number: Int, _ role: Role) -> Span {
                number == 0 ? Span(String(drawing.look.glyphs.dot), drawing.style(.textDim)) : Span("\(number)", drawing.style(role))
            }
            let cells =
                [
                    Span(kind.word, drawing.style(kind.role)), count(figures.sent, .text), count(figures.answered, .stateAnswered),
                    count(figures.failed, .stateFailed), count(figures.timedOut, .stateFailed), count(figures.waiting, .stateWaiting),
                    count(figures.abandoned, .stateTodo),
                ]
                + percents.map { percent, _ in
                    Span(
                        figures.latencies.percentile(percent).map(Words.length) ?? String(drawing.look.glyphs.dot),
                        drawing.style(.textStrong))
                }
            table.draw(cells, on: &canvas, at: inner.line(row + 1).split(columns: 1).right, ellipsis: drawing.look.glyphs.ellipsis)
        }
        drawHistogramLine(metrics.all.latencies.histogram, drawing, on: &canvas, at: inner.line(3))
    }

    private func drawHistogramLine(_ bars: [Latencies.Bar], _ drawing: PaneDrawing, on canvas: inout Canvas, at line: Rect) {
        guard !line.isEmpty, !bars.isEmpty else { return }
        let (head, rest) = line.split(columns: 9)
        canvas.write(" answers", at: head.origin, style: drawing.style(.textDim))
        // Each bar two columns wide, so that one can tell them apart.
        let (place, words) = rest.split(columns: min(2 * bars.count, rest.columns))
        let cells = bars.flatMap { [Double($0.count), Double($0.count)] }
        drawing.drawBars(cells, highest: Double(bars.map(\.count).max() ?? 0), on: &canvas, at: place)
        let limits = bars.map { Words.length($0.limit) }.joined(separator: ", ")
        canvas.write(
            "  up to \(limits)".clipped(to: words.columns, ellipsis: drawing.look.glyphs.ellipsis), at: words.origin,
            style: drawing.style(.textDim))
    }

    /// How many answers took how long, a line for each bar.
    func drawHistogram(_ metrics: Metrics, _ drawing: PaneDrawing, on canvas: inout Canvas) {
        let inner = drawing.inner
        let all = metrics.all.latencies.histogram
        guard inner.rows >= 2, !all.isEmpty else { return }
        canvas.write(
            " answers that took up to", at: inner.origin, style: drawing.style(.textDim), width: inner.columns)
        // What there are no lines for is counted with the shortest that there is one for.
        let rows = inner.rows - 1
        let merged = all.dropLast(min(all.count, rows - 1)).reduce(0) { $0 + $1.count }
        let shown = all.suffix(rows)
        let counts = shown.enumerated().map { $0.offset == 0 && all.count > rows ? merged : $0.element.count }
        let highest = counts.max() ?? 0
        let digits = "\(highest)".columns
        for (row, (bar, count)) in zip(shown, counts).enumerated() {
            let line = inner.line(row + 1)
            canvas.write(
                Words.length(bar.limit).padded(to: 7, alignment: .right), at: line.origin, style: drawing.style(.text))
            canvas.write(
                "\(count)".padded(to: digits, alignment: .right), at: line.origin.moved(columns: 8),
                style: drawing.style(count == 0 ? .textDim : .textStrong))
            let (_, room) = line.split(columns: 9 + digits)
            drawing.drawBar(Double(count) / Double(max(1, highest)), on: &canvas, at: room)
        }
    }

    /// A line for each strategy.
    func drawStrategies(_ metrics: Metrics, _ drawing: PaneDrawing, on canvas: inout Canvas) {
        let inner = drawing.inner
        let table = TextTable(
            [
                TableColumn(title: "strategy", width: 10), TableColumn(title: "running", width: 7, alignment: .right),
                TableColumn(title: "done", width: 5, alignment: .right),
                TableColumn(title: "refused", width: 7, alignment: .right, priority: 7),
                TableColumn(title: "stored", width: 6, alignment: .right, priority: 2),
                TableColumn(title: "failed", width: 6, alignment: .right, priority: 3),
                TableColumn(title: "success", width: 7, alignment: .right, priority: 6),
                TableColumn(title: "held", width: figures.overlaps.isEmpty || size.columns < 100 ? 0 : 6, alignment: .right, priority: 8),
                TableColumn(title: "p50", width: 6, alignment: .right), TableColumn(title: "p95", width: 6, alignment: .right, priority: 1),
                TableColumn(title: "rpc/put", width: 7, alignment: .right, priority: 4),
            ], width: inner.columns - 1
        ).shifted(by: drawing.shift)
        table.drawTitles(on: &canvas, at: inner.line(0).split(columns: 1).right, style: drawing.style(.textDim))
        let dot = String(drawing.look.glyphs.dot)
        for (row, strategy) in metrics.strategies.enumerated() where row + 1 < inner.rows {
            func count(_ number: Int, _ role: Role) -> Span {
                number == 0 ? Span(dot, drawing.style(.textDim)) : Span("\(number)", drawing.style(role))
            }
            func time(_ percent: Int) -> Span {
                Span(strategy.durations.percentile(percent).map(Words.length) ?? dot, drawing.style(.textStrong))
            }
            let cells = [
                Span(strategy.strategy.title, drawing.style(.text)), count(strategy.running, .phaseStore),
                count(strategy.finished, .stateFinished),
                count(strategy.rejected, .stateFailed), count(strategy.stored, .stateStored), count(strategy.failed, .stateFailed),
                Span(strategy.storeRate.map { Words.percent($0) } ?? dot, drawing.style(.text)),
                Span(figures.overlaps[strategy.strategy].map { Words.percent($0) } ?? dot, drawing.style(.text)), time(50), time(95),
                Span(strategy.requestsPerBroadcast.map { Words.number($0) } ?? dot, drawing.style(.text)),
            ]
            table.draw(cells, on: &canvas, at: inner.line(row + 1).split(columns: 1).right, ellipsis: drawing.look.glyphs.ellipsis)
        }
    }

    /// A course with its title, as high as its place.
    func drawCourse(_ course: Course, _ title: String, _ drawing: PaneDrawing, on canvas: inout Canvas) {
        let (head, rest) = drawing.inner.split(rows: 1)
        canvas.write(" \(title), at most \(course.highest)", at: head.origin, style: drawing.style(.textDim), width: head.columns)
        let place = rest.split(columns: 1).right
        let width = max(1, place.columns / course.bars.count)
        drawing.drawBars(
            course.bars.flatMap { Array(repeating: Double($0), count: width) }, highest: Double(course.highest), on: &canvas, at: place)
    }

    /// The slowest requests, a line for each.
    func drawSlowest(_ metrics: Metrics, _ drawing: PaneDrawing, on canvas: inout Canvas) {
        let rows = metrics.slowest
        let hasTitles = PaneDrawing.listHasTitles(drawing.inner)
        let (head, list) = drawing.inner.split(rows: hasTitles ? 1 : 0)
        let part = drawing.part(list)
        guard !rows.isEmpty else {
            canvas.write("No request has been sent yet.", at: list.origin.moved(columns: 1), style: drawing.style(.textDim))
            return
        }
        let table = TextTable(
            [
                TableColumn(title: "slowest", width: 7, alignment: .right), TableColumn(title: "bc", width: idWidth()),
                TableColumn(title: "rpc", width: 5, priority: 2), TableColumn(title: "node", width: drawing.nodeWidth),
                TableColumn(title: "", width: 1), TableColumn(title: "state", width: 9),
                TableColumn(title: "of put", width: 6, alignment: .right, priority: 1),
                TableColumn(title: "sent", width: 6, alignment: .right, priority: 4),
                TableColumn(title: "ended", width: 6, alignment: .right, priority: 3),
                TableColumn(title: "", width: 8, priority: 5, grows: true),
            ], width: drawing.inner.columns - 1)
        if hasTitles {
            table.shifted(by: drawing.shift).drawTitles(on: &canvas, at: head.split(columns: 1).right, style: drawing.style(.textDim))
        }
        let selected = selectedMetricsRow
        part.drawTable(
            table, count: rows.count, from: scroll[.metrics] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { cells(of: rows[$0], longest: rows[0].duration, drawing) })
    }

    private func cells(of standing: Call.Standing, longest: Nanoseconds, _ drawing: PaneDrawing) -> [Span] {
        let (call, status, glyphs) = (standing.call, NodeStatus(standing), drawing.look.glyphs)
        let fraction = Double(standing.duration.count) / Double(max(1, longest.count))
        let full = Int((fraction * 8).rounded(.up))
        let style = drawing.look.theme.gradient(.spark, at: fraction)
        return [
            Span(Words.length(standing.duration), style), Span(call.id.name, drawing.style(.text)),
            Span(call.kind.word, drawing.style(call.kind.role)), Span(drawing.node(call.node), drawing.style(.node)),
            Span(String(status.glyph(glyphs)), drawing.style(status.role)), Span(status.word, drawing.style(status.role)),
            Span(Words.percent(figures.ledger.share(of: standing, at: history.position)), drawing.style(.text)),
            Span("\(call.sent.step)", drawing.style(.logStep)),
            Span(standing.end.map { "\($0)" } ?? String(glyphs.dot), drawing.style(.logStep)),
            Span(String(repeating: String(glyphs.barFull), count: full), style),
        ]
    }
}
