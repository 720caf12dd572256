/// A picture of how a measure is distributed in some groups of puts.
public struct Plot: Sendable {
    /// What a plot shows.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// How often values come: bars, a panel for each group.
        case histogram
        /// The share of values up to each: a curve for each group.
        case cumulative
        /// Median, quartiles, 5th and 95th percentile: a box for each group.
        case boxes

        /// The most groups that one picture can tell apart.
        var limit: Int {
            switch self {
            case .histogram: 12
            case .cumulative: 8
            case .boxes: 60
            }
        }
    }

    /// The values of a group.
    struct Series {
        let name: String
        let headings: [String]
        let values: [String]
        let tally: Tally
    }

    /// What it shows.
    public let kind: Kind
    /// What is shown of the puts.
    public let measure: PutMeasure
    let series: [Series]
    let axis: PlotAxis

    /// A plot of groups.
    ///
    /// - Throws: a sentence, if there are no values, or more groups than the picture can tell apart.
    public init(_ kind: Kind, of measure: PutMeasure, _ groups: [ReportGroup]) throws(RunError) {
        let series = groups.map { Series(name: $0.name, headings: $0.headings, values: $0.values, tally: $0.figures[measure]) }.filter {
            $0.tally.count > 0
        }
        guard !series.isEmpty else {
            throw RunError("--of \(measure.rawValue): no put has ended, so there is nothing to draw; let the runs go on longer")
        }
        guard series.count <= kind.limit else {
            throw RunError(
                "--plot \(kind.rawValue): \(series.count) groups are more than the \(kind.limit) that it can tell apart; name fewer settings with --by"
            )
        }
        self.kind = kind
        self.measure = measure
        self.series = series
        axis = PlotAxis(measure, series.map(\.tally))
    }

    /// The heading.
    var title: String {
        switch kind {
        case .histogram: "Histogram: \(measure.axisTitle)"
        case .cumulative: "Cumulative distribution: \(measure.axisTitle)"
        case .boxes: "Boxes: quartiles and median; whiskers: 5th to 95th percentile"
        }
    }

    /// The name of a series and its number of values: `followUp (n = 120)`.
    func label(_ series: Series) -> String { "\(series.name)\(count(series))" }

    /// The same in so much room.
    func label(_ series: Series, in room: Int) -> String {
        let count = count(series)
        return FigureTable.shortened(series, room - count.count) + count
    }

    private func count(_ series: Series) -> String { " (n = \(FigureText.grouped(series.tally.count)))" }

    /// How many values of a tally are in each bin of the axis.
    func counts(_ tally: Tally) -> [Int] {
        var counts = Array(repeating: 0, count: axis.bins.count)
        for entry in tally.entries {
            // A bin has its lower bound, the last one both.
            let place = axis.bins.lastIndex { $0.lowerBound <= entry.value } ?? 0
            counts[place] += entry.count
        }
        return counts
    }
}
