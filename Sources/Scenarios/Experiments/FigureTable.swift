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
        if isPartial { lines.append("partial: the comparison was broken off; these are the figures of its beginning") }
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

    /// A row for each group.
    private static func summary(_ groups: [ReportGroup]) -> [String] {
        let names = ["puts", "p50, s", "p90, s", "requests", "holders", "overlap", "regret"]
        let widths = [8, 8, 8, 9, 8, 8, 8]
        let room = 80 - widths.reduce(0, +)
        let title = "".left(room) + zip(names, widths).map { $0.right($1) }.joined()
        return [title]
            + groups.map { group in
                let figures = group.figures
                let values = [
                    figures[.duration].quantile(0.5), figures[.duration].quantile(0.9), figures[.requests].mean, figures[.holders].mean,
                    figures[.overlap].mean, figures[.regret].mean,
                ]
                let cells = [FigureText.grouped(figures.count)] + values.map { $0.map(FigureText.number) ?? "-" }
                return shortened(group.name, room).left(room) + zip(cells, widths).map { $0.right($1) }.joined()
            }
    }

    /// A name in so much room: of paths of settings only the last part, if it is too long else.
    static func shortened(_ name: String, _ room: Int) -> String {
        guard name.count > room else { return name }
        let parts = name.split(separator: ", ").map { part in
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let last = sides[0].split(separator: ".").last else { return String(part) }
            return "\(last)=\(sides[1])"
        }
        return parts.joined(separator: ", ").cut(room)
    }
}
