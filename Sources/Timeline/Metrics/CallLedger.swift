public import Broadcasts
public import Coordination

/// All requests of a run in the order of their sending, and the broadcasts that sent them: what ``Metrics`` are worked out from.
///
/// A fold over the steps of a branch, as many as there are: what holds at a position is asked for afterwards. So moving to and fro costs
/// nothing; another branch begins a ledger of its own.
public struct CallLedger: Sendable {
    /// The time that a node has to answer a question.
    public let requestTimeout: Nanoseconds
    /// The requests, in the order of their sending.
    public private(set) var calls: [Call] = []
    /// The broadcasts, in the order of their start.
    public private(set) var puts: [Put] = []
    /// The time of each step: that of step 1 first.
    public private(set) var times: [Instant] = []

    private var putOfID: [OperationID: Int] = [:]
    private var callOfName: [Name: Int] = [:]

    private struct Name: Hashable {
        let put: Int
        let node: Int32
        let kind: Call.Kind
    }

    /// A ledger without steps.
    ///
    /// - Parameter requestTimeout: the time that a node has to answer a question; that of a store comes with its broadcast.
    public init(requestTimeout: Nanoseconds) {
        self.requestTimeout = requestTimeout
    }

    /// The number of steps that it knows.
    public var stepCount: Int { times.count }

    /// Adds the next step. O(1).
    public mutating func record(_ step: Step) {
        times.append(step.time)
        recordEvent(of: step)
        recordState(of: step)
    }

    private mutating func recordEvent(of step: Step) {
        switch step.event {
        case .startBroadcast(let id, _, _, _, let configuration):
            // A start under an id in use leaves the broadcast that uses it where it is.
            if case .broadcastRejected(_, .idInUse) = step.state { return }
            putOfID[id] = puts.count
            puts.append(
                Put(
                    id: id, strategy: configuration.strategy, storeTimeout: configuration.stores.storeTimeout,
                    start: Call.Moment(step: step.number, time: step.time)))
        case .getCloserNodesSuccess(let id, let node, _, _): answer(id, node, .find, nil, step)
        case .getCloserNodesFailure(let id, let node, _, let error): answer(id, node, .find, error, step)
        case .storeRecordSuccess(let id, let node, _, _): answer(id, node, .store, nil, step)
        case .storeRecordFailure(let id, let node, _, let error): answer(id, node, .store, error, step)
        case .stopBroadcast, .poll: break
        }
    }

    private mutating func answer(_ id: OperationID, _ node: NetworkNode, _ kind: Call.Kind, _ error: RequestError?, _ step: Step) {
        guard !step.isIgnored, let put = putOfID[id], let place = callOfName[Name(put: put, node: node.index, kind: kind)],
            calls[place].answer == nil
        else { return }
        calls[place].answer = Call.Answer(moment: Call.Moment(step: step.number, time: step.time), error: error)
    }

    private mutating func recordState(of step: Step) {
        let moment = Call.Moment(step: step.number, time: step.time)
        switch step.state {
        case .idle, .waiting: break
        case .findCloser(let id, _, let node): send(id, node, .find, moment)
        case .storeRecord(let id, let node, _):
            guard let put = putOfID[id] else { return }
            if puts[put].strategy == .followUp, puts[put].lookupEnd == nil { puts[put].lookupEnd = moment }
            send(id, node, .store, moment)
        case .broadcastFinished(let id, _):
            guard let put = putOfID[id] else { return }
            puts[put].end = moment
        case .broadcastRejected(let id, let reason):
            guard reason != .idInUse, let put = putOfID[id] else { return }
            puts[put].end = moment
            puts[put].isRejected = true
        }
    }

    private mutating func send(_ id: OperationID, _ node: NetworkNode, _ kind: Call.Kind, _ moment: Call.Moment) {
        guard let put = putOfID[id] else { return }
        let timeout = kind == .find ? requestTimeout : puts[put].storeTimeout
        callOfName[Name(put: put, node: node.index, kind: kind)] = calls.count
        calls.append(
            Call(put: put, id: id, node: node, kind: kind, sent: moment, deadline: timeout.map { moment.time.advanced(by: $0) }))
    }
}

extension CallLedger {
    /// What is remembered of a broadcast.
    public struct Put: Hashable, Sendable {
        /// The operation's id.
        public let id: OperationID
        /// The strategy.
        public let strategy: BroadcastStrategy
        /// The time that a node has to answer a store; `nil` is for ever.
        public let storeTimeout: Nanoseconds?
        /// When it was started.
        public let start: Call.Moment
        /// When nobody was asked any more: of a FollowUp, its first store. An Optimistic asks while it stores, and that its lookup is
        /// over can't be seen from its requests: `nil` for it.
        public internal(set) var lookupEnd: Call.Moment?
        /// When it ended.
        public internal(set) var end: Call.Moment?
        /// Whether it was refused and never ran.
        public internal(set) var isRejected = false
    }
}
