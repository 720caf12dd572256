public import Broadcasts
public import Coordination
internal import Kademlia
internal import Queries

/// The messages within a step, in their order: pool to broadcast to lookup, and back.
///
/// They are concluded from the event, the state and what is seen before and after, by the rules of the machines (`semantics`,
/// sections 5 and 6). What cannot be concluded is left out: a broadcast that was looked at in its turn and did nothing leaves no mark.
public struct MicroSteps: Equatable, Sendable {
    /// The messages; the last one is what the pool said.
    public private(set) var all: [MicroStep] = []

    private let step: Step
    private let before: NetworkPoolView
    private let after: NetworkPoolView

    /// The messages within a step. O(broadcasts + nodes of the broadcasts that changed).
    ///
    /// - Parameters:
    ///   - step: the step.
    ///   - before: the pool before it.
    ///   - after: the pool after it.
    ///   - first: the broadcast at which the pool's ring began, for the order of several that were looked at in vain; `nil` for the one
    ///     that was started first. ``Explainer/microSteps(of:)`` knows it.
    public init(of step: Step, before: NetworkPoolView, after: NetworkPoolView, ringBeginsAt first: OperationID? = nil) {
        self.step = step
        self.before = before
        self.after = after
        if case .broadcastRejected = step.state {
            // Nobody is told of it, and nobody else is served.
        } else if !tellNamed() {
            for broadcast in served(first) { tell(broadcast.id, broadcast.strategy, .poll, answer: answer(of: broadcast.id)) }
        }
        add(.pool, .poolSaid(step.state))
    }

    private mutating func add(_ machine: MachineName, _ message: MicroStep.Message) {
        all.append(MicroStep(step: step.number, place: all.count + 1, machine: machine, message: message))
    }

    public static func == (a: MicroSteps, b: MicroSteps) -> Bool { a.all == b.all }
}

// MARK: - Turns

extension MicroSteps {
    /// Tells the broadcast that the event names of it.
    ///
    /// - Returns: whether that gave the step's answer.
    private mutating func tellNamed() -> Bool {
        guard let id = step.event.id, let event = BroadcastEvent(step.event) else { return false }
        let named = before.broadcast(id)
        var strategy = named?.strategy
        if case .startBroadcast(_, _, _, _, let configuration) = step.event { strategy = configuration.strategy }
        guard let strategy else { return false }
        // One in line for a slot while none is free has to wait; if the answer is its own, it was served later, once there was one.
        let isStuck = named?.phase == .queued && before.heldSlots >= before.slots && step.outcome(of: id) == nil
        let isAnswered = step.state.id == id && !isStuck
        tell(id, strategy, event, answer: isAnswered ? answer(of: id) : waiting(id))
        return isAnswered
    }

    /// The broadcasts that were served in their turn: those that changed, and the one whose answer the step is, which is the last.
    private func served(_ first: OperationID?) -> [BroadcastView<NetworkNode>] {
        let now = Dictionary(after.broadcasts.map { ($0.id, $0) }) { first, _ in first }
        let running = before.broadcasts
        // The ring ends at the one that gave the answer.
        let end = running.firstIndex { $0.id == step.state.id }
        let start = end.map { $0 + 1 } ?? running.firstIndex { $0.id == first } ?? 0
        return (running[start...] + running[..<start]).filter { broadcast in
            if broadcast.id == step.state.id { return true }
            guard broadcast.id != step.event.id, let new = now[broadcast.id] else { return false }
            return new != broadcast
        }
    }

    /// What a broadcast said: the step's answer, if it is its own, else that it waits.
    private func answer(of id: OperationID) -> BroadcastState<NetworkNode, Record>? {
        switch step.state {
        case .findCloser(id, let target, let node): .findCloser(id: id, node: node, target: target)
        case .storeRecord(id, let node, let record): .storeRecord(id: id, node: node, message: record)
        case .broadcastFinished(id, let outcome): .finished(id: id, outcome: outcome)
        case .findCloser, .storeRecord, .broadcastFinished, .waiting, .idle, .broadcastRejected: waiting(id)
        }
    }

    /// That a broadcast waits, unless it is gone or the pool denies that it runs.
    private func waiting(_ id: OperationID) -> BroadcastState<NetworkNode, Record>? {
        if case .idle = step.state { return nil }
        return after.broadcast(id) == nil ? nil : .waiting(id: id)
    }
}

// MARK: - A broadcast and its lookup

extension MicroSteps {
    private mutating func tell(
        _ id: OperationID, _ strategy: BroadcastStrategy, _ event: BroadcastEvent<NetworkNode, Record>,
        answer: BroadcastState<NetworkNode, Record>?
    ) {
        let machine = MachineName.broadcast(id, strategy)
        add(machine, .broadcastTold(event))
        var begins = false
        if case .start = event { begins = strategy != .static }
        if begins || before.broadcast(id)?.query != nil {
            let told = event.forLookup
            add(.lookup(id), .lookupTold(told))
            for message in lookupAnswers(id, told, answer) { add(.lookup(id), message) }
        }
        if let answer { add(machine, .broadcastSaid(answer)) }
    }

    private func lookupAnswers(
        _ id: OperationID, _ told: QueryEvent<NetworkNode>, _ answer: BroadcastState<NetworkNode, Record>?
    ) -> [MicroStep.Message] {
        guard let answer else { return [] }
        if let query = after.broadcast(id)?.query {
            switch answer {
            case .findCloser(_, let node, _): return [.lookupSaid(.findCloser(node: node))]
            case .waiting: return [.lookupSaid(waiting(query, after.broadcast(id)?.phase))]
            // An Optimistic that stores while it looks does not ask its lookup for a request.
            case .storeRecord, .finished, .idle: return []
            }
        }
        let end = LookupAtEnd(before.broadcast(id), step)
        if case .finished(_, let outcome) = answer {
            switch outcome.reason {
            case .stopped, .noNodesFound: return [.lookupSaid(.finished(closest: end.closest))]
            case .queryTimedOut: return [.lookupSaid(.timedOut(closest: end.closest))]
            case .completed: return end.isFinished ? [.lookupSaid(.finished(closest: end.closest))] : cancel(end)
            }
        }
        guard let broadcast = after.broadcast(id) else { return [] }
        if let walkEnd = broadcast.optimistic?.walkEnd {
            switch walkEnd {
            case .enoughStores, .nearEnough: return cancel(end)
            case .queryFinished: return [.lookupSaid(.finished(closest: end.closest))]
            case .queryTimedOut: return [.lookupSaid(.timedOut(closest: end.closest))]
            }
        }
        let chosen = broadcast.stores.map(\.node)
        guard chosen == end.closest else { return [.lookupSaid(.ended(closest: chosen))] }
        return [.lookupSaid(end.isFinished ? .finished(closest: chosen) : .timedOut(closest: chosen))]
    }

    private func cancel(_ end: LookupAtEnd) -> [MicroStep.Message] {
        [.lookupTold(.cancel), .lookupSaid(.finished(closest: end.closest))]
    }

    private func waiting(_ query: QueryView<NetworkNode>, _ phase: BroadcastView<NetworkNode>.Phase?) -> LookupAnswer {
        if phase == .queued { return .queued }
        let isFull = query.isFollowingUp || query.awaited.count >= query.configuration.concurrency
        return isFull ? .waitingAtCapacity : .waitingWithCapacity
    }
}

extension BroadcastEvent where Node == NetworkNode, Message == Record {
    /// What the pool tells a broadcast of an event that names it; `nil` for a poll.
    fileprivate init?(_ event: NetworkEvent) {
        switch event {
        case .startBroadcast(_, let target, _, let seed, _): self = .start(target: target, seed: seed)
        case .stopBroadcast: self = .stop
        case .getCloserNodesSuccess(_, let node, _, let closer): self = .nodeResponse(node: node, closer: closer)
        case .getCloserNodesFailure(_, let node, _, let error): self = .nodeFailure(node: node, error: error)
        case .storeRecordSuccess(_, let node, let request, let response):
            self = .storeRecordSuccess(node: node, request: request, response: response)
        case .storeRecordFailure(_, let node, let request, let error):
            self = .storeRecordFailure(node: node, request: request, error: error)
        case .poll: return nil
        }
    }

    /// What a broadcast whose lookup runs tells it of an event.
    fileprivate var forLookup: QueryEvent<NetworkNode> {
        switch self {
        case .nodeResponse(let node, let closer): .nodeResponse(node: node, closer: closer)
        case .nodeFailure(let node, let error): .nodeFailure(node: node, error: error)
        case .stop: .cancel
        case .start, .poll, .storeRecordSuccess, .storeRecordFailure: .poll
        }
    }
}
