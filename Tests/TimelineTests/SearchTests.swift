import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing

@testable import Timeline

/// Searches of our own pool, small enough to be counted by hand.
@Suite("Searches")
struct SearchTests {
    typealias Pool = BroadcastPool<NetworkNode, Record>
    typealias PoolWorld = SimulatedWorld<Pool>

    /// Puts that are all started at 0; the keys of the nodes that each begins with, of 8 bits. A request takes 20 ms, and stores wait
    /// for ever.
    private func explorer(
        _ puts: [[UInt8]], lookups: Bool = false, _ strategy: SearchOptions.Strategy, _ change: (inout SearchOptions) -> Void = { _ in }
    ) throws -> Explorer<PoolWorld> {
        let keys = Set(puts.joined()).sorted()
        let network = VirtualNetwork(
            NetworkConfiguration(
                nodes: .keys(keys.map(Self.key)), keyBits: 8, bucketSize: 1, latency: .constant(.milliseconds(10)),
                localKey: Self.key(0xff)))
        let stores = StoreOptions(storeTimeout: nil)
        let plan = puts.enumerated().map { number, keys in
            PoolWorld.Act(
                time: .start,
                event: .startBroadcast(
                    id: OperationID("b\(number + 1)"), target: Self.key(keys[0]), message: Record(name: "r"),
                    seed: network.nodes.filter { node in keys.contains { Self.key($0) == node.key } },
                    configuration: lookups ? .followUp(FollowUpConfiguration(stores: stores)) : .static(StaticConfiguration(stores: stores))
                ))
        }
        let configuration = PoolConfiguration()
        let pool = try Pool(localNode: network.local, configuration: configuration)
        var options = SearchOptions(strategy)
        change(&options)
        return Explorer(
            PoolWorld(network: network, pool: pool, plan: plan),
            judge: LawJudge(
                of: pool, localNode: network.local, configuration: configuration, keyBits: 8, except: options.faults > 0 ? [.n1] : []),
            nodes: Array(network.nodes), options: options)
    }

    private static func key(_ value: UInt8) -> Key256 { Key256(UInt64(value) << 56, 0, 0, 0) }

    // MARK: - All orders

    @Test("One put, one reply: nothing to choose", arguments: SearchOptions.Reduction.allCases)
    func one(reduction: SearchOptions.Reduction) throws {
        let result = try explorer([[1]], .allOrders(reduction)).explore()
        // Before the start, before the reply, at the end. Start and store, rest; reply and end, rest.
        #expect(result.runs == 1 && result.merged == 0 && result.states == 3 && result.steps == 4)
        #expect(result.ending == .complete && result.findings.isEmpty && result.cut == 0)
    }

    /// The starts a and b, which come in this order, and the replies A and B:
    ///
    ///     ─a─ 1 ─b─ 2 ─A─ 3 ─B─ 4        both arrive at 20 ms
    ///         │     └─B─ 5 ─A─ 4
    ///         └─A─ 6 ─b─ 7 ─B─ 4         A arrives at once, so B has another 20 ms to go in 7 than in 3
    ///
    /// Each line is two steps: what happens, and a poll at which the pool rests.
    @Test("Two puts, a reply each: three runs; without one of the two orders of A and B, two")
    func two() throws {
        for reduction in [SearchOptions.Reduction.none, .equalStates] {
            let result = try explorer([[1], [2]], .allOrders(reduction)).explore()
            #expect(result.runs == 3 && result.merged == 0 && result.states == 8 && result.steps == 2 * 9, "\(reduction)")
        }
        let result = try explorer([[1], [2]], .allOrders(.equalStatesAndOrders)).explore()
        #expect(result.runs == 2 && result.merged == 1 && result.states == 8 && result.steps == 2 * 8)
    }

    @Test("One put, two replies: they come in either order, and both orders count")
    func sameBroadcast() throws {
        for reduction in SearchOptions.Reduction.allCases {
            let result = try explorer([[1, 2]], .allOrders(reduction)).explore()
            #expect(result.runs == 2 && result.merged == 0 && result.states == 5, "\(reduction)")
        }
    }

    @Test(
        "What is left out is no other outcome and no other state, and breaks no other law",
        arguments: [([[1], [2], [3]], false), ([[1, 2], [3, 4]], false), ([[1, 2]], true), ([[1], [2]], true)])
    func reductions(puts: [[UInt8]], lookups: Bool) throws {
        let ledgers = try SearchOptions.Reduction.allCases.map { reduction in
            var explorer = try explorer(puts, lookups: lookups, .allOrders(reduction))
            explorer.countsTurns = false
            return explorer.search()
        }
        let (every, merged, least) = (ledgers[0], ledgers[1], ledgers[2])
        #expect(ledgers.allSatisfy { $0.outcomes == every.outcomes && $0.findings.isEmpty && $0.ending == nil })
        #expect(merged.states == every.states && least.states.isSubset(of: every.states))
        #expect(merged.coverage.steps < every.coverage.steps && least.coverage.steps < merged.coverage.steps)
    }

    // MARK: - Budgets

    @Test("A search ends after so many steps, or when somebody says so, and a run after so many")
    func budgets() throws {
        let limited = try explorer([[1, 2], [3, 4]], .allOrders(.none)) { $0.stepLimit = 50 }.explore()
        #expect(limited.ending == .stepLimit && (50..<60).contains(limited.steps))
        let short = try explorer([[1, 2], [3, 4]], .random(runs: 5)) { $0.runLimit = 4 }.explore()
        #expect(short.ending == .complete && short.runs == 0 && short.cut == 5 && short.steps == 20)
        var heard: [SearchProgress] = []
        let interrupted = try explorer([[1, 2], [3, 4]], .random(runs: 10_000)).explore { progress in
            heard.append(progress)
            return heard.count < 2
        }
        #expect(interrupted.ending == .interrupted && heard.count == 2)
        #expect((2_000..<2_100).contains(interrupted.steps) && heard[1].steps == interrupted.steps)
        #expect(heard[1].runs == interrupted.runs && heard[1].plannedRuns == 10_000 && !heard[1].isShrinking)
    }

    // MARK: - Dice

    @Test("The same seed is the same search, another seed another", arguments: [true, false])
    func determinism(isRandom: Bool) throws {
        let strategy = isRandom ? SearchOptions.Strategy.random(runs: 30) : .priorities(runs: 30, changes: 2)
        let results = try [UInt64(7), 7, 8].map { seed in
            try explorer([[1, 2, 3], [3, 4]], lookups: true, strategy) {
                $0.seed = seed
                $0.faults = 2
            }.explore()
        }
        #expect(results[0].coverage == results[1].coverage && results[0].states == results[1].states)
        #expect(results[0].coverage != results[2].coverage)
        #expect(results[0].findings == results[1].findings && results.allSatisfy { $0.runs == 30 })
    }

    @Test("The first run is the usual one")
    func usual() throws {
        for strategy in [SearchOptions.Strategy.random(runs: 1), .priorities(runs: 1, changes: 3)] {
            let explorer = try explorer([[1, 2], [3]], lookups: true, strategy) { $0.faults = 5 }
            var world = explorer.world
            var steps = 0
            while world.step() != nil { steps += 1 }
            #expect(explorer.explore().steps == steps)
        }
    }

    @Test("Dice are fair, and a run's are its own")
    func dice() {
        var counts = [Int](repeating: 0, count: 6)
        var dice = Dice(seed: 1, run: 0)
        for _ in 0..<6_000 { counts[dice.next(below: 6)] += 1 }
        #expect(counts.allSatisfy { (850..<1150).contains($0) }, "\(counts)")
        var others = (0..<3).map { Dice(seed: 1, run: $0) } + [Dice(seed: 2, run: 0)]
        #expect(Set(others.indices.map { others[$0].next() }).count == 4)
    }
}
