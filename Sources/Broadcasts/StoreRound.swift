public import Coordination
public import Kademlia

/// The stores of one broadcast: which nodes are to be sent to, which are awaited, and what came of the others.
///
/// Nodes are sent to in the order in which they were chosen. A node is chosen once, and sent to once.
@usableFromInline
struct StoreRound<Node: NodeID>: Sendable {
    /// How far the round is with a chosen node. Sending moves it from `todo` to `awaited`, a reply or an expiry from there to an end.
    @usableFromInline enum Progress: UInt8, Sendable {
        case todo, awaited, stored, failed
    }

    @usableFromInline var options: StoreOptions

    /// The chosen nodes; a slot is the place in the order of sending.
    @usableFromInline var chosen: DistanceRanking<Node>

    /// How far the round is with each node, by slot.
    @usableFromInline var progress: [Progress] = []

    /// When each store was sent, by slot, for the nodes sent to.
    @usableFromInline var sentAt: [Instant] = []

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

    /// Begins anew. The memory is used again.
    @inlinable
    mutating func restart(target: Node.Key, options: StoreOptions) {
        self.options = options
        chosen.reset(target: target)
        progress.removeAll(keepingCapacity: true)
        sentAt.removeAll(keepingCapacity: true)
        if !errors.isEmpty { errors = [:] }
        awaitedCount = 0
        oldestAwaited = 0
    }

    /// Chooses nodes to store with. Those with keys that are chosen already count no more.
    @inlinable
    mutating func choose(_ nodes: [Node]) {
        if chosen.isEmpty, nodes.count > 64 {
            chosen.fill(with: nodes)
            progress.append(contentsOf: repeatElement(.todo, count: chosen.count))
        } else {
            reserve(nodes.count)
            var hint = 0
            for node in nodes where chosen.insert(node, near: &hint) != nil { progress.append(.todo) }
        }
    }

    /// Gets the memory for so many more nodes at once.
    @inlinable
    mutating func reserve(_ count: Int) {
        let total = progress.count &+ count
        chosen.reserveCapacity(total)
        progress.reserveCapacity(total)
        sentAt.reserveCapacity(total)
    }

    /// Whether no node was chosen.
    @inlinable
    var isEmpty: Bool { chosen.isEmpty }

    /// Whether all nodes were sent to and none is awaited.
    @inlinable
    var isComplete: Bool { awaitedCount == 0 && sentAt.count == progress.count }

    /// Whether there are nodes that have not been sent to.
    @inlinable
    var hasTodo: Bool { sentAt.count < progress.count }

    /// The first moment at which a store has expired, or `nil` if none can.
    @inlinable
    var nextDeadline: Instant? { earliestDeadline?.firstMomentPast }

    @inlinable
    var earliestDeadline: Instant? {
        guard awaitedCount > 0, let storeTimeout = options.storeTimeout else { return nil }
        return sentAt[oldestAwaited].advanced(by: storeTimeout)
    }

    /// The next node to send to, if one is left and may be sent to now.
    @inlinable
    mutating func sendNext(at now: Instant) -> Node? {
        guard hasTodo else { return nil }
        if let limit = options.storeConcurrency, awaitedCount >= limit { return nil }
        let slot = sentAt.count
        if awaitedCount == 0 { oldestAwaited = slot }
        progress[slot] = .awaited
        sentAt.append(now)
        awaitedCount &+= 1
        return chosen.node(atSlot: slot)
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
        guard let slot = chosen.slot(of: key), progress[slot] == .awaited else { return false }
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
            progress[slot] = .failed
            errors[slot] = error
        } else {
            progress[slot] = .stored
        }
        awaitedCount &-= 1
        while awaitedCount > 0, progress[oldestAwaited] != .awaited { oldestAwaited &+= 1 }
    }

    /// What came of the round so far.
    @inlinable
    func outcome(reason: BroadcastOutcome<Node>.Reason) -> BroadcastOutcome<Node> {
        var contacted: [Node] = []
        var failures: [BroadcastOutcome<Node>.Failure] = []
        var notContacted: [Node] = []
        var unanswered: [Node] = []
        contacted.reserveCapacity(sentAt.count)
        for rank in 0..<chosen.count {
            let slot = chosen.slot(atRank: rank)
            let node = chosen.node(atSlot: slot)
            switch progress[slot] {
            case .todo: notContacted.append(node)
            case .awaited: unanswered.append(node)
            case .stored: break
            case .failed: failures.append(.init(node: node, error: errors[slot] ?? .cancelled))
            }
            if slot < sentAt.count { contacted.append(node) }
        }
        return BroadcastOutcome(
            reason: reason, contacted: contacted, errors: failures, notContacted: notContacted, unanswered: unanswered)
    }
}

extension StoreRound {
    /// The chosen nodes with how far the round is with each, closest first.
    var views: [StoreView<Node>] {
        (0..<chosen.count).map { rank in
            let slot = chosen.slot(atRank: rank)
            let status: StoreView<Node>.Status =
                switch progress[slot] {
                case .todo: .todo
                case .awaited: .waiting(sent: sentAt[slot], deadline: options.storeTimeout.map { sentAt[slot].advanced(by: $0) })
                case .stored: .stored
                case .failed: .failed(errors[slot] ?? .cancelled)
                }
            return StoreView(node: chosen.node(atSlot: slot), status: status)
        }
    }

    /// What is wrong with the columns, or `nil`. For tests.
    func brokenInvariant() -> String? {
        if let problem = chosen.brokenInvariant() { return problem }
        guard progress.count == chosen.count, sentAt.count <= chosen.count else { return "the columns of the stores differ in length" }
        let awaited = progress.indices.filter { progress[$0] == .awaited }
        guard awaited.count == awaitedCount else { return "the awaited stores are miscounted" }
        guard awaitedCount == 0 || awaited.first == oldestAwaited else { return "the oldest awaited store is not the oldest" }
        guard progress.indices.allSatisfy({ (progress[$0] == .todo) == ($0 >= sentAt.count) }) else { return "a store is sent and to do" }
        guard progress.indices.allSatisfy({ (progress[$0] == .failed) == (errors[$0] != nil) }) else { return "a failure has no error" }
        return nil
    }
}
