internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// Laws of how a broadcast ends.
extension Invariant {
    static var outcomeLaws: [Invariant] { [s4, s4b, s5, s6, s7, s10, s14, s15, reason] }

    private static func forEachEnd(
        _ chronicle: Chronicle<K>, _ problem: (BroadcastRun<K>, BroadcastOutcome<K>, Step<K>) -> String?
    ) -> String? {
        first(of: chronicle.runs) { run in
            guard let end = run.end else { return nil }
            return problem(run, end.outcome, chronicle.history.steps[end.step]).map { "step \(end.step): \(run.id): \($0)" }
        }
    }

    static var s4: Invariant {
        Invariant("S4", "a broadcast finishes once at most") { chronicle in
            first(of: chronicle.strays) { index, id in
                guard case .broadcastFinished = chronicle.history.steps[index].state else { return nil }
                return "step \(index): \(id) is not running"
            }
        }
    }

    static var s4b: Invariant {
        Invariant("S4b", "it finishes only when every store was answered or has expired, or is stopped; an Optimistic earlier") {
            chronicle in
            forEachEnd(chronicle) { run, outcome, step in
                first(of: run.isEager ? [] : run.sent) { store in
                    guard store.replyStep == nil else { return nil }
                    let error = outcome.error(for: store.node)
                    if run.stopStep != nil, error == .cancelled { return nil }
                    if let deadline = store.deadline, deadline < step.now, error == .timedOut { return nil }
                    return "\(store.node) is still awaited"
                }
            }
        }
    }

    static var s5: Invariant {
        Invariant("S5", "contacted are the nodes that a store was sent to, closest first") { chronicle in
            forEachEnd(chronicle) { run, outcome, _ in
                let sent = run.sent.map(\.node).byDistance(to: run.target)
                return outcome.contacted == sent ? nil : "contacted are \(outcome.contacted), sent to were \(sent)"
            }
        }
    }

    static var s6: Invariant {
        Invariant("S6", "every chosen node has one place: contacted or not; the choice never changes") { chronicle in
            forEachEnd(chronicle) { run, outcome, _ in
                let all = outcome.contacted + outcome.notContacted
                if let node = repeated(all) { return "\(node) is there twice" }
                guard run.isEager || outcome.unanswered.isEmpty else { return "unanswered are \(outcome.unanswered)" }
                guard run.stopStep != nil || outcome.notContacted.isEmpty else { return "\(outcome.notContacted) were not sent to" }
                if run.isEager { return nil }
                if run.isStatic { return Set(all) == Set(run.seed) ? nil : "\(all) are not the seed" }
                let views = chronicle.history.steps[run.startStep..<(run.end?.step ?? run.startStep)].map { $0.view.broadcast(run.id) }
                for view in views.compactMap({ $0 }) where !view.stores.isEmpty {
                    guard Set(view.stores.map(\.node)) == Set(all) else { return "\(view.stores.map(\.node)) were chosen" }
                }
                return nil
            }
        }
    }

    static var s7: Invariant {
        Invariant("S7", "errors belong to contacted nodes, one each, closest first, and are what their replies said") { chronicle in
            forEachEnd(chronicle) { run, outcome, _ in
                let nodes = outcome.errors.map(\.node)
                if let node = repeated(nodes) { return "\(node) has two errors" }
                guard nodes == outcome.contacted.filter(nodes.contains) else { return "the errors of \(nodes) are out of place" }
                return first(of: run.sent) { store in
                    guard store.replyStep != nil else { return nil }
                    let error = outcome.error(for: store.node)
                    return error == store.error ? nil : "\(store.node) said \(store.error as Any), the outcome \(error as Any)"
                }
            }
        }
    }

    static var s10: Invariant {
        Invariant("S10", "a FollowUp chooses the k closest of those that answered, and stores closest first") { chronicle in
            let k = chronicle.history.configuration.queries.replication
            return forEachEnd(chronicle) { run, outcome, _ in
                guard !run.isStatic, !run.isEager, run.stopStep == nil || !run.sent.isEmpty else { return nil }
                let closest = Array(run.answered.byDistance(to: run.target).prefix(k))
                return run.chosen == closest ? nil : "\(run.chosen) were chosen of \(closest)"
            }
        }
    }

    static var s14: Invariant {
        Invariant("S14", "nobody contacted, neither stopped nor out of time: then nobody answered") { chronicle in
            forEachEnd(chronicle) { run, outcome, _ in
                guard outcome.contacted.isEmpty, outcome.reason != .stopped, outcome.reason != .queryTimedOut else { return nil }
                return run.answered.isEmpty ? nil : "\(run.answered) answered"
            }
        }
    }

    static var s15: Invariant {
        Invariant("S15", "nobody contacted, neither stopped nor out of time: then no request is in flight") { chronicle in
            forEachEnd(chronicle) { run, outcome, step in
                guard outcome.contacted.isEmpty, outcome.reason != .stopped, outcome.reason != .queryTimedOut else { return nil }
                let awaited = run.asks.filter { $0.replyStep == nil && $0.deadline >= step.now }
                return awaited.isEmpty ? nil : "\(awaited.map(\.node)) are awaited"
            }
        }
    }

    static var reason: Invariant {
        Invariant("REASON", "it ends as stopped, else queryTimedOut, else noNodesFound, else completed") { chronicle in
            let timeout = chronicle.history.configuration.queries.timeout
            return forEachEnd(chronicle) { run, outcome, step in
                if run.stopStep != nil { return outcome.reason == .stopped ? nil : "stopped, but \(outcome.reason)" }
                switch outcome.reason {
                case .stopped:
                    return "nobody has stopped it"
                case .queryTimedOut:
                    guard let ask = run.asks.first, let end = run.lookupEnd else { return "it never looked" }
                    let deadline = chronicle.history.steps[ask.step].now.advanced(by: timeout)
                    return deadline < chronicle.history.steps[end].now ? nil : "its time was not over"
                case .noNodesFound:
                    return run.isStatic || !outcome.contacted.isEmpty ? "there were nodes, or none were looked for" : nil
                case .completed:
                    return run.isStatic || !outcome.contacted.isEmpty ? nil : "nobody was stored with"
                }
            }
        }
    }
}
