import Broadcasts
import Coordination
import Kademlia
import Queries
import Timeline

@testable import Simulation

/// The pool that these tests drive.
typealias Pool = BroadcastPool<NetworkNode, Record>
typealias PoolWorld = SimulatedWorld<Pool>

/// The key of 8 bits with this value, where a network keeps it.
func key(_ value: UInt8) -> Key256 { Key256(UInt64(value) << 56, 0, 0, 0) }

extension VirtualNetwork {
    /// Nodes with these keys of 8 bits; a request takes 20 ms unless told otherwise.
    static func small(
        _ keys: [UInt8], local: UInt8 = 0xff, latency: Latency = .constant(.milliseconds(10)), silent: [UInt8] = [], failing: [UInt8] = []
    ) -> VirtualNetwork {
        VirtualNetwork(
            NetworkConfiguration(
                nodes: .keys(keys.map(key)), keyBits: 8, latency: latency, silentKeys: Set(silent.map(key)),
                failingKeys: Set(failing.map(key)), localKey: key(local)))
    }

    /// The node with this key of 8 bits.
    func node(key value: UInt8) throws -> NetworkNode {
        guard let node = nodes.first(where: { $0.key == key(value) }) else { throw MissingNode(value: value) }
        return node
    }
}

struct MissingNode: Error {
    let value: UInt8
}

extension PoolWorld {
    /// A world over our own pool.
    static func over(
        _ network: VirtualNetwork, _ plan: [Act], _ queries: QueryPoolConfiguration = .init(), polling: Polling = .untilWaiting
    ) throws -> PoolWorld {
        PoolWorld(
            network: network, pool: try Pool(localNode: network.local, configuration: PoolConfiguration(queries: queries)), plan: plan,
            polling: polling)
    }
}

extension PoolWorld.Act {
    /// The start of a FollowUp that looks for the closest nodes to 0 unless told otherwise.
    static func follow(
        _ id: OperationID, at time: Nanoseconds = .zero, target: Key256 = .zero, seed: [NetworkNode], stores: StoreOptions = .init()
    ) -> Self {
        start(id, time, target, seed, .followUp(FollowUpConfiguration(stores: stores)))
    }

    /// The start of a Static.
    static func put(_ id: OperationID, at time: Nanoseconds = .zero, seed: [NetworkNode], stores: StoreOptions = .init()) -> Self {
        start(id, time, .zero, seed, .static(StaticConfiguration(stores: stores)))
    }

    private static func start(
        _ id: OperationID, _ time: Nanoseconds, _ target: Key256, _ seed: [NetworkNode], _ configuration: BroadcastConfiguration
    ) -> Self {
        Self(
            time: Instant.start.advanced(by: time),
            event: .startBroadcast(id: id, target: target, message: Record(name: id.name), seed: seed, configuration: configuration))
    }
}

extension World {
    /// All steps from here on, at most so many.
    mutating func run(limit: Int = 10_000) -> [Step] {
        var steps: [Step] = []
        while steps.count < limit, let step = step() { steps.append(step) }
        return steps
    }
}
