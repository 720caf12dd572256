/// A plot as lines of text, for a terminal.
public struct TextPlot: Sendable {
    private let plot: Plot
    private let width: Int
    private let isASCII: Bool

    /// A plot of so many columns, 40 at least.
    ///
    /// - Parameter isASCII: whether nothing but ASCII is to be used.
    public init(_ plot: Plot, width: Int, isASCII: Bool) {
        self.plot = plot
        self.width = max(40, width)
        self.isASCII = isASCII
    }

    /// The lines.
    public var lines: [String] {
        let heading = FigureText.wrapped(plot.title, width: width)
        switch plot.kind {
        case .histogram: return heading + histogram
        case .cumulative: return heading + cumulative
        case .boxes: return heading + boxes
        }
    }

    // MARK: Histogram

    private var histogram: [String] {
        let labels = plot.axis.bins.map(binLabel)
        let labelWidth = labels.map(\.count).max() ?? 0
        let shares = plot.series.map { series in plot.counts(series.tally).map { Double($0) / Double(series.tally.count) } }
        // The same scale for all, so that bars can be compared.
        let most = shares.flatMap(\.self).max() ?? 1
        var lines: [String] = []
        for (series, shares) in zip(plot.series, shares) {
            let counts = plot.counts(series.tally)
            let numbers = zip(counts, shares).map { "\(FigureText.grouped($0)) \(FigureText.percent($1).right(7))" }
            let numberWidth = numbers.map(\.count).max() ?? 0
            let room = max(1, width - labelWidth - numberWidth - 4)
            lines += ["", plot.label(series, in: width)]
            guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else { continue }
            for place in first...last {
                let bar = bar(shares[place] / most, room)
                lines.append("\(labels[place].right(labelWidth)) \(verticalBar)\(bar.left(room)) \(numbers[place].right(numberWidth))")
            }
        }
        return lines
    }

    private func binLabel(_ bin: ClosedRange<Double>) -> String {
        guard plot.measure.isCount else { return "\(FigureText.round(bin.lowerBound)) to \(FigureText.round(bin.upperBound))" }
        // The whole numbers of the bin.
        let (first, last) = (Int(bin.lowerBound.rounded(.up)), Int(bin.upperBound.rounded(.up)) - 1)
        return first == last ? FigureText.grouped(first) : "\(FigureText.grouped(first)) to \(FigureText.grouped(last))"
    }

    /// A bar of a share of so many columns; whatever is not 0 can be seen.
    private func bar(_ share: Double, _ room: Int) -> String {
        guard share > 0 else { return "" }
        guard !isASCII else { return String(repeating: "#", count: max(1, Int((share * Double(room)).rounded()))) }
        let eighths = max(1, Int((share * Double(room) * 8).rounded()))
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }

    private var verticalBar: String { isASCII ? "|" : "│" }

    // MARK: Cumulative

    private static let marks = ["●", "○", "▲", "△", "■", "□", "◆", "◇"]
    private static let asciiMarks = ["*", "o", "+", "x", "#", "@", "%", "&"]

    private var cumulative: [String] {
        let height = 16
        let left = 6
        let columns = width - left - 2
        let marks = isASCII ? Self.asciiMarks : Self.marks
        var cells = Array(repeating: Array(repeating: " ", count: columns), count: height + 1)
        for (number, series) in plot.series.enumerated() {
            var last = height
            for column in 0..<columns {
                let value = plot.axis.value(at: Double(column + 1) / Double(columns))
                let share = series.tally.share(atOrBelow: value)
                guard share > 0 else { continue }
                let row = height - Int((share * Double(height)).rounded())
                // From where it was to where it is.
                for place in row...max(row, last - 1) { cells[place][column] = marks[number] }
                last = row
                // A curve that is over says no more.
                if share >= 1 { break }
            }
        }
        var lines = [""]
        for row in cells.indices {
            let isTick = row % 4 == 0
            let label = isTick ? "\(100 - row * 100 / height) %" : ""
            let tick = isTick ? (isASCII ? "+" : "┤") : verticalBar
            lines.append("\(label.right(left)) \(tick)\(cells[row].joined())".withoutTrailingSpace)
        }
        lines += axisLines(left: left + 1, columns: columns)
        lines.append("")
        for (number, series) in plot.series.enumerated() { lines.append("\(marks[number]) \(plot.label(series, in: width - 2))") }
        return lines
    }

    // MARK: Boxes

    private var boxes: [String] {
        let room = min(plot.series.map { plot.label($0).count }.max() ?? 0, width * 2 / 5)
        let columns = width - room - 2
        var lines = [""]
        for series in plot.series {
            lines.append("\(plot.label(series, in: room).right(room)) \(verticalBar)\(box(series.tally, columns))".withoutTrailingSpace)
        }
        return lines + axisLines(left: room + 1, columns: columns)
    }

    private func box(_ tally: Tally, _ columns: Int) -> String {
        func column(_ share: Double) -> Int {
            let place = plot.axis.place(of: tally.quantile(share) ?? 0)
            return min(columns - 1, Int(place * Double(columns)))
        }
        let (low, first, median, third, high) = (column(0.05), column(0.25), column(0.5), column(0.75), column(0.95))
        var cells = Array(repeating: " ", count: columns)
        for place in low...high { cells[place] = isASCII ? "-" : "─" }
        cells[low] = isASCII ? "|" : "├"
        cells[high] = isASCII ? "|" : "┤"
        for place in first...third { cells[place] = isASCII ? "=" : "▒" }
        cells[median] = isASCII ? "M" : "█"
        return cells.joined()
    }

    // MARK: The axis

    private func axisLines(left: Int, columns: Int) -> [String] {
        var line = Array(repeating: isASCII ? "-" : "─", count: columns)
        var labels = Array(repeating: " ", count: columns + 8)
        var free = 0
        for tick in plot.axis.ticks {
            let column = min(columns - 1, Int(plot.axis.place(of: tick) * Double(columns)))
            line[column] = isASCII ? "+" : "┬"
            let text = FigureText.round(tick)
            let start = max(0, min(column - text.count / 2, columns - text.count))
            guard start >= free, start + text.count <= columns else { continue }
            for (offset, character) in text.enumerated() { labels[start + offset] = String(character) }
            free = start + text.count + 1
        }
        let title = plot.measure.axisTitle + (plot.axis.isLogarithmic ? ", log scale" : "")
        let indent = String(repeating: " ", count: left)
        return [
            indent + (isASCII ? "+" : "└") + line.joined(), (indent + " " + labels.joined()).withoutTrailingSpace,
            indent + " " + title.cut(columns),
        ]
    }
}

extension String {
    fileprivate var withoutTrailingSpace: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
