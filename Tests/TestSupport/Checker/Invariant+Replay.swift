internal import Broadcasts
internal import Coordination
internal import Queries

/// Laws that are checked by running the pool again.
extension Invariant {
    static var replayLaws: [Invariant] { [n2, s17] }

    static var n2: Invariant {
        Invariant("N2", "the same header and events give the same states; a copy of a pool goes on like the pool") { chronicle in
            let history = chronicle.history
            guard var pool = try? BroadcastPool<K, String>(localNode: history.localNode, configuration: history.configuration) else {
                return "the configuration is not valid"
            }
            if let problem = replay(history.steps[...], in: &pool) { return problem }
            guard var copy = history.copy else { return nil }
            return replay(history.steps[min(copy.step, history.steps.count)...], in: &copy.pool).map { "the copy: \($0)" }
        }
    }

    private static func replay(_ steps: ArraySlice<Step<K>>, in pool: inout BroadcastPool<K, String>) -> String? {
        for index in steps.indices {
            let state = pool.advance(steps[index].event, at: steps[index].now)
            guard state == steps[index].state else { return "step \(index): \(state) this time" }
            guard pool.nextDeadline == steps[index].nextDeadline else { return "step \(index): another deadline this time" }
        }
        return nil
    }

    /// A visit counts as a poll too: it may give up a store whose reply comes after that and is late.
    static var s17: Invariant {
        Invariant("S17", "with a slot for each, a broadcast does what it does alone with the same events and turns") { chronicle in
            let history = chronicle.history
            let crowd = history.steps.indices.map { step in chronicle.runs.count { $0.isRunning(at: step) } }.max() ?? 0
            guard crowd <= history.configuration.queries.concurrency else { return nil }
            return first(of: chronicle.runs.indices) { number in
                let run = chronicle.runs[number]
                // What the pool has learned about the network's size it does not know alone.
                guard !run.isEager || run.optimistic?.networkSize != nil else { return nil }
                // One that stores before it first asks stands first in the line for a slot meanwhile, and holds up those behind it.
                guard !chronicle.runs.contains(where: { $0 !== run && $0.storesBeforeItAsks && $0.overlaps(run) }) else { return nil }
                var configuration = history.configuration
                configuration.maxBroadcasts = nil
                guard var alone = try? BroadcastPool<K, String>(localNode: history.localNode, configuration: configuration) else {
                    return nil
                }
                for index in run.startStep...(run.end?.step ?? history.steps.count - 1) {
                    let step = history.steps[index]
                    let isOwn = step.event.id == run.id
                    let isServed = chronicle.servedAt[index] == number
                    let isVisited = index > run.startStep && step.view.broadcast(run.id) != history.viewBefore(index).broadcast(run.id)
                    guard isOwn || isServed || isVisited else { continue }
                    let state = alone.advance(isOwn ? step.event : .poll, at: step.now)
                    let expected = isServed ? step.state : nil
                    let got = state.isAtRest || state.isRejection ? nil : state
                    if got != expected {
                        return "step \(index): \(run.id) alone: \(got.map { "\($0)" } ?? "rest")"
                    }
                }
                return nil
            }
        }
    }
}
