internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

// MARK: - Why does a broadcast stand with a node as it does?

extension Explainer {
    /// Why a broadcast stands with a node as it does.
    func explainNode(_ node: NetworkNode, _ story: Story) -> Explanation {
        let facts = nodeStory(node, story)
        let standing = standing(of: node, story, facts)
        var answer = Explanation("\(names.node(node)) for \(story.id): \(standing.word)", .heardOf)
        if story.entry.isRejected { return explainPhase(story) }
        sayOrigin(node, story, facts, to: &answer)
        sayAsking(node, story, facts, to: &answer)
        switch standing {
        case .unheard: sayUnheard(node, story, facts, to: &answer)
        case .unneeded where story.view?.query != nil: sayLeftOut(node, story, to: &answer)
        case .known where story.view?.query != nil: sayKnown(node, story, to: &answer)
        case .asked(let deadline):
            answer.rule = .walk
            answer.say("Its answer is awaited until \(names.time(deadline)).")
            answer.say(fate(of: node, isStore: false, story))
        case .unresponsive where story.view?.query != nil:
            answer.rule = .expiry
            sayExpiry(node, story, facts, to: &answer)
        case .answered where story.view?.query != nil:
            answer.rule = .answer
            answer.say(rankOfAnswered(node, story))
        case .failed where story.view?.query != nil: answer.rule = .failure
        case .known, .answered, .failed, .unresponsive, .unneeded: sayNotChosen(node, story, facts, standing, to: &answer)
        case .todo, .waiting, .stored, .storeFailed, .notSent, .unanswered: sayStore(node, story, facts, standing, to: &answer)
        }
        return answer
    }

    /// How the broadcast came to know of a node.
    func sayOrigin(_ node: NetworkNode, _ story: Story, _ facts: NodeStory, to answer: inout Explanation) {
        if facts.isSeed {
            answer.say("\(story.id) began with it: it is a seed.")
            answer.because(story.start, "\(story.id) began with \(names.node(node)) among its seeds")
        } else if let told = facts.told {
            answer.say("\(names.node(told.by)) told of it, in its answer of step \(told.step).")
            answer.because(told.step, "\(names.node(told.by)) told of \(names.node(node))")
        }
    }

    /// That a node was asked, and what it answered.
    func sayAsking(_ node: NetworkNode, _ story: Story, _ facts: NodeStory, to answer: inout Explanation) {
        if let asked = facts.asked {
            let when = finalSet(of: story, after: asked) == nil ? "when the walk came to it" : "when the lookup followed up its final set"
            answer.say("It was asked for closer nodes in step \(asked), \(when).")
            answer.because(asked, "\(names.node(node)) was asked")
        }
        if let answered = facts.answered {
            answer.say("It answered in step \(answered).")
            answer.because(answered, "\(names.node(node)) answered")
        }
        if let failed = facts.failed {
            let words =
                facts.asked == nil
                ? "A failure of it was reported in step \(failed.step), though nobody had asked it" : "It failed in step \(failed.step)"
            answer.say("\(words): \(failed.error).")
            answer.because(failed.step, "\(names.node(node)) failed: \(failed.error)")
        }
    }

    /// That a broadcast does not know of a node.
    func sayUnheard(_ node: NetworkNode, _ story: Story, _ facts: NodeStory, to answer: inout Explanation) {
        answer.rule = .heardOf
        if story.entry.strategy == .static {
            answer.rule = .staticSeed
            answer.say("It is no seed of \(story.id), and a Static knows no other nodes.")
            answer.because(story.start, "\(story.id) began, with other seeds")
        } else if facts.isSeed || facts.told != nil {
            answer.say("The lookup did not take it up: it leaves out the local node, and a node whose key it knows already.")
        } else if let told = facts.toldTooLate {
            answer.rule = .finalSet
            answer.say("\(names.node(told.by)) named it in step \(told.step), but the final set was fixed before.")
            answer.because(told.step, "\(names.node(told.by)) named \(names.node(node)), too late")
        } else if let told = facts.toldInVain {
            answer.say("\(names.node(told.by)) named it in step \(told.step), but that answer was ignored.")
            answer.because(told.step, "\(names.node(told.by)) named \(names.node(node)), in vain")
        } else {
            answer.say("It is no seed, and no answer that \(story.id) took has named it.")
            answer.because(story.start, "\(story.id) began, with other seeds")
        }
    }

    /// Why a node that is known was not asked yet, while the lookup runs.
    private func sayKnown(_ node: NetworkNode, _ story: Story, to answer: inout Explanation) {
        guard let view = story.view, let query = view.query else { return }
        answer.rule = .walk
        if view.phase == .queued {
            answer.rule = .slots
            answer.say("\(story.id) asks nobody yet: its lookup waits for a slot.")
            sayHolders(story, to: &answer)
            return
        }
        if query.hasLeftOut(node) { return sayLeftOut(node, story, to: &answer) }
        let awaited = query.awaited
        let nearer = query.candidates.first { $0.status == .notContacted && $0.node.key != node.key }
        if let nearer, nearer.node.key.isCloser(to: story.entry.target, than: node.key) {
            answer.say("\(names.node(nearer.node)) is closer to the target and has not been asked either, so it comes first.")
        }
        if query.isFollowingUp {
            answer.rule = .finalSet
            answer.say(
                "The lookup is over, and it is in its final set of \(query.finalSet.count): it is asked in \(story.id)'s next turns, however "
                    + "many requests are in flight.")
        } else if awaited.count >= query.configuration.concurrency {
            answer.rule = .capacity
            answer.say(
                "\(awaited.count.of("request")) of at most \(query.configuration.concurrency) are in flight: "
                    + "\(names.list(awaited.map(\.node))).")
            for waiting in awaited.prefix(8) {
                answer.because(nodeStory(waiting.node, story).asked, "\(names.node(waiting.node)) was asked, and is awaited")
            }
        } else {
            answer.say("A request is free, so the closest node not asked yet is asked in \(story.id)'s next turn.")
        }
    }

    /// That a node did not answer in time.
    func sayExpiry(_ node: NetworkNode, _ story: Story, _ facts: NodeStory, to answer: inout Explanation) {
        guard let asked = facts.asked else { return }
        let isLeftOut = story.view?.query?.hasLeftOut(node) ?? false
        answer.say(
            isLeftOut
                ? "It did not answer in time, and the final set was fixed without it."
                : "It did not answer in time. It may yet, and would then count.")
        if let timeout = story.view?.query?.configuration.requestTimeout {
            let deadline = step(asked).time.advanced(by: timeout)
            let first = firstStep(after: deadline)
            answer.say("Its time was up at \(names.time(deadline))\(first.map { "; the first step after that is \($0)" } ?? "").")
            answer.because(first, "its time to answer was over")
        }
        answer.say(fate(of: node, isStore: false, story))
    }

    /// Where a node that answered stands among those that did, while the lookup runs.
    private func rankOfAnswered(_ node: NetworkNode, _ story: Story) -> String? {
        guard let query = story.view?.query else { return nil }
        let answered = query.candidates.filter { $0.status == .succeeded }
        guard let rank = answered.firstIndex(where: { $0.node.key == node.key }) else { return nil }
        if query.isFollowingUp {
            guard let rank = query.finalSet.firstIndex(where: { $0.key == node.key }) else {
                return "The lookup is over, and it is not in its final set of \(query.finalSet.count)."
            }
            return "The lookup is over, and it is number \(rank + 1) of its final set of \(query.finalSet.count)."
        }
        let k = query.configuration.numResults
        return "Of the \(answered.count.of("node")) that have answered it is number \(rank + 1) by distance; the record goes to the "
            + "\(k) closest."
    }

    /// How it stands with the store of a chosen node.
    private func sayStore(
        _ node: NetworkNode, _ story: Story, _ facts: NodeStory, _ standing: NodeStanding, to answer: inout Explanation
    ) {
        sayChoice(node, story, facts, to: &answer)
        if let sent = facts.sent {
            answer.say("It was sent the record in step \(sent).")
            answer.because(sent, "\(names.node(node)) was sent the record")
        }
        if let reply = facts.storeAnswer {
            answer.because(reply.step, reply.error.map { "it could not store: \($0)" } ?? "it stored the record")
        }
        switch standing {
        case .todo:
            if let limit = story.stores?.storeConcurrency {
                answer.rule = .storeConcurrency
                answer.say("It is sent to when it is its turn: at most \(limit.of("store")) may be in flight.")
            } else {
                answer.say("It is sent to when it is its turn: one store goes out with each advance of \(story.id).")
            }
        case .waiting(let deadline):
            answer.rule = .storeReply
            answer.say("Its answer is awaited \(deadline.map { "until \(names.time($0))" } ?? "without a deadline").")
            answer.say(fate(of: node, isStore: true, story))
        case .stored:
            answer.rule = .storeReply
            if let reply = facts.storeAnswer { answer.say("It said in step \(reply.step) that it has stored it.") }
        case .storeFailed(.timedOut) where facts.storeAnswer?.error != .timedOut:
            answer.rule = .storeTimeout
            sayStoreExpiry(story, facts, to: &answer)
        case .storeFailed(.cancelled) where facts.storeAnswer?.error != .cancelled:
            answer.rule = .stop
            answer.say("Its answer was still awaited when the broadcast was stopped.")
            answer.because(story.end, "\(story.id) was stopped")
        case .storeFailed(let error):
            answer.rule = .storeReply
            if let reply = facts.storeAnswer { answer.say("In step \(reply.step) it answered with an error: \(error).") }
        case .notSent:
            answer.rule = .stop
            answer.say("The broadcast was over before it was its turn.")
            answer.because(story.end, "\(story.id) ended")
        case .unanswered:
            answer.rule = .returnRatio
            answer.say("Enough other stores had been answered by step \(story.end ?? position), so the broadcast ended without its answer.")
            answer.because(story.end, "\(story.id) ended")
        case .unheard, .known, .asked, .answered, .failed, .unresponsive, .unneeded: break
        }
    }

    private func sayStoreExpiry(_ story: Story, _ facts: NodeStory, to answer: inout Explanation) {
        answer.say("It did not answer in time.")
        guard let sent = facts.sent, let timeout = story.stores?.storeTimeout else { return }
        let deadline = step(sent).time.advanced(by: timeout)
        let first = firstStep(after: deadline).flatMap { $0 <= story.end ?? position ? $0 : nil }
        answer.say("Its time was up at \(names.time(deadline))\(first.map { "; the first step after that is \($0)" } ?? "").")
        answer.because(first, "its time to store was over")
    }

    /// Why a node was chosen to store with.
    private func sayChoice(_ node: NetworkNode, _ story: Story, _ facts: NodeStory, to answer: inout Explanation) {
        let rank = story.chosen.firstIndex { $0.key == node.key }.map { $0 + 1 }
        switch story.entry.strategy {
        case .static:
            answer.rule = .staticSeed
            if !facts.isSeed { answer.say("Nothing that is recorded says why it was chosen: it is no seed.") }
        case .followUp, .optimistic:
            let isEarly = story.isEarly(node)
            answer.rule = isEarly ? .earlyStore : story.entry.strategy == .optimistic ? .theRest : .followUp
            if let optimistic = story.view?.optimistic, isEarly {
                let limit = optimistic.thresholds.greatestIndividualDistance
                answer.say(
                    "It was stored with while the lookup still went on: its distance \(names.distance(story.distance(node))) is not above "
                        + "\(names.distance(limit)), the individual threshold.")
            } else if isEarly {
                answer.say("It was stored with while the lookup still went on: it is nearer than the individual threshold.")
            } else if let rank {
                answer.say("It is number \(rank) of the \(story.chosen.count.of("node")) that were chosen when the lookup had ended.")
                if let end = story.lookupEnd, end != facts.sent { answer.because(end, "the lookup had ended") }
            }
            if facts.answered == nil, story.entry.strategy == .followUp { sayChosenUnanswered(node, story, to: &answer) }
        }
    }
}

extension Story {
    /// Whether a node was sent to while the lookup still went on.
    func isEarly(_ node: NetworkNode) -> Bool {
        let early = outcome?.early ?? view?.optimistic?.earlyStores ?? []
        return early.contains { $0.key == node.key }
    }
}

extension JournalEntry {
    /// Whether it was refused.
    var isRejected: Bool {
        if case .rejected = end { true } else { false }
    }
}
