internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// What goes in: P1, P2 and S18.
extension InvariantChecker {
    /// Takes the event into account, and judges what the machine made of it.
    mutating func take(_ examination: inout Examination) {
        switch examination.step.event {
        case .poll: break
        case .startBroadcast(let id, let target, let record, let seed, let configuration):
            let broadcast = WatchedBroadcast(
                id: id, target: target, record: record, seed: seed, configuration: configuration, localKey: localNode.key)
            start(broadcast, configuration, &examination)
        case .stopBroadcast(let id):
            if index(of: id) == nil { judgeStranger(&examination) }
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            receiveFindReply(id, node, closer: closer, &examination)
        case .getCloserNodesFailure(let id, let node, _, _):
            receiveFindReply(id, node, closer: nil, &examination)
        case .storeRecordSuccess(let id, let node, _, _):
            receiveStoreReply(id, node, error: nil, &examination)
        case .storeRecordFailure(let id, let node, _, let error):
            receiveStoreReply(id, node, error: error, &examination)
        }
    }

    // MARK: - Starts

    private mutating func start(_ broadcast: WatchedBroadcast, _ configuration: BroadcastConfiguration, _ examination: inout Examination) {
        let id = broadcast.id
        let expected = rejection(of: id, configuration)
        var got: BroadcastRejection?
        if case .broadcastRejected(id, let reason) = examination.step.state { got = reason }
        if got != expected {
            let why =
                switch (got, expected) {
                case (let got?, nil): "The start of \(id) was refused for no reason: \(got)."
                case (let got?, let expected?): "The start of \(id) was refused with \"\(got)\", but \(expected)."
                case (nil, let expected?): "\(id) was started, but \(expected)."
                case (nil, nil): ""
                }
            examination.report(.p1, id, nil, why)
        } else if expected == .idInUse, examination.before.broadcast(id) != examination.after.broadcast(id) {
            examination.report(.p1, id, nil, "The start that was refused has changed the running \(id).")
        }
        guard got == nil, expected != .idInUse else { return }
        running.append(broadcast)
        ended.remove(id)
        guard let thresholds = examination.after.broadcast(id)?.optimistic?.thresholds else { return }
        running[running.count - 1].thresholds = thresholds
        judge(thresholds, of: broadcast, &examination)
    }

    /// Why a start must be refused, or `nil`.
    private func rejection(of id: OperationID, _ configuration: BroadcastConfiguration) -> BroadcastRejection? {
        if id.isEmpty { return .emptyID }
        if index(of: id) != nil { return .idInUse }
        if let limit = self.configuration.maxBroadcasts, running.count >= limit { return .poolFull(limit: limit) }
        do throws(ConfigurationError) {
            try configuration.validate()
            return nil
        } catch {
            return .invalidConfiguration(error)
        }
    }

    // MARK: - Replies

    private mutating func receiveFindReply(_ id: OperationID, _ node: NetworkNode, closer: [NetworkNode]?, _ examination: inout Examination)
    {
        guard let index = index(of: id) else { return judgeStranger(&examination) }
        running[index].quietUntil = nil
        if !running[index].isLookupOver, running[index].lookup?.receive(from: node, closer: closer) == true { return }
        // The reply must have changed nothing.
        guard let old = examination.before.broadcast(id)?.query, let new = examination.after.broadcast(id)?.query else { return }
        let target = running[index].target
        guard let status = new.status(of: node, target: target), status != old.status(of: node, target: target) else {
            if new.candidates.count > old.candidates.count {
                examination.report(.s18, id, node, "\(id) learns from \(name(node)), which it does not await.")
            }
            return
        }
        switch status {
        case .succeeded, .failed: examination.report(.s18, id, node, "\(id) believes the reply of \(name(node)), which it does not await.")
        case .notContacted, .waiting, .unresponsive, .abandoned: break
        }
    }

    private mutating func receiveStoreReply(_ id: OperationID, _ node: NetworkNode, error: RequestError?, _ examination: inout Examination)
    {
        guard let index = index(of: id) else { return judgeStranger(&examination) }
        running[index].quietUntil = nil
        let old = examination.before.broadcast(id)?.stores.first { $0.node.key == node.key }?.status
        if let store = running[index].stores.store(with: node), store.reply == .none {
            // Whether an overdue store was given up before only the view tells.
            let isOverdue = store.deadline?.hasPassed(at: examination.now) ?? false
            if !isOverdue || old?.isWaiting == true {
                running[index].stores.receive(from: node, error: error)
                return
            }
        }
        guard let new = examination.after.broadcast(id)?.stores.first(where: { $0.node.key == node.key })?.status, new != old else {
            return
        }
        switch new {
        case .stored: break
        case .failed(let error): if error == .timedOut { return }
        case .todo, .waiting: return
        }
        examination.report(.s18, id, node, "\(id) believes the reply of \(name(node)) to a store that it does not await.")
    }

    /// P2: a reply or a stop for nobody settles nothing, and teaches nobody anything.
    private func judgeStranger(_ examination: inout Examination) {
        for new in examination.after.broadcasts {
            guard let old = examination.before.broadcast(new.id) else { continue }
            let learns = old.query.flatMap { old in new.query.map { $0.candidates.count > old.candidates.count } } ?? false
            let succeeds = old.query.flatMap { old in new.query.map { $0.statistics.successes > old.statistics.successes } } ?? false
            let settles = new.stores.count { $0.status.isAnswered } > old.stores.count { $0.status.isAnswered }
            guard learns || succeeds || settles else { continue }
            let id = examination.step.event.id.map(\.name) ?? ""
            examination.report(.p2, new.id, nil, "An event for \"\(id)\", which does not run, has changed \(new.id).")
        }
    }
}

extension QueryView<NetworkNode> {
    /// How far the lookup is with a node, or `nil` if it does not know it. O(log n).
    func status(of node: NetworkNode, target: Key256) -> QueryCandidate<NetworkNode>.Status? {
        let place = candidates.partitioningIndex { !$0.node.key.isCloser(to: target, than: node.key) }
        guard place < candidates.count, candidates[place].node.key == node.key else { return nil }
        return candidates[place].status
    }
}

extension StoreView.Status {
    /// Whether the store is sent and neither answered nor given up.
    var isWaiting: Bool {
        if case .waiting = self { true } else { false }
    }

    /// Whether the node has replied.
    var isAnswered: Bool {
        switch self {
        case .stored: true
        case .failed(let error): error != .timedOut
        case .todo, .waiting: false
        }
    }
}
