internal import Scenarios
internal import Simulation
internal import Timeline

/// A line of the log.
enum LogLine: Equatable, Sendable {
    /// The event of the step of a row.
    case event(row: Int)
    /// The state of the step of a row.
    case state(row: Int)
    /// What happened to a node by itself, between two steps.
    case happening(NodeHappening)
    /// That so many more things happened between these steps.
    case more(Int)

    /// The row that the line belongs to, if it is one of a step.
    var row: Int? {
        switch self {
        case .event(let row), .state(let row): row
        case .happening, .more: nil
        }
    }
}

extension Dashboard {
    /// What happened by itself between some steps, with what it depends on.
    struct SeenHappenings: Sendable {
        let observation: Int
        let steps: Range<Int>
        let happenings: [Int: [NodeHappening]]
    }

    /// The most lines for what happened between two steps.
    private static let mostHappenings = 6

    /// Finds out what happened by itself between the steps that the log shows, if it can be seen.
    mutating func keepHappenings() {
        guard isVisible(.log), showsHappenings else {
            happeningsSeen = nil
            return
        }
        let steps = visibleLogRows(height: visibleRows(.log)).steps
        if let seen = happeningsSeen, seen.observation == observations, seen.steps == steps { return }
        happeningsSeen = SeenHappenings(
            observation: observations, steps: steps, happenings: scenario.happenings(before: steps, in: history))
    }

    /// Whether the log shows what happens by itself: a filter lets steps through, and nothing else.
    private var showsHappenings: Bool { filtered == nil && scenario.network.changesByItself }

    private func visibleLogRows(height: Int) -> (rows: Range<Int>, steps: Range<Int>) {
        let first = (scroll[.log] ?? 0) / 2
        let rows = first..<max(first, min(rowCount(.log), first + height / 2 + 1))
        return (rows, rows.lowerBound + 1..<rows.upperBound + 1)
    }

    private func happenings(before steps: Range<Int>) -> [Int: [NodeHappening]] {
        guard showsHappenings else { return [:] }
        if let seen = happeningsSeen, seen.observation == observations, seen.steps == steps { return seen.happenings }
        return scenario.happenings(before: steps, in: history)
    }

    /// The lines of the log that can be seen. What happened between the steps takes the place of the topmost ones, and what happened before
    /// the selected step that of the step to come, so that both can be seen.
    func logLines(height: Int) -> [LogLine] {
        let (rows, steps) = visibleLogRows(height: height)
        let (happenings, selected) = (happenings(before: steps), selectedRow(.log))
        var lines: [LogLine] = []
        var (top, first) = (0, 0)
        for row in rows {
            lines += Self.lines(happenings[logStep(row)] ?? [])
            if row == rows.lowerBound { top = lines.count + (scroll[.log] ?? 0) % 2 }
            if row == selected { first = lines.count }
            lines += [.event(row: row), .state(row: row)]
        }
        guard !happenings.isEmpty, rows.contains(selected) else { return Array(lines.dropFirst(top).prefix(height)) }
        let before = Self.lines(happenings[logStep(selected)] ?? []).count
        let showsNext = selectedStep == nil && comingCount > 0 && height >= 4 && before == 0
        let last = lines.lastIndex { $0.row == selected + (showsNext ? 1 : 0) } ?? first + 1
        if before > 0 { top = min(top, first - before) }
        return Array(lines.dropFirst(min(first, max(top, last + 1 - height))).prefix(height))
    }

    /// All lines of the log.
    var allLogLines: [LogLine] {
        let count = rowCount(.log)
        let happenings = happenings(before: 1..<count + 1)
        return (0..<count).flatMap { row in Self.lines(happenings[logStep(row)] ?? []) + [.event(row: row), .state(row: row)] }
    }

    private static func lines(_ happenings: [NodeHappening]) -> [LogLine] {
        guard happenings.count > mostHappenings else { return happenings.map(LogLine.happening) }
        let shown = happenings.prefix(mostHappenings - 1)
        return shown.map(LogLine.happening) + [.more(happenings.count - shown.count)]
    }
}
