public import Broadcasts
public import Coordination
internal import Kademlia
public import Simulation
public import Timeline

/// A run that shows a flaw of the reference: a small network, a plan, and words for whoever watches.
///
/// Run as it is, the pool of the museum goes wrong in it, and our own goes right: the same network, the same plan, the same driver.
public struct Exhibit: Identifiable, Sendable {
    /// The number of the finding: "T1" to "T6".
    public let id: String
    /// What happens, in a few words.
    public let title: String
    /// What to watch, in a paragraph that says all that one has to know.
    public let story: String
    /// The sentence of the reference's documentation that does not hold, word for word.
    public let quotation: String
    /// The ids of the invariants that are broken, such as "S14".
    public let invariants: [String]
    /// The number of the flaw among those that ``ReferencePool`` lists, such as "D1".
    public let flaw: String

    /// The network: a few nodes with keys of 8 bits, which take all the same time to answer, or never do.
    public let network: VirtualNetwork
    /// How the pool, of whichever kind, runs its broadcasts.
    public let pool: PoolConfiguration
    /// How the driver polls.
    public let polling: SimulatedWorld<ReferencePool>.Polling
    /// What is done from outside: starts and stops, and messages that nobody asked for.
    public let plan: [SimulatedWorld<ReferencePool>.Act]

    /// The exhibit as the reference runs it.
    public func referenceWorld() throws(ConfigurationError) -> SimulatedWorld<ReferencePool> {
        world(over: try ReferencePool(localNode: network.local, configuration: pool))
    }

    /// The exhibit as our own pool runs it.
    public func world() throws(ConfigurationError) -> SimulatedWorld<BroadcastPool<NetworkNode, Record>> {
        world(over: try BroadcastPool(localNode: network.local, configuration: pool))
    }

    private func world<Machine: BroadcastPoolMachine>(over pool: Machine) -> SimulatedWorld<Machine> {
        SimulatedWorld(
            network: network, pool: pool, plan: plan.map { .init(time: $0.time, event: $0.event) },
            polling: polling(of: Machine.self))
    }

    private func polling<Machine>(of machine: Machine.Type) -> SimulatedWorld<Machine>.Polling {
        switch polling {
        case .untilWaiting: .untilWaiting
        case .oncePerReply: .oncePerReply
        }
    }
}

extension Exhibit {
    /// All exhibits, T1 to T6.
    public static let all = [emptySeed, swappedResults, starvedStores, believedStrangers, replacedBroadcast, claimedContacts]

    /// The exhibit of this id, in capital or small letters.
    public static func named(_ id: String) -> Exhibit? {
        all.first { $0.id == id.uppercased() }
    }
}
