public import Coordination
public import Kademlia

/// The stores of one broadcast: which nodes are to be sent to, which are awaited, and what came of the others.
///
/// Nodes are sent to in the order in which they were chosen. A node is chosen once, and sent to once.
@usableFromInline
struct StoreRound<Node: NodeID>: Sendable {
    /// A store that was sent.
    @usableFromInline struct Sent: Sendable {
        /// How far the round is with it. A reply or an expiry moves it from `awaited` to one of the others.
        @usableFromInline enum Progress: UInt8, Sendable {
            case awaited, stored, failed
        }

        @usableFromInline let time: Instant
        @usableFromInline var progress = Progress.awaited

        @inlinable init(at time: Instant) { self.time = time }
    }

    /// What an event was to the round.
    @usableFromInline enum Reception: UInt8 {
        /// A poll, or a reply that was awaited: taken.
        case taken
        /// The wish to stop: it is for the broadcast to do.
        case stop
        /// It makes no sense now.
        case ignored
    }

    @usableFromInline var options: StoreOptions

    /// The chosen nodes; a slot is the place in the order of sending.
    @usableFromInline var chosen: DistanceRanking<Node>

    /// The stores that were sent, by slot; the nodes with the slots after those are still to do.
    @usableFromInline var sent: [Sent] = []

    /// What went wrong, by slot; empty in the best case.
    @usableFromInline var errors: [Int: RequestError] = [:]

    /// The number of stores that are awaited.
    @usableFromInline var awaitedCount = 0

    /// No slot before this one is awaited.
    @usableFromInline var oldestAwaited = 0

    /// A round without any nodes.
    @inlinable
    init(target: Node.Key, options: StoreOptions) {
        self.options = options
        chosen = DistanceRanking(target: target)
    }

    /// Chooses the nodes to store with, in a round that has none yet. Those with equal keys count once.
    @inlinable
    mutating func choose(_ nodes: [Node]) {
        chosen.fill(with: nodes)
        sent.reserveCapacity(chosen.count)
    }

    /// Whether no node was chosen.
    @inlinable
    var isEmpty: Bool { chosen.isEmpty }

    /// Whether all nodes were sent to and none is awaited.
    @inlinable
    var isComplete: Bool { awaitedCount == 0 && !hasTodo }

    /// Whether there are nodes that have not been sent to.
    @inlinable
    var hasTodo: Bool { sent.count < chosen.count }

    /// The first moment at which a store has expired, or `nil` if none can.
    @inlinable
    var nextDeadline: Instant? {
        @inline(__always) get { earliestDeadline?.firstMomentPast }
    }

    @inlinable
    var earliestDeadline: Instant? {
        @inline(__always) get {
            guard awaitedCount > 0, let storeTimeout = options.storeTimeout else { return nil }
            return sent[oldestAwaited].time.advanced(by: storeTimeout)
        }
    }

    /// Sends to the next node, if one is left and may be sent to now.
    ///
    /// - Returns: whether it was sent to; it is ``lastSent`` then.
    @inlinable
    mutating func sendNext(at now: Instant) -> Bool {
        guard hasTodo else { return false }
        if let limit = options.storeConcurrency, awaitedCount >= limit { return false }
        let slot = sent.count
        if awaitedCount == 0 { oldestAwaited = slot }
        sent.append(Sent(at: now))
        awaitedCount &+= 1
        return true
    }

    /// The node that was sent to last. There must be one.
    @inlinable
    var lastSent: Node { chosen.node(atSlot: sent.count &- 1) }

    /// Takes an event of a broadcast that does nothing but store.
    @inlinable
    mutating func receive<Message>(_ event: consuming BroadcastEvent<Node, Message>) -> Reception {
        switch consume event {
        case .poll: .taken
        case .stop: .stop
        // Replies may come from a stranger, a second time, or after the store had expired.
        case .storeRecordSuccess(let node, _, _): receiveReply(from: node.key, error: nil) ? .taken : .ignored
        case .storeRecordFailure(let node, _, let error): receiveReply(from: node.key, error: error) ? .taken : .ignored
        // Started before; and nobody is asked for closer nodes, or is no longer.
        case .start, .nodeResponse, .nodeFailure: .ignored
        }
    }

    /// Takes the reply of a node: stored, or failed with an error.
    ///
    /// - Returns: whether the node was awaited; if not, nothing has changed.
    @inlinable
    mutating func receiveReply(from key: Node.Key, error: RequestError?) -> Bool {
        // Replies tend to come in the order of sending.
        if awaitedCount > 0, chosen.node(atSlot: oldestAwaited).key == key {
            settle(oldestAwaited, error: error)
            return true
        }
        guard let slot = chosen.slot(of: key), slot < sent.count, sent[slot].progress == .awaited else { return false }
        settle(slot, error: error)
        return true
    }

    /// Fails the stores whose deadline has passed.
    @inlinable
    mutating func expire(at now: Instant) {
        while let deadline = earliestDeadline, deadline.hasPassed(at: now) { settle(oldestAwaited, error: .timedOut) }
    }

    /// Fails the stores that are awaited.
    @inlinable
    mutating func cancel() {
        while awaitedCount > 0 { settle(oldestAwaited, error: .cancelled) }
    }

    @inlinable
    mutating func settle(_ slot: Int, error: RequestError?) {
        if let error {
            sent[slot].progress = .failed
            errors[slot] = error
        } else {
            sent[slot].progress = .stored
        }
        awaitedCount &-= 1
        while awaitedCount > 0, sent[oldestAwaited].progress != .awaited { oldestAwaited &+= 1 }
    }

    /// What came of the round so far.
    @inlinable
    func outcome(reason: BroadcastOutcome<Node>.Reason) -> BroadcastOutcome<Node> {
        // Mostly the nodes were sent to closest first, and all have stored.
        if awaitedCount == 0, !hasTodo, errors.isEmpty, chosen.arrivedInOrder {
            return BroadcastOutcome(reason: reason, contacted: chosen.nodes)
        }
        var contacted: [Node] = []
        var failures: [BroadcastOutcome<Node>.Failure] = []
        var notContacted: [Node] = []
        var unanswered: [Node] = []
        contacted.reserveCapacity(sent.count)
        for rank in 0..<chosen.count {
            let slot = chosen.slot(atRank: rank)
            let node = chosen.node(atSlot: slot)
            guard slot < sent.count else {
                notContacted.append(node)
                continue
            }
            contacted.append(node)
            switch sent[slot].progress {
            case .awaited: unanswered.append(node)
            case .stored: break
            case .failed: failures.append(.init(node: node, error: errors[slot] ?? .cancelled))
            }
        }
        return BroadcastOutcome(
            reason: reason, contacted: contacted, errors: failures, notContacted: notContacted, unanswered: unanswered)
    }
}

extension StoreRound {
    /// The chosen nodes with how far the round is with each, closest first.
    @inlinable
    var views: [StoreView<Node>] {
        (0..<chosen.count).map { rank in
            let slot = chosen.slot(atRank: rank)
            return StoreView(node: chosen.node(atSlot: slot), status: slot < sent.count ? status(of: sent[slot], slot: slot) : .todo)
        }
    }

    @inlinable
    func status(of store: Sent, slot: Int) -> StoreView<Node>.Status {
        switch store.progress {
        case .awaited: .waiting(sent: store.time, deadline: options.storeTimeout.map { store.time.advanced(by: $0) })
        case .stored: .stored
        case .failed: .failed(errors[slot] ?? .cancelled)
        }
    }

    /// How far the stores are.
    @inlinable
    var counts: StoreCounts { StoreCounts(sent: sent.count, awaited: awaitedCount, failed: errors.count) }

    /// What is wrong with the columns, or `nil`. For tests.
    func brokenInvariant() -> String? {
        if let problem = chosen.brokenInvariant() { return problem }
        guard sent.count <= chosen.count else { return "more stores are sent than nodes were chosen" }
        let awaited = sent.indices.filter { sent[$0].progress == .awaited }
        guard awaited.count == awaitedCount else { return "the awaited stores are miscounted" }
        guard awaitedCount == 0 || awaited.first == oldestAwaited else { return "the oldest awaited store is not the oldest" }
        guard sent.indices.allSatisfy({ (sent[$0].progress == .failed) == (errors[$0] != nil) }) else { return "a failure has no error" }
        return nil
    }
}

/// How far stores are, in numbers.
@usableFromInline
struct StoreCounts: Equatable {
    /// How many are sent.
    @usableFromInline var sent: Int
    /// How many of these are awaited.
    @usableFromInline var awaited: Int
    /// How many of these have failed.
    @usableFromInline var failed: Int

    @inlinable
    init(sent: Int, awaited: Int, failed: Int) {
        self.sent = sent
        self.awaited = awaited
        self.failed = failed
    }
}

extension BroadcastView {
    /// How far the stores are.
    @inlinable
    var storeCounts: StoreCounts {
        var counts = StoreCounts(sent: 0, awaited: 0, failed: 0)
        for store in stores {
            switch store.status {
            case .todo: continue
            case .waiting: counts.awaited += 1
            case .failed: counts.failed += 1
            case .stored: break
            }
            counts.sent += 1
        }
        return counts
    }
}
