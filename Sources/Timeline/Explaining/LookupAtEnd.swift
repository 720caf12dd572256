internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// A lookup in the step that ended it, worked out from what was seen before: afterwards, nobody sees it.
struct LookupAtEnd {
    /// The nodes that were known before, closest first, each as far as the step left the lookup with it.
    private(set) var candidates: [QueryCandidate<NetworkNode>] = []
    /// The nodes that the lookup found: those that had answered, closest first, as many as were looked for; or the final set that it had
    /// followed up to the end.
    private(set) var closest: [NetworkNode] = []
    /// Whether it could finish by itself: no awaited node stood before the last of those, or nobody in the final set was left to wait for.
    /// If not, it was ended, or ran out of time.
    private(set) var isFinished = true

    /// The lookup of a broadcast, at the end of a step.
    ///
    /// - Parameter broadcast: as it was seen before the step; without a lookup, nothing was found.
    init(_ broadcast: BroadcastView<NetworkNode>?, _ step: Step) {
        guard let broadcast, let query = broadcast.query else { return }
        var change = step.event.id == broadcast.id ? LookupChange(step.event) : nil
        if let node = change?.node, query.hasLeftOut(node) { change = nil }
        candidates = query.candidates.map { candidate in
            let status = candidate.status.after(change?.node.key == candidate.node.key ? change?.status : nil, at: step.time)
            return QueryCandidate(node: candidate.node, status: status)
        }
        var isAwaited = false
        for candidate in candidates where closest.count < query.configuration.numResults {
            switch candidate.status {
            case .succeeded:
                closest.append(candidate.node)
                isFinished = !isAwaited
            case .waiting: isAwaited = true
            case .notContacted, .failed, .unresponsive, .abandoned: break
            }
        }
        if closest.count < query.configuration.numResults { isFinished = !isAwaited }
        guard query.isFollowingUp else { return }
        isFinished = !query.finalSet.contains { node in
            switch candidates.first(where: { $0.node.key == node.key })?.status {
            case .notContacted, .waiting: true
            case .succeeded, .failed, .unresponsive, .abandoned, nil: false
            }
        }
        if case .stopBroadcast(broadcast.id) = step.event { isFinished = false }
        if isFinished { closest = query.finalSet }
    }
}

extension QueryCandidate.Status {
    /// How far a lookup is with a node after a reply that says so, and with what is overdue expired.
    fileprivate func after(_ reply: Self?, at now: Instant) -> Self {
        var status = self
        switch self {
        case .waiting, .unresponsive: status = reply ?? self
        case .notContacted: if reply == .failed { status = .failed }
        case .succeeded, .failed, .abandoned: break
        }
        if case .waiting(let deadline) = status, deadline.hasPassed(at: now) { status = .unresponsive }
        return status
    }
}

extension QueryView where Node == NetworkNode {
    /// The nodes whose answers are awaited, closest first, with the deadline of each.
    var awaited: [(node: NetworkNode, deadline: Instant)] {
        candidates.compactMap { candidate in
            if case .waiting(let deadline) = candidate.status { (candidate.node, deadline) } else { nil }
        }
    }

    /// Whether its final set is fixed without this node.
    func hasLeftOut(_ node: NetworkNode) -> Bool {
        isFollowingUp && !finalSet.contains { $0.key == node.key }
    }
}
