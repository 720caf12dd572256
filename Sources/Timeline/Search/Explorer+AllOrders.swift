internal import Broadcasts
internal import Coordination

// MARK: - Everything that can happen, one after the other

extension Explorer {
    /// A state on the way from the start to where the search is, with what is left to try there.
    private struct Junction {
        let walk: SearchWalk<Source>
        let usual: Step?
        let options: [SearchOption]
        var next = 0
        /// The choices that need not be taken here, nor after anything that does not depend on them: what comes of them was seen.
        var asleep: [Choice]
        /// The replies that arrive here and now, if none is held up.
        let due: Set<MessageName>
    }

    /// Goes through all runs, the usual one first, deep before wide.
    func searchAllOrders(_ reduction: SearchOptions.Reduction, _ ledger: inout SearchLedger) {
        var asleepAt: [Int: [Choice]] = [:]
        var path: [Junction] = []
        if let first = enter(start, asleep: [], reduction, &asleepAt, &ledger) { path.append(first) }
        while var junction = path.popLast(), ledger.ending == nil {
            guard junction.next < junction.options.count else { continue }
            let option = junction.options[junction.next]
            junction.next += 1
            var walk = junction.walk
            let asleep = junction.asleep.filter { areIndependent($0, option.choice, at: junction) }
            junction.asleep.append(option.choice)
            let usual = junction.usual
            path.append(junction)
            guard walk.take(option, usual: usual, limit: options.runLimit) else { continue }
            ledger.absorb(&walk)
            if let next = enter(walk, asleep: asleep, reduction, &asleepAt, &ledger) { path.append(next) }
        }
    }

    /// Comes to a state.
    ///
    /// - Returns: what is to be tried there, or `nil` if the run ends there, or was here before.
    private func enter(
        _ walk: SearchWalk<Source>, asleep: [Choice], _ reduction: SearchOptions.Reduction, _ asleepAt: inout [Int: [Choice]],
        _ ledger: inout SearchLedger
    ) -> Junction? {
        let key = walk.key(countsTurns: countsTurns)
        let isNew = ledger.note(key)
        let usual = walk.usualStep
        var options = walk.options(usual: usual)
        guard !options.isEmpty else {
            ledger.end(walk, .over)
            return nil
        }
        guard walk.steps.count < self.options.runLimit else {
            ledger.end(walk, .cut)
            return nil
        }
        if walk.faults < self.options.faults {
            options += walk.faultChoices(among: nodes).map { SearchOption(choice: $0, isUsual: false) }
        }
        switch reduction {
        case .none: break
        case .equalStates: if !isNew { options = [] }
        case .equalStatesAndOrders:
            if isNew {
                asleepAt[key] = asleep
                options.removeAll { asleep.contains($0.choice) }
            } else {
                // What slept the last time and is awake now was never tried here.
                let slept = asleepAt[key] ?? []
                asleepAt[key] = slept.filter(asleep.contains)
                options.removeAll { !slept.contains($0.choice) || asleep.contains($0.choice) }
            }
            if isUsualIdle(in: walk, usual) { options.removeAll { !$0.isUsual } }
        }
        guard !options.isEmpty else {
            // Where S17 is taken for granted, it is judged at the ends of runs only.
            ledger.end(walk, .merged, isJudged: reduction != .equalStatesAndOrders)
            return nil
        }
        let due = reduction == .equalStatesAndOrders ? dueReplies(in: walk, usual) : []
        return Junction(walk: walk, usual: usual, options: options, asleep: reduction == .equalStatesAndOrders ? asleep : [], due: due)
    }

    /// Whether what comes next by itself is a reply that nobody waits for, nor ever will: then it may as well come first.
    private func isUsualIdle(in walk: SearchWalk<Source>, _ usual: Step?) -> Bool {
        guard let usual, case .reply = usual.trigger, let id = usual.event.id else { return false }
        return walk.view.broadcast(id) == nil && walk.isPlanDone
    }

    /// The replies that arrive at the next moment at which anything happens, if the broadcasts share nothing: each has a slot, and none
    /// reckons with what others have found. To deliver one of them leaves the clock where the others are due, too.
    private func dueReplies(in walk: SearchWalk<Source>, _ usual: Step?) -> Set<MessageName> {
        let view = walk.view
        guard let usual, !needsEstimate, view.broadcasts.count <= view.slots, !view.broadcasts.contains(where: { $0.phase == .queued })
        else { return [] }
        return Set(walk.world.pending.filter { $0.event != nil && $0.arrives.map { $0 <= usual.time } ?? false }.map(\.name))
    }

    /// Whether two choices lead to the same state in either order.
    private func areIndependent(_ a: Choice, _ b: Choice, at junction: Junction) -> Bool {
        guard case .deliver(let a) = a, case .deliver(let b) = b, a.id != b.id else { return false }
        return junction.due.contains(a) && junction.due.contains(b)
    }
}
