internal import Broadcasts
internal import Coordination
internal import Kademlia

// MARK: - Why did a step have its event?

extension Explainer {
    /// What brought the event of a step about, and why it was ignored, if it was.
    func explainEvent(of step: Step) -> Explanation {
        var answer = Explanation("Step \(step.number): \(step.event.name(names))", .namedFirst)
        switch step.trigger {
        case .act: answer.say("Somebody did it: it was planned, or done by hand.")
        case .choice: answer.say("Somebody polled the pool, or moved the clock on.")
        case .continuation:
            answer.rule = .turns
            guard step.number > 1, !self.step(step.number - 1).state.isAtRest else {
                answer.say("The pool was polled, though it was at rest.")
                break
            }
            answer.say("The step before gave work, so the pool was asked whether there is more.")
            answer.because(step.number - 1, "the pool gave work")
        case .deadline:
            answer.rule = .clock
            answer.say("A deadline had passed, so the pool was polled.")
        case .reply(let sent):
            answer.say("A reply arrived; its request was sent at \(names.time(sent)).")
        }
        sayRequest(of: step, to: &answer)
        if step.isIgnored { sayIgnored(step, to: &answer) }
        return answer
    }

    /// The request that a reply answers.
    private func sayRequest(of step: Step, to answer: inout Explanation) {
        guard let id = step.event.id, let reply = Reply(step.event) else { return }
        var sent: Int?
        scan(from: step.number - 1, naming: [id]) { earlier in
            if SentRequest(earlier.state, of: id) == SentRequest(key: reply.node.key, isStore: reply.isStore) { sent = earlier.number }
            return sent == nil && !earlier.isStart(of: id)
        }
        answer.because(sent, "\(names.node(reply.node)) was \(reply.isStore ? "sent the record" : "asked")")
    }

    /// Why an event was ignored.
    private func sayIgnored(_ step: Step, to answer: inout Explanation) {
        answer.rule = .ignored
        guard let id = step.event.id else {
            answer.say("Something in this step was ignored; a poll by itself never is.")
            return
        }
        var start: Int?
        var end: (step: Int, outcome: BroadcastOutcome<NetworkNode>)?
        scan(from: step.number - 1, naming: [id]) { earlier in
            if let outcome = earlier.outcome(of: id) { end = (earlier.number, outcome) }
            if earlier.isStart(of: id) { start = earlier.number }
            return start == nil && end == nil
        }
        if let end {
            answer.say("It was ignored: it came too late, because \(id) had ended in step \(end.step).")
            answer.because(end.step, "\(id) ended: \(end.outcome.reason.words)")
            return
        }
        guard let start, let place = place(of: id, at: start), let story = story(of: place) else {
            answer.say("It was ignored: no broadcast \(id) was running.")
            return
        }
        guard let reply = Reply(step.event) else {
            answer.say("It was ignored: it makes no sense for \(id) as far as it was.")
            answer.because(start, "\(id) began")
            return
        }
        sayIgnored(reply, step, story, to: &answer)
    }

    /// Why a reply to a running broadcast was ignored.
    private func sayIgnored(_ reply: Reply, _ step: Step, _ story: Story, to answer: inout Explanation) {
        let (name, id) = (names.node(reply.node), story.id)
        let facts = nodeStory(reply.node, story)
        let earlier = { (number: Int?) in number.flatMap { $0 < step.number ? $0 : nil } }
        let sent = earlier(reply.isStore ? facts.sent : facts.asked)
        let taken = earlier(reply.isStore ? facts.storeAnswer?.step : facts.answered ?? facts.failed?.step)
        if !reply.isStore, story.entry.strategy == .static {
            answer.say("It was ignored: a Static asks nobody for closer nodes.")
            answer.because(story.start, "\(id) began as a Static")
        } else if let taken {
            answer.say("It was ignored: \(name) had already replied to that in step \(taken).")
            answer.because(taken, "\(name) had replied")
        } else if sent == nil {
            let request = reply.isStore ? "sent \(name) the record" : "asked \(name)"
            let isKnown = facts.isSeed || (facts.told?.step ?? .max) < step.number
            answer.say("It was ignored: \(id) had not \(request)\(isKnown ? "" : ", which is a stranger to it").")
            answer.because(story.start, "\(id) began")
        } else if !reply.isStore, mayFollowUp, viewBefore(step.number)?.broadcast(id)?.query?.hasLeftOut(reply.node) == true {
            answer.say("It was ignored: the lookup of \(id) was over, and \(name) is not in the final set that it follows up.")
        } else if !reply.isStore, let end = earlier(story.lookupEnd) {
            answer.say("It was ignored: it came too late, because the lookup of \(id) had ended by step \(end).")
            answer.because(end, "the lookup of \(id) had ended")
        } else if reply.isStore, let sent, let timeout = story.stores?.storeTimeout,
            self.step(sent).time.advanced(by: timeout).hasPassed(at: step.time)
        {
            answer.rule = .storeTimeout
            let deadline = self.step(sent).time.advanced(by: timeout)
            answer.say("It was ignored: it came too late, because the store had expired after \(names.time(deadline)).")
            answer.because(earlier(firstStep(after: deadline)), "the time to store was over")
        } else {
            answer.say("It was ignored: \(id) no longer awaited it.")
            answer.because(story.start, "\(id) began")
        }
    }
}

extension Step {
    /// Whether it started a broadcast of this id.
    func isStart(of id: OperationID) -> Bool {
        guard case .startBroadcast(id, _, _, _, _) = event else { return false }
        if case .broadcastRejected(id, _) = state { return false }
        return true
    }
}

extension PoolEvent where Node == NetworkNode {
    /// The event in few words.
    fileprivate func name(_ names: Names) -> String {
        switch self {
        case .startBroadcast(let id, _, _, _, let configuration): "StartBroadcast \(id), \(configuration.strategy.title)"
        case .stopBroadcast(let id): "StopBroadcast \(id)"
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            "GetCloserNodesSuccess \(id) \(names.node(node)), \(closer.count) closer"
        case .getCloserNodesFailure(let id, let node, _, let error): "GetCloserNodesFailure \(id) \(names.node(node)), \(error)"
        case .storeRecordSuccess(let id, let node, _, _): "StoreRecordSuccess \(id) \(names.node(node))"
        case .storeRecordFailure(let id, let node, _, let error): "StoreRecordFailure \(id) \(names.node(node)), \(error)"
        case .poll: "Poll"
        }
    }
}
