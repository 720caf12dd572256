public import Coordination
public import Kademlia

// MARK: - The rest of the stores

extension Optimistic {
    @inlinable
    mutating func store(_ event: consuming BroadcastEvent<Node, Message>, at now: Instant) -> BroadcastWork<Node> {
        switch stores.receive(event) {
        case .taken: break
        case .ignored: ignored &+= 1
        case .stop: return stop()
        }
        return proceed(at: now)
    }

    @inlinable
    mutating func receiveReply(from key: Node.Key, error: RequestError?) {
        if !stores.receiveReply(from: key, error: error) {
            ignored &+= 1  // from a stranger, a second time, or after the store had expired
        }
    }

    /// Goes on once the walk has ended.
    @inlinable
    mutating func proceed(at now: Instant) -> BroadcastWork<Node> {
        stores.expire(at: now)
        if sendNext(at: now) { return .store }
        guard queue.isEmpty, stores.answeredCount >= answersNeeded else { return .wait }
        if end == .queryTimedOut { return finish(.queryTimedOut) }
        return finish(stores.isEmpty ? .noNodesFound : .completed)
    }

    /// Sends the closest queued store, if it may be sent now.
    ///
    /// - Returns: whether it was sent.
    @inlinable
    mutating func sendNext(at now: Instant) -> Bool {
        guard stores.maySend, let next = queue.popFirst() else { return false }
        return stores.send(to: next, at: now)
    }

    /// The number of stores that must be answered before the broadcast is over, of those sent: all of them without an estimate.
    @inlinable
    var answersNeeded: Int {
        limits.map { Swift.min(Self.share(rules.returnRatio, of: $0.replication), stores.sentCount) } ?? stores.sentCount
    }

    /// ⌈ratio · k⌉. A ratio is meant as it is written in decimals: 0.07 of 100 is 7, though the nearest `Double` is a little more.
    @inlinable
    static func share(_ ratio: Double, of k: Int) -> Int {
        Swift.max(1, Int(exactly: (ratio * Double(k) - 1e-9).rounded(.up)) ?? k)
    }
}

// MARK: - The end

extension Optimistic {
    /// Ends the broadcast on demand. The query has been seen to.
    @inlinable
    mutating func stop() -> BroadcastWork<Node> {
        stores.cancel()
        return finish(.stopped)
    }

    /// The nodes sent to before the walk had ended, closest first; none without an estimate.
    @inlinable
    var earlyStores: [Node] {
        let count = end == nil ? stores.sentCount : earlyCount
        guard limits != nil, count > 0 else { return [] }
        return (0..<stores.chosen.count).lazy.map { stores.chosen.slot(atRank: $0) }.filter { $0 < count }.map {
            stores.chosen.node(atSlot: $0)
        }
    }

    @inlinable
    mutating func finish(_ reason: BroadcastOutcome<Node>.Reason) -> BroadcastWork<Node> {
        phase = .finished
        return .finish(reason)
    }

    /// What came of the broadcast, once finished.
    @inlinable
    func outcome(reason: BroadcastOutcome<Node>.Reason) -> BroadcastOutcome<Node> {
        let sent = stores.outcome(reason: reason)
        return BroadcastOutcome(
            reason: reason, contacted: sent.contacted, errors: sent.errors, notContacted: Array(queue.waiting), unanswered: sent.unanswered,
            early: earlyStores)
    }
}
