public import Broadcasts
public import Simulation
public import Timeline

/// The figures of all puts of one strategy.
public struct PutFigures: Hashable, Sendable {
    /// Why a put ended.
    public typealias Reason = BroadcastOutcome<NetworkNode>.Reason

    /// The strategy.
    public let strategy: BroadcastStrategy
    /// The number of puts that ended.
    public private(set) var count = 0
    /// How many ended for which reason; none that is 0.
    public private(set) var reasons: [Reason: Int] = [:]
    private var tallies: [PutMeasure: Tally] = [:]

    /// The figures of these results, as far as they are of this strategy.
    public init(_ strategy: BroadcastStrategy, _ results: some Sequence<PutResult> = EmptyCollection()) {
        self.strategy = strategy
        for result in results where result.strategy == strategy { add(result) }
    }

    /// Figures as they were written down.
    init(_ strategy: BroadcastStrategy, reasons: [Reason: Int], count: Int, tallies: [PutMeasure: Tally]) {
        (self.strategy, self.reasons, self.count) = (strategy, reasons.filter { $0.value != 0 }, count)
        self.tallies = tallies.filter { $0.value.count > 0 }
    }

    /// The figures of these results by strategy, in the order of ``BroadcastStrategy``; none without puts.
    public static func byStrategy(_ results: [PutResult]) -> [PutFigures] {
        BroadcastStrategy.allCases.map { PutFigures($0, results) }.filter { $0.count > 0 }
    }

    /// How often each value of a measure came.
    public subscript(measure: PutMeasure) -> Tally { tallies[measure] ?? Tally() }

    /// Adds a result.
    public mutating func add(_ result: PutResult) {
        count += 1
        reasons[result.reason, default: 0] += 1
        for measure in PutMeasure.allCases {
            for value in measure.values(of: result) { tallies[measure, default: Tally()].add(value) }
        }
    }

    /// Adds the figures of other puts, whatever their strategy.
    public mutating func merge(_ other: PutFigures) {
        count += other.count
        reasons.merge(other.reasons, uniquingKeysWith: +)
        for (measure, tally) in other.tallies { tallies[measure, default: Tally()].merge(tally) }
    }

    /// Why the puts ended, the most common reason first: `118 completed, 2 stopped`.
    public var reasonText: String {
        Reason.allCases.compactMap { reason in reasons[reason].map { (reason, $0) } }.sorted { $0.1 > $1.1 }
            .map { "\(FigureText.grouped($0.1)) \($0.0.words)" }.joined(separator: ", ")
    }
}

extension BroadcastOutcome.Reason {
    /// In words, after a number.
    fileprivate var words: String {
        switch self {
        case .completed: "completed"
        case .stopped: "stopped"
        case .queryTimedOut: "out of time"
        case .noNodesFound: "without nodes"
        }
    }
}
