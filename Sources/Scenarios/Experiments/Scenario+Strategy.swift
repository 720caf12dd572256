public import Broadcasts
internal import Simulation

extension Scenario {
    /// The scenario with all its puts by another strategy, which keep how they store; ids, records, seeds and times stay too.
    ///
    /// - Parameter strategy: an Optimistic takes over its options from a put that is one already; else it has the defaults.
    public func withAllPuts(by strategy: BroadcastStrategy) -> Scenario {
        var other = self
        other.broadcasts = broadcasts.map { put in
            PlannedBroadcast(
                id: put.id, configuration: put.configuration.changed(to: strategy), record: put.record, target: put.target, seed: put.seed,
                start: put.start, stop: put.stop)
        }
        other.workload?.configurations = workload?.configurations.map { $0.changed(to: strategy) } ?? []
        return other
    }
}

extension BroadcastConfiguration {
    fileprivate func changed(to strategy: BroadcastStrategy) -> BroadcastConfiguration {
        guard strategy != self.strategy else { return self }
        return switch strategy {
        case .followUp: .followUp(FollowUpConfiguration(stores: stores))
        case .static: .static(StaticConfiguration(stores: stores))
        case .optimistic: .optimistic(OptimisticConfiguration(stores: stores))
        }
    }
}
