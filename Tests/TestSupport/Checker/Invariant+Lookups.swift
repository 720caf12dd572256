internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// Laws of a lookup.
extension Invariant {
    static var lookupLaws: [Invariant] { [s19, q1, q2, q3, l5] }

    static var s19: Invariant {
        Invariant("S19", "successes + failures ≤ requests; the counts are those of the requests and replies seen") { chronicle in
            first(of: chronicle.steps) { index, step in
                first(of: step.view.broadcasts) { view in
                    guard let statistics = view.query?.statistics, let run = chronicle.run(view.id, at: index) else { return nil }
                    guard statistics.successes + statistics.failures <= statistics.requests else { return "step \(index): \(statistics)" }
                    let asks = run.asks.filter { $0.step <= index }
                    let successes = asks.count { $0.succeeded && $0.replyStep ?? .max <= index }
                    guard statistics.requests == asks.count, statistics.successes == successes else {
                        return "step \(index): \(asks.count) requests and \(successes) successes were seen, not \(statistics)"
                    }
                    return statistics.end == nil ? nil : "step \(index): it runs, and has an end"
                }
            }
        }
    }

    static var q1: Invariant {
        Invariant("Q1", "the distance of the closest known node never grows") { chronicle in
            first(of: chronicle.steps) { index, step in
                first(of: step.view.broadcasts) { view in
                    guard let run = chronicle.run(view.id, at: index), run.startStep < index,
                        let before = chronicle.history.viewBefore(index).broadcast(view.id)?.query?.candidates.first,
                        let after = view.query?.candidates.first
                    else { return nil }
                    return before.node.isCloser(to: run.target, than: after.node) ? "step \(index): \(view.id) lost \(before.node)" : nil
                }
            }
        }
    }

    static var q2: Invariant {
        Invariant("Q2", "each request goes to the closest known node not contacted") { chronicle in
            first(of: chronicle.runs) { run in
                var known = Set(run.seed).subtracting([chronicle.history.localNode])
                return first(of: chronicle.history.steps[run.startStep...(run.end?.step ?? chronicle.history.steps.count - 1)].enumerated())
                {
                    offset, step in
                    let index = run.startStep + offset
                    if case .getCloserNodesSuccess(run.id, _, _, let closer) = step.event,
                        run.asks.contains(where: { $0.replyStep == index })
                    {
                        known.formUnion(Set(closer).subtracting([chronicle.history.localNode]))
                    }
                    guard case .findCloser(run.id, _, let node) = step.state else { return nil }
                    let asked = Set(run.asks.filter { $0.step < index }.map(\.node))
                    let failed = run.failedUnasked.filter { $0.value <= index }.keys
                    let closest = known.subtracting(asked).subtracting(failed).min { $0.isCloser(to: run.target, than: $1) }
                    return node == closest ? nil : "step \(index): \(run.id) asks \(node), not \(closest.map { "\($0)" } ?? "nobody")"
                }
            }
        }
    }

    static var q3: Invariant {
        Invariant("Q3", "a lookup ends only when its k closest nodes that did not fail have answered, nobody is left, or its time is over")
        {
            chronicle in
            let limits = chronicle.history.configuration.queries
            return first(of: chronicle.runs) { run in
                guard !run.isStatic, !run.isEager || run.walkEnd?.isEarly == false else { return nil }
                guard let end = run.lookupEnd, run.stopStep != end else { return nil }
                let now = chronicle.history.steps[end].now
                var answered = 0
                for node in run.known.byDistance(to: run.target) where run.failedUnasked[node] == nil {
                    let ask = run.asks.first { $0.node == node }
                    if ask?.succeeded == true {
                        answered += 1
                        if answered == limits.replication { return nil }
                    } else if ask.map({ $0.replyStep == nil && $0.deadline >= now }) ?? true {
                        let timeout = run.asks.first.map { chronicle.history.steps[$0.step].now.advanced(by: limits.timeout) }
                        if let timeout, timeout < now, ask != nil || run.end?.outcome.reason != .completed { return nil }
                        return "step \(end): \(run.id) has ended with \(node) \(ask == nil ? "not asked" : "awaited")"
                    }
                }
                return nil
            }
        }
    }

    static var l5: Invariant {
        Invariant("L5", "no lookup is left waiting once its time is over") { chronicle in
            first(of: chronicle.steps) { index, step in
                guard step.state == .waiting else { return nil }
                return first(of: chronicle.runs(before: index + 1)) { run in
                    guard let ask = run.asks.first, ask.step <= index, run.lookupEnd ?? .max > index else { return nil }
                    let began = chronicle.history.steps[ask.step].now
                    return began.advanced(by: chronicle.history.configuration.queries.timeout) < step.now
                        ? "step \(index): \(run.id) is still looking" : nil
                }
            }
        }
    }
}
