public import Broadcasts
internal import Coordination
internal import Queries

/// Judges S17 at the end of a run: does each broadcast do what it would do alone?
///
/// The run is repeated, and each broadcast is run in a pool of its own: with its own events, and a poll for each step that served or
/// visited it, at the same instants. That is so only where there was a slot for each broadcast, so a broadcast is passed over if there
/// was not. One that takes the network's size from the pool's estimator is passed over too, and those beside an Optimistic that stores
/// before it first asks: it stands in line meanwhile and holds up those behind it.
///
/// - Parameters:
///   - steps: the steps of a run from its start.
///   - pool: a pool as it was before the run: any machine of the pool's shape.
///   - configuration: how that pool runs its broadcasts.
///   - keyBits: the width of the keys in bits: so many are shown where a node is named, 32 at most.
/// - Returns: for each broadcast the first step at which it differs.
/// - Complexity: that of two runs, and of a view at each step.
public func isolationViolations<Machine: BroadcastPoolMachine>(
    of steps: [Step], in pool: Machine, configuration: PoolConfiguration, keyBits: Int = 256
) -> [Violation] where Machine.Node == NetworkNode, Machine.Message == Record {
    let runs = IsolatedRun.runs(of: steps, in: pool)
    return runs.indices.compactMap { index in
        let run = runs[index]
        let others = runs.indices.filter { $0 != index && runs[$0].overlaps(run) }.map { runs[$0] }
        let crowd = run.crowd
        guard crowd <= configuration.queries.concurrency, !run.needsEstimate, !others.contains(where: \.storesBeforeItAsks) else {
            return nil
        }
        return run.violation(in: pool, steps, NodeNames(keyBits: keyBits))
    }
}

/// One broadcast of a run, to be run alone.
private struct IsolatedRun {
    let id: OperationID
    /// The index of its first step.
    let start: Int
    /// The index of its last step, or that of the last step of all.
    var end: Int
    /// The greatest number of broadcasts that ran at once with it.
    var crowd = 1
    let needsEstimate: Bool
    var storesBeforeItAsks = false
    var hasAsked = false
    /// The indices of the steps that served it or changed it, or whose event was for it.
    var turns: [Int] = []

    func overlaps(_ other: IsolatedRun) -> Bool { start <= other.end && other.start <= end }

    /// Repeats a run to see when each broadcast had its turn.
    static func runs<Machine: BroadcastPoolMachine>(of steps: [Step], in pool: Machine) -> [IsolatedRun]
    where Machine.Node == NetworkNode, Machine.Message == Record {
        var pool = pool
        var runs: [IsolatedRun] = []
        /// The places of those that run, in the order of their start.
        var running: [Int] = []
        var before = pool.view
        for (index, step) in steps.enumerated() {
            _ = pool.advance(step.event, at: step.time)
            let after = pool.view
            if case .startBroadcast(let id, _, _, _, let configuration) = step.event, !step.state.isRejection,
                !running.contains(where: { runs[$0].id == id })
            {
                running.append(runs.count)
                runs.append(IsolatedRun(id: id, start: index, end: steps.count - 1, needsEstimate: configuration.needsEstimate))
            }
            for place in running {
                let id = runs[place].id
                runs[place].crowd = max(runs[place].crowd, running.count)
                if step.names(id) || after.broadcast(id) != before.broadcast(id) { runs[place].turns.append(index) }
                switch step.state {
                case .findCloser(id, _, _): runs[place].hasAsked = true
                case .storeRecord(id, _, _) where !runs[place].hasAsked: runs[place].storesBeforeItAsks = true
                case .broadcastFinished(id, _): runs[place].end = index
                case .idle, .waiting, .findCloser, .storeRecord, .broadcastFinished, .broadcastRejected: break
                }
            }
            running.removeAll { runs[$0].end == index }
            before = after
        }
        for place in runs.indices {
            let needsQuery = steps[runs[place].start].event.needsQuery
            runs[place].storesBeforeItAsks = runs[place].storesBeforeItAsks && needsQuery
        }
        return runs
    }

    /// The first step at which the broadcast does something else alone.
    func violation<Machine: BroadcastPoolMachine>(in pool: Machine, _ steps: [Step], _ name: NodeNames) -> Violation?
    where Machine.Node == NetworkNode, Machine.Message == Record {
        var pool = pool
        for index in turns {
            let step = steps[index]
            let state = pool.advance(step.event.id == id ? step.event : .poll, at: step.time)
            let alone = state.isAtRest || state.isRejection ? nil : state
            let together = step.state.id == id && !step.state.isRejection ? step.state : nil
            guard alone != together else { continue }
            let why = "\(id) \(together.text(name)) here; alone it \(alone.text(name))."
            return Violation(law: .s17, step: step.number, broadcast: id, node: nil, why: why)
        }
        return nil
    }
}

extension BroadcastConfiguration {
    /// Whether it takes the network's size from the pool.
    fileprivate var needsEstimate: Bool {
        switch self {
        case .followUp, .static: false
        case .optimistic(let configuration): configuration.networkSize == nil
        }
    }
}

extension NetworkEvent {
    /// Whether it starts a broadcast with a lookup.
    fileprivate var needsQuery: Bool {
        switch self {
        case .startBroadcast(_, _, _, _, let configuration): configuration.strategy != .static
        case .stopBroadcast, .getCloserNodesSuccess, .getCloserNodesFailure, .storeRecordSuccess, .storeRecordFailure, .poll: false
        }
    }
}

extension NetworkState {
    /// Whether a start was refused.
    var isRejection: Bool {
        if case .broadcastRejected = self { true } else { false }
    }
}

extension NetworkState? {
    /// What a broadcast does, in words.
    fileprivate func text(_ name: NodeNames) -> String {
        switch self {
        case .findCloser(_, _, let node): "asks \(name(node))"
        case .storeRecord(_, let node, _): "stores with \(name(node))"
        case .broadcastFinished(_, let outcome): "finishes (\(outcome.reason.rawValue), contacted: \(name(outcome.contacted)))"
        case .idle, .waiting, .broadcastRejected, nil: "does nothing"
        }
    }
}
