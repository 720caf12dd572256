internal import Coordination
internal import Simulation

extension NetworkProfile {
    /// A network in which everything goes well: 10,000 nodes, each 50 ms away, none of which is ever gone.
    ///
    /// It is the network of the workload W1, which the speed of simulators is compared with.
    static let ideal: NetworkProfile = {
        var profile = NetworkProfile(size: 10_000)
        profile.conditions.latency = .constant(.milliseconds(50))
        return profile
    }()
}
