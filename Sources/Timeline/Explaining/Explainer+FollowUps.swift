internal import Broadcasts
internal import Kademlia
internal import Queries

// MARK: - The follow-up of a lookup with resiliency set

extension Explainer {
    /// The final set that a broadcast's lookup followed up before a step; `nil` if it did not.
    func finalSet(of story: Story, before number: Int) -> [NetworkNode]? {
        guard mayFollowUp, let query = viewBefore(number)?.broadcast(story.id)?.query, query.isFollowingUp else { return nil }
        return query.finalSet
    }

    /// The final set that a broadcast's lookup followed up after a step; `nil` if it did not.
    func finalSet(of story: Story, after number: Int) -> [NetworkNode]? { finalSet(of: story, before: number + 1) }

    /// How far a follow-up is.
    func sayFollowUp(_ query: QueryView<NetworkNode>, to answer: inout Explanation) {
        answer.rule = .finalSet
        let needed = query.configuration.resiliency ?? query.configuration.numResults
        let left = query.finalSet.filter { node in query.candidates.contains { $0.node.key == node.key && $0.status == .notContacted } }
        let rest = left.isEmpty ? "nobody in it" : names.list(left)
        answer.say(
            "Its lookup is over, because \(needed) of the closest nodes \(needed == 1 ? "has" : "have") answered. It follows up its final set, "
                + "\(names.list(query.finalSet)): \(rest) \(left.count > 1 ? "are" : "is") left to ask.")
    }

    /// That the final set was fixed without a node.
    func sayLeftOut(_ node: NetworkNode, _ story: Story, to answer: inout Explanation) {
        guard let query = story.view?.query else { return }
        answer.rule = .finalSet
        answer.say("The lookup is over, and its final set, \(names.list(query.finalSet)), was fixed without it: it is not waited for.")
        guard let last = query.finalSet.last, last.key.isCloser(to: story.entry.target, than: node.key) else { return }
        answer.say(
            "All of the set are nearer: its distance to the target is \(names.distance(story.distance(node))), that of the last of them, "
                + "\(names.node(last)), is \(names.distance(story.distance(last))).")
    }

    /// Why a FollowUp stores with a node that had not answered its lookup.
    func sayChosenUnanswered(_ node: NetworkNode, _ story: Story, to answer: inout Explanation) {
        if let end = story.lookupEnd, finalSet(of: story, before: end)?.contains(where: { $0.key == node.key }) == true {
            answer.say("It had not answered the lookup, but it was in the final set that was followed up: all of that is stored with.")
        } else {
            answer.say("Nothing that is recorded says why it was chosen: it had not answered this broadcast's lookup.")
        }
    }

    /// How a node stands to the final set of a lookup with resiliency set, while that runs.
    func sayFinalSet(
        _ node: NetworkNode, _ story: Story, _ query: QueryView<NetworkNode>, _ facts: NodeStory, _ standing: NodeStanding,
        to answer: inout Explanation
    ) {
        let (name, id) = (names.node(node), story.id)
        if let place = query.finalSet.firstIndex(where: { $0.key == node.key }) {
            answer.title = "\(name) is in the final set of \(id)"
            answer.rule = .finalSet
            answer.say(
                "It is number \(place + 1) of \(query.finalSet.count); the set stays as it is, and all of it is stored with unless time runs "
                    + "out.")
            return
        }
        if standing == .unresponsive {
            answer.rule = .expiry
            return sayExpiry(node, story, facts, to: &answer)
        }
        if query.isFollowingUp, query.status(of: node, target: story.entry.target) != .failed {
            return sayLeftOut(node, story, to: &answer)
        }
        let viable = query.candidates.filter { $0.status != .failed && $0.status != .unresponsive }
        guard let place = viable.firstIndex(where: { $0.node.key == node.key }) else {
            answer.rule = .failure
            answer.say("A node that failed before the lookup was over is not in its final set.")
            return
        }
        let k = query.configuration.numResults
        answer.rule = .finalSet
        if place < k { answer.title = "\(name) is among the closest that \(id) knows so far" }
        answer.say(
            "The final set will be the \(k) closest that are known and have not failed when the lookup is over. It is number \(place + 1) of "
                + "those now.")
    }
}
