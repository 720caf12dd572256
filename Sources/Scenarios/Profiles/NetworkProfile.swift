internal import Simulation

/// A network that somebody measured, or made up: what holds for the fields of `[network]` that a scenario file leaves out.
///
/// The studies that numbers come from: **RFM2**, **RFM17** and **RFM19** are reports of ProbeLab's network-measurements (uptime of
/// nodes; time of a put; liveness of routing tables in April 2022); **SIGCOMM 2022** is Trautwein et al., "Design and Evaluation of
/// IPFS". A *fit* is a number that nobody published: with it the simulated puts take the times that RFM17 measured.
struct NetworkProfile: Sendable {
    /// The names of the profiles, as files write them.
    enum Name: String, CaseIterable {
        case ideal
        case amino2021 = "amino-2021"
        case amino2022 = "amino-2022"

        /// The profile.
        var profile: NetworkProfile {
            switch self {
            case .ideal: .ideal
            case .amino2021: .amino2021
            case .amino2022: .amino2022
            }
        }
    }

    /// The number of nodes.
    let size: Int
    /// The share of nodes that are gone.
    var deadShare = 0.0
    /// What all nodes are like.
    var conditions = ConditionChange()
}
