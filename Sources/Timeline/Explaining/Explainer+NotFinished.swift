internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

// MARK: - Why has a broadcast not finished?

extension Explainer {
    /// Why a broadcast has not finished, and what would end it.
    func explainNotFinished(_ story: Story) -> Explanation {
        if let end = story.end {
            var answer = explainState(of: step(end))
            answer.title = "\(story.id) has ended, in step \(end)"
            return answer
        }
        guard let view = story.view else { return lostBroadcast(story) }
        var answer = Explanation("\(story.id) has not finished", .contacted)
        answer.because(story.start, "\(story.id) began")
        switch view.phase {
        case .queued:
            answer.rule = .slots
            answer.say("It has not even begun to look: its lookup waits for a query slot.")
            sayHolders(story, to: &answer)
        case .finding:
            if let query = view.query, query.isFollowingUp {
                sayFollowUp(query, to: &answer)
            } else {
                answer.rule = .exhausted
                answer.say("Its lookup has not ended.")
                sayNotAsked(story, view, to: &answer)
            }
        case .storing: sayStoresLeft(story, to: &answer)
        case .awaitingStores:
            if let optimistic = view.optimistic {
                answer.rule = .returnRatio
                let sent = view.stores.count
                let over = sent - view.stores.count { if case .waiting = $0.status { true } else { false } }
                answer.say("\(over) of the \(sent.of("store")) sent are over; \(min(optimistic.answersNeeded, sent)) must be.")
            }
        }
        sayAwaited(story, to: &answer)
        sayWhatWouldEndIt(story, view, to: &answer)
        return answer
    }

    private func sayNotAsked(_ story: Story, _ view: BroadcastView<NetworkNode>, to answer: inout Explanation) {
        guard let query = view.query else { return }
        let k = query.configuration.resiliency ?? query.configuration.numResults
        let answered = Array(query.candidates.lazy.filter { $0.status == .succeeded }.map(\.node).prefix(k))
        let left = query.candidates.count { $0.status == .notContacted }
        guard answered.count == k, let last = answered.last else {
            let wanted = query.configuration.resiliency == nil ? "\(k.of("node")) looked for" : "\(k.of("answer")) that end it"
            let have = query.configuration.resiliency == nil ? "answered" : "come"
            answer.say(
                "\(answered.count) of the \(wanted) \(answered.count == 1 ? "has" : "have") \(have); "
                    + "\(left == 0 ? "none" : "\(left)") of those that it knows \(left == 1 ? "is" : "are") left to ask.")
            return
        }
        let nearer = query.candidates.filter { candidate in
            guard candidate.node.key.isCloser(to: story.entry.target, than: last.key) else { return false }
            if case .waiting = candidate.status { return true } else { return candidate.status == .notContacted }
        }
        answer.rule = query.configuration.resiliency == nil ? .enough : .resiliency
        answer.say(
            "The \(k) closest that have answered are \(names.list(answered)); but \(names.list(nearer.map(\.node))) "
                + "\(nearer.count == 1 ? "is" : "are") nearer than the last of them, and could still answer.")
    }

    private func sayWhatWouldEndIt(_ story: Story, _ view: BroadcastView<NetworkNode>, to answer: inout Explanation) {
        let awaited = story.awaited
        let deadlines = awaited.compactMap(\.deadline)
        if view.phase == .queued {
            answer.say("It goes on when a lookup that holds a slot ends and those before it have started.")
        } else if awaited.isEmpty {
            answer.say("It awaits nothing: it goes on when the pool serves it.")
        } else if deadlines.count < awaited.count, deadlines.isEmpty {
            answer.say("Only the answers or a stop can end it: none of its requests has a deadline.")
        } else if let last = deadlines.max() {
            let without = awaited.count - deadlines.count
            answer.say(
                "Should no answer come, the last of its deadlines is at \(names.time(last))"
                    + (without == 0 ? "; nothing happens there unless the pool is polled." : "; \(without) of its requests have none."))
        }
        if let nextDeadline, nextDeadline < .distantFuture {
            answer.say("The pool's next deadline, whichever broadcast it is of, is at \(names.time(nextDeadline)).")
        }
        answer.say("A stop would end it at once.")
    }
}
