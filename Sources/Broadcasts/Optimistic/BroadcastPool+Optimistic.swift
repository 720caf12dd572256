public import Coordination
public import Kademlia

// MARK: - The network's size

extension BroadcastPool {
    /// The number of nodes in the network, as the lookups of this pool tell it, or `nil` as long as they are too few or too old.
    ///
    /// A broadcast of the Optimistic strategy that names no `networkSize` takes it at its start. See ``NetworkSizeEstimator``.
    public func networkSizeEstimate(at now: Instant) -> Double? { estimator.estimate(at: now) }

    /// Learns from the lookup of a FollowUp that has just sent its first store: then its query has ended in this very advance.
    @inlinable
    mutating func measureFollowUp(_ index: Int, at now: Instant) {
        guard followUps[index].stores.sentCount == 1, followUps[index].reasonOfEnd == .completed else { return }
        let chosen = followUps[index].stores.chosen
        guard chosen.count == estimator.replication else { return }
        estimator.record(target: chosen.target, closest: (0..<chosen.count).lazy.map { chosen.node(atRank: $0).key }, at: now)
    }
}

// MARK: - The machines

extension BroadcastPool {
    /// Puts a machine into the table of the Optimistic strategy, with the present estimate if it needs one.
    @inlinable
    mutating func addOptimistic(
        _ id: OperationID, message: Message, configuration: OptimisticConfiguration, at now: Instant
    ) -> Place {
        let estimate = configuration.networkSize == nil ? estimator.estimate(at: now) : nil
        if let index = vacantOptimistics.popLast() {
            optimistics[index].become(id: id, message: message, configuration: configuration, estimate: estimate)
            return Place(strategy: .optimistic, index: index)
        }
        optimistics.append(Optimistic(id: id, message: message, validated: configuration, estimate: estimate))
        return Place(strategy: .optimistic, index: optimistics.count - 1)
    }

    /// Advances a machine where it is, counts what it ignores, and learns from its lookup if that has just finished by itself.
    @inlinable
    mutating func advanceOptimistic(
        _ index: Int, with event: consuming BroadcastEvent<Node, Message>, at now: Instant
    ) -> BroadcastState<Node, Message> {
        let ignoredBefore = optimistics[index].ignored
        let state = optimistics[index].advance(event, at: now, queries: &queries)
        ignoredReplies &+= optimistics[index].ignored &- ignoredBefore
        if !optimistics[index].measured.isEmpty {
            estimator.record(target: optimistics[index].target, closest: optimistics[index].measured.lazy.map(\.key), at: now)
            optimistics[index].measured = []
        }
        return state
    }
}
