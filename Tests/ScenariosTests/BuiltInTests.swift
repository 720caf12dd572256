import Broadcasts
import Coordination
import Kademlia
import Simulation
import Testing
import Timeline

@testable import Scenarios

/// The run of a scenario: its steps, what was observed, and the world at the end.
struct Run {
    var steps: [Step] = []
    var journal = Journal()
    var world: Scenario.World
    let scenario: Scenario

    init(_ scenario: Scenario, limit: Int = 5000) throws {
        self.scenario = scenario
        world = try scenario.world()
        while steps.count < limit, let step = world.step() {
            steps.append(step)
            journal.record(step)
        }
    }

    /// The run of the built-in scenario of this name.
    init(_ name: String) throws {
        self = try Run(try #require(BuiltInScenario.named(name)).scenario())
    }

    /// How a broadcast ended, if it did and was not rejected.
    func outcome(_ id: OperationID) -> BroadcastOutcome<NetworkNode>? {
        if case .finished(let outcome) = journal.entry(id)?.end { outcome } else { nil }
    }

    /// The first digits of the nodes' keys.
    func shown(_ nodes: [NetworkNode]?) -> [String]? { nodes?.map { $0.key.shown(scenario.keyBits) } }
}

@Suite("Built-in scenarios")
struct BuiltInTests {
    @Test("There are at least four, with names of their own; the first has both strategies, 64 nodes and keys of 256 bits")
    func all() throws {
        let names = BuiltInScenario.all.map(\.name)
        #expect(names.count >= 4)
        #expect(Set(names).count == names.count)
        for builtIn in BuiltInScenario.all { #expect(BuiltInScenario.named(builtIn.name)?.text == builtIn.text) }
        #expect(BuiltInScenario.named("none") == nil)
        let first = try BuiltInScenario.all[0].scenario()
        #expect(first.network.nodes.count == 64)
        #expect(first.keyBits == 256)
        #expect(Set(first.broadcasts.map(\.configuration.strategy)).isSuperset(of: [.followUp, .static]))
        #expect(try BuiltInScenario.all.contains { try $0.scenario().keyBits == 8 })
    }

    @Test("Each is read, runs to an end, and runs twice alike", arguments: BuiltInScenario.all.map(\.name))
    func runs(name: String) throws {
        let (first, second) = (try Run(name), try Run(name))
        // A workload is too long to be gone through here: its first 5,000 steps.
        let hasWorkload = first.scenario.workload != nil
        #expect(first.steps.count < 5000 || hasWorkload)
        #expect(!first.steps.isEmpty)
        #expect(first.steps == second.steps)
        #expect(first.world.view == second.world.view)
        #expect(first.scenario.title != name, "it has a title")
        #expect(hasWorkload || first.journal.entries.map(\.id) == first.scenario.broadcasts.sorted { $0.start < $1.start }.map(\.id))
    }

    @Test("by-hand: the arithmetic of its comment, line by line")
    func byHandArithmetic() throws {
        let run = try Run("by-hand")
        let target = try #require(run.scenario.broadcasts.first).target
        #expect(target.shown(8) == "2a")
        let rows = [("28", "02", 6), ("2e", "04", 5), ("22", "08", 4), ("3b", "11", 3)]
        for (key, distance, prefix) in rows {
            let node = try #require(run.scenario.network.nodes.first { $0.key.shown(8) == key })
            #expect((node.key ^ target).shown(8) == distance)
            #expect(node.key.commonPrefixLength(with: target) == prefix)
        }
        let text = try #require(BuiltInScenario.named("by-hand")).text
        for (key, distance, prefix) in rows {
            #expect(text.split(separator: "\n").contains { $0.contains("\(key) XOR 2a = \(distance)") && $0.hasSuffix(" \(prefix)") })
        }
        let closest = run.scenario.network.nodes.sorted { $0.key.isCloser(to: target, than: $1.key) }
        #expect(run.shown(Array(closest.prefix(4))) == rows.map(\.0), "the comment tells the closest four, closest first")
    }

    @Test("by-hand: 22 is silent, so the record ends up with 28, 2e and 3b")
    func byHandOutcome() throws {
        let run = try Run("by-hand")
        let outcome = try #require(run.outcome("put"))
        #expect(outcome.reason == .completed)
        #expect(run.shown(outcome.contacted) == ["28", "2e", "3b"])
        #expect(outcome.errors.isEmpty)
        let entry = try #require(run.journal.entry("put"))
        #expect(run.shown(entry.seed) == ["8c", "e7"])
        let silent = try #require(run.scenario.network.nodes.first { $0.key.shown(8) == "22" })
        #expect(entry.trails[silent.index]?.asked != nil)
        #expect(entry.trails[silent.index]?.answered == nil)
        for (index, trail) in entry.trails where index != silent.index { #expect(trail.roundTrip == .milliseconds(20)) }
        // The answers lead closer: 8c tells of 2e, 2e of 28.
        let nodes = try ["2e", "28"].map { key in try #require(run.scenario.network.nodes.first { $0.key.shown(8) == key }) }
        #expect(nodes.map { entry.hops(to: $0) } == [1, 2])
    }

    @Test("swarm: b4 has to wait in line, b5 is stopped on its way, and not every node answers")
    func swarm() throws {
        var (world, phases) = (try Run("swarm").scenario.world(), [:] as [OperationID: [BroadcastView<NetworkNode>.Phase]])
        while world.step() != nil {
            for broadcast in world.view.broadcasts where phases[broadcast.id]?.last != broadcast.phase {
                phases[broadcast.id, default: []].append(broadcast.phase)
            }
        }
        #expect(phases["b4"]?.first == .queued)
        #expect(phases["b1"]?.first == .finding)
        let run = try Run("swarm")
        #expect(run.outcome("b5")?.reason == .stopped)
        for id in ["b1", "b2", "b3", "b4"] as [OperationID] { #expect(run.outcome(id)?.reason == .completed) }
        #expect(Set(run.outcome("b3")?.errors.map(\.error) ?? []) == [.timedOut, .failed("refused")])
    }

    @Test("slots: never more than two lookups hold a slot, and they get it in the order of their start")
    func slots() throws {
        var (world, order) = (try Run("slots").scenario.world(), [] as [OperationID])
        while world.step() != nil {
            #expect(world.view.heldSlots <= 2)
            for broadcast in world.view.broadcasts where broadcast.phase == .finding && !order.contains(broadcast.id) {
                order.append(broadcast.id)
            }
        }
        #expect(order == ["b1", "b2", "b3", "b4", "b5", "b6"])
    }

    @Test("strategies: the same nodes store it; one put looks for them first, one is told, one stores while it looks")
    func strategies() throws {
        let run = try Run("strategies")
        let outcomes = try ["look", "told", "bold"].map { try #require(run.outcome(OperationID($0))) }
        for outcome in outcomes {
            #expect(outcome.reason == .completed)
            #expect(outcome.contacted.map { $0.key.shown(8) }.sorted() == ["28", "2e", "3b"])
        }
        let entries = try ["look", "told", "bold"].map { try #require(run.journal.entry(OperationID($0))) }
        #expect(entries.map(\.askedCount) == [7, 0, 5])
        #expect(outcomes.map(\.early.count) == [0, 0, 2])
    }

    @Test("out-of-time: the lookup times out, and the nodes that had answered are stored with")
    func outOfTime() throws {
        let run = try Run("out-of-time")
        let outcome = try #require(run.outcome("hasty"))
        #expect(outcome.reason == .queryTimedOut)
        let entry = try #require(run.journal.entry("hasty"))
        let answered = entry.trails.filter { $0.value.answered != nil && $0.value.findError == nil }.keys
        #expect(!answered.isEmpty)
        #expect(Set(outcome.contacted.map(\.index)).isSubset(of: answered))
    }

    @Test("stopped: while looking, while storing, and too late")
    func stopped() throws {
        let run = try Run("stopped")
        #expect(run.outcome("looking") == BroadcastOutcome(reason: .stopped))
        let storing = try #require(run.outcome("storing"))
        #expect(storing.reason == .stopped)
        #expect(!storing.notContacted.isEmpty)
        #expect(run.outcome("late")?.reason == .completed)
        #expect(run.steps.last?.event == .stopBroadcast(id: "late"))
    }

    @Test("once-per-reply: one put is slow, the other hangs; until waiting, both come to an end")
    func oncePerReply() throws {
        let run = try Run("once-per-reply")
        #expect(run.outcome("slow")?.reason == .completed)
        #expect(run.journal.entry("hangs")?.end == nil)
        #expect(run.world.view.broadcasts.map(\.id) == ["hangs"])
        let text = try #require(BuiltInScenario.named("once-per-reply")).text
        let patient = try Run(try read(text.replacing("poll = \"oncePerReply\"", with: "poll = \"untilWaiting\"")))
        #expect(patient.outcome("slow")?.reason == .completed)
        #expect(patient.outcome("hangs")?.reason == .completed)
        let times = try [run, patient].map { try #require($0.journal.entry("slow")?.ended?.time) }
        #expect(times[1] < times[0])
    }
}
