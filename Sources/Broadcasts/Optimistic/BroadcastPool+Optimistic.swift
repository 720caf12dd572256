public import Coordination
public import Kademlia
public import Queries

// MARK: - The network's size

extension BroadcastPool {
    /// The number of nodes in the network, as the lookups of this pool tell it, or `nil` as long as they are too few or too old.
    ///
    /// A broadcast of the Optimistic strategy that names no `networkSize` takes it at its start. See ``NetworkSizeEstimator``.
    public func networkSizeEstimate(at now: Instant) -> Double? { estimator.estimate(at: now) }
}

extension FollowUp {
    /// Tells the estimator of the lookup that has just finished.
    @inlinable
    mutating func measure(into estimator: inout NetworkSizeEstimator<Node.Key>, at now: Instant) {
        hasNewClosest = false
        let closest = stores.chosen
        guard closest.count == estimator.replication else { return }
        estimator.record(target: target, closest: (0..<closest.count).lazy.map { closest.node(atRank: $0).key }, at: now)
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

    /// Advances a machine, and learns from its lookup if that has just finished by itself.
    @inlinable
    static func advance(
        _ machine: inout Optimistic<Node, Message>, with event: consuming BroadcastEvent<Node, Message>, at now: Instant,
        _ queries: inout QueryPool<Node, Message>, _ deadline: inout Instant?, _ ignored: inout Int,
        _ estimator: inout NetworkSizeEstimator<Node.Key>
    ) -> BroadcastWork<Node> {
        let ignoredBefore = machine.ignored
        let work = machine.perform(event, at: now, queries: &queries)
        ignored &+= machine.ignored &- ignoredBefore
        deadline = machine.nextDeadline(queries: queries)
        if !machine.measured.isEmpty {
            estimator.record(target: machine.target, closest: machine.measured.lazy.map(\.key), at: now)
            machine.measured = []
        }
        return work
    }
}
