internal import Broadcasts
internal import Coordination
internal import Queries

/// Laws of the pool's answers.
extension Invariant {
    static var poolLaws: [Invariant] { [p1, p2, p3, p4, p5, s9, s16, s18, s20, s21, n1, inner, due] }

    static var p1: Invariant {
        Invariant("P1", "a start for an id that runs is rejected, and the running broadcast is untouched") { chronicle in
            first(of: chronicle.steps) { index, step in
                guard case .startBroadcast(let id, _, _, _, _) = step.event,
                    let before = chronicle.history.viewBefore(index).broadcast(id)
                else { return nil }
                guard case .broadcastRejected(id, .idInUse) = step.state else { return "step \(index): \(id) is started twice" }
                return step.view.broadcast(id) == before ? nil : "step \(index): the rejected start has changed \(id)"
            }
        }
    }

    static var p2: Invariant {
        Invariant("P2", "an event for an unknown id changes no machine other than by polling") { chronicle in
            first(of: chronicle.steps) { index, step in
                guard let instead = step.pollInstead else { return nil }
                guard instead.state == step.state else { return "step \(index): a poll would have answered \(instead.state)" }
                return instead.view.broadcasts == step.view.broadcasts ? nil : "step \(index): a poll would have done something else"
            }
        }
    }

    static var p3: Invariant {
        Invariant("P3", "a state names a running broadcast, or it is a rejection") { chronicle in
            chronicle.strays.first.map { "step \($0.step): \($0.id) does not run" }
        }
    }

    static var p4: Invariant {
        Invariant("P4", "idle if and only if no broadcast runs") { chronicle in
            first(of: chronicle.steps) { index, step in
                guard step.state.isAtRest else { return nil }
                let running = chronicle.runningCount(after: index)
                return (step.state == .idle) == (running == 0) ? nil : "step \(index): \(step.state) with \(running) running"
            }
        }
    }

    static var p5: Invariant {
        Invariant("P5", "a broadcast is gone once it has finished, and there until then") { chronicle in
            first(of: chronicle.steps) { index, step in
                let running = chronicle.runs(before: index + 1).map(\.id)
                return step.view.broadcasts.map(\.id) == running ? nil : "step \(index): \(running) should be running"
            }
        }
    }

    static var s9: Invariant {
        Invariant("S9", "unexpired requests of a lookup ≤ queryConcurrency; lookups that hold a slot ≤ concurrency") { chronicle in
            let limits = chronicle.history.configuration.queries
            return first(of: chronicle.steps) { index, step in
                guard case .findCloser(let id, _, _) = step.state, let run = chronicle.run(id, at: index) else { return nil }
                let awaited = run.asks.count { $0.step <= index && $0.replyStep ?? .max > index && $0.deadline >= step.now }
                guard awaited <= limits.queryConcurrency else { return "step \(index): \(id) awaits \(awaited) nodes" }
                let holders = chronicle.runs(before: index + 1).count {
                    $0.asks.first?.step ?? .max <= index && $0.lookupEnd ?? .max > index
                }
                guard holders <= limits.concurrency else { return "step \(index): \(holders) lookups hold a slot" }
                return step.view.heldSlots == holders ? nil : "step \(index): the view counts \(step.view.heldSlots) slots, not \(holders)"
            }
        }
    }

    static var s16: Invariant {
        Invariant("S16", "a stop is answered with the end of the broadcast, at once") { chronicle in
            first(of: chronicle.runs) { run in
                guard let stop = run.stopStep else { return nil }
                guard let end = run.end, end.step == stop else { return "step \(stop): \(run.id) goes on" }
                return end.outcome.reason == .stopped ? nil : "step \(stop): \(run.id) ended as \(end.outcome.reason)"
            }
        }
    }

    static var s18: Invariant {
        Invariant("S18", "a reply counts only if its node was asked by this broadcast and had not answered; all else is counted as ignored")
        {
            chronicle in
            first(of: chronicle.steps) { index, step in
                let ignored = step.view.ignoredEvents - chronicle.history.viewBefore(index).ignoredEvents
                let expected = chronicle.ignoredAt[index]
                return ignored == expected ? nil : "step \(index): \(ignored) ignored instead of \(expected)"
            }
        }
    }

    static var s20: Invariant {
        Invariant("S20", "waiting only if something is awaited") { chronicle in
            first(of: chronicle.steps) { index, step in
                guard step.state == .waiting else { return nil }
                let isAwaited = chronicle.runs(before: index + 1).contains { run in
                    run.sent.contains { $0.step <= index && $0.replyStep ?? .max > index && $0.deadline ?? .distantFuture >= step.now }
                        || run.lookupEnd ?? .max > index
                            && run.asks.contains { $0.step <= index && $0.replyStep ?? .max > index && $0.deadline >= step.now }
                }
                return isAwaited ? nil : "step \(index): nothing is in flight"
            }
        }
    }

    static var s21: Invariant {
        Invariant("S21", "an idle pool stays idle until a start") { chronicle in
            first(of: chronicle.steps.dropFirst()) { index, step in
                guard chronicle.history.steps[index - 1].state == .idle, !step.event.isStart else { return nil }
                return step.state == .idle ? nil : "step \(index): \(step.state) out of nothing"
            }
        }
    }

    static var n1: Invariant {
        Invariant("N1", "time does not run backwards; a request has one reply at most, and not before it was sent") { chronicle in
            var requests: [String: Int] = [:]
            var last = Instant.start
            return first(of: chronicle.steps) { index, step in
                guard step.now >= last else { return "step \(index): the clock was turned back" }
                last = step.now
                if step.origin == .reply, let key = step.event.requestAnswered {
                    requests[key, default: 0] -= 1
                    guard requests[key, default: 0] >= 0 else { return "step \(index): \(key) is answered without a request" }
                }
                if let key = step.state.requestMade { requests[key, default: 0] += 1 }
                return nil
            }
        }
    }

    static var inner: Invariant {
        Invariant("INNER", "the pool finds nothing wrong with itself") { chronicle in
            first(of: chronicle.steps) { index, step in step.problem.map { "step \(index): \($0)" } }
        }
    }

    static var due: Invariant {
        Invariant("DUE", "nextDeadline is the earliest deadline + 1 ns") { chronicle in
            first(of: chronicle.steps) { index, step in
                let timeout = chronicle.history.configuration.queries.timeout
                let earliest = step.view.broadcasts.flatMap { $0.deadlines(queryTimeout: timeout) }.min()?.firstMomentPast
                let found = step.nextDeadline.map { "\($0.nanoseconds)" } ?? "none"
                return step.nextDeadline == earliest
                    ? nil : "step \(index): \(found), not \(earliest.map { "\($0.nanoseconds)" } ?? "none")"
            }
        }
    }
}

extension PoolEvent {
    /// The request that the event answers, in words.
    fileprivate var requestAnswered: String? {
        switch self {
        case .getCloserNodesSuccess(let id, let node, _, _), .getCloserNodesFailure(let id, let node, _, _): "find \(id) \(node)"
        case .storeRecordSuccess(let id, let node, _, _), .storeRecordFailure(let id, let node, _, _): "store \(id) \(node)"
        case .poll, .startBroadcast, .stopBroadcast: nil
        }
    }
}

extension PoolState {
    /// The request that the state asks for, in words.
    fileprivate var requestMade: String? {
        switch self {
        case .findCloser(let id, _, let node): "find \(id) \(node)"
        case .storeRecord(let id, let node, _): "store \(id) \(node)"
        case .idle, .waiting, .broadcastFinished, .broadcastRejected: nil
        }
    }
}
