public import Coordination
internal import Kademlia

/// The pool as a machine of its own: events name queries by their ids.
extension QueryPool {
    /// Feeds one event to the pool.
    public mutating func advance(_ event: consuming QueryPoolEvent<Node, Message>, at now: Instant) -> QueryPoolState<Node, Message> {
        switch event {
        case .poll:
            return advanceOthers(at: now)
        case .addFindCloserQuery(let id, let target, let seed, let numResults):
            return add(id, target: target, message: nil, seed: seed, numResults: numResults, at: now)
        case .addQuery(let id, let target, let message, let seed, let numResults):
            return add(id, target: target, message: message, seed: seed, numResults: numResults, at: now)
        case .stopQuery(let id):
            return advanceNamed(id, with: .cancel, at: now)
        case .nodeResponse(let id, let node, let closer):
            return advanceNamed(id, with: .nodeResponse(node: node, closer: closer), at: now)
        case .nodeFailure(let id, let node, let error):
            return advanceNamed(id, with: .nodeFailure(node: node, error: error), at: now)
        }
    }

    private mutating func add(
        _ id: OperationID, target: Node.Key, message: Message?, seed: [Node], numResults: Int?, at now: Instant
    ) -> QueryPoolState<Node, Message> {
        guard !id.isEmpty else { return .queryRejected(id: id, reason: .emptyID) }
        guard placeOfID[id] == nil else { return .queryRejected(id: id, reason: .idInUse) }
        do {
            placeOfID[id] = try append(id, target: target, message: message, seed: seed, numResults: numResults).place
        } catch {
            return .queryRejected(id: id, reason: .invalidConfiguration(error))
        }
        return advanceOthers(at: now)
    }

    private mutating func advanceNamed(
        _ id: OperationID, with event: consuming QueryEvent<Node>, at now: Instant
    ) -> QueryPoolState<Node, Message> {
        guard let place = placeOfID[id], places[place].holdsSlot || event == .cancel else {
            ignored += 1  // the query has ended, never was, or has no slot and so has asked nobody
            return advanceOthers(at: now)
        }
        return work(of: Handle(place: place, arrival: places[place].arrival), with: event, at: now) ?? advanceOthers(at: now)
    }

    private mutating func advanceOthers(at now: Instant) -> QueryPoolState<Node, Message> {
        for handle in holders {
            if let state = work(of: handle, with: .poll, at: now) { return state }
        }
        if hasFreeSlot, let handle = firstUnstarted, let state = work(of: handle, with: .poll, at: now) { return state }
        if count == 0 { return .idle }
        return hasFreeSlot ? .waitingWithCapacity : .waitingAtCapacity
    }

    /// Advances one query and tells what work came of it, or `nil` if there is none.
    private mutating func work(
        of handle: Handle, with event: consuming QueryEvent<Node>, at now: Instant
    ) -> QueryPoolState<Node, Message>? {
        let (id, target, message) = (ids[handle.place], starts[handle.place].target, messages[handle.place])
        // The query's place, and the query itself, are vacant after its end, but nobody has taken them yet.
        let query = query(at: handle.place)
        switch advance(handle, with: event, at: now) {
        case .waiting, .queued:
            return nil
        case .request(let node):
            let statistics = queries[query].statistics
            if let message { return .sendMessage(id: id, node: node, message: message, statistics: statistics) }
            return .findCloser(id: id, target: target, node: node, statistics: statistics)
        case .ended(let closest, let timedOut):
            let statistics = queries[query].statistics
            return timedOut
                ? .queryTimeout(id: id, closest: closest, statistics: statistics)
                : .queryFinished(id: id, closest: closest, statistics: statistics)
        }
    }
}
