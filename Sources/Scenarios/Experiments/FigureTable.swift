internal import Broadcasts
internal import Coordination
internal import Simulation

/// Figures as tables for people: lines of 80 columns at most, in ASCII but for the names of scenarios.
public enum FigureTable {
    /// The shares that the quantiles of tables stand at.
    static let shares = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
    private static let rows: [PutMeasure] = [.duration, .requests, .hops, .holders, .overlap, .regret, .timeouts, .walk]
    private static let labelWidth = 18
    private static let width = 7

    /// A run: what it was, and the figures of its puts by strategy.
    public static func lines(of run: RunFigures, title: String) -> [String] {
        var lines = FigureText.wrapped("\(run.scenario): \(title)")
        let seconds = FigureText.number(Double(run.simulatedTime.nanoseconds) / 1e9)
        let unfinished = run.unfinishedPuts == 0 ? "all ended" : "\(FigureText.grouped(run.unfinishedPuts)) not ended or refused"
        lines += FigureText.wrapped(
            "\(FigureText.counted(run.networkSize, "node")), seed \(run.seed), \(FigureText.counted(run.steps, "step")), \(seconds) s simulated; "
                + "\(FigureText.counted(run.puts + run.unfinishedPuts, "put")), \(unfinished)")
        if !run.settings.isEmpty { lines += FigureText.wrapped("set: " + settings(run.settings)) }
        if run.isPartial { lines.append("partial: the run was broken off; these are the figures of its beginning") }
        for figures in run.strategies { lines += [""] + block(figures, name: figures.strategy.rawValue, remark: nil) }
        return lines
    }

    /// A comparison: the figures of each strategy, then the differences from the first.
    public static func lines(of comparison: Comparison, scenario: Scenario, _ seeds: Seeds, isPartial: Bool) -> [String] {
        var lines = FigureText.wrapped("\(scenario.name): \(scenario.title)")
        lines += FigureText.wrapped(
            "seeds \(seeds): the same networks, puts and luck with every message under each strategy")
        if !scenario.settings.isEmpty { lines += FigureText.wrapped("set: " + settings(RunFigures.settings(of: scenario))) }
        let isEmpty = comparison.figures.allSatisfy { $0.count == 0 }
        if isPartial {
            let rest =
                isEmpty ? " before one seed had run under each strategy: there are no figures" : "; these are the figures of its beginning"
            lines += FigureText.wrapped("partial: the comparison was broken off\(rest)")
        }
        // Nothing has ended, and nothing went on: there is nothing to compare.
        if isPartial, isEmpty { return lines }
        for figures in comparison.figures {
            let unfinished = comparison.unfinishedPuts(by: figures.strategy)
            let remark = unfinished > 0 ? "\(FigureText.grouped(unfinished)) not ended or refused" : nil
            lines += [""] + block(figures, name: figures.strategy.rawValue, remark: remark)
        }
        guard let first = comparison.strategies.first else { return lines }
        for difference in comparison.differences { lines += [""] + block(difference, first: first) }
        if comparison.strategies.count > 1 {
            lines.append("")
            lines += FigureText.wrapped(
                "An interval is meant to hold the true mean difference 95 times in 100 (Student's t on the paired differences); it takes the "
                    + "pairs as independent, which puts that share a run are only nearly.", indent: 0)
        }
        return lines
    }

    /// Groups of a report: a row for each, then the figures of each.
    public static func lines(of groups: [ReportGroup]) -> [String] {
        var lines: [String] = []
        if groups.count > 1 { lines += summary(groups) }
        for group in groups {
            if !lines.isEmpty { lines.append("") }
            var remarks = [FigureText.counted(group.runs, "run")]
            if group.unfinishedPuts > 0 { remarks.append("\(FigureText.grouped(group.unfinishedPuts)) not ended or refused") }
            if group.partialRuns > 0 { remarks.append("\(FigureText.counted(group.partialRuns, "run")) broken off") }
            lines += block(group.figures, name: group.name, remark: remarks.joined(separator: ", "))
        }
        return lines
    }

    // MARK: Parts

    private static func settings(_ settings: [RunFigures.Setting]) -> String {
        settings.map { "\($0.path)=\($0.value)" }.joined(separator: ", ")
    }

    /// The figures of some puts: a heading, and a row for each measure.
    private static func block(_ figures: PutFigures, name: String, remark: String?) -> [String] {
        var heading = "\(name): \(FigureText.counted(figures.count, "put"))"
        if figures.count > 0 { heading += ": \(figures.reasonText)" }
        if let remark { heading += " (\(remark))" }
        var lines = FigureText.wrapped(heading)
        guard figures.count > 0 else { return lines }
        let names = ["mean"] + shares.map { "p\(FigureText.fixed($0 * 100, 0))" }
        lines.append("  " + "".left(labelWidth) + names.map { $0.right(width) }.joined())
        for measure in rows where figures[measure].count > 0 {
            let tally = figures[measure]
            let cells = [tally.mean] + shares.map { tally.quantile($0) }
            lines.append(
                "  " + measure.title.left(labelWidth) + cells.map { ($0.map(FigureText.number) ?? "-").right(width) }.joined())
        }
        return lines
    }

    private static func block(_ difference: Comparison.Difference, first: BroadcastStrategy) -> [String] {
        var lines = [
            "\(difference.strategy.rawValue) minus \(first.rawValue): \(FigureText.counted(difference.pairs, "pair")) of puts",
            "  " + "".left(labelWidth) + "mean".right(10) + "95 % confidence interval".right(28),
        ]
        for measure in Comparison.measures {
            guard let mean = difference.means[measure] else { continue }
            let interval =
                mean.margin.map { "\(FigureText.signed(mean.mean - $0)) to \(FigureText.signed(mean.mean + $0))" }
                ?? "needs two pairs"
            lines.append("  " + measure.title.left(labelWidth) + FigureText.signed(mean.mean).right(10) + interval.right(28))
        }
        if let ratio = difference.medianRatio {
            lines.append("  median duration: \(FigureText.number(ratio)) times that of \(first.rawValue)")
        }
        return lines
    }

    /// A row for each group: what its puts have in common in columns, then figures.
    private static func summary(_ groups: [ReportGroup]) -> [String] {
        let names = ["puts", "p50, s", "p90, s", "requests", "holders", "overlap", "regret"]
        let widths = [7, 7, 7, 9, 8, 8, 7]
        var room = 80 - widths.reduce(0, +)
        let headings = groups[0].headings
        // A column has room for its values; what is left goes to the headings.
        var columns = headings.indices.map { place in (groups.map { $0.values[place].count }.max() ?? 0) + 2 }
        room -= columns.reduce(0, +)
        for (place, heading) in headings.enumerated() {
            let more = max(0, min(room, heading.lastKey.count + 2 - columns[place]))
            columns[place] += more
            room -= more
        }
        func line(_ texts: [String], _ cells: [String]) -> String {
            zip(texts, columns).map { $0.cut($1 - 2).left($1) }.joined() + zip(cells, widths).map { $0.right($1) }.joined()
        }
        return [line(headings.map(\.lastKey), names)]
            + groups.map { group in
                let figures = group.figures
                let values = [
                    figures[.duration].quantile(0.5), figures[.duration].quantile(0.9), figures[.requests].mean, figures[.holders].mean,
                    figures[.overlap].mean, figures[.regret].mean,
                ]
                return line(group.values, [FigureText.grouped(figures.count)] + values.map { $0.map(FigureText.number) ?? "-" })
            }
    }

    /// The name of a group in so much room: where it is too long, paths of settings are shortened, and values kept.
    static func shortened(_ group: Plot.Series, _ room: Int) -> String {
        var texts = [group.name]
        for limit in stride(from: 24, through: 2, by: -2) {
            texts.append(
                zip(group.headings, group.values).map { $0.isEmpty ? $1 : "\($0.lastKey.cut(limit))=\($1)" }.joined(separator: ", "))
        }
        return texts.first { $0.count <= room } ?? texts[texts.count - 1].cut(room)
    }
}

extension String {
    /// The last key of a path.
    fileprivate var lastKey: String { split(separator: ".").last.map(String.init) ?? self }
}
