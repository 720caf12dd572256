import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

@testable import Scenarios

@Suite("Runs without a screen")
struct HeadlessRunTests {
    /// The run of a scenario at its end.
    private func run(_ scenario: Scenario, by steps: Int = 1000) throws -> HeadlessRun {
        var run = try HeadlessRun(scenario)
        while run.advance(steps: steps) {}
        return run
    }

    private func builtIn(_ name: String) throws -> Scenario { try #require(BuiltInScenario.named(name)).scenario() }

    /// Every number can be checked on paper, and in the README's picture of the run.
    @Test("by-hand")
    func byHand() throws {
        let run = try run(builtIn("by-hand"))
        #expect(
            run.results == [
                PutResult(
                    id: "put", strategy: .followUp, start: .start, end: Instant(nanoseconds: 160_000_001),
                    walkEnd: Instant(nanoseconds: 140_000_001), reason: .completed, finds: 8, stores: 3, timeouts: 1, hops: [2, 1, 2],
                    holders: 3, overlap: 1, regret: 0)
            ])
        #expect(run.plannedPuts == 1 && run.steps == 24 && run.simulatedTime == Instant(nanoseconds: 160_000_001))
        #expect(run.results[0].duration == Nanoseconds(160_000_001) && run.results[0].walkShare == 140_000_001 / 160_000_001)
    }

    @Test("It goes on in pieces of any size, and ends once", arguments: [1, 7, 1000])
    func pieces(steps: Int) throws {
        let scenario = try builtIn("swarm")
        var pieces = try HeadlessRun(scenario)
        while pieces.advance(steps: steps) {}
        #expect(!pieces.advance(steps: 1) && pieces.advance(steps: 0))
        let whole = try run(scenario)
        #expect(pieces.results == whole.results && pieces.steps == whole.steps && whole.steps == 167)
        #expect(whole.results.map(\.id.name) == ["b5", "b3", "b1", "b2", "b4"])
        #expect(whole.results.map(\.reason) == [.stopped, .completed, .completed, .completed, .completed])
    }

    /// All but those that an observer of every step is too slow for, built for tests.
    private static let small = BuiltInScenario.all.map(\.name).filter { !["experiment", "million"].contains($0) }

    @Test("Requests and timeouts are those of the ledger", arguments: small)
    func ledger(name: String) throws {
        let scenario = try builtIn(name)
        var world = try scenario.world()
        var ledger = CallLedger(requestTimeout: scenario.pool.queries.requestTimeout)
        while let step = world.step() { ledger.record(step) }
        let run = try run(scenario)
        for result in run.results {
            let calls = ledger.calls.filter { $0.id == result.id }
            #expect(result.finds == calls.count { $0.kind == .find } && result.stores == calls.count { $0.kind == .store })
            #expect(result.hops.count == result.stores)
            #expect(result.holders <= result.stores && (0...1).contains(result.overlap) && (result.regret ?? 0) >= 0)
            #expect(result.start <= result.walkEnd && result.walkEnd <= result.end)
        }
    }

    @Test("The results are those that an observer of each step comes to", arguments: small)
    func observer(name: String) throws {
        let scenario = try builtIn(name)
        var plain = try PlainRun(scenario)
        while plain.advance(steps: 1000) {}
        let run = try run(scenario)
        #expect(run.results.count == plain.results.count)
        for (one, two) in zip(run.results, plain.results) {
            #expect(one.id == two.id && one.strategy == two.strategy && one.reason == two.reason)
            #expect(one.start == two.start && one.end == two.end && one.finds == two.finds && one.stores == two.stores)
            #expect(one.timeouts == two.timeouts && one.hops == two.hops)
            #expect(one.walkEnd == two.walkEnd, "\(name) \(one.id)")
            // A store whose answer was lost is one that only the network knows of.
            guard scenario.network.configuration.conditions.loss == 0 else { continue }
            #expect(
                one.holders == two.holders && one.overlap == two.overlap && abs((one.regret ?? -1) - (two.regret ?? -1)) < 1e-9,
                "\(one.id): \(one.regret as Double?) and \(two.regret as Double?)")
        }
    }

    @Test("Puts that are refused, or never end, have no result")
    func unfinished() throws {
        let scenario = try read(
            network("size = 8\nlatency = \"10ms\"\n[pool]\nmaxBroadcasts = 1")
                + "[[broadcast]]\nid = \"b\"\nstrategy = \"static\"\nrecord = \"s\"\n")
        let run = try run(scenario)
        #expect(run.plannedPuts == 2 && run.results.map(\.id.name) == ["a"])
    }

    @Test("The place of the holders")
    func placement() throws {
        let nodes = (0..<8).map { NetworkNode(index: $0, key: Key256(UInt64($0) << 56, 0, 0, 0)) }
        func place(_ holders: Set<Int32>, k: Int = 3, alive: [NetworkNode]? = nil) -> Placement {
            Placement(of: holders, target: Key256.zero, replication: k, alive: alive ?? nodes)
        }
        #expect(place([0, 1, 2]).overlap == 1 && place([0, 1, 2]).regret == 0)
        // The ranks 0, 3 and 7 instead of 0, 1 and 2.
        #expect(place([0, 3, 7]).overlap == 1.0 / 3 && place([0, 3, 7]).regret == 7.0 / 3)
        // Dead nodes have no rank.
        let alive = nodes.filter { $0.index != 1 }
        #expect(place([0, 2, 3], alive: alive).overlap == 1 && place([0, 2, 3], alive: alive).regret == 0)
        #expect(place([]).overlap == 0 && place([]).regret == nil)
        #expect(place([0, 1], k: 20).overlap == 0.25 && place([], alive: []).overlap == 0)
    }

    @Test("Under another strategy a put keeps all but that", arguments: BroadcastStrategy.allCases)
    func strategies(strategy: BroadcastStrategy) throws {
        let scenario = try builtIn("swarm")
        let other = scenario.withAllPuts(by: strategy)
        #expect(other.broadcasts.allSatisfy { $0.configuration.strategy == strategy })
        for (one, two) in zip(scenario.broadcasts, other.broadcasts) {
            #expect(one.id == two.id && one.record == two.record && one.target == two.target && one.seed == two.seed)
            #expect(one.start == two.start && one.stop == two.stop && one.configuration.stores == two.configuration.stores)
        }
        let race = try builtIn("race").withAllPuts(by: .optimistic)
        guard case .optimistic(let options) = race.broadcasts[1].configuration else { throw RunError("it is no optimistic put") }
        #expect(options.networkSize == 1000)
    }

    @Test("An optimistic put without an estimate of the network does exactly as a classic one: the same luck under both")
    func commonLuck() throws {
        let scenario = try builtIn("swarm")
        let (one, two) = (try run(scenario.withAllPuts(by: .followUp)), try run(scenario.withAllPuts(by: .optimistic)))
        #expect(one.results[0].end == two.results[0].end && one.results[0].finds == two.results[0].finds)
    }
}
