internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Museum
internal import Queries
internal import Scenarios
internal import Simulation
internal import Theming
internal import Timeline

// MARK: - The pane Beside: the same run by the rules of the other pool, the reference's or ours

extension Dashboard {
    /// The run of the other pool, up to the time that is shown, and how both stand.
    struct Beside: Sendable {
        /// The run of the other pool, as it goes by itself.
        var history: History<Scenario.World>
        /// The broadcasts: how each stands here and there.
        var lines: [(id: OperationID, here: String, there: String, differs: Bool)] = []
    }

    /// Looks again at the run of the other pool, if the pane shows it.
    mutating func updateBeside() {
        guard isVisible(.beside) else { return }
        guard var other = beside else { return }
        let end = observation.now.firstMomentPast
        other.history.go(to: history.position == 0 ? 0 : other.history.stepCount(before: end))
        let views = [history.view, other.history.look()]
        other.lines = (history.journal.entries.map(\.id) + other.history.journal.entries.map(\.id)).unique.map { id in
            var (here, there) = (standing(of: id, in: history, views[0]), standing(of: id, in: other.history, views[1]))
            let records = [history, other.history].map { $0.journal.entry(id)?.record.name }
            if let one = records[0], let another = records[1], one != another {
                (here, there) = ("\"\(one)\": \(here)", "\"\(another)\": \(there)")
            }
            return (id, here, there, here != there)
        }
        beside = other
    }

    /// How a broadcast stands at the position of a history.
    private func standing(of id: OperationID, in history: History<Scenario.World>, _ view: NetworkPoolView) -> String {
        guard let entry = history.journal.entry(id) else { return "not started" }
        let words = plainWords
        switch entry.end {
        case .rejected(let reason): return "refused: \(reason)"
        case .finished(let outcome):
            func list(_ nodes: [NetworkNode]) -> String { nodes.map { words.shortKey($0.key) }.joined(separator: " ") }
            let failed = outcome.errors.map { "\(words.shortKey($0.node.key)): \($0.error)" }.joined(separator: ", ")
            let parts = ["\(outcome.reason.words)", "contacted \(outcome.contacted.isEmpty ? "nobody" : list(outcome.contacted))"]
            return (parts + (failed.isEmpty ? [] : ["failed \(failed)"])).joined(separator: "; ")
        case nil:
            guard let view = view.broadcast(id) else { return "gone, and never finished" }
            let stored = view.stores.count { $0.status == .stored }
            let known = view.query?.candidates.count ?? 0
            switch view.phase {
            case .queued: return "in line for a lookup"
            case .finding: return "looking: \(known) known"
            case .storing, .awaitingStores: return "storing: \(stored) of \(view.stores.count) stored"
            }
        }
    }

    func drawBeside(_ drawing: inout PaneDrawing, on canvas: inout Canvas) {
        let (here, there) =
            scenario.rules == .strict ? ("here, our pool", "the reference's pool") : ("here, the reference's pool", "our pool")
        let broken = (history.violations + (beside?.history.violations ?? [])).filter {
            $0.step <= max(history.position, beside?.history.position ?? 0)
        }
        drawing.drawFrame(
            on: &canvas,
            count: scenario.exhibit.map { "\($0.id): \($0.title)   Enter tells the story" } ?? "both as they go by themselves")
        let lines = beside?.lines ?? []
        guard !lines.isEmpty else {
            drawing.drawEmpty(
                scenario.exhibit.map { "\($0.story) s takes the first step." }
                    ?? "The same run by the rules of the Go code, with its known flaws, will stand here beside ours.", on: &canvas)
            return
        }
        let idWidth = min(12, lines.map { $0.id.name.columns }.max() ?? 2)
        let room = drawing.inner.columns - 3 - idWidth
        let table = TextTable(
            [
                TableColumn(title: "bc", width: max(2, idWidth)), TableColumn(title: here, width: room / 2),
                TableColumn(title: there, width: room - room / 2 - 1),
            ], width: drawing.inner.columns - 1)
        let (selected, first) = (selectedRow(.beside), scroll[.beside] ?? 0)
        drawing.drawTable(
            table, count: lines.count, from: first, on: &canvas, isSelected: { $0 == selected },
            cells: {
                let style = drawing.style(lines[$0].differs ? .textStrong : .text)
                return [Span(lines[$0].id.name, style), Span(lines[$0].here, style), Span(lines[$0].there, style)]
            })
        drawBroken(broken, from: lines.count - first + 1, drawing, on: &canvas)
    }

    private func drawBroken(_ violations: [Violation], from line: Int, _ drawing: PaneDrawing, on canvas: inout Canvas) {
        var line = line
        var told: Set<InvariantID> = []
        for violation in violations where told.insert(violation.law).inserted {
            for text in "\(violation.law.rawValue) is broken at step \(violation.step): \(violation.why)".wrapped(
                to: drawing.rows.columns - 2)
            {
                guard line < drawing.rows.rows else { return }
                canvas.write(text, at: drawing.rows.line(line).origin.moved(columns: 1), style: drawing.style(.stateFailed))
                line += 1
            }
        }
    }

    /// Tells the story of the exhibit, with the sentence of the documentation that does not hold.
    mutating func showExhibit() {
        guard let exhibit = scenario.exhibit else {
            message = "this run is no exhibit; kadscope T1 to T6 open the museum"
            return
        }
        var lines = [Dialog.Line(text: exhibit.story), Dialog.Line(text: "")]
        lines.append(Dialog.Line(text: "What the reference's documentation says, and does not hold here:", isStrong: true))
        lines.append(Dialog.Line(text: "  \"\(exhibit.quotation)\""))
        lines.append(Dialog.Line(text: ""))
        lines.append(Dialog.Line(text: "The flaw is \(exhibit.flaw). Where laws are broken:", isStrong: true))
        for violation in history.violations {
            lines.append(Dialog.Line(text: "  step \(violation.step): \(violation.law.rawValue): \(violation.why)", step: violation.step))
        }
        dialog = Dialog(title: "\(exhibit.id): \(exhibit.title)", lines: lines)
        dialog?.selected = lines.firstIndex { $0.step != nil } ?? 0
    }
}

extension Array where Element: Hashable {
    /// The elements, each at its first place.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
