public import Broadcasts
public import Coordination
internal import Simulation
internal import Timeline

/// The same puts under several strategies: the same seeds, the same networks, and the same luck with every message.
///
/// The simulated network draws what becomes of a request by a hash of seed, broadcast, node and kind of request: so a put that asks a
/// node under two strategies waits equally long for it (common random numbers), and differences between the two are differences of the
/// strategies.
public struct Comparison: Sendable {
    /// Which put of which run.
    public struct PutName: Hashable, Sendable {
        /// The seed of the run.
        public let seed: UInt64
        /// The operation's id.
        public let id: OperationID
    }

    /// The differences of a strategy from the first one.
    public struct Difference: Sendable {
        /// The strategy.
        public let strategy: BroadcastStrategy
        /// The number of puts that have ended under both.
        public let pairs: Int
        /// The mean paired difference, this strategy minus the first, for each measure of ``measures``; nil without
        /// pairs, and the regret is that of the pairs that have holders under both.
        public let means: [PutMeasure: MeanInterval]
        /// The median duration divided by that of the first; nil if there is none.
        public let medianRatio: Double?
    }

    /// What differences are told of.
    public static let measures: [PutMeasure] = [.duration, .requests, .holders, .overlap, .regret]

    /// The strategies, the one that the others are held against first.
    public let strategies: [BroadcastStrategy]
    private var results: [BroadcastStrategy: [PutName: PutResult]] = [:]
    private var order: [BroadcastStrategy: [PutResult]] = [:]
    private var unfinished: [BroadcastStrategy: Int] = [:]

    /// A comparison of these strategies, without any runs.
    public init(_ strategies: [BroadcastStrategy]) {
        self.strategies = strategies
    }

    /// Adds a run of a strategy with a seed.
    public mutating func add(_ run: HeadlessRun, by strategy: BroadcastStrategy, seed: UInt64) {
        for result in run.results {
            results[strategy, default: [:]][PutName(seed: seed, id: result.id)] = result
            order[strategy, default: []].append(result)
        }
        unfinished[strategy, default: 0] += run.plannedPuts - run.results.count
    }

    /// The figures of each strategy.
    public var figures: [PutFigures] { strategies.map { PutFigures($0, order[$0] ?? []) } }

    /// The puts of a strategy that have not ended, or were refused.
    public func unfinishedPuts(by strategy: BroadcastStrategy) -> Int { unfinished[strategy] ?? 0 }

    /// The differences of each strategy from the first one.
    public var differences: [Difference] {
        guard let first = strategies.first else { return [] }
        let base = results[first] ?? [:]
        let medians = Dictionary(figures.map { ($0.strategy, $0[.duration].quantile(0.5)) }, uniquingKeysWith: { $1 })
        return strategies.dropFirst().map { strategy in
            let pairs = (results[strategy] ?? [:]).compactMap { name, result in base[name].map { (name, $0, result) } }
                .sorted { ($0.0.seed, $0.0.id.name) < ($1.0.seed, $1.0.id.name) }
            var means: [PutMeasure: MeanInterval] = [:]
            for measure in Self.measures {
                let differences = pairs.compactMap { _, base, result in
                    measure.values(of: result).first.flatMap { value in measure.values(of: base).first.map { value - $0 } }
                }
                means[measure] = MeanInterval(differences)
            }
            var ratio: Double?
            if let median = medians[strategy] ?? nil, let other = medians[first] ?? nil, other > 0 { ratio = median / other }
            return Difference(strategy: strategy, pairs: pairs.count, means: means, medianRatio: ratio)
        }
    }
}
