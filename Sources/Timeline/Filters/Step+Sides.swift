internal import Broadcasts
internal import Coordination
internal import Kademlia

extension Step {
    /// The broadcast that a side of the step is about. A poll, and a state of rest, are about what the other side is about.
    func id(of side: FilterSides) -> OperationID? {
        side == .event ? event.id ?? state.id : state.id ?? event.id
    }

    /// The node that a side of the step is about, likewise.
    func node(of side: FilterSides) -> NetworkNode? {
        let isEvent = side == .event ? event.id != nil : state.id == nil
        return isEvent ? event.node : state.node
    }

    /// The nodes that the event tells of: the seed of a start, the closer nodes of an answer.
    var told: [NetworkNode] {
        switch event {
        case .startBroadcast(_, _, _, let seed, _): seed
        case .getCloserNodesSuccess(_, _, _, let closer): closer
        case .stopBroadcast, .getCloserNodesFailure, .storeRecordSuccess, .storeRecordFailure, .poll: []
        }
    }

    /// What went wrong, in words: with a reply, with the stores of a broadcast that is over, or with its start.
    func errors(of side: FilterSides) -> [String] {
        guard side == .state else {
            switch event {
            case .getCloserNodesFailure(_, _, _, let error), .storeRecordFailure(_, _, _, let error): return [error.description]
            case .startBroadcast, .stopBroadcast, .getCloserNodesSuccess, .storeRecordSuccess, .poll: return []
            }
        }
        switch state {
        case .broadcastFinished(_, let outcome): return outcome.errors.map(\.error.description)
        case .broadcastRejected(_, let reason): return [reason.description]
        case .idle, .waiting, .findCloser, .storeRecord: return []
        }
    }

    /// The time from the request to the reply, if the event is one.
    var roundTrip: Nanoseconds? {
        guard case .reply(let sent) = trigger else { return nil }
        return sent.duration(to: time)
    }
}

extension Journal {
    /// The broadcast that this id meant at a step: an id can be used again. Between an end and a start in the same instant it is taken
    /// for the later one.
    ///
    /// - Complexity: O(1) for an id that was not used again after the step, else O(entries).
    func entry(_ id: OperationID, at step: Step) -> JournalEntry? {
        guard let last = entry(id), last.started >= step.time else { return entry(id) }
        var meant: JournalEntry?
        for candidate in entries where candidate.id == id {
            // Started after the step: at a later time, or at the same time, for the one before it had not ended.
            if candidate.started > step.time || meant.map({ ($0.ended?.step ?? .max) >= step.number }) ?? false { break }
            meant = candidate
        }
        return meant
    }
}
