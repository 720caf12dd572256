internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// How a broadcast ends: S4…S7, S10, S14…S16, Q3, O2 and O3.
extension InvariantChecker {
    private typealias Outcome = BroadcastOutcome<NetworkNode>

    /// S16: the answer to a stop.
    func judgeStop(of id: OperationID, _ examination: inout Examination) {
        guard case .broadcastFinished(id, let outcome) = examination.step.state else {
            return examination.report(.s16, id, nil, "\(id) was stopped and has not finished at once.")
        }
        if outcome.reason != .stopped {
            examination.report(.s16, id, nil, "\(id) was stopped, but says that it ended for another reason: \(outcome.reason.rawValue).")
        }
    }

    /// Judges the outcome of a broadcast.
    mutating func judgeEnd(of index: Int, _ outcome: BroadcastOutcome<NetworkNode>, _ examination: inout Examination) {
        running[index].expire(at: examination.now)
        var isStop = false
        if case .stopBroadcast(running[index].id) = examination.step.event { isStop = true }
        if !isStop {
            if outcome.reason == .stopped {
                examination.report(.s16, running[index].id, nil, "\(running[index].id) says that it was stopped, but nobody did.")
            }
            if !running[index].isLookupOver { endLookup(of: index, &examination) }
        }
        let broadcast = running[index]
        judgePlaces(broadcast, outcome, isStop: isStop, &examination)
        judgeErrors(broadcast, outcome, isStop: isStop, &examination)
        judgeRemainder(broadcast, outcome, isStop: isStop, &examination)
        judgeReason(broadcast, outcome, isStop: isStop, &examination)
    }

    /// Q3 and O2: a lookup that ends in the same step as its broadcast.
    private mutating func endLookup(of index: Int, _ examination: inout Examination) {
        guard let lookup = running[index].lookup else { return }
        let broadcast = running[index]
        let outlook = lookup.outlook(at: examination.now, limits)
        guard broadcast.isEager, outlook != .ends(timedOut: false) else {
            judgeEndOfLookup(outlook, of: broadcast, &examination)
            running[index].hasTimedOut = outlook == .ends(timedOut: true)
            let timedOut = running[index].hasTimedOut
            running[index].chosen = broadcast.stores.sent.isEmpty ? nil : lookup.result(limits.replication, timedOut: timedOut)
            return
        }
        let isEarly = broadcast.stores.hopeful >= limits.replication || isNearEnough(broadcast)
        if !isEarly, outlook != .ends(timedOut: true) {
            examination.report(.o2, broadcast.id, nil, "\(broadcast.id) ends its walk too early.")
        }
        running[index].hasTimedOut = !isEarly && outlook == .ends(timedOut: true)
        endWalk(of: index, early: isEarly)
    }

    /// S5 and S6: where every node is.
    private func judgePlaces(_ broadcast: WatchedBroadcast, _ outcome: Outcome, isStop: Bool, _ examination: inout Examination) {
        let id = broadcast.id
        let target = broadcast.target
        let sent = broadcast.stores.sent.map(\.node).sorted { $0.key.isCloser(to: target, than: $1.key) }
        if outcome.contacted.map(\.key) != sent.map(\.key) {
            let stranger = outcome.contacted.first { !broadcast.stores.hasSent(to: $0) }
            examination.report(.s5, id, stranger, "\(id) says that it contacted \(name(outcome.contacted)); it has sent to \(name(sent)).")
        }
        let all = outcome.contacted + outcome.notContacted
        var places: Set<Key256> = []
        if let node = all.first(where: { !places.insert($0.key).inserted }) {
            examination.report(.s6, id, node, "\(name(node)) is in the outcome of \(id) twice.")
        }
        if !isStop, let node = outcome.notContacted.first {
            examination.report(.s6, id, node, "\(id) was not stopped and has not sent to \(name(outcome.notContacted)).")
        }
        guard !broadcast.isEager else { return }
        let chosen = broadcast.lookup == nil ? broadcast.seed : examination.before.broadcast(id)?.stores.map(\.node) ?? []
        if !chosen.isEmpty, Set(chosen.map(\.key)) != places {
            examination.report(.s6, id, nil, "\(id) had chosen \(name(chosen)), and ends with \(name(all)).")
        }
    }

    /// S7: what each node said.
    private func judgeErrors(_ broadcast: WatchedBroadcast, _ outcome: Outcome, isStop: Bool, _ examination: inout Examination) {
        let id = broadcast.id
        var errors: [Key256: RequestError] = [:]
        for failure in outcome.errors {
            if errors.updateValue(failure.error, forKey: failure.node.key) != nil {
                examination.report(.s7, id, failure.node, "\(id) names two errors of \(name(failure.node)).")
            }
        }
        let contacted = outcome.contacted.filter { errors[$0.key] != nil }
        if contacted.map(\.key) != outcome.errors.map(\.node.key) {
            let stranger = outcome.errors.first { error in !outcome.contacted.contains { $0.key == error.node.key } }?.node
            examination.report(
                .s7, id, stranger,
                stranger.map { "\(id) names an error of \(name($0)), which it does not count as contacted." }
                    ?? "The errors of \(id) are not in the order of the contacted nodes.")
        }
        for store in broadcast.stores.sent {
            let error = errors[store.node.key]
            let isRight =
                switch store.reply {
                case .stored: error == nil
                case .failed(let said): error == said
                case .none where broadcast.stores.isInFlight(store.node): isStop ? error == .cancelled : error == nil
                case .none: error == .timedOut || isStop && error == .cancelled
                }
            if !isRight {
                let said = error.map { "failed: \($0)" } ?? "did not fail"
                examination.report(.s7, id, store.node, "\(id) says that \(name(store.node)) \(said), which is not what happened.")
            }
        }
    }

    /// S4, O3 and S10: what was still to do.
    private func judgeRemainder(_ broadcast: WatchedBroadcast, _ outcome: Outcome, isStop: Bool, _ examination: inout Examination) {
        let id = broadcast.id
        let stores = broadcast.stores
        let silent = isStop ? [] : stores.inFlight.map { stores.sent[$0].node }
        if Set(outcome.unanswered.map(\.key)) != Set(silent.map(\.key)) {
            examination.report(
                broadcast.isEager ? .o3 : .s4, id, silent.first,
                "\(id) names as unanswered \(name(outcome.unanswered)); it awaits \(name(silent)).")
        } else if !isStop, stores.sent.count - silent.count < broadcast.answersNeeded(limits.replication) {
            examination.report(
                broadcast.isEager ? .o3 : .s4, id, silent.first,
                "\(id) finishes while it awaits \(name(silent)): \(broadcast.answersNeeded(limits.replication)) answers are needed.")
        }
        guard let chosen = broadcast.chosen else { return }
        let all = Set((stores.sent.map(\.node) + outcome.notContacted).map(\.key))
        if let missing = chosen.first(where: { !all.contains($0.key) }) {
            examination.report(.s10, id, missing, "\(id) leaves out \(name(missing)), one of its \(chosen.count) closest nodes.")
        }
    }

    /// S14, S15 and Q3: why it ended.
    private func judgeReason(_ broadcast: WatchedBroadcast, _ outcome: Outcome, isStop: Bool, _ examination: inout Examination) {
        guard !isStop, outcome.reason != .stopped, let lookup = broadcast.lookup else { return }
        let id = broadcast.id
        if (outcome.reason == .queryTimedOut) != broadcast.hasTimedOut {
            examination.report(
                .q3, id, nil,
                "\(id) says \(outcome.reason.rawValue), but its lookup \(broadcast.hasTimedOut ? "ran" : "did not run") out of time.")
        }
        guard outcome.reason != .queryTimedOut else { return }
        if (outcome.reason == .noNodesFound) != outcome.contacted.isEmpty {
            examination.report(
                .s14, id, nil, "\(id) ends with \(outcome.contacted.count) nodes contacted, and says \(outcome.reason.rawValue).")
        }
        guard outcome.contacted.isEmpty else { return }
        if let node = lookup.closestAnswered(1).first {
            examination.report(.s14, id, node, "\(id) has contacted nobody, though \(name(node)) had answered.")
        }
        if let node = lookup.awaited.first {
            examination.report(.s15, id, node, "\(id) ends with nobody contacted while it awaits \(name(lookup.awaited)).")
        }
    }
}
