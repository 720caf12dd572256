import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing

@testable import Timeline

/// Searches of our own pool, small enough to be counted by hand.
@Suite("Searching all orders")
struct SearchTests {
    typealias Pool = BroadcastPool<NetworkNode, Record>
    typealias PoolWorld = SimulatedWorld<Pool>

    /// Puts of the strategy Static, all started at 0; the keys of the nodes that each stores with, of 8 bits. Stores wait for ever.
    private func puts(_ puts: [[UInt8]]) throws -> (world: PoolWorld, judge: LawJudge) {
        let keys = Set(puts.joined()).sorted()
        let network = VirtualNetwork(
            NetworkConfiguration(
                nodes: .keys(keys.map(Self.key)), keyBits: 8, latency: .constant(.milliseconds(10)), localKey: Self.key(0xff)))
        let options = StaticConfiguration(stores: StoreOptions(storeTimeout: nil))
        let plan = puts.enumerated().map { number, keys in
            PoolWorld.Act(
                time: .start,
                event: .startBroadcast(
                    id: OperationID("b\(number + 1)"), target: .zero, message: Record(name: "r"),
                    seed: network.nodes.filter { node in keys.contains { Self.key($0) == node.key } }, configuration: .static(options)))
        }
        let configuration = PoolConfiguration()
        let pool = try Pool(localNode: network.local, configuration: configuration)
        return (
            PoolWorld(network: network, pool: pool, plan: plan),
            LawJudge(of: pool, localNode: network.local, configuration: configuration, keyBits: 8)
        )
    }

    private static func key(_ value: UInt8) -> Key256 { Key256(UInt64(value) << 56, 0, 0, 0) }

    private func search(_ puts: [[UInt8]], _ reduction: SearchOptions.Reduction) throws -> Exploration {
        let (world, judge) = try self.puts(puts)
        return Explorer(world, judge: judge, options: SearchOptions(.allOrders(reduction))).explore()
    }

    @Test("One put, one reply: nothing to choose")
    func one() throws {
        for reduction in SearchOptions.Reduction.allCases {
            let result = try search([[1]], reduction)
            // Start and store, rest; reply and end, rest.
            #expect(result.runs == 1 && result.merged == 0 && result.states == 3 && result.steps == 4, "\(reduction)")
            #expect(result.ending == .complete && result.findings.isEmpty)
        }
    }

    @Test("Probe")
    func probe() throws {
        for puts: [[UInt8]] in [[[1], [2]], [[1, 2]], [[1, 2], [3]], [[1, 2], [3, 4]], [[1], [2], [3]]] {
            for reduction in SearchOptions.Reduction.allCases {
                let r = try search(puts, reduction)
                print(puts, reduction, "runs", r.runs, "merged", r.merged, "states", r.states, "steps", r.steps, r.findings.map(\.violation.description))
            }
        }
    }
}
