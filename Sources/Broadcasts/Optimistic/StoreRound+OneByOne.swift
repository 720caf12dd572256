public import Coordination
public import Kademlia

/// A round whose nodes are chosen one by one, each at the moment it is sent to: so the order of sending is free, and none is ever `todo`.
extension StoreRound {
    /// Whether another store may be in flight.
    @inlinable
    var maySend: Bool { options.storeConcurrency.map { awaitedCount < $0 } ?? true }

    /// Whether this node was sent to.
    @inlinable
    func hasSent(to key: Node.Key) -> Bool { chosen.slot(of: key) != nil }

    /// The number of nodes sent to.
    @inlinable
    var sentCount: Int { sent.count }

    /// The number of stores that are over: stored, or failed.
    @inlinable
    var answeredCount: Int { sent.count &- awaitedCount }

    /// The number of stores that are awaited or have succeeded.
    @inlinable
    var hopefulCount: Int { sent.count &- errors.count }

    /// Chooses a node and sends to it, unless it was sent to before. Call it only when ``maySend``.
    ///
    /// - Returns: whether it was sent to now.
    @inlinable
    mutating func send(to node: Node, at now: Instant) -> Bool {
        chosen.insert(node) != nil && sendNext(at: now)
    }
}
