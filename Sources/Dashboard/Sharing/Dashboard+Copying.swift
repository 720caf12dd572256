internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Kademlia
internal import Scenarios
internal import Simulation
internal import Theming
internal import Timeline

// MARK: - What is copied of the selected thing

extension Dashboard {
    /// What is copied of the selected thing.
    enum Copied: Sendable {
        /// What one wants to paste elsewhere: a key, a line, a name.
        case field
        /// Its row as text, all columns of it, also those that there is no room for.
        case row
    }

    mutating func copy(_ what: Copied) -> Effect {
        let clipping =
            switch what {
            case .field: selection.map(field)
            case .row: selectedRowText.map { Clipping(text: $0, name: "the row") } ?? selection.map(field)
            }
        guard let clipping else {
            message = "nothing is selected in \(focus.title) that could be copied"
            return .draw
        }
        return .copy(clipping)
    }

    /// The part of a thing that one wants to paste elsewhere.
    private func field(of selection: Selection) -> Clipping {
        switch selection {
        case .broadcast(let entry): Clipping(text: entry.target.shown(scenario.keyBits), name: "the target of \(entry.id)")
        case .request(let request): keyClipping(request.node)
        case .message(let message): keyClipping(message.node)
        case .node(let row, of: _): keyClipping(row.node)
        case .step(let number):
            Clipping(
                text: PlainText(scenario).line(of: history.step(number)).split(separator: " ").joined(separator: " "),
                name: "step \(number)")
        case .branch(let id):
            Clipping(text: history.branch(id).map(title) ?? "\(id)", name: "the name of branch \(id)")
        case .breakpoint(let breakpoint): Clipping(text: "\(breakpoint.filter)", name: "the filter of breakpoint \(breakpoint.id)")
        case .watch(let watch): Clipping(text: "\(watch.watch)", name: "watch w\(watch.id)")
        }
    }

    private func keyClipping(_ node: NetworkNode) -> Clipping {
        Clipping(text: node.key.shown(scenario.keyBits), name: "the key of node \(choiceWords.node(node.index))")
    }

    /// The selected row of the pane that has the keys, if it has a table.
    private var selectedRowText: String? {
        let rows = PaneRows(onlySelected: true)
        record(focus, in: rows)
        let lines = rows.rows.map { cells in cells.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: "  ") }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
