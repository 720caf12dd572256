internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

// MARK: - Why is a broadcast as far as it is?

extension Explainer {
    /// Why a broadcast is as far as it is, and no further.
    func explainPhase(_ story: Story) -> Explanation {
        if let end = story.end { return explainState(of: step(end)) }
        guard let view = story.view else { return lostBroadcast(story) }
        var answer = Explanation("\(story.id) \(view.phase.doing)")
        answer.because(story.start, "\(story.id) began")
        switch view.phase {
        case .queued:
            answer.rule = .slots
            answer.say("A lookup asks nobody before it holds a query slot.")
            sayHolders(story, to: &answer)
        case .finding:
            let waits = view.query?.candidates.contains { $0.status == .notContacted } ?? false
            answer.rule = waits ? .capacity : .exhausted
            if let query = view.query, query.isFollowingUp { sayFollowUp(query, to: &answer) }
            answer.because(story.firstAsk, "its lookup took a slot and asked for the first time")
            if let optimistic = view.optimistic, !optimistic.earlyStores.isEmpty {
                answer.say(
                    "It has already stored with \(optimistic.earlyStores.count.of("node")) nearer than the individual threshold.")
            }
            sayAwaited(story, to: &answer)
        case .storing:
            answer.rule = .followUp
            answer.because(story.lookupEnd, "its lookup had ended")
            sayStoresLeft(story, to: &answer)
            sayAwaited(story, to: &answer)
        case .awaitingStores:
            answer.rule = .contacted
            answer.because(story.lookupEnd, "its lookup had ended")
            sayAwaited(story, to: &answer)
        }
        if story.entry.strategy == .static, answer.rule == .followUp { answer.rule = .staticSeed }
        return answer
    }

    /// A broadcast that the journal has no end of, and that does not run.
    func lostBroadcast(_ story: Story) -> Explanation {
        var answer = Explanation("\(story.id) is gone, and its end was never told", .finished)
        answer.say("The pool no longer runs it, but no step says that it has finished.")
        answer.because(story.start, "\(story.id) began")
        answer.because(story.numbers.last, "the last step that names it")
        return answer
    }

    /// Who holds the slots that a lookup waits for, and who is before it in line.
    func sayHolders(_ story: Story, to answer: inout Explanation) {
        let holders = view.broadcasts.filter { $0.phase == .finding }
        let ahead = view.broadcasts.prefix { $0.id != story.id }.filter { $0.phase == .queued }
        guard view.heldSlots >= view.slots else {
            answer.say("\((view.slots - view.heldSlots).of("slot")) of \(view.slots) is free: it goes to the first in line.")
            return
        }
        let ids = holders.prefix(6).map(\.id.name).joined(separator: ", ")
        let slots = view.slots == 1 ? "The only slot is" : "All \(view.slots) slots are"
        answer.say("\(slots) held\(holders.isEmpty ? "" : ", by \(ids)").")
        if !ahead.isEmpty {
            answer.say(
                "\(ahead.count.of("other lookup")) \(ahead.count == 1 ? "comes" : "come") first, in the order of arrival: "
                    + ahead.prefix(6).map(\.id.name).joined(separator: ", ") + ".")
        }
        for holder in holders.prefix(6) { answer.because(firstAsk(of: holder.id), "\(holder.id) took a slot with its first request") }
    }

    /// The step of the first request of a running broadcast. O(nodes that it asked + log n).
    private func firstAsk(of id: OperationID) -> Int? {
        guard let place = place(of: id, at: position) else { return nil }
        guard let asked = journal.entries[place].trails.values.compactMap(\.asked).min() else { return nil }
        guard var number = firstStep(after: asked.advanced(by: Nanoseconds(-1))) else { return nil }
        while number <= position {
            let step = step(number)
            if case .findCloser(id, _, _) = step.state { return number }
            guard step.time == asked else { return nil }
            number += 1
        }
        return nil
    }

    /// What is to be sent yet.
    func sayStoresLeft(_ story: Story, to answer: inout Explanation) {
        guard let view = story.view else { return }
        let left = view.stores.filter { $0.status == .todo }.map(\.node)
        guard !left.isEmpty else { return }
        answer.say("\(left.count.of("store")) \(left.count == 1 ? "is" : "are") to be sent yet: \(names.list(left)).")
        if let limit = story.stores?.storeConcurrency {
            answer.say("At most \(limit) may be in flight at once (storeConcurrency).")
        }
    }

    /// Which answers are awaited until when, and which of them can never come.
    func sayAwaited(_ story: Story, to answer: inout Explanation) {
        let awaited = story.awaited
        guard !awaited.isEmpty else { return }
        let asks = awaited.filter { !$0.isStore }
        let stores = awaited.filter(\.isStore)
        if !asks.isEmpty {
            answer.say("\(asks.count.of("answer")) to its questions \(asks.count == 1 ? "is" : "are") awaited: \(list(asks)).")
        }
        if !stores.isEmpty {
            answer.say("\(stores.count.of("answer")) to its stores \(stores.count == 1 ? "is" : "are") awaited: \(list(stores)).")
        }
        let obstacles = obstacles(story)
        let lost = obstacles.isEmpty ? [] : awaited.filter { obstacles[$0.name] != nil }
        for request in lost.prefix(6) {
            guard let obstacle = obstacles[request.name] else { continue }
            let remedy =
                request.deadline.map { "its time is up at \(names.time($0))" } ?? "it has no deadline, so only a stop ends the wait"
            answer.say("That of \(names.node(request.node)) can never come: \(obstacle.sentence); \(remedy).")
        }
        if lost.count > 6 { answer.say("\((lost.count - 6).of("other")) can never come either.") }
        var left = Set(awaited.prefix(8).map(\.name))
        for number in story.numbers.reversed() where !left.isEmpty {
            guard let name = SentRequest(step(number).state, of: story.id) else { continue }
            if left.remove(name) != nil {
                let node = awaited.first { $0.name == name }.map { names.node($0.node) } ?? ""
                answer.because(number, "\(node) was \(name.isStore ? "sent the record" : "asked"), and is awaited")
            }
        }
    }

    private func list(_ requests: [AwaitedRequest]) -> String {
        let shown = requests.prefix(6).map { request in
            names.node(request.node) + (request.deadline.map { " until \(names.time($0))" } ?? " without a deadline")
        }
        return shown.joined(separator: ", ") + (requests.count > 6 ? " and \(requests.count - 6) more" : "")
    }

    /// Why replies to a broadcast cannot come, by request.
    private func obstacles(_ story: Story) -> [SentRequest: PendingMessage.Obstacle] {
        var obstacles: [SentRequest: PendingMessage.Obstacle] = [:]
        for message in pending where message.name.id == story.id {
            if let obstacle = message.obstacle { obstacles[SentRequest(key: message.node.key, isStore: message.name.isStore)] = obstacle }
        }
        return obstacles
    }

    private func message(_ node: NetworkNode, isStore: Bool, _ story: Story) -> PendingMessage? {
        pending.first { $0.name.id == story.id && $0.name.isStore == isStore && $0.node.key == node.key }
    }

    /// What will become of a reply that is awaited, if the world knows.
    func fate(of node: NetworkNode, isStore: Bool, _ story: Story) -> String? {
        guard let message = message(node, isStore: isStore, story) else { return nil }
        if let obstacle = message.obstacle { return "Its answer can never come: \(obstacle.sentence)." }
        return message.arrives.map { "Its answer is on its way and is due at \(names.time($0))." }
    }
}

extension BroadcastView.Phase {
    /// How far a broadcast is, as the end of a sentence.
    fileprivate var doing: String {
        switch self {
        case .queued: "waits in line for a query slot"
        case .finding: "looks for the closest nodes"
        case .storing: "has stores to send"
        case .awaitingStores: "has sent all its stores and awaits answers"
        }
    }
}
