internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

// MARK: - Why did a step give its state?

extension Explainer {
    /// Why a step gave its state.
    func explainState(of step: Step) -> Explanation {
        switch step.state {
        case .idle: explainIdle(step)
        case .waiting: explainWaiting(step)
        case .findCloser(let id, let target, let node): explainAsking(node, id, target, step)
        case .storeRecord(let id, let node, _): explainStoring(node, id, step)
        case .broadcastFinished(let id, let outcome): explainEnd(id, outcome, step)
        case .broadcastRejected(let id, let reason): explainRejection(id, reason, step)
        }
    }

    private func explainIdle(_ step: Step) -> Explanation {
        var answer = Explanation("Step \(step.number) is Idle", .idle)
        answer.say("No broadcast is running.")
        scan(from: step.number - 1) { earlier in
            guard case .broadcastFinished(let id, let outcome) = earlier.state else { return true }
            answer.because(earlier.number, "\(id), the last one, ended: \(outcome.reason.words)")
            return false
        }
        return answer
    }

    private func explainWaiting(_ step: Step) -> Explanation {
        var answer = Explanation("Step \(step.number) is Waiting", .waiting)
        answer.say("No broadcast had anything to send, and none could finish.")
        let running = viewAfter(step.number)?.broadcasts ?? []
        for broadcast in running.prefix(6) { answer.say("\(broadcast.id): \(broadcast.whatItWaitsFor)") }
        if running.count > 6 { answer.say("\(running.count - 6) more wait likewise.") }
        var left = Set(running.prefix(6).map(\.id))
        scan(from: step.number - 1, naming: running.prefix(6).map(\.id)) { earlier in
            if let id = earlier.state.id, left.remove(id) != nil { answer.because(earlier.number, "the last request of \(id)") }
            if case .startBroadcast(let id, _, _, _, _) = earlier.event, left.remove(id) != nil {
                answer.because(earlier.number, "\(id) began, and got no slot")
            }
            return !left.isEmpty
        }
        return answer
    }

    /// Whose turn it was: the broadcast that the event names, or another one.
    private func sayTurn(_ id: OperationID, _ step: Step, to answer: inout Explanation) {
        if step.event.id == id {
            answer.say("The event was about \(id), so \(id) was advanced first, and this is what came of it.")
        } else if step.event.id != nil {
            answer.say("The event gave no work to the broadcast that it is about, so the others had their turn, and \(id) was next.")
        } else {
            answer.say("The pool was polled, and it was the turn of \(id).")
        }
    }

    private func explainAsking(_ node: NetworkNode, _ id: OperationID, _ target: Key256, _ step: Step) -> Explanation {
        let name = names.node(node)
        var answer = Explanation("Step \(step.number) asks \(name) for closer nodes, for \(id)", .walk)
        sayTurn(id, step, to: &answer)
        guard let story = place(of: id, at: step.number).flatMap({ story(of: $0) }) else { return answer }
        sayOrigin(node, story, nodeStory(node, story, upTo: step.number), to: &answer)
        if let query = viewAfter(step.number)?.broadcast(id)?.query {
            let nearer = query.candidates.filter { $0.node.key.isCloser(to: target, than: node.key) }
            let left = nearer.count { $0.status == .notContacted }
            let room =
                query.isFollowingUp
                ? "The lookup is over and asks the rest of its final set of \(query.finalSet.count) at once: with this request "
                    + "\(query.awaited.count) \(query.awaited.count == 1 ? "is" : "are") in flight."
                : "With this request \(query.awaited.count) of at most \(query.configuration.concurrency) are in flight."
            if query.isFollowingUp { answer.rule = .finalSet }
            answer.say(
                "Of the \(query.candidates.count.of("node")) that its lookup knows, \(nearer.count) \(nearer.count == 1 ? "is" : "are") "
                    + "closer to the target, and \(left == 0 ? "none" : "\(left)") of those is left to ask. \(room)")
        }
        if story.firstAsk == step.number, let start = story.start, start < step.number { sayFreedSlot(story, step, to: &answer) }
        return answer
    }

    /// Which lookup had freed the slot that a lookup takes with its first request.
    private func sayFreedSlot(_ story: Story, _ step: Step, to answer: inout Explanation) {
        answer.rule = .slots
        let ended = journal.entries.indices.filter { place in
            let entry = journal.entries[place]
            guard let time = entry.lookupEnded, entry.id != story.id, entry.strategy != .static else { return false }
            return time >= story.entry.started && time <= step.time
        }
        let last = ended.compactMap { journal.entries[$0].lookupEnded }.max()
        let ends = ended.filter { journal.entries[$0].lookupEnded == last }.suffix(8).compactMap { place -> (id: OperationID, step: Int)? in
            guard let other = self.story(of: place), let end = other.lookupEnd, end < step.number else { return nil }
            return (other.id, end)
        }
        guard let (id, number) = ends.max(by: { $0.step < $1.step }) else { return }
        answer.say("It had waited in line for a slot. The lookup of \(id) had ended by step \(number), which freed one.")
        answer.because(number, "the lookup of \(id) had ended")
    }

    private func explainStoring(_ node: NetworkNode, _ id: OperationID, _ step: Step) -> Explanation {
        let name = names.node(node)
        guard let story = place(of: id, at: step.number).flatMap({ story(of: $0) }) else {
            var answer = Explanation("Step \(step.number) stores with \(name), for \(id)", .turns)
            sayTurn(id, step, to: &answer)
            return answer
        }
        var answer = Explanation("Step \(step.number) stores with \(name), for \(id)", .followUp)
        sayTurn(id, step, to: &answer)
        let facts = nodeStory(node, story, upTo: step.number)
        sayOrigin(node, story, facts, to: &answer)
        sayAsking(node, story, facts, to: &answer)
        switch story.entry.strategy {
        case .static:
            answer.rule = .staticSeed
        case .optimistic where viewAfter(step.number)?.broadcast(id)?.query != nil:
            answer.rule = .earlyStore
            answer.say("Its distance to the target, \(names.distance(story.distance(node))), is below the individual threshold.")
        case .optimistic, .followUp:
            if let end = story.lookupEnd, end < step.number { answer.because(end, "the lookup had ended") }
            if story.lookupEnd == step.number { answer.say("With this step the lookup had ended.") }
            if story.entry.strategy == .optimistic { answer.rule = .theRest }
            if let end = viewAfter(step.number)?.broadcast(id)?.optimistic?.walkEnd { answer.say("The walk had ended: \(end.words).") }
            if facts.answered == nil, story.entry.strategy == .followUp { sayChosenUnanswered(node, story, to: &answer) }
        }
        return answer
    }

    private func explainEnd(_ id: OperationID, _ outcome: BroadcastOutcome<NetworkNode>, _ step: Step) -> Explanation {
        var answer = Explanation("Step \(step.number) ends \(id): \(outcome.words)", .contacted)
        guard let story = place(of: id, at: step.number).flatMap({ story(of: $0) }) else { return answer }
        answer.because(story.start, "\(id) began")
        sayStores(outcome, to: &answer)
        switch outcome.reason {
        case .completed:
            answer.because(story.lookupEnd, "its lookup had ended")
            if !outcome.unanswered.isEmpty {
                answer.rule = .returnRatio
            } else if outcome.contacted.isEmpty {
                answer.rule = story.entry.strategy == .static ? .staticSeed : .finished
            }
        case .stopped:
            answer.rule = .stop
            answer.say("It was stopped.")
        case .queryTimedOut:
            answer.rule = outcome.contacted.isEmpty ? .lookupTimeout : .storedAnyway
            answer.say("Its lookup had run out of time.")
            answer.because(story.firstAsk, "its lookup asked for the first time: its time began to run")
            answer.because(story.lookupEnd, "its lookup had ended")
        case .noNodesFound:
            answer.rule = .nothingFound
            answer.say(
                story.entry.seed.isEmpty
                    ? "It began without any seed, so there was nobody to ask."
                    : "No node answered its lookup, and nobody was left to ask.")
        }
        sayFailures(story, step, to: &answer)
        return answer
    }

    private func sayStores(_ outcome: BroadcastOutcome<NetworkNode>, to answer: inout Explanation) {
        guard !outcome.contacted.isEmpty else { return }
        answer.say(
            "\(outcome.contacted.count.of("node")) \(outcome.contacted.count == 1 ? "was" : "were") sent the record: "
                + "\(names.list(outcome.contacted)).")
        if !outcome.errors.isEmpty {
            answer.say(
                "Of these failed: \(outcome.errors.prefix(6).map { "\(names.node($0.node)) (\($0.error))" }.joined(separator: ", ")).")
        }
        if !outcome.unanswered.isEmpty { answer.say("No answer yet: \(names.list(outcome.unanswered)).") }
        if !outcome.notContacted.isEmpty { answer.say("Never sent to: \(names.list(outcome.notContacted)).") }
    }

    /// The failures that a broadcast met, as causes; eight at most.
    private func sayFailures(_ story: Story, _ last: Step, to answer: inout Explanation) {
        var count = 0
        for number in story.numbers where number < last.number && count < 8 {
            let step = step(number)
            guard step.event.id == story.id, !step.isIgnored else { continue }
            switch step.event {
            case .getCloserNodesFailure(_, let node, _, let error), .storeRecordFailure(_, let node, _, let error):
                answer.because(number, "\(names.node(node)) failed: \(error)")
                count += 1
            case .startBroadcast, .stopBroadcast, .getCloserNodesSuccess, .storeRecordSuccess, .poll: break
            }
        }
    }

    private func explainRejection(_ id: OperationID, _ reason: BroadcastRejection, _ step: Step) -> Explanation {
        var answer = Explanation("Step \(step.number) refuses to start \(id.isEmpty ? "a broadcast without id" : id.name)", .rejection)
        answer.say("The reason: \(reason.description).")
        switch reason {
        case .idInUse:
            scan(from: step.number - 1, naming: [id]) { earlier in
                guard earlier.isStart(of: id) else { return true }
                answer.because(earlier.number, "\(id) began, and it runs")
                return false
            }
        case .poolFull:
            let running = viewBefore(step.number)?.broadcasts ?? []
            answer.say("\(running.count.of("broadcast")) ran: \(running.prefix(6).map(\.id.name).joined(separator: ", ")).")
            var left = Set(running.prefix(6).map(\.id))
            scan(from: step.number - 1, naming: running.prefix(6).map(\.id)) { earlier in
                if let id = earlier.event.id, left.contains(id), earlier.isStart(of: id) {
                    left.remove(id)
                    answer.because(earlier.number, "\(id) began, and it runs")
                }
                return !left.isEmpty
            }
        case .emptyID, .invalidConfiguration: break
        }
        return answer
    }
}

// MARK: - Turns

extension Explainer {
    /// The broadcast at which the ring of the pool began before a step: the first one running that was started after the last served.
    func ringBegin(before number: Int, _ running: NetworkPoolView) -> OperationID? {
        var last: (id: OperationID, step: Int)?
        scan(from: number - 1) { earlier in
            switch earlier.state {
            case .findCloser(let id, _, _), .storeRecord(let id, _, _), .broadcastFinished(let id, _): last = (id, earlier.number)
            case .idle, .waiting, .broadcastRejected: break
            }
            return last == nil
        }
        guard let last else { return nil }
        guard let place = place(of: last.id, at: last.step) else { return nil }
        let later = Set(journal.entries[(place + 1)...].map(\.id))
        return running.broadcasts.first { later.contains($0.id) }?.id
    }
}

extension BroadcastView where Node == NetworkNode {
    /// What it waits for, in a sentence.
    fileprivate var whatItWaitsFor: String {
        let stores = stores.count { if case .waiting = $0.status { true } else { false } }
        let asks = query?.awaited.count ?? 0
        if phase == .queued { return "its lookup waits for a query slot." }
        let parts = [
            asks > 0 ? "\(asks.of("answer")) to its questions" : nil, stores > 0 ? "\(stores.of("answer")) to its stores" : nil,
        ].compactMap(\.self)
        return parts.isEmpty ? "nothing is awaited." : "\(parts.joined(separator: " and ")) \(asks + stores == 1 ? "is" : "are") awaited."
    }
}
