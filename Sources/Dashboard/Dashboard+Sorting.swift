internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Scenarios
internal import Timeline

// MARK: - In which order the rows of a pane stand

/// By what the rows of a pane are sorted.
struct SortOrder: Equatable, Sendable {
    /// The place of the column among those that the pane can be sorted by; 0 is the usual order.
    var column = 0
    var isReversed = false
}

extension Dashboard {
    /// What the rows of a pane can be sorted by, the usual order first; nothing where their order is their meaning.
    static func sortColumns(of pane: Pane) -> [String] {
        switch pane {
        case .pool: ["start", "id", "strategy", "phase", "done", "errors", "age"]
        case .inFlight: ["deadline", "broadcast", "node", "sent"]
        case .closest: ["distance", "state", "rtt", "hops"]
        case .log, .queue, .map, .state, .metrics, .breakpoints, .watches, .convergence, .ladder, .branches, .beside: []
        }
    }

    /// The words for the order of a pane, where it is not the usual one.
    func sortWords(_ pane: Pane) -> String {
        guard let order = orders[pane], order != SortOrder() else { return "" }
        return "by \(Self.sortColumns(of: pane)[order.column])\(order.isReversed ? ", last first" : "")"
    }

    /// Sorts the pane that has the keys by the next column.
    mutating func sortByNext() {
        changeOrder { $0 = SortOrder(column: ($0.column + 1) % $1) }
    }

    /// Turns the order of the pane that has the keys round.
    mutating func sortReversed() {
        changeOrder { (order, _) in order.isReversed.toggle() }
    }

    private mutating func changeOrder(_ change: (inout SortOrder, Int) -> Void) {
        let columns = Self.sortColumns(of: focus)
        guard !columns.isEmpty else {
            message = "\(focus.title) has one order only; Pool, In-flight and Closest can be sorted"
            return
        }
        change(&orders[focus, default: SortOrder()], columns.count)
        observe()
        let order = orders[focus] ?? SortOrder()
        message =
            "\(focus.title) by \(columns[order.column])\(order.isReversed ? ", last first" : "");"
            + " \(keys.name(of: .sortNext)) the next column, \(keys.name(of: .sortReverse)) the other way round"
    }

    /// Sorts the rows that were just looked at.
    mutating func sortRows() {
        if let order = orders[.pool], order != SortOrder() {
            observation.pool = sorted(observation.pool, order) { a, b in
                switch order.column {
                case 1: a.entry.id.name < b.entry.id.name
                case 2: a.entry.strategy.title < b.entry.strategy.title
                case 3: a.phase.place < b.phase.place
                case 4: (a.progress?.done ?? -1) < (b.progress?.done ?? -1)
                case 5: a.errors < b.errors
                case 6: a.age < b.age
                default: false
                }
            }
        }
        if let order = orders[.inFlight], order != SortOrder() {
            observation.requests = sorted(observation.requests, order) { a, b in
                switch order.column {
                case 1: a.name.id.name < b.name.id.name
                case 2: a.node.key < b.node.key
                case 3: (a.sent ?? .start) < (b.sent ?? .start)
                default: false
                }
            }
        }
    }

    /// The nodes in the order of the pane Closest.
    func sorted(_ rows: [Observation.NodeRow]) -> [Observation.NodeRow] {
        guard let order = orders[.closest], order != SortOrder() else { return rows }
        return sorted(rows, order) { a, b in
            switch order.column {
            case 1: a.status.word < b.status.word
            case 2: (a.roundTrip ?? .zero) < (b.roundTrip ?? .zero)
            case 3: (a.hops ?? -1) < (b.hops ?? -1)
            default: false
            }
        }
    }

    /// Rows in an order; those that are alike stay as they stood.
    private func sorted<Row>(_ rows: [Row], _ order: SortOrder, by isBefore: (Row, Row) -> Bool) -> [Row] {
        let places = rows.indices.sorted { isBefore(rows[$0], rows[$1]) || (!isBefore(rows[$1], rows[$0]) && $0 < $1) }
        return (order.isReversed ? places.reversed() : places).map { rows[$0] }
    }
}
