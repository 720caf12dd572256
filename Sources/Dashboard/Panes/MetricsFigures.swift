internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Scenarios
internal import Simulation
internal import Timeline

/// What the pane Metrics shows, and how.
struct MetricsFigures: Sendable {
    /// What is shown first, where there is no room for everything.
    enum View: String, CaseIterable, Sendable {
        /// How much happens, how well, and how fast.
        case overview
        /// The times to the answers, by kind and as a histogram.
        case latency
        /// The figures of each strategy.
        case strategies
        /// The requests that took longest.
        case slowest
    }

    /// A part of the pane.
    enum Section: Sendable {
        case overview, latency, histogram, strategies, events, inFlight, slowest
    }

    /// What the pane was asked to show.
    var view = View.overview
    /// The step that sent the selected request; `nil` is the slowest one.
    var selected: Int?
    /// The requests of the branch, as far as they were needed.
    private(set) var ledger: CallLedger
    /// The figures of the position; `nil` as long as nobody wanted to see them.
    private(set) var metrics: Metrics?

    /// The share of the true closest nodes that hold the latest records of each strategy, if somebody wanted to know and the world does.
    private(set) var overlaps: [BroadcastStrategy: Double] = [:]

    private var hasOverlaps = false
    private var deviations: [Deviation] = []
    private var bars = 0

    init(requestTimeout: Nanoseconds) {
        ledger = CallLedger(requestTimeout: requestTimeout)
    }

    /// Works the figures out anew, if they are those of another position or branch, or for another width.
    ///
    /// - Parameters:
    ///   - bars: the most bars of a course.
    ///   - replication: the number of nodes that should hold a record, where the overlaps are to be known.
    mutating func update(_ history: History<Scenario.World>, bars: Int, replication: Int? = nil) {
        let isSameBranch = deviations == history.branch.deviations
        guard !isSameBranch || metrics?.position != history.position || self.bars != bars || hasOverlaps != (replication != nil) else {
            return
        }
        if !isSameBranch {
            if history.branch.agreement(with: deviations) < ledger.stepCount {
                ledger = CallLedger(requestTimeout: ledger.requestTimeout)
            }
            deviations = history.branch.deviations
        }
        while ledger.stepCount < history.position { ledger.record(history.step(ledger.stepCount + 1)) }
        metrics = Metrics(ledger, at: history.position, view: history.view, bars: bars)
        self.bars = bars
        hasOverlaps = replication != nil
        overlaps = [:]
        guard let replication else { return }
        for strategy in BroadcastStrategy.allCases { overlaps[strategy] = history.meanOverlap(of: strategy, count: replication) }
    }

    /// The parts that a place of the pane has room for, and where they stand. It depends on the size and the view alone.
    ///
    /// A large place has everything, in two columns; else the view comes first, and then what goes with it.
    static func sections(_ view: View, in inner: Rect) -> [(section: Section, rect: Rect)] {
        if showsEverything(inner) {
            let (left, right) = inner.split(columns: inner.columns / 2)
            let chart = min(10, inner.rows / 5)
            return stack([(.overview, 4), (.latency, 4), (.strategies, 4), (.histogram, nil)], in: left, gap: 1)
                + stack([(.events, chart), (.inFlight, chart), (.slowest, nil)], in: right.split(columns: 1).right, gap: 1)
        }
        let parts: [(Section, Int?)] =
            switch view {
            case .overview: [(.overview, 4), (.latency, 4), (.strategies, 4), (.slowest, nil)]
            case .latency: [(.latency, 4), (.histogram, nil)]
            case .strategies: [(.strategies, 4), (.slowest, nil)]
            case .slowest: [(.slowest, nil)]
            }
        return stack(parts, in: inner, gap: 0)
    }

    /// Whether a place has room for all parts.
    static func showsEverything(_ inner: Rect) -> Bool { inner.columns >= 140 && inner.rows >= 24 }

    /// Parts above each other; one without a height takes all the rest, which is to be three lines at least. What there is no room for is left
    /// out, but for the first one.
    private static func stack(_ parts: [(Section, Int?)], in rect: Rect, gap: Int) -> [(section: Section, rect: Rect)] {
        var placed: [(section: Section, rect: Rect)] = []
        var rest = rect
        for (section, height) in parts {
            guard placed.isEmpty || rest.rows >= height ?? 3 else { continue }
            let (own, below) = rest.split(rows: min(height ?? rest.rows, rest.rows))
            placed.append((section, own))
            rest = below.split(rows: gap).bottom
        }
        return placed
    }

    /// The most bars of a course in a place of the pane.
    static func bars(in inner: Rect) -> Int {
        showsEverything(inner) ? inner.columns - inner.columns / 2 - 2 : max(8, overviewCourseWidth(inner.columns))
    }

    /// The width of the label of a line of the overview.
    static let labelWidth = 11

    /// The width of the figures of a line of the overview.
    static func overviewFigureWidth(_ columns: Int) -> Int { columns >= 64 ? 34 : 15 }

    /// The width of the courses of the overview.
    static func overviewCourseWidth(_ columns: Int) -> Int { columns - labelWidth - overviewFigureWidth(columns) - 1 }
}
