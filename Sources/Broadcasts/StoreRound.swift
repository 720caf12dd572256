internal import Coordination
internal import Kademlia

/// The stores of one broadcast: which nodes are to be sent to, which are awaited, and what came of the others.
///
/// Nodes are sent to in the order in which they were chosen. A node is chosen once, and sent to once.
struct StoreRound<Node: NodeID>: Sendable {
    /// How far the round is with a chosen node. Sending moves it from `todo` to `awaited`, a reply or an expiry from there to an end.
    private enum Progress: UInt8, Sendable {
        case todo, awaited, stored, failed
    }

    private let options: StoreOptions

    /// The chosen nodes; a slot is the place in the order of sending.
    private var chosen: DistanceRanking<Node>

    /// How far the round is with each node, by slot.
    private var progress: [Progress] = []

    /// When each store was sent, by slot, for the nodes sent to.
    private var sentAt: [Instant] = []

    /// What went wrong, by slot.
    private var errors: [Int: RequestError] = [:]

    /// The number of stores that are awaited.
    private var awaitedCount = 0

    /// No slot before this one is awaited.
    private var oldestAwaited = 0

    /// A round of stores with these nodes. Those with equal keys count once.
    init(nodes: [Node], target: Node.Key, options: StoreOptions) {
        self.options = options
        chosen = DistanceRanking(target: target)
        for node in nodes where chosen.insert(node) != nil {
            progress.append(.todo)
        }
    }

    /// Whether no node was chosen.
    var isEmpty: Bool { chosen.isEmpty }

    /// Whether all nodes were sent to and none is awaited.
    var isComplete: Bool { sentAt.count == chosen.count && awaitedCount == 0 }

    /// Whether there are nodes that have not been sent to.
    var hasTodo: Bool { sentAt.count < chosen.count }

    /// The first moment at which a store has expired, or `nil` if none can.
    var nextDeadline: Instant? { earliestDeadline?.firstMomentPast }

    private var earliestDeadline: Instant? {
        guard awaitedCount > 0, let storeTimeout = options.storeTimeout else { return nil }
        return sentAt[oldestAwaited].advanced(by: storeTimeout)
    }

    /// The next node to send to, if one is left and may be sent to now.
    mutating func sendNext(at now: Instant) -> Node? {
        guard hasTodo, awaitedCount < options.storeConcurrency ?? .max else { return nil }
        let slot = sentAt.count
        if awaitedCount == 0 { oldestAwaited = slot }
        progress[slot] = .awaited
        sentAt.append(now)
        awaitedCount += 1
        return chosen.nodes[slot]
    }

    /// Takes the reply of a node: stored, or failed with an error.
    ///
    /// - Returns: whether the node was awaited; if not, nothing has changed.
    mutating func receiveReply(from node: Node, error: RequestError?) -> Bool {
        guard let slot = chosen.slot(of: node.key), progress[slot] == .awaited else { return false }
        settle(slot, error: error)
        return true
    }

    /// Fails the stores whose deadline has passed.
    mutating func expire(at now: Instant) {
        while let deadline = earliestDeadline, deadline.hasPassed(at: now) { settle(oldestAwaited, error: .timedOut) }
    }

    /// Fails the stores that are awaited.
    mutating func cancel() {
        while awaitedCount > 0 { settle(oldestAwaited, error: .cancelled) }
    }

    /// What came of the round so far.
    func outcome(reason: BroadcastOutcome<Node>.Reason) -> BroadcastOutcome<Node> {
        var contacted: [Node] = []
        var failures: [BroadcastOutcome<Node>.Failure] = []
        var notContacted: [Node] = []
        var unanswered: [Node] = []
        for rank in 0..<chosen.count {
            let slot = chosen.slot(atRank: rank)
            let node = chosen.nodes[slot]
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
            return StoreView(node: chosen.nodes[slot], status: status)
        }
    }

    private mutating func settle(_ slot: Int, error: RequestError?) {
        progress[slot] = error == nil ? .stored : .failed
        if let error { errors[slot] = error }
        awaitedCount -= 1
        while awaitedCount > 0, progress[oldestAwaited] != .awaited { oldestAwaited += 1 }
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
