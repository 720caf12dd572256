internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// The follow-up of a lookup with resiliency set: Q3 and S10 in part.
extension InvariantChecker {
    /// Sees which lookups have begun to follow up in this step, and which of those that were advanced should have.
    mutating func observeFollowUps(_ examination: inout Examination) {
        guard limits.resiliency != nil else { return }
        for index in running.indices where !running[index].isLookupOver && running[index].lookup?.isFollowingUp == false {
            guard let query = examination.after.broadcast(running[index].id)?.query else { continue }
            if query.isFollowingUp {
                beginFollowUp(of: index, query.finalSet, &examination)
            } else if isAdvanced(running[index].id, by: examination.step) {
                judgeMissingFollowUp(of: index, &examination)
            }
        }
    }

    private mutating func beginFollowUp(of index: Int, _ finalSet: [NetworkNode], _ examination: inout Examination) {
        let (id, k) = (running[index].id, limits.replication)
        running[index].lookup?.expire(at: examination.now)
        if running[index].lookup?.isOver(limits) == false {
            examination.report(.q3, id, nil, "\(id) follows up before \(limits.resiliency ?? 0) of its closest nodes have answered.")
        }
        running[index].lookup?.beginFollowUp(k)
        guard let expected = running[index].lookup?.finalSet, expected.map(\.key) != finalSet.map(\.key) else { return }
        examination.report(.s10, id, nil, "\(id) follows up \(name(finalSet)); the closest that it knows are \(name(expected)).")
    }

    private mutating func judgeMissingFollowUp(of index: Int, _ examination: inout Examination) {
        running[index].lookup?.expire(at: examination.now)
        guard let lookup = running[index].lookup, lookup.isOver(limits) else { return }
        guard lookup.outlook(at: examination.now, limits) != .ends(timedOut: false) else { return }
        if running[index].reported.insert(.q3).inserted {
            let (id, needed) = (running[index].id, limits.resiliency ?? 0)
            examination.report(.q3, id, nil, "\(needed) of the closest nodes of \(id) have answered, but it does not follow up.")
        }
    }

    /// Whether a step has advanced a broadcast for sure: its event or its answer names it.
    private func isAdvanced(_ id: OperationID, by step: Step) -> Bool {
        if case .broadcastRejected = step.state { return false }
        return step.event.id == id || step.state.id == id
    }
}
