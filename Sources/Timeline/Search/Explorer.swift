internal import Broadcasts
internal import Coordination
internal import Queries

/// Searches the runs that a world can make for one that breaks a law, and makes what it finds as small as it can.
///
/// A run is what the world does by itself, but for some choices that differ from it. Something is to be decided whenever the pool is at
/// rest: which of the replies on their way arrives next, or that they all take so long that a deadline passes first, or that
/// the next start or stop of the plan comes now; and, if faults are allowed, that something goes wrong. How long things take is not
/// searched, only in which order they come.
///
/// From equal worlds and options come equal findings.
public struct Explorer<Source: World>: Sendable {
    /// The world at the start of every run.
    let world: Source
    /// What judges a run.
    let judge: LawJudge
    /// The most nodes among which faults are searched; of a larger network only those that the usual run names count.
    public static var largestNetwork: Int { 1_000 }

    /// The nodes that can crash, and from which a reply can come that somebody else was asked for.
    let nodes: [NetworkNode]
    /// How it is searched.
    let options: SearchOptions
    /// The number of moments of the usual run at which something is to be decided.
    let usualLength: Int
    /// Whether a broadcast takes the network's size from the lookups before it.
    let needsEstimate: Bool

    /// Whether states differ by which broadcast is served first; see ``Walk/key(countsTurns:)``.
    var countsTurns: Bool

    /// A search from this world on.
    ///
    /// - Parameters:
    ///   - world: the world at its start. Its usual run is made once.
    ///   - judge: a judge for a run from that start.
    ///   - nodes: the nodes of the network. Needed for faults only.
    public init(
        _ world: Source, judge: LawJudge, nodes: some RandomAccessCollection<NetworkNode> = [NetworkNode](), options: SearchOptions
    ) {
        self.world = world
        self.judge = judge
        self.options = options
        countsTurns = options.strategy != .allOrders(.equalStatesAndOrders)
        var (length, steps, needsEstimate) = (0, 0, false)
        var named: Set<NetworkNode> = []
        var usual = world
        while steps < options.runLimit {
            if !usual.isPolledOn { length += 1 }
            guard let step = usual.step() else { break }
            steps += 1
            named.formUnion(step.event.namedNodes)
            if case .startBroadcast(_, _, _, _, .optimistic(let configuration)) = step.event, configuration.networkSize == nil {
                needsEstimate = true
            }
        }
        usualLength = length
        self.nodes = nodes.count <= Self.largestNetwork ? Array(nodes) : named.sorted()
        self.needsEstimate = needsEstimate
    }

    /// A run at its start.
    var start: SearchWalk<Source> { SearchWalk(world, judge: judge, countsLookups: needsEstimate) }

    /// Searches.
    ///
    /// - Parameter progress: hears from time to time how far the search has come, and says whether it is to go on.
    public func explore(_ progress: @escaping (SearchProgress) -> Bool = { _ in true }) -> Exploration {
        var ledger = search(progress)
        let ending = ledger.ending ?? .complete
        shrinkFindings(&ledger)
        return Exploration(
            coverage: ledger.coverage, states: ledger.states.count, runs: ledger.runs, outcomes: ledger.outcomes.count,
            merged: ledger.merged, cut: ledger.cut, findings: ledger.findings, ending: ending)
    }

    /// Makes the runs, and keeps what they have found.
    func search(_ progress: @escaping (SearchProgress) -> Bool = { _ in true }) -> SearchLedger {
        var ledger = SearchLedger(options, progress: progress)
        switch options.strategy {
        case .allOrders(let reduction): searchAllOrders(reduction, &ledger)
        case .random(let runs): searchRuns(runs, &ledger) { RandomScheduler(dice: &$0) }
        case .priorities(let runs, let changes):
            searchRuns(runs, &ledger) { PriorityScheduler(changes: changes, length: usualLength, dice: &$0) }
        }
        return ledger
    }

    /// Makes so many runs, in each of which a scheduler decides. The first one is the usual run.
    private func searchRuns<Deciding: Scheduler>(_ runs: Int, _ ledger: inout SearchLedger, _ scheduler: (inout Dice) -> Deciding) {
        for run in 0..<runs where ledger.ending == nil {
            var dice = Dice(seed: options.seed, run: run)
            var scheduler = scheduler(&dice)
            var faultMoments = run > 0 ? faultMoments(&dice) : []
            var moment = 0
            var walk = start
            var end = SearchLedger.End.cut
            while walk.steps.count < options.runLimit {
                let usual = walk.usualStep
                let choices = walk.options(usual: usual)
                ledger.note(walk.key(countsTurns: countsTurns))
                guard !choices.isEmpty else {
                    end = .over
                    break
                }
                if let due = faultMoments.first, due <= moment {
                    faultMoments.removeFirst()
                    let faults = walk.faultChoices(among: nodes)
                    if !faults.isEmpty {
                        let fault = SearchOption(choice: faults.drawn(with: &dice), isUsual: false)
                        if walk.take(fault, usual: usual, limit: options.runLimit) { continue }
                    }
                }
                moment += 1
                let chosen = run > 0 ? scheduler.pick(from: choices, dice: &dice) : choices[0]
                if !walk.take(chosen, usual: usual, limit: options.runLimit) { walk.goOn(limit: options.runLimit) }
            }
            ledger.end(walk, end)
        }
    }

    /// When something goes wrong in a run, ascending: up to as often as is allowed.
    private func faultMoments(_ dice: inout Dice) -> [Int] {
        guard options.faults > 0 else { return [] }
        let count = dice.next(below: options.faults + 1)
        return (0..<count).map { _ in dice.next(below: max(1, usualLength)) }.sorted()
    }
}

extension NetworkEvent {
    /// The nodes that a broadcast learns of by the event.
    fileprivate var namedNodes: [NetworkNode] {
        switch self {
        case .startBroadcast(_, _, _, let seed, _): seed
        case .getCloserNodesSuccess(_, _, _, let closer): closer
        case .getCloserNodesFailure, .storeRecordSuccess, .storeRecordFailure, .stopBroadcast, .poll: []
        }
    }
}
