internal import Coordination
public import Kademlia

/// Why the walk of an ``Optimistic`` ended.
public enum WalkEnd: String, Hashable, Sendable, Codable, CaseIterable {
    /// Early: k stores were awaited or had succeeded.
    case enoughStores
    /// Early: the mean distance of the k closest nodes was below the set threshold.
    case nearEnough
    /// The query finished by itself.
    case queryFinished
    /// The query ran out of time.
    case queryTimedOut

    /// Whether the query had more to ask.
    public var isEarly: Bool { self == .enoughStores || self == .nearEnough }
}

/// What an observer sees of a running ``Optimistic`` that knows the network's size, beside what all broadcasts show.
public struct OptimisticView<Node: NodeID>: Hashable, Sendable {
    /// How near is near enough, and for which size of the network.
    public let thresholds: OptimisticThresholds<Node.Key>
    /// Why the walk ended; `nil` while it goes on.
    public let walkEnd: WalkEnd?
    /// The nodes sent to before the walk had ended, closest first.
    public let earlyStores: [Node]
    /// The number of stores, of those sent, that must be answered before the broadcast is over.
    public let answersNeeded: Int

    /// A view.
    @inlinable
    public init(thresholds: OptimisticThresholds<Node.Key>, walkEnd: WalkEnd?, earlyStores: [Node], answersNeeded: Int) {
        self.thresholds = thresholds
        self.walkEnd = walkEnd
        self.earlyStores = earlyStores
        self.answersNeeded = answersNeeded
    }
}

extension Optimistic {
    /// What is special about the broadcast; `nil` without thresholds.
    @inlinable
    var view: OptimisticView<Node>? {
        guard let limits else { return nil }
        return OptimisticView(
            thresholds: limits, walkEnd: end, earlyStores: earlyStores,
            answersNeeded: Self.share(rules.returnRatio, of: limits.replication))
    }

    /// The nodes sent to and those queued, closest first.
    @inlinable
    var storeViews: [StoreView<Node>] {
        let queued = queue.waiting.map { StoreView(node: $0, status: .todo) }
        return (stores.views + queued).sorted { $0.node.key.isCloser(to: target, than: $1.node.key) }
    }

    /// What is wrong with the stores, or `nil`. For tests.
    func brokenInvariant() -> String? {
        if let problem = stores.brokenInvariant() ?? queue.brokenInvariant() { return problem }
        guard !stores.hasTodo else { return "a store was chosen and not sent" }
        guard !queue.waiting.contains(where: { stores.hasSent(to: $0.key) }) else { return "a store is queued and sent" }
        if case .walking = phase, end != nil { return "the walk goes on after its end" }
        guard limits != nil || query == nil || (stores.isEmpty && queue.isEmpty) else {
            return "it stores while it looks, without estimate"
        }
        return measured.isEmpty ? nil : "a measurement was not taken"
    }
}
