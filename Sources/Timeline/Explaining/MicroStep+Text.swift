internal import Broadcasts
internal import Coordination
internal import Queries

extension MicroStep {
    /// The message in few words, as in `pool told FollowUp b1: nodeResponse 2b, 20 closer`.
    public func text(_ names: Names) -> String {
        switch message {
        case .broadcastTold(let event): "pool told \(machine.title): \(event.words(names))"
        case .lookupTold(let event): "\(broadcast) told its lookup: \(event.words(names))"
        case .lookupSaid(let answer): "\(machine.title) said: \(answer.words(names))"
        case .broadcastSaid(let state): "\(machine.title) said: \(state.words(names))"
        case .poolSaid(let state): "pool said: \(state.words(names))"
        }
    }

    private var broadcast: String {
        switch machine {
        case .pool: "pool"
        case .broadcast(let id, _), .lookup(let id): id.name
        }
    }
}

extension BroadcastEvent where Node == NetworkNode {
    /// What a broadcast is told, in few words.
    fileprivate func words(_ names: Names) -> String {
        switch self {
        case .start(_, let seed): "start, \(seed.count.of("seed"))"
        case .stop: "stop"
        case .poll: "poll"
        case .nodeResponse(let node, let closer): "nodeResponse \(names.node(node)), \(closer.count) closer"
        case .nodeFailure(let node, let error): "nodeFailure \(names.node(node)), \(error)"
        case .storeRecordSuccess(let node, _, _): "storeRecordSuccess \(names.node(node))"
        case .storeRecordFailure(let node, _, let error): "storeRecordFailure \(names.node(node)), \(error)"
        }
    }
}

extension BroadcastState where Node == NetworkNode {
    /// What a broadcast says, in few words.
    fileprivate func words(_ names: Names) -> String {
        switch self {
        case .idle: "idle"
        case .findCloser(_, let node, _): "findCloser \(names.node(node))"
        case .storeRecord(_, let node, _): "storeRecord \(names.node(node))"
        case .waiting: "waiting"
        case .finished(_, let outcome): "finished, \(outcome.words)"
        }
    }
}

extension QueryEvent where Node == NetworkNode {
    /// What a lookup is told, in few words.
    fileprivate func words(_ names: Names) -> String {
        switch self {
        case .poll: "poll"
        case .nodeResponse(let node, let closer): "nodeResponse \(names.node(node)), \(closer.count) closer"
        case .nodeFailure(let node, let error): "nodeFailure \(names.node(node)), \(error)"
        case .cancel: "cancel"
        }
    }
}

extension LookupAnswer {
    /// What a lookup says, in few words.
    fileprivate func words(_ names: Names) -> String {
        switch self {
        case .findCloser(let node): "findCloser \(names.node(node))"
        case .waitingAtCapacity: "waitingAtCapacity"
        case .waitingWithCapacity: "waitingWithCapacity"
        case .queued: "queued, no slot is free for it"
        case .finished(let closest): "finished, closest: \(names.list(closest))"
        case .timedOut(let closest): "timed out, closest: \(names.list(closest))"
        case .ended(let closest): "ended, closest: \(names.list(closest))"
        }
    }
}

extension PoolState where Node == NetworkNode {
    /// What the pool says, in few words.
    fileprivate func words(_ names: Names) -> String {
        switch self {
        case .idle: "idle"
        case .waiting: "waiting"
        case .findCloser(let id, _, let node): "findCloser \(id) \(names.node(node))"
        case .storeRecord(let id, let node, _): "storeRecord \(id) \(names.node(node))"
        case .broadcastFinished(let id, let outcome): "broadcastFinished \(id), \(outcome.words)"
        case .broadcastRejected(let id, let reason): "broadcastRejected \(id): \(reason)"
        }
    }
}

extension BroadcastOutcome {
    /// The reason, and how many nodes have the record.
    var words: String {
        "\(reason.words): " + (contacted.isEmpty ? "nothing stored" : "\(storedCount) of \(contacted.count) stored")
    }

    /// The number of nodes that have the record.
    var storedCount: Int { contacted.count - errors.count - unanswered.count }
}
