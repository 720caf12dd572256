internal import Canvas

/// How the pane State is divided: the chart, the words about the step, the list of what changed. It depends on the size alone.
struct StateParts: Equatable, Sendable {
    /// The lines of the chart.
    let chart: Int
    /// The lines of the words about the step.
    let words: Int
    /// The blank lines after each of both.
    let gap: Int

    /// The parts of a pane whose inside is this large.
    init(_ size: Size) {
        let (rows, isWide) = (size.rows, size.columns >= 66)
        switch rows {
        case ..<3: (chart, words, gap) = (min(1, rows), 0, 0)
        case ..<7: (chart, words, gap) = (1, 1, 0)
        case ..<9: (chart, words, gap) = (3, 1, 0)
        case ..<11: (chart, words, gap) = (3, 2, 0)
        case ..<13: (chart, words, gap) = isWide ? (5, 2, 0) : (3, 3, 0)
        case ..<17: (chart, words, gap) = isWide ? (5, 4, 0) : (7, 4, 0)
        default: (chart, words, gap) = (isWide ? 5 : 7, min(10, (rows - 6) / 2), 1)
        }
    }

    /// The lines above the list.
    var head: Int { chart + words + 2 * gap }
}
