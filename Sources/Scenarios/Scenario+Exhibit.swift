internal import Broadcasts
internal import Coordination
public import Museum
internal import Simulation
internal import Timeline

extension Scenario {
    /// The scenario of an exhibit, in which the pool of the reference goes wrong.
    public init(_ exhibit: Exhibit) {
        name = exhibit.id
        title = exhibit.title
        text = ""
        network = exhibit.network
        pool = exhibit.pool
        polling = exhibit.polling == .oncePerReply ? .oncePerReply : .untilWaiting
        broadcasts = exhibit.plan.compactMap { act in
            guard case .startBroadcast(let id, let target, let record, let seed, let configuration) = act.event else { return nil }
            return PlannedBroadcast(
                id: id, configuration: configuration, record: record, target: target, seed: seed, start: act.time, stop: nil)
        }
        workload = nil
        rules = .reference
        self.exhibit = exhibit
    }
}
