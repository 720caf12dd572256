public import Broadcasts
public import Coordination
internal import Queries

/// A history told by broadcast: who was asked, who answered in a way that counts, what was stored, how it ended.
///
/// It reckons from events and states alone, except that whether an overdue store had already been given up is read off the view.
public struct Chronicle<K: TestKey> {
    /// The history itself.
    public let history: History<K>
    /// The incarnations, in order of their start.
    public private(set) var runs: [BroadcastRun<K>] = []
    /// What each step ought to add to the pool's count of ignored events.
    public private(set) var ignoredAt: [Int] = []
    /// The states that name a broadcast which does not run: step and id.
    public private(set) var strays: [(step: Int, id: OperationID)] = []
    /// The index of the run named by each step's answer.
    public private(set) var servedAt: [Int?] = []

    private var current: [OperationID: Int] = [:]

    /// Retells a history.
    public init(_ history: History<K>) {
        self.history = history
        for (index, step) in history.steps.enumerated() {
            ignoredAt.append(apply(step, at: index) ? 0 : 1)
            servedAt.append(note(step, at: index))
        }
    }

    /// The steps, numbered.
    public var steps: some Sequence<(offset: Int, element: Step<K>)> { history.steps.enumerated() }

    /// The run of this id that goes on at a step, the steps of its start and end included.
    public func run(_ id: OperationID, at step: Int) -> BroadcastRun<K>? {
        runs.last { $0.id == id && $0.isRunning(at: step) }
    }

    /// The runs that go on before a step.
    public func runs(before step: Int) -> [BroadcastRun<K>] {
        runs.filter { $0.startStep < step && $0.isRunning(at: step) }
    }

    /// The number of broadcasts that run after a step.
    public func runningCount(after step: Int) -> Int {
        runs.count { $0.startStep <= step && step < $0.end?.step ?? .max }
    }
}

// MARK: - Events

extension Chronicle {
    /// Takes an event into account.
    ///
    /// - Returns: whether it made sense; if not, the pool must count it.
    private mutating func apply(_ step: Step<K>, at index: Int) -> Bool {
        switch step.event {
        case .poll:
            return true
        case .startBroadcast(let id, let target, let message, let seed, let configuration):
            guard current[id] == nil, !step.state.isRejection else { return true }
            begin(id, at: index, target: target, message: message, seed: seed, configuration: configuration)
            return true
        case .stopBroadcast(let id):
            guard let run = current[id] else { return false }
            runs[run].stopStep = index
            return true
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            return found(id, node, closer: closer, at: index)
        case .getCloserNodesFailure(let id, let node, _, _):
            return found(id, node, closer: nil, at: index)
        case .storeRecordSuccess(let id, let node, _, _):
            return stored(id, node, error: nil, at: index)
        case .storeRecordFailure(let id, let node, _, let error):
            return stored(id, node, error: error, at: index)
        }
    }

    private mutating func begin(
        _ id: OperationID, at index: Int, target: K, message: String, seed: [K], configuration: BroadcastConfiguration
    ) {
        let (isStatic, options): (Bool, StoreOptions) =
            switch configuration {
            case .followUp(let options): (false, options.stores)
            case .static(let options): (true, options.stores)
            case .optimistic(let options): (false, options.stores)
            }
        current[id] = runs.count
        runs.append(
            BroadcastRun(
                id: id, startStep: index, target: target, message: message, seed: seed, localNode: history.localNode, isStatic: isStatic,
                stores: options, optimistic: configuration.optimistic))
    }

    private mutating func found(_ id: OperationID, _ node: K, closer: [K]?, at index: Int) -> Bool {
        guard let run = current[id], !runs[run].isStatic, runs[run].lookupEnd == nil else { return false }
        if let ask = runs[run].asks.firstIndex(where: { $0.node == node }) {
            guard runs[run].asks[ask].replyStep == nil else { return false }
            runs[run].asks[ask].replyStep = index
            runs[run].asks[ask].succeeded = closer != nil
            runs[run].known.formUnion(Set(closer ?? []).subtracting([history.localNode]))
            return true
        }
        // The one exception: a failure for a known node that was not asked yet, once the lookup has begun.
        guard closer == nil, !runs[run].asks.isEmpty, runs[run].known.contains(node), runs[run].failedUnasked[node] == nil else {
            return false
        }
        runs[run].failedUnasked[node] = index
        return true
    }

    private mutating func stored(_ id: OperationID, _ node: K, error: RequestError?, at index: Int) -> Bool {
        guard let run = current[id], let store = runs[run].sent.firstIndex(where: { $0.node == node }),
            runs[run].sent[store].replyStep == nil,
            let view = history.viewBefore(index).broadcast(id)?.stores.first(where: { $0.node == node }), view.status.isWaiting
        else { return false }
        runs[run].sent[store].replyStep = index
        runs[run].sent[store].error = error
        return true
    }
}

// MARK: - States

extension Chronicle {
    /// Takes an answer into account.
    ///
    /// - Returns: the index of the run that it names.
    private mutating func note(_ step: Step<K>, at index: Int) -> Int? {
        for (id, run) in current where runs[run].optimistic != nil { observe(runs[run], as: step.view.broadcast(id), at: index) }
        guard let id = step.state.id else { return nil }
        if case .broadcastRejected = step.state { return nil }
        guard let run = current[id] else {
            strays.append((index, id))
            return nil
        }
        switch step.state {
        case .findCloser(_, _, let node):
            let deadline = step.now.advanced(by: history.configuration.queries.requestTimeout)
            runs[run].asks.append(.init(node: node, step: index, deadline: deadline))
        case .storeRecord(_, let node, _):
            if runs[run].optimistic == nil { runs[run].lookupEnd = runs[run].lookupEnd ?? index }
            let deadline = runs[run].stores.storeTimeout.map { step.now.advanced(by: $0) }
            runs[run].sent.append(.init(node: node, step: index, deadline: deadline))
        case .broadcastFinished(_, let outcome):
            runs[run].lookupEnd = runs[run].lookupEnd ?? index
            runs[run].end = (index, outcome)
            current[id] = nil
        case .idle, .waiting, .broadcastRejected:
            break
        }
        return run
    }
}

extension Chronicle {
    /// An Optimistic stores while it looks, so when its lookup ends is seen on the view only.
    private func observe(_ run: BroadcastRun<K>, as view: BroadcastView<K>?, at index: Int) {
        if index == run.startStep { run.thresholds = view?.optimistic?.thresholds }
        run.walkEnd = run.walkEnd ?? view?.optimistic?.walkEnd
        if view?.query == nil { run.lookupEnd = run.lookupEnd ?? index }
    }
}

extension BroadcastConfiguration {
    /// The options of an Optimistic.
    var optimistic: OptimisticConfiguration? {
        if case .optimistic(let options) = self { options } else { nil }
    }
}

extension PoolState {
    /// Whether the state refuses a start.
    public var isRejection: Bool {
        if case .broadcastRejected = self { true } else { false }
    }
}

extension StoreView.Status {
    /// Whether the store is sent and neither answered nor given up.
    public var isWaiting: Bool {
        if case .waiting = self { true } else { false }
    }
}
