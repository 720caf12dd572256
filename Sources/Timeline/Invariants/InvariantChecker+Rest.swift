internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// The pool rests: S20 and L2.
extension InvariantChecker {
    /// Judges a state that is no work.
    mutating func judgeRest(_ examination: inout Examination) {
        let now = examination.now
        for index in running.indices { running[index].expire(at: now) }
        if case .waiting = examination.step.state, let first = running.first, !running.contains(where: \.isAwaiting) {
            if running[0].reported.insert(.s20).inserted {
                examination.report(.s20, first.id, nil, "The pool waits, but nothing is in flight whose time is not over.")
            }
        } else if !running.isEmpty {
            running[0].reported.remove(.s20)
        }
        let hasFreeSlot = running.count(where: \.holdsSlot) < limits.concurrency
        var isFirstInLine = true
        for index in running.indices {
            let isInLine = running[index].isInLine
            let mayLook = !isInLine || isFirstInLine && hasFreeSlot
            if isInLine { isFirstInLine = false }
            guard mayLook, running[index].quietUntil.map({ now >= $0 }) ?? true else { continue }
            if let work = work(of: running[index], at: now, examination.after) {
                if running[index].reported.insert(.l2).inserted {
                    examination.report(.l2, running[index].id, work.node, "The pool rests, but \(running[index].id) could \(work.text).")
                }
            } else {
                running[index].reported.remove(.l2)
                running[index].quietUntil = isInLine ? nil : running[index].nextChange(limits) ?? .distantFuture
            }
        }
    }

    /// What a broadcast could do, in words, and with which node.
    private func work(of broadcast: WatchedBroadcast, at now: Instant, _ view: NetworkPoolView) -> (text: String, node: NetworkNode?)? {
        let todo = view.broadcast(broadcast.id)?.stores.first { $0.status == .todo }?.node
        if let todo, broadcast.maySend, broadcast.isLookupOver || broadcast.isEager { return ("store with \(name(todo))", todo) }
        guard !broadcast.isLookupOver, let lookup = broadcast.lookup else {
            let answered = broadcast.stores.sent.count - broadcast.stores.inFlight.count
            return todo == nil && answered >= broadcast.answersNeeded(limits.replication) ? ("finish", nil) : nil
        }
        switch lookup.outlook(at: now, limits) {
        case .asks(let node): return ("ask \(name(node))", node)
        case .ends: return ("end its lookup", nil)
        case .waits: break
        }
        guard broadcast.isEager else { return nil }
        if broadcast.maySend, let node = nearNodeWithoutStore(broadcast) { return ("store with \(name(node))", node) }
        let isOver = broadcast.stores.hopeful >= limits.replication || isNearEnough(broadcast)
        return isOver ? ("end its walk", nil) : nil
    }
}

extension WatchedBroadcast {
    /// Whether it awaits a reply. What is overdue must have been expired.
    var isAwaiting: Bool {
        !stores.inFlight.isEmpty || !isLookupOver && lookup?.inFlight.isEmpty == false
    }
}
