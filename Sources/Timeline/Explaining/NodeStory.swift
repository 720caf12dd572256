internal import Broadcasts
internal import Coordination
internal import Kademlia

/// What the steps of a broadcast tell of one node: the numbers of the steps.
struct NodeStory {
    /// Whether the broadcast began with it.
    var isSeed = false
    /// The first answer that named it, and whose.
    var told: (step: Int, by: NetworkNode)?
    /// The first answer that named it but was ignored, and whose.
    var toldInVain: (step: Int, by: NetworkNode)?
    /// The first answer that named it, if that came in a follow-up, when closer nodes no longer count; and whose.
    var toldTooLate: (step: Int, by: NetworkNode)?
    /// When it was asked.
    var asked: Int?
    /// When it answered.
    var answered: Int?
    /// When it failed, and how.
    var failed: (step: Int, error: RequestError)?
    /// When it was sent the record.
    var sent: Int?
    /// When it answered to that, and what went wrong.
    var storeAnswer: (step: Int, error: RequestError?)?
    /// The last reply of it that was ignored.
    var ignored: Int?
}

extension NodeStory {
    /// Takes note of what the event of a step says of a node.
    mutating func note(_ step: Step, _ node: NetworkNode) {
        switch step.event {
        case .getCloserNodesSuccess(_, let from, _, let closer):
            if closer.contains(where: { $0.key == node.key }) {
                if step.isIgnored {
                    toldInVain = toldInVain ?? (step.number, from)
                } else {
                    told = told ?? (step.number, from)
                }
            }
            guard from.key == node.key else { return }
            if step.isIgnored { ignored = step.number } else { answered = answered ?? step.number }
        case .getCloserNodesFailure(_, let from, _, let error):
            guard from.key == node.key else { return }
            if step.isIgnored { ignored = step.number } else { failed = failed ?? (step.number, error) }
        case .storeRecordSuccess(_, let from, _, _):
            guard from.key == node.key else { return }
            if step.isIgnored { ignored = step.number } else { storeAnswer = storeAnswer ?? (step.number, nil) }
        case .storeRecordFailure(_, let from, _, let error):
            guard from.key == node.key else { return }
            if step.isIgnored { ignored = step.number } else { storeAnswer = storeAnswer ?? (step.number, error) }
        case .startBroadcast, .stopBroadcast, .poll: break
        }
    }
}
