internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Kademlia
internal import Scenarios
internal import Simulation
internal import Theming
internal import Timeline

// MARK: - The pane Watches: the values that are watched, and how they went

/// The values of all watches over the branch, as far as they were followed.
struct FollowedWatches: Sendable {
    /// A line of the pane: a watch, and one of the broadcasts that it has found.
    struct Row: Sendable {
        let watch: Dashboard.NumberedWatch
        /// How the value went; `nil` for a watch that has found no broadcast so far.
        let line: WatchCourse.Line?
        /// The place in the line of the value that holds at the position.
        let place: Int

        /// What tells it from all others.
        var name: Name { Name(watch: watch.id, broadcast: line?.id) }
    }

    /// A row's name.
    struct Name: Hashable, Sendable {
        let watch: Int
        let broadcast: OperationID?
    }

    /// The courses, by the numbers of their watches.
    var courses: [WatchCourse] = []
    /// The numbers of the watches that they are of.
    var ids: [Int] = []
    /// The choices of the branch that they were followed on.
    var deviations: [Deviation] = []
    /// The selected row; `nil` is the first one.
    var selected: Name?

    /// How much is gone over at once: some hundred steps of a small run, fewer of a large one.
    static let effortAtOnce = 20_000

    /// Takes the watches that there are now, and forgets what is of another branch.
    mutating func prepare(for watches: [Dashboard.NumberedWatch], on branch: Branch) {
        if ids != watches.map(\.id) {
            courses = watches.map { watch in ids.firstIndex(of: watch.id).map { courses[$0] } ?? WatchCourse(of: watch.watch) }
            ids = watches.map(\.id)
        }
        guard deviations != branch.deviations else { return }
        let shared = branch.agreement(with: deviations)
        for place in courses.indices { courses[place].cut(at: shared) }
        deviations = branch.deviations
    }
}

extension Dashboard {
    /// Follows the watches up to the position, if they can be seen: some steps at once.
    mutating func followWatches() {
        guard isVisible(.watches) else { return }
        followed.prepare(for: watches, on: history.branch)
        history.follow(&followed.courses, effort: FollowedWatches.effortAtOnce)
    }

    /// Whether the watches that can be seen have steps to catch up with.
    var isFollowing: Bool {
        isVisible(.watches) && followed.courses.contains { $0.position < history.position }
    }

    /// The rows of the pane: those of each watch together.
    var watchRows: [FollowedWatches.Row] {
        watches.flatMap { watch -> [FollowedWatches.Row] in
            let course = followed.ids.firstIndex(of: watch.id).map { followed.courses[$0] }
            let rows = (course?.lines ?? []).compactMap { line in
                line.place(at: history.position).map { FollowedWatches.Row(watch: watch, line: line, place: $0) }
            }
            return rows.isEmpty ? [FollowedWatches.Row(watch: watch, line: nil, place: 0)] : rows
        }
    }

    func drawWatches(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let rows = watchRows
        let selected = selectedRow(.watches)
        var count = rows.isEmpty ? [] : ["\(selected + 1) of \(rows.count)"]
        if isFollowing, let step = followed.courses.map(\.position).min() {
            count.insert("looked at \(step) of \(history.position) steps", at: 0)
        }
        drawing.drawFrame(on: &canvas, count: count.joined(separator: "   "))
        guard !rows.isEmpty else {
            drawing.drawEmpty(
                "No value is watched. :watch best b1 watches how near the nearest node is that b1 knows, :watch phase how far every broadcast "
                    + "is; \(Measure.allCases.map(\.rawValue).joined(separator: ", ")) can be watched. A run stops where a watched value changes.",
                on: &canvas)
            return
        }
        let values = rows.map { (now: text(value: 0, of: $0, drawing.words), before: text(value: 1, of: $0, drawing.words)) }
        // As wide as any value, so that nothing moves while stepping.
        let valueWidth = 9
        let stepWidth = max(4, "\(history.stepCount)".columns)
        let ids = (scenario.broadcasts.map(\.id) + rows.compactMap { $0.line?.id }).map { $0.name.columns }.max() ?? 0
        let table = TextTable(
            [
                TableColumn(title: "no", width: 3, alignment: .right), TableColumn(title: "", width: 1),
                TableColumn(title: "", width: 3, priority: 5),
                TableColumn(title: "value", width: 8), TableColumn(title: "of", width: max(3, min(12, ids))),
                TableColumn(title: "is", width: valueWidth), TableColumn(title: "was", width: valueWidth, priority: 4),
                TableColumn(title: "step", width: stepWidth, alignment: .right, priority: 1),
                TableColumn(title: "up to here", width: 10, priority: 3, grows: true),
            ], width: drawing.inner.columns - 1)
        let room = table.width(of: "up to here")
        drawing.drawTable(
            table, count: rows.count, from: scroll[.watches] ?? 0, on: &canvas, isSelected: { $0 == selected },
            cells: { cells(of: rows[$0], values[$0], room, drawing) })
    }

    private func cells(of row: FollowedWatches.Row, _ values: (now: String, before: String), _ room: Int, _ drawing: PaneDrawing) -> [Span]
    {
        let (glyphs, watch) = (drawing.look.glyphs, row.watch)
        let style = drawing.style(watch.isEnabled ? .text : .textDim)
        let point = row.line?.points[row.place]
        let isNew = point?.step == history.position
        return [
            Span("w\(watch.id)", style), Span(watch.isEnabled ? String(glyphs.breakpoint) : " ", drawing.style(.timelineBreakpoint)),
            Span(watch.isEnabled ? "on" : "off", style), Span(watch.watch.measure.rawValue, drawing.style(.textStrong)),
            Span(row.line?.id.name ?? "any", style),
            Span(values.now, drawing.style(isNew ? .diffAdd : point?.value == nil ? .textDim : .textStrong)),
            Span(values.before, drawing.style(.textDim)), Span(point.map { "\($0.step)" } ?? "", drawing.style(.logStep)),
            row.line.map { spark(of: $0, bars: room, drawing) } ?? Span("", style),
        ]
    }

    /// A value of a row in words: 0 is the one that holds, 1 the one before it.
    private func text(value back: Int, of row: FollowedWatches.Row, _ words: Words) -> String {
        guard let line = row.line else { return back == 0 ? "not yet" : "" }
        guard row.place >= back else { return "" }
        switch line.points[row.place - back].value {
        case .count(let count): return "\(count)"
        case .distance(let distance): return words.distance(distance, groups: 2)
        case .phase(let phase): return WatchValue.phase(phase).text(keyBits: scenario.keyBits)
        case nil: return back == 0 && history.journal.entry(line.id)?.end != nil ? "over" : "none"
        }
    }

    /// The values up to the position, a bar for as many steps as are needed: the last value of them.
    private func spark(of line: WatchCourse.Line, bars: Int, _ drawing: PaneDrawing) -> Span {
        let heights = line.points.prefix { $0.step <= history.position }.compactMap { $0.value?.height(keyBits: scenario.keyBits) }
        // Distances differ in a few of many bits: what they have in common is left out.
        let isDistance = line.points.contains { $0.value?.distance != nil }
        let ground = isDistance ? (heights.min() ?? 0) - 1 : 0
        let values = course(of: line, bars: bars).map { $0.map { $0 - ground } }
        return drawing.spark(values, highest: (heights.max() ?? 0) - ground)
    }

    private func course(of line: WatchCourse.Line, bars: Int) -> [Double?] {
        guard bars > 0, history.position > 0 else { return [] }
        let length = Self.stepsPerBar(history.position, bars: bars)
        var place: Int?
        return stride(from: length, to: history.position + length, by: length).map { end in
            let end = min(end, history.position)
            var next = place.map { $0 + 1 } ?? 0
            while next < line.points.count, line.points[next].step <= end {
                place = next
                next += 1
            }
            return place.flatMap { line.points[$0].value?.height(keyBits: scenario.keyBits) }
        }
    }

    /// 1, 2, 5, 10, … steps, so that so many bars are enough.
    private static func stepsPerBar(_ steps: Int, bars: Int) -> Int {
        var power = 1
        while true {
            for digit in [1, 2, 5] where (steps + digit * power - 1) / (digit * power) <= bars { return digit * power }
            power *= 10
        }
    }

    // MARK: Selecting

    var watchesRowCount: Int { watchRows.count }

    var selectedWatchesRow: Int { watchRows.firstIndex { $0.name == followed.selected } ?? 0 }

    mutating func selectWatches(row: Int) { followed.selected = watchRows[safe: row]?.name }

    var selectionInWatches: Selection? { watchRows[safe: selectedWatchesRow].map { .watch($0.watch) } }

    /// Goes to the last change of the selected value; from there to the one before.
    mutating func openSelectedWatch() {
        guard let row = watchRows[safe: selectedWatchesRow] else {
            message = "no value is watched yet; :watch VALUE watches one, such as :watch best b1"
            return
        }
        followed.selected = row.name
        guard let line = row.line, let place = line.place(at: history.position - (line.points[row.place].step == history.position ? 1 : 0))
        else {
            message = "it has not changed before"
            return
        }
        go(to: line.points[place].step)
        selectedStep = nil
        message = "w\(row.watch.id), \(row.watch.watch.measure.rawValue) of \(line.change(at: place).text(keyBits: scenario.keyBits))"
    }
}

extension WatchValue {
    /// How high its bar is: a number as it is; of a distance, the number of its bits from the first 1 on, for keys of so many bits; the
    /// place of a phase.
    func height(keyBits: Int) -> Double {
        switch self {
        case .count(let count): return Double(count)
        case .distance(let distance): return Double(max(0, keyBits - distance.leadingZeroBitCount))
        case .phase(let phase):
            switch phase {
            case .queued: return 1
            case .finding: return 2
            case .storing: return 3
            case .awaitingStores: return 4
            }
        }
    }
}
