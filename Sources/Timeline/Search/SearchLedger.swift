internal import Coordination

/// What a search keeps of the runs that it has made.
struct SearchLedger {
    private(set) var coverage = Coverage()
    private(set) var states: Set<Int> = []
    /// What came of all broadcasts together, for each run that came to its end.
    private(set) var outcomes: Set<Int> = []
    private(set) var runs = 0
    private(set) var merged = 0
    private(set) var cut = 0
    /// The smallest run found so far for each law that was broken.
    private var smallest: [InvariantID: Exploration.Finding] = [:]
    /// Why the search must end now, if it must.
    private(set) var ending: Exploration.Ending?

    private let options: SearchOptions
    private let progress: (SearchProgress) -> Bool
    private var lastReport = 0

    /// How a run has ended.
    enum End {
        case over, merged, cut
    }

    init(_ options: SearchOptions, progress: @escaping (SearchProgress) -> Bool) {
        self.options = options
        self.progress = progress
    }

    /// Takes what a run has found since the last time.
    mutating func absorb<Source>(_ walk: inout SearchWalk<Source>) {
        let (news, violations) = walk.handOver()
        coverage.merge(news)
        for violation in violations {
            offer(.init(violation: violation, deviations: violation.causes(among: walk.deviations), isShrunk: false))
        }
        if ending == nil, coverage.steps >= options.stepLimit { ending = .stepLimit }
        if coverage.steps - lastReport >= 1_000 { report(isShrinking: false) }
    }

    /// Takes the end of a run.
    ///
    /// - Parameter isJudged: whether the run is judged as a whole.
    mutating func end<Source>(_ walk: SearchWalk<Source>, _ end: End, isJudged: Bool = true) {
        var walk = walk
        if isJudged { walk.judgeWhole(isOver: end == .over) }
        switch end {
        case .over:
            runs += 1
            outcomes.insert(walk.facts.outcomes)
        case .merged: merged += 1
        case .cut: cut += 1
        }
        absorb(&walk)
    }

    /// Notes a state.
    ///
    /// - Returns: whether it is a new one.
    @discardableResult
    mutating func note(_ key: Int) -> Bool { states.insert(key).inserted }

    /// Keeps a finding, if it is smaller than the one for this law.
    mutating func offer(_ finding: Exploration.Finding) {
        if let known = smallest[finding.id], !finding.isShrunk || known.isShrunk {
            let size = (finding.deviations.count, finding.violation.step)
            guard size < (known.deviations.count, known.violation.step) else { return }
        }
        smallest[finding.id] = finding
    }

    /// The findings, in the order of the laws.
    var findings: [Exploration.Finding] { InvariantID.allCases.compactMap { smallest[$0] } }

    /// Tells how far the search has come, and hears whether it is to go on.
    mutating func report(isShrinking: Bool) {
        lastReport = coverage.steps
        let plannedRuns: Int? =
            switch options.strategy {
            case .allOrders: nil
            case .random(let runs), .priorities(let runs, _): runs
            }
        let isWanted = progress(
            SearchProgress(
                isShrinking: isShrinking, runs: runs, plannedRuns: plannedRuns, states: states.count, steps: coverage.steps,
                stepLimit: options.stepLimit, brokenLaws: smallest.count))
        if !isWanted { ending = .interrupted }
    }
}

extension Violation {
    /// Those of the choices of a run that were taken before it. What a broadcast waits for in vain, law L1, is known at the end only.
    func causes(among deviations: [Deviation]) -> [Deviation] {
        law == .l1 ? deviations : deviations.filter { $0.position < step }
    }
}
