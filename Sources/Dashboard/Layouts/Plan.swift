internal import Canvas

/// How a part of the screen is divided.
indirect enum Plan: Sendable {
    /// A pane of its own.
    case pane(Pane)
    /// The place of all panes that have none of their own, one of them at a time.
    case tabs
    /// Parts above each other, each with its share of the height.
    case rows([(share: Int, plan: Plan)])
    /// Parts beside each other, each with its share of the width.
    case columns([(share: Int, plan: Plan)])

    /// The panes that have a place of their own, in reading order.
    var panes: [Pane] {
        switch self {
        case .pane(let pane): [pane]
        case .tabs: []
        case .rows(let parts), .columns(let parts): parts.flatMap(\.plan.panes)
        }
    }

    /// The places of the panes in a rectangle, in reading order; `tab` stands in the place of the tabs.
    func places(in rect: Rect, tab: Pane) -> [(pane: Pane, rect: Rect)] {
        switch self {
        case .pane(let pane): return [(pane, rect)]
        case .tabs: return [(tab, rect)]
        case .rows(let parts):
            var rest = rect
            return Self.lengths(rect.rows, parts.map(\.share)).enumerated().flatMap { index, rows in
                let (part, below) = rest.split(rows: rows)
                rest = below
                return parts[index].plan.places(in: part, tab: tab)
            }
        case .columns(let parts):
            var rest = rect
            return Self.lengths(rect.columns, parts.map(\.share)).enumerated().flatMap { index, columns in
                let (part, right) = rest.split(columns: columns)
                rest = right
                return parts[index].plan.places(in: part, tab: tab)
            }
        }
    }

    /// A length in parts by their shares; no cell is left over.
    private static func lengths(_ length: Int, _ shares: [Int]) -> [Int] {
        let total = shares.reduce(0, +)
        var sum = 0
        return shares.map { share in
            let start = sum * length / total
            sum += share
            return sum * length / total - start
        }
    }
}
