internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Queries
internal import Scenarios
internal import Simulation
internal import Theming
internal import Timeline

// MARK: - The pane Metrics: how much happens, how well the requests go, how long they take, and who is slow

extension Dashboard {
    /// Works out anew what is shown of the figures and the watches, if it can be seen.
    mutating func updateFigures() {
        if let inner = layout.panes[.metrics]?.inset() {
            figures.update(
                history, bars: MetricsFigures.bars(in: inner), replication: size.columns >= 100 ? scenario.pool.queries.replication : nil)
        } else if let pool = layout.panes[.pool], PaneDrawing.showsPoolFigures(pool.inset()) {
            figures.update(history, bars: pool.inset().columns - PaneDrawing.poolCourseLabel)
        }
        followWatches()
    }

    func drawMetrics(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        guard let metrics = figures.metrics, history.position > 0 else {
            drawing.drawFrame(on: &canvas, count: "")
            drawing.drawEmpty(
                "How many events happen, how many requests are answered and how long that takes will stand here. Press s to take the first "
                    + "step, space to run.", on: &canvas)
            return
        }
        let inner = drawing.inner
        let sections = MetricsFigures.sections(figures.view, in: inner)
        let hasList = sections.contains { $0.section == .slowest }
        let hasCourses = sections.contains { $0.section == .overview || $0.section == .events }
        var count = hasCourses ? ["one bar \(Words.length(metrics.events.length))"] : []
        if hasList, !metrics.slowest.isEmpty { count.append("\(selectedMetricsRow + 1) of \(metrics.slowest.count)") }
        let title = MetricsFigures.showsEverything(inner) ? "" : "\(figures.view.rawValue), v: others"
        drawing.drawFrame(on: &canvas, title: title, count: count.joined(separator: "   "))
        for (section, rect) in sections {
            let part = drawing.part(rect)
            switch section {
            case .overview: drawOverview(metrics, part, hasCourses: !MetricsFigures.showsEverything(inner), on: &canvas)
            case .latency: drawLatency(metrics, part, on: &canvas)
            case .histogram: drawHistogram(metrics, part, on: &canvas)
            case .strategies: drawStrategies(metrics, part, on: &canvas)
            case .events: drawCourse(metrics.events, "events in \(Words.length(metrics.events.length))", part, on: &canvas)
            case .inFlight: drawCourse(metrics.inFlight, "requests in flight", part, on: &canvas)
            case .slowest: drawSlowest(metrics, part, on: &canvas)
            }
        }
    }

    // MARK: What can be selected: the slowest requests

    /// The lines of the list of the slowest requests; 0 where it is not shown.
    var metricsListRows: Int {
        guard let inner = layout.panes[.metrics]?.inset() else { return 0 }
        let rect = MetricsFigures.sections(figures.view, in: inner).first { $0.section == .slowest }?.rect
        return rect.map { max(0, $0.rows - (PaneDrawing.listHasTitles($0) ? 1 : 0)) } ?? 0
    }

    var metricsRowCount: Int { metricsListRows > 0 ? figures.metrics?.slowest.count ?? 0 : 0 }

    var selectedMetricsRow: Int {
        metricsRowCount == 0 ? 0 : figures.metrics?.slowest.firstIndex { $0.call.sent.step == figures.selected } ?? 0
    }

    mutating func selectMetrics(row: Int) { figures.selected = figures.metrics?.slowest[safe: row]?.call.sent.step }

    /// The selected request, where there is a list.
    private var selectedCall: Call.Standing? { metricsRowCount > 0 ? figures.metrics?.slowest[safe: selectedMetricsRow] : nil }

    var selectionInMetrics: Selection? {
        selectedCall.map { standing in
            let call = standing.call
            return .request(
                Observation.Request(
                    name: .init(id: call.id, node: call.node.index, isStore: call.kind == .store), node: call.node, sent: call.sent.time,
                    deadline: call.deadline))
        }
    }

    /// Goes to the step that ended the selected request, or to the one that sent it.
    mutating func openSelectedCall() {
        guard let standing = selectedCall else {
            message =
                history.position == 0
                ? "nothing has happened yet; \(keys.name(of: .stepForward)) takes a step"
                : "\(keys.name(of: .view)) shows the slowest requests; \(keys.name(of: .open)) goes to one"
            return
        }
        let call = standing.call
        figures.selected = call.sent.step
        go(to: standing.end ?? call.sent.step)
        selectedStep = nil
        let what = "\(call.id) \(call.kind.word) \(plainWords.key(call.node.key)), sent at step \(call.sent.step)"
        message = standing.end == nil ? "\(what), has no answer so far" : "\(what), after \(Words.length(standing.duration))"
    }

    /// Shows another part of the figures first.
    mutating func changeMetricsView() {
        guard let inner = layout.panes[.metrics]?.inset(), !MetricsFigures.showsEverything(inner) else {
            message = "all figures are shown here"
            return
        }
        let all = MetricsFigures.View.allCases
        figures.view = all[((all.firstIndex(of: figures.view) ?? 0) + 1) % all.count]
        message = "Metrics: \(figures.view.rawValue)"
    }
}

extension Call.Kind {
    /// The word for it.
    var word: String {
        switch self {
        case .find: "FIND"
        case .store: "STORE"
        }
    }

    /// The role that it is drawn in.
    var role: Role {
        switch self {
        case .find: .phaseFind
        case .store: .phaseStore
        }
    }
}

extension NodeStatus {
    /// How a broadcast stands with the node of a request.
    init(_ standing: Call.Standing) {
        let isStore = standing.call.kind == .store
        switch standing.fate {
        case .waiting: self = isStore ? .storing : .asked
        case .answered: self = isStore ? .stored : .answered
        case .failed(let error): self = isStore ? .storeFailed(error) : .findFailed(error)
        case .timedOut: self = isStore ? .storeFailed(.timedOut) : .noAnswer
        case .abandoned: self = isStore ? .unanswered : .unneeded
        }
    }
}
