internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

// MARK: - Why is a node not in the closest set?

extension Explainer {
    /// Why a node is not in the closest set of a broadcast; if it is, why it is.
    func explainNotClosest(_ node: NetworkNode, _ story: Story) -> Explanation {
        if story.entry.isRejected { return explainPhase(story) }
        let facts = nodeStory(node, story)
        let standing = standing(of: node, story, facts)
        let name = names.node(node)
        if story.chosen.contains(where: { $0.key == node.key }) {
            var answer = explainNode(node, story)
            answer.title = "\(name) is in the closest set of \(story.id)"
            return answer
        }
        var answer = Explanation("\(name) is not in the closest set of \(story.id)", .enough)
        if standing != .unheard {
            sayOrigin(node, story, facts, to: &answer)
            sayAsking(node, story, facts, to: &answer)
        }
        switch standing {
        case .unheard: sayUnheard(node, story, facts, to: &answer)
        case .known, .asked, .answered, .failed, .unresponsive, .unneeded:
            if story.view?.query != nil {
                sayNotYetClosest(node, story, facts, standing, to: &answer)
            } else {
                sayNotChosen(node, story, facts, standing, to: &answer)
            }
        case .todo, .waiting, .stored, .storeFailed, .notSent, .unanswered: break
        }
        return answer
    }

    /// Why a node is not among the k closest that answered, while the lookup runs.
    private func sayNotYetClosest(
        _ node: NetworkNode, _ story: Story, _ facts: NodeStory, _ standing: NodeStanding, to answer: inout Explanation
    ) {
        guard let query = story.view?.query else { return }
        if query.configuration.resiliency != nil { return sayFinalSet(node, story, query, facts, standing, to: &answer) }
        let k = query.configuration.numResults
        let closest = Array(query.candidates.lazy.filter { $0.status == .succeeded }.map(\.node).prefix(k))
        let place = closest.firstIndex { $0.key == node.key }
        switch standing {
        case .failed:
            answer.rule = .failure
            answer.say("A node that failed is not stored with.")
            return
        case .unresponsive:
            answer.rule = .expiry
            sayExpiry(node, story, facts, to: &answer)
            return
        case .answered where place != nil:
            answer.title = "\(names.node(node)) is among the closest that \(story.id) has found so far"
            answer.say(
                "It stays there unless \((k - (place ?? 0)).of("nearer node answers", "nearer nodes answer")); the set is final when the "
                    + "lookup ends."
            )
            return
        case .asked(let deadline):
            answer.rule = .walk
            answer.say("Its answer is awaited until \(names.time(deadline)).")
        case .known:
            answer.rule = .walk
            answer.say("It has not been asked yet.")
        case .answered, .unheard, .unneeded, .todo, .waiting, .stored, .storeFailed, .notSent, .unanswered: break
        }
        guard closest.count == k, let last = closest.last else {
            answer.say("So far \(closest.count) of the \(k.of("node")) looked for \(closest.count == 1 ? "has" : "have") answered.")
            return
        }
        sayFarther(node, than: last, k, story, to: &answer)
    }

    /// That a node is farther than the last of the k closest, or would be among them if it answered.
    private func sayFarther(_ node: NetworkNode, than last: NetworkNode, _ k: Int, _ story: Story, to answer: inout Explanation) {
        let (mine, other) = (names.distance(story.distance(node)), names.distance(story.distance(last)))
        if last.key.isCloser(to: story.entry.target, than: node.key) {
            answer.say(
                "\(k == 1 ? "A node" : "\(k) nodes") nearer than it \(k == 1 ? "has" : "have") answered: its distance to the target is "
                    + "\(mine), that of the last of them, \(names.node(last)), is \(other).")
            answer.because(nodeStory(last, story).answered, "\(names.node(last)), which is nearer, answered")
        } else {
            answer.say(
                "Its distance to the target, \(mine), is less than that of \(names.node(last)), \(other): if it answers, it takes a place "
                    + "in the set.")
        }
    }

    /// Why a node was not chosen, once the lookup is over.
    func sayNotChosen(
        _ node: NetworkNode, _ story: Story, _ facts: NodeStory, _ standing: NodeStanding, to answer: inout Explanation
    ) {
        let chosen = story.chosen
        let isOver = story.lookupEnd.map { "by step \($0)" } ?? "by now"
        if story.outcome?.reason == .stopped, chosen.isEmpty {
            answer.rule = .stop
            answer.say("\(story.id) was stopped in step \(story.end ?? position), before its lookup had ended: no node was chosen.")
            answer.because(story.end, "\(story.id) was stopped")
            return
        }
        switch standing {
        case .failed:
            answer.rule = .failure
            answer.say("A node that failed is not stored with.")
        case .unresponsive:
            answer.rule = .expiry
            answer.say("It had not answered in time when the lookup ended \(isOver).")
            answer.because(story.lookupEnd, "the lookup had ended")
        case .unneeded, .known, .answered, .asked:
            answer.rule = .enough
            guard let last = chosen.last else {
                answer.say("The lookup ended \(isOver), and no node was chosen.")
                answer.because(story.lookupEnd, "the lookup had ended")
                return
            }
            let (mine, other) = (names.distance(story.distance(node)), names.distance(story.distance(last)))
            if last.key.isCloser(to: story.entry.target, than: node.key) {
                answer.say(
                    "The \(chosen.count.of("node")) of the set \(chosen.count == 1 ? "is" : "are all") nearer: its distance to the target "
                        + "is \(mine), that of the last of them, \(names.node(last)), is \(other).")
                if facts.asked == nil { answer.say("That is why it was never asked.") }
                answer.because(nodeStory(last, story).answered, "\(names.node(last)), which is nearer, answered")
            } else {
                sayCutShort(mine, last, other, story, to: &answer)
            }
            answer.because(story.lookupEnd, "the lookup had ended")
        case .unheard, .todo, .waiting, .stored, .storeFailed, .notSent, .unanswered: break
        }
    }

    /// That the lookup ended before a node nearer than those chosen could answer.
    private func sayCutShort(_ mine: String, _ last: NetworkNode, _ other: String, _ story: Story, to answer: inout Explanation) {
        answer.say(
            "Its distance to the target, \(mine), is less than that of \(names.node(last)), \(other), which was chosen; but the lookup "
                + "ended without an answer of it.")
        guard let end = story.lookupEnd, let before = viewBefore(end)?.broadcast(story.id), before.query != nil else { return }
        if story.outcome?.reason == .stopped, end == story.end {
            answer.rule = .stop
            answer.say("The broadcast was stopped in step \(end).")
        } else if let walkEnd = walkEnd(of: story), walkEnd.isEarly {
            answer.rule = .walkEnd
            answer.say("The walk ended early: \(walkEnd.words).")
        } else if !LookupAtEnd(before, step(end)).isFinished {
            answer.rule = .storedAnyway
            answer.say("The lookup ran out of time while answers were awaited: only nodes that had answered by then are stored with.")
        }
    }

    /// Why the walk of an Optimistic ended, if that was ever seen.
    private func walkEnd(of story: Story) -> WalkEnd? {
        let last = story.view ?? story.end.flatMap { viewBefore($0)?.broadcast(story.id) }
        return last?.optimistic?.walkEnd
    }
}
