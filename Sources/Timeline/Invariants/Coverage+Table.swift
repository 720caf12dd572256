internal import Broadcasts

extension Coverage: CustomStringConvertible {
    /// The table as plain text, in ASCII: a row for each strategy and phase, a column for each event, then the goals.
    public var description: String {
        var rows = [["strategy, phase"] + EventKind.allCases.map(\.rawValue)]
        for strategy in BroadcastStrategy.allCases {
            for phase in Cell.phases {
                let cells = EventKind.allCases.map { text(strategy, phase, $0) }
                guard cells.contains(where: { $0 != "." }) else { continue }
                rows.append(["\(strategy.rawValue), \(phase?.title ?? "not running")"] + cells)
            }
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.indices.map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count) }.joined(separator: "  ").trimmed
        }
        let total = Cell.possible.count
        let head = "\(total - missing.count) of \(total) cells in \(steps) steps; taken/late/ignored, . cannot come up, - has not"
        let goals = Goal.allCases.map { "\(count(of: $0) == 0 ? "-" : "\(count(of: $0))") \($0.rawValue)" }.joined(separator: ", ")
        return ([head] + lines + ["goals: \(goals)"]).joined(separator: "\n")
    }

    /// How often an event was taken, came late, and was ignored.
    private func text(_ strategy: BroadcastStrategy, _ phase: Cell.Phase?, _ event: EventKind) -> String {
        let cells = Reception.allCases.map { Cell(strategy, phase, event, $0) }
        guard cells.contains(where: \.canComeUp) else { return "." }
        return cells.map { cell in
            let count = count(of: cell)
            return count > 0 ? "\(count)" : cell.canComeUp ? "-" : "."
        }.joined(separator: "/")
    }
}

extension String {
    /// The text without the spaces at its end.
    fileprivate var trimmed: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
