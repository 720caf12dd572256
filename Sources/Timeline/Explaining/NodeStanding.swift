internal import Broadcasts
public import Coordination
internal import Kademlia
internal import Queries

/// How a broadcast stands with a node.
public enum NodeStanding: Hashable, Sendable {
    /// The broadcast does not know of it.
    case unheard
    /// Heard of, not asked.
    case known
    /// Asked; it is to answer by the deadline.
    case asked(deadline: Instant)
    /// It answered.
    case answered
    /// It was asked, or was to be, and failed.
    case failed(RequestError?)
    /// It did not answer in time.
    case unresponsive
    /// It was asked, and the lookup ended without its answer.
    case unneeded
    /// Chosen to store with, not sent to.
    case todo
    /// It was sent the record, and its answer is awaited.
    case waiting(deadline: Instant?)
    /// It has the record.
    case stored
    /// It could not be stored with.
    case storeFailed(RequestError)
    /// It was chosen, but the broadcast ended before it was sent to.
    case notSent
    /// It was sent the record; the broadcast ended before it answered.
    case unanswered

    /// The word for it.
    public var word: String {
        switch self {
        case .unheard: "unknown"
        case .known: "known"
        case .asked: "asked"
        case .answered: "answered"
        case .failed: "failed"
        case .unresponsive: "no answer"
        case .unneeded: "unneeded"
        case .todo: "todo"
        case .waiting: "waiting"
        case .stored: "stored"
        case .storeFailed(let error): "not stored (\(error))"
        case .notSent: "not sent"
        case .unanswered: "unanswered"
        }
    }
}

extension NodeStanding {
    /// How it stands with a chosen node.
    init(_ status: StoreView<NetworkNode>.Status) {
        self =
            switch status {
            case .todo: .todo
            case .waiting(_, let deadline): .waiting(deadline: deadline)
            case .stored: .stored
            case .failed(let error): .storeFailed(error)
            }
    }

    /// How it stands with a node of a running lookup.
    init(_ status: QueryCandidate<NetworkNode>.Status, _ node: NodeStory) {
        self =
            switch status {
            case .notContacted: .known
            case .waiting(let deadline): .asked(deadline: deadline)
            case .succeeded: .answered
            case .failed: .failed(node.failed?.error)
            case .unresponsive: .unresponsive
            case .abandoned: .unneeded
            }
    }
}

extension Explainer {
    /// How a broadcast stands with a node at the position; `nil` if there is no such broadcast. O(steps since its start).
    public func standing(of node: NetworkNode, broadcast place: Int) -> NodeStanding? {
        story(of: place).map { standing(of: node, $0, nodeStory(node, $0)) }
    }

    /// How a broadcast stands with a node.
    func standing(of node: NetworkNode, _ story: Story, _ facts: NodeStory) -> NodeStanding {
        if let view = story.view {
            if let store = view.stores.first(where: { $0.node.key == node.key }) { return NodeStanding(store.status) }
            if let query = view.query {
                return query.candidates.first { $0.node.key == node.key }.map { NodeStanding($0.status, facts) } ?? .unheard
            }
        }
        if let outcome = story.outcome {
            if let error = outcome.error(for: node) { return .storeFailed(error) }
            if outcome.unanswered.contains(where: { $0.key == node.key }) { return .unanswered }
            if outcome.notContacted.contains(where: { $0.key == node.key }) { return .notSent }
            if outcome.contacted.contains(where: { $0.key == node.key }) { return .stored }
        }
        if let failed = facts.failed { return .failed(failed.error) }
        if facts.answered != nil { return .answered }
        if facts.asked != nil { return wasOverdue(node, story) ? .unresponsive : .unneeded }
        return facts.isSeed || facts.told != nil ? .known : .unheard
    }

    /// Whether a node that never answered was overdue when the lookup ended.
    private func wasOverdue(_ node: NetworkNode, _ story: Story) -> Bool {
        guard let end = story.lookupEnd, end <= position, let before = viewBefore(end) else { return false }
        let status = LookupAtEnd(before.broadcast(story.id), step(end)).candidates.first { $0.node.key == node.key }?.status
        return status == .unresponsive
    }
}
