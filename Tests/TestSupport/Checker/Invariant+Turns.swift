internal import Broadcasts
internal import Coordination
internal import Queries

/// Laws of whose turn it is, and of getting done.
extension Invariant {
    static var turnLaws: [Invariant] { [l1, l2, l3, l4, turn] }

    private static func work(
        _ chronicle: Chronicle<K>, before step: Int, without gone: Set<OperationID> = []
    ) -> [(id: OperationID, work: Work<K>)] {
        WorkFinder(limits: chronicle.history.configuration.queries, runs: chronicle.runs(before: step))
            .work(in: chronicle.history.viewBefore(step), at: chronicle.history.steps[step].now, without: gone)
    }

    static var l1: Invariant {
        Invariant("L1", "every broadcast finishes, and the pool ends idle and empty, if all replies come or expire") { chronicle in
            guard chronicle.history.isDrained, let last = chronicle.history.steps.last else { return nil }
            if let run = chronicle.runs.first(where: { $0.end == nil }) { return "\(run.id) of step \(run.startStep) never ends" }
            return last.state == .idle && last.view.broadcasts.isEmpty && last.nextDeadline == nil ? nil : "the last state is \(last.state)"
        }
    }

    static var l2: Invariant {
        Invariant("L2", "the pool never rests while a broadcast has work") { chronicle in
            first(of: chronicle.steps) { index, step in
                guard step.state.isAtRest else { return nil }
                let finder = WorkFinder(limits: chronicle.history.configuration.queries, runs: chronicle.runs(before: index + 1))
                let work = finder.work(in: step.view, at: step.now)
                return work.isEmpty ? nil : "step \(index): \(step.state), but \(work[0].id) could \(work[0].work)"
            }
        }
    }

    static var l3: Invariant {
        Invariant("L3", "among polls, nobody is served twice while another has work and is not served") { chronicle in
            var passedOver: [OperationID: Set<OperationID>] = [:]
            return first(of: chronicle.steps) { index, step in
                guard case .poll = step.event, let served = step.state.id else {
                    passedOver = [:]
                    return nil
                }
                passedOver[served] = nil
                let starving = Set(work(chronicle, before: index).filter { $0.work != .makeRoom }.map(\.id)).subtracting([served])
                passedOver = passedOver.filter { starving.contains($0.key) }
                for id in starving where !passedOver[id, default: []].insert(served).inserted {
                    return "step \(index): \(served) is served twice before \(id)"
                }
                return nil
            }
        }
    }

    static var l4: Invariant {
        Invariant("L4", "with n running and no storeConcurrency, all pending stores of a broadcast go out within n polls each") {
            chronicle in
            var pollsAllowed: [OperationID: Int] = [:]
            return first(of: chronicle.steps) { index, step in
                guard case .poll = step.event else {
                    pollsAllowed = [:]
                    return nil
                }
                for view in chronicle.history.viewBefore(index).broadcasts where view.phase == .storing && pollsAllowed[view.id] == nil {
                    let pending = view.stores.count { $0.status == .todo }
                    guard pending > 0, chronicle.run(view.id, at: index)?.stores.storeConcurrency == nil else { continue }
                    pollsAllowed[view.id] = pending * chronicle.history.viewBefore(index).broadcasts.count
                }
                for (id, left) in pollsAllowed { pollsAllowed[id] = left - 1 }
                for view in step.view.broadcasts where view.phase == .storing {
                    if let left = pollsAllowed[view.id], left <= 0 { return "step \(index): \(view.id) still has stores to send" }
                }
                pollsAllowed = pollsAllowed.filter { step.view.broadcast($0.key)?.phase == .storing }
                return nil
            }
        }
    }

    /// The first piece of work in the ring. Those that only make room on the way leave it to the others, and to who is in line.
    private static func nextWork(
        _ chronicle: Chronicle<K>, before index: Int, after lastServed: Int
    ) -> (id: OperationID, work: Work<K>)? {
        var gone: Set<OperationID> = []
        while true {
            let work = work(chronicle, before: index, without: gone).map { item in
                (run: chronicle.runs.lastIndex { $0.id == item.id && $0.startStep < index } ?? 0, item: item)
            }
            guard let next = (work.first { $0.run > lastServed } ?? work.first)?.item else { return nil }
            if next.work != .makeRoom { return next }
            gone.insert(next.id)
        }
    }

    static var turn: Invariant {
        Invariant("TURN", "a poll serves the next broadcast with work, in the order of start, as a ring after the last one served") {
            chronicle in
            var lastServed = -1
            return first(of: chronicle.steps) { index, step in
                defer { lastServed = chronicle.servedAt[index] ?? lastServed }
                guard case .poll = step.event else { return nil }
                let next = nextWork(chronicle, before: index, after: lastServed)
                let expected = next.map { "\($0.id) \($0.work)" } ?? "rest"
                let got = step.state.id.map { "\($0) \(step.state.work)" } ?? "rest"
                return expected == got ? nil : "step \(index): \(got) instead of \(expected)"
            }
        }
    }
}

extension PoolState where Node: TestKey {
    /// The work that the state is, in words.
    fileprivate var work: String {
        switch self {
        case .findCloser(_, _, let node): "\(Work.find(node))"
        case .storeRecord(_, let node, _): "\(Work.store(node))"
        case .broadcastFinished: "\(Work<Node>.end)"
        case .idle, .waiting, .broadcastRejected: "rest"
        }
    }
}
