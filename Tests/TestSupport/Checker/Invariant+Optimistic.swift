internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// Laws of the Optimistic strategy. That no node is stored with twice (O4) is S2.
extension Invariant {
    static var optimisticLaws: [Invariant] { [o1, o2, o3, choice, size] }

    private static func forEachEager(
        _ chronicle: Chronicle<K>, _ problem: (BroadcastRun<K>, OptimisticThresholds<K>) -> String?
    ) -> String? {
        first(of: chronicle.runs) { run in
            run.thresholds.flatMap { problem(run, $0) }.map { "\(run.id) of step \(run.startStep): \($0)" }
        }
    }

    static var o1: Invariant {
        Invariant("O1", "a store before the walk's end goes to a node nearer than the individual threshold") { chronicle in
            forEachEager(chronicle) { run, thresholds in
                first(of: run.sent) { store in
                    guard store.step < run.lookupEnd ?? .max else { return nil }
                    let distance = store.node.normedDistance(to: run.target)
                    return distance < thresholds.individual ? nil : "step \(store.step): \(store.node) is at \(distance)"
                }
            }
        }
    }

    static var o2: Invariant {
        Invariant("O2", "a walk ends early only with k stores awaited or successful, or with the k closest nearer than the set threshold") {
            chronicle in
            let k = chronicle.history.configuration.queries.replication
            return forEachEager(chronicle) { run, thresholds in
                guard let end = run.lookupEnd, let walkEnd = run.walkEnd else { return nil }
                switch walkEnd {
                case .queryFinished, .queryTimedOut: return nil
                case .enoughStores:
                    let stores = chronicle.history.steps[end].view.broadcast(run.id)?.stores.filter { view in
                        switch view.status {
                        case .stored, .waiting: run.sent.contains { $0.node == view.node && $0.step < end }
                        case .todo, .failed: false
                        }
                    }
                    return stores.map { $0.count < k } == true ? "step \(end): too few stores" : nil
                case .nearEnough:
                    let viable = run.viable(at: end, chronicle.history.steps[end].now)
                    return thresholds.isMet(by: viable, run.target, k: k) ? nil : "step \(end): \(viable.prefix(k)) are too far"
                }
            }
        }
    }

    static var o3: Invariant {
        Invariant("O3", "it is over once its stores are sent and the return ratio of them answered, and says which were not") { chronicle in
            let k = chronicle.history.configuration.queries.replication
            return forEachEager(chronicle) { run, _ in
                guard let (end, outcome) = run.end else { return nil }
                if run.stopStep != nil { return outcome.unanswered.isEmpty ? nil : "\(outcome.unanswered) are unanswered after a stop" }
                guard outcome.notContacted.isEmpty else { return "\(outcome.notContacted) were not sent to" }
                let silent = run.sent.filter { $0.replyStep == nil && outcome.error(for: $0.node) == nil }.map(\.node)
                guard outcome.unanswered == silent.byDistance(to: run.target) else { return "unanswered are \(outcome.unanswered)" }
                let answered = run.sent.count - silent.count
                return answered >= run.answersNeeded(of: run.sent.count, k: k) ? nil : "step \(end): \(answered) answers are too few"
            }
        }
    }

    static var choice: Invariant {
        Invariant("CHOICE", "an Optimistic chooses the k closest that its walk ended with, and near ones") { chronicle in
            let k = chronicle.history.configuration.queries.replication
            return forEachEager(chronicle) { run, thresholds in
                guard let end = run.lookupEnd, let walkEnd = run.walkEnd, run.end != nil else { return nil }
                let closest =
                    walkEnd.isEarly
                    ? run.viable(at: end, chronicle.history.steps[end].now) : run.answered.byDistance(to: run.target)
                if let missing = closest.prefix(k).first(where: { !run.chosen.contains($0) }) { return "\(missing) is missing" }
                let strange = run.chosen.first {
                    !closest.prefix(k).contains($0) && $0.normedDistance(to: run.target) >= thresholds.individual
                }
                return strange.map { "\($0) was chosen" }
            }
        }
    }

    static var size: Invariant {
        Invariant("SIZE", "an Optimistic goes by the network size that its configuration names, if it names one") { chronicle in
            first(of: chronicle.runs) { run in
                guard let size = run.optimistic?.networkSize, run.end?.step != run.startStep else { return nil }
                return run.thresholds?.networkSize == Double(size) ? nil : "\(run.id) of step \(run.startStep) goes by another size"
            }
        }
    }
}

extension BroadcastRun {
    /// The nodes known that were neither failed nor unresponsive when the lookup ended, closest first.
    fileprivate func viable(at end: Int, _ now: Instant) -> [K] {
        known.filter { node in
            if let failed = failedUnasked[node], failed <= end { return false }
            guard let ask = asks.first(where: { $0.node == node }) else { return true }
            if ask.replyStep != nil { return ask.succeeded }
            return ask.deadline >= now
        }.byDistance(to: target)
    }
}
