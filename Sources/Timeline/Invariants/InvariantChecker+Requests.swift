internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// What comes out while a broadcast runs: P3, S1…S3, S8…S13, Q2, Q3, O1 and O4.
extension InvariantChecker {
    /// Judges the answer, and takes it into account.
    mutating func judgeState(_ examination: inout Examination) {
        switch examination.step.state {
        case .idle:
            guard let first = running.first else { return }
            examination.report(.p4, first.id, nil, "The pool says that it is idle, but \(first.id) runs.")
        case .waiting:
            if running.isEmpty { examination.report(.p4, nil, nil, "The pool says that it waits, but no broadcast runs.") }
        case .findCloser(let id, let target, let node):
            guard let index = index(of: id) else { return reportStray(id, node, &examination) }
            judgeQuestion(of: index, target: target, to: node, &examination)
        case .storeRecord(let id, let node, let record):
            guard let index = index(of: id) else { return reportStray(id, node, &examination) }
            judgeStore(of: index, record, with: node, &examination)
        case .broadcastFinished(let id, let outcome):
            guard let index = index(of: id) else {
                if ended.contains(id) {
                    examination.report(.s4, id, nil, "\(id) finishes a second time.")
                } else {
                    examination.report(.p3, id, nil, "\(id) finishes, though it was never started.")
                }
                return
            }
            judgeEnd(of: index, outcome, &examination)
            running.remove(at: index)
            ended.insert(id)
        case .broadcastRejected(let id, _):
            if case .startBroadcast(id, _, _, _, _) = examination.step.event { return }
            examination.report(.p3, id, nil, "The pool refuses \(id), though nobody has just asked for its start.")
        }
    }

    private func reportStray(_ id: OperationID, _ node: NetworkNode, _ examination: inout Examination) {
        if ended.contains(id) {
            examination.report(.s13, id, node, "\(id) has ended, and there is a request for it to \(name(node)).")
        } else {
            examination.report(.p3, id, node, "There is a request to \(name(node)) for \(id), which was never started.")
        }
    }

    // MARK: - Questions

    private mutating func judgeQuestion(of index: Int, target: Key256, to node: NetworkNode, _ examination: inout Examination) {
        running[index].quietUntil = nil
        running[index].reported.remove(.l2)
        running[index].expire(at: examination.now)
        guard mayAsk(running[index], node, target: target, &examination) else { return }
        let (limits, isFirst) = (limits, running[index].lookup?.firstAsked == nil)
        running[index].lookup?.ask(node, at: examination.now, timeout: limits.requestTimeout)
        let inFlight = running[index].lookup?.inFlight.count ?? 0
        if inFlight > limits.queryConcurrency, running[index].lookup?.isFollowingUp != true {
            let id = running[index].id
            examination.report(.s9, id, node, "\(id) has \(inFlight) requests in flight; \(limits.queryConcurrency) are allowed.")
        }
        if isFirst { judgeSlots(&examination) }
    }

    /// S3, S8, S11, S12 and Q2: is this the node to ask?
    ///
    /// - Returns: whether the broadcast has a lookup that can ask at all.
    private func mayAsk(_ broadcast: WatchedBroadcast, _ node: NetworkNode, target: Key256, _ examination: inout Examination) -> Bool {
        let id = broadcast.id
        guard let lookup = broadcast.lookup else {
            examination.report(.q2, id, node, "\(id) is a Static and asks \(name(node)).")
            return false
        }
        if target != broadcast.target {
            examination.report(.s12, id, node, "\(id) asks \(name(node)) for nodes near another target.")
        }
        if node.key == localNode.key { examination.report(.s8, id, node, "\(id) asks the local node.") }
        if broadcast.isLookupOver {
            examination.report(.s11, id, node, "\(id) asks \(name(node)) after its lookup has ended.")
            return false
        }
        switch lookup.progress(of: node) {
        case .asked, .succeeded, .failed, .abandoned: examination.report(.s3, id, node, "\(id) asks \(name(node)) a second time.")
        case .notContacted, .ruledOut, nil:
            guard lookup.next?.key != node.key else { break }
            let next = lookup.next.map { "\(name($0)) is next" } ?? "it knows nobody to ask"
            examination.report(.q2, id, node, "\(id) asks \(name(node)), but \(next).")
        }
        return true
    }

    /// S9: the lookups with requests in flight.
    private mutating func judgeSlots(_ examination: inout Examination) {
        var holders: [OperationID] = []
        for index in running.indices where running[index].holdsSlot {
            running[index].lookup?.expire(at: examination.now)
            if running[index].lookup?.inFlight.isEmpty == false { holders.append(running[index].id) }
        }
        guard holders.count > limits.concurrency, let last = examination.step.state.id else { return }
        let others = holders.filter { $0 != last }.map(\.name).joined(separator: ", ")
        examination.report(.s9, last, nil, "\(last) looks beside \(others); \(limits.concurrency) lookups at once are allowed.")
    }

    // MARK: - Stores

    private mutating func judgeStore(of index: Int, _ record: Record, with node: NetworkNode, _ examination: inout Examination) {
        running[index].quietUntil = nil
        running[index].reported.remove(.l2)
        running[index].expire(at: examination.now)
        let id = running[index].id
        if record != running[index].record { examination.report(.s12, id, node, "\(id) sends \(name(node)) another record than its own.") }
        judgeReceiver(node, of: running[index], &examination)
        if running[index].stores.hasSent(to: node) {
            examination.report(running[index].isEager ? .o4 : .s2, id, node, "\(id) stores with \(name(node)) a second time.")
        }
        if !running[index].isLookupOver, !running[index].isEager { endLookup(of: index, before: node, &examination) }
        judgeChoice(of: node, by: running[index], &examination)
        running[index].stores.send(to: node, at: examination.now, timeout: running[index].options.storeTimeout)
        if let limit = running[index].options.storeConcurrency, running[index].stores.inFlight.count > limit {
            examination.report(
                .s9, id, node, "\(id) has \(running[index].stores.inFlight.count) stores in flight; \(limit) are allowed.")
        }
    }

    /// S1 and S8: whom may a broadcast store with?
    private func judgeReceiver(_ node: NetworkNode, of broadcast: WatchedBroadcast, _ examination: inout Examination) {
        let id = broadcast.id
        guard let lookup = broadcast.lookup else {
            if !broadcast.seed.contains(where: { $0.key == node.key }) {
                examination.report(.s1, id, node, "\(id) stores with \(name(node)), which is not in its seed.")
            }
            return
        }
        if node.key == localNode.key { examination.report(.s8, id, node, "\(id) stores with the local node.") }
        let progress = lookup.progress(of: node)
        if broadcast.isEager {
            if progress == nil { examination.report(.s1, id, node, "\(id) stores with \(name(node)), which it does not know.") }
        } else if limits.resiliency != nil {
            if progress == nil { examination.report(.s1, id, node, "\(id) stores with \(name(node)), which it does not know.") }
        } else if progress != .succeeded {
            examination.report(.s1, id, node, "\(id) stores with \(name(node)), which has not answered it.")
        }
    }

    /// S11 and Q3: the first store of a broadcast that looks first and stores then.
    private mutating func endLookup(of index: Int, before node: NetworkNode, _ examination: inout Examination) {
        guard let lookup = running[index].lookup else { return }
        let id = running[index].id
        guard examination.after.broadcast(id)?.query == nil else {
            return examination.report(.s11, id, node, "\(id) stores with \(name(node)) while it still looks.")
        }
        let outlook = lookup.outlook(at: examination.now, limits)
        judgeEndOfLookup(outlook, of: running[index], &examination)
        running[index].hasTimedOut = outlook == .ends(timedOut: true)
        running[index].isLookupOver = true
        running[index].chosen = lookup.result(limits.replication, timedOut: running[index].hasTimedOut)
    }

    /// Q3: may a lookup with this outlook end?
    func judgeEndOfLookup(_ outlook: WatchedLookup.Outlook, of broadcast: WatchedBroadcast, _ examination: inout Examination) {
        switch outlook {
        case .ends: break
        case .asks(let next): examination.report(.q3, broadcast.id, next, "\(broadcast.id) ends its lookup without asking \(name(next)).")
        case .waits:
            let awaited = broadcast.lookup?.awaited ?? []
            examination.report(.q3, broadcast.id, awaited.first, "\(broadcast.id) ends its lookup while it awaits \(name(awaited)).")
        }
    }

    /// S10 and O1: is it this node's turn?
    private func judgeChoice(of node: NetworkNode, by broadcast: WatchedBroadcast, _ examination: inout Examination) {
        let id = broadcast.id
        if let thresholds = broadcast.thresholds {
            if thresholds.isWithinIndividual(broadcast.target.distance(to: node.key)) { return }
            guard let chosen = broadcast.chosen else {
                return examination.report(.o1, id, node, "\(id) stores with \(name(node)) early, which is not near enough.")
            }
            if !chosen.contains(where: { $0.key == node.key }) {
                examination.report(.s10, id, node, "\(id) stores with \(name(node)), which is not one of the \(chosen.count) closest.")
            }
        } else if let chosen = broadcast.chosen {
            let rank = broadcast.stores.sent.count
            let expected = rank < chosen.count ? chosen[rank] : nil
            guard expected?.key != node.key else { return }
            let instead = expected.map { "not with \(name($0))" } ?? "though its \(chosen.count) closest nodes have the record"
            examination.report(.s10, id, node, "\(id) stores with \(name(node)), \(instead).")
        }
    }
}
