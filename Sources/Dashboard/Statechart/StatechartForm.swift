internal import Canvas

/// How large a statechart is drawn.
enum StatechartForm: Equatable, Sendable {
    /// One line; only the phase of the current state, if `isPart`.
    case line(isShort: Bool, isPart: Bool)
    /// Boxes of three lines beside each other, a box a phase.
    case boxes(isShort: Bool)
    /// The same in two rows above each other, the second one from right to left: seven lines.
    case twoRows(isShort: Bool)
    /// Boxes of five lines, in which the states of a phase stand above each other; with words beside the arrows, if `isRoomy`.
    case full(isRoomy: Bool)

    /// The largest form of a chart for which there is room.
    init(of chart: Statechart, in size: Size) {
        let forms: [StatechartForm] = [
            .full(isRoomy: true), .full(isRoomy: false), .twoRows(isShort: false), .boxes(isShort: false), .twoRows(isShort: true),
            .boxes(isShort: true),
            .line(isShort: false, isPart: false), .line(isShort: true, isPart: false),
        ]
        self =
            forms.first { $0.rows <= size.rows && chart.width(in: $0) <= size.columns }
            ?? .line(isShort: size.columns < 30, isPart: true)
    }

    /// The number of lines.
    var rows: Int {
        switch self {
        case .line: 1
        case .boxes: 3
        case .full: 5
        case .twoRows: 7
        }
    }

    /// Whether states have their short names.
    var isShort: Bool {
        switch self {
        case .line(let isShort, _), .boxes(let isShort), .twoRows(let isShort): isShort
        case .full: false
        }
    }
}

extension Statechart {
    /// The least number of columns between two boxes: a line and the head of an arrow; with words beside, where there is room for all.
    static func leastGap(_ form: StatechartForm) -> Int { form == .full(isRoomy: true) ? 12 : 3 }
    /// The columns of the mark of the beginning, and of the arrow away from it.
    static let beginning = 3

    /// The least number of columns that a form takes.
    func width(in form: StatechartForm) -> Int {
        let start = hasBeginning ? Self.beginning : 0
        switch form {
        case .line(let isShort, _):
            let states = phases.map { lineWidth(of: $0, isShort: isShort) }.reduce(0, +)
            return start + states + links.map { $0.isTwoWay ? 3 : 2 }.reduce(0, +)
        case .boxes, .full:
            return start + phases.map { width(of: $0, in: form) }.reduce(0, +) + Self.leastGap(form) * links.count
        case .twoRows:
            return Self.halves(phases.count).map { half in
                half.map { width(of: phases[$0], in: form) }.reduce(0, +) + Self.leastGap(form) * (half.count - 1)
            }.max().map { start + $0 } ?? 0
        }
    }

    /// The phases of the upper and of the lower row of two.
    static func halves(_ count: Int) -> [Range<Int>] {
        let upper = (count + 1) / 2
        return [0..<upper, upper..<count]
    }

    /// The number of columns of the box of a phase, its border included.
    func width(of phase: Phase, in form: StatechartForm) -> Int {
        guard case .full(let isRoomy) = form else { return max(phase.name.columns + 4, lineWidth(of: phase, isShort: form.isShort) + 2) }
        let states = phase.rows.map { row in row.map { $0.title.columns + 2 }.reduce(0, +) }.max() ?? 0
        let words = isRoomy && phase.rows.count == 2 ? phase.wordColumns : 0
        return max(phase.name.columns + 4, states + 2, words + 2)
    }

    /// The number of columns of the states of a phase beside each other.
    func lineWidth(of phase: Phase, isShort: Bool) -> Int {
        let widths = phase.states.map { $0.title(isShort: isShort).columns + 2 }
        return phase.isChoice ? widths.max() ?? 0 : widths.reduce(0, +) + 2 * (widths.count - 1)
    }
}
