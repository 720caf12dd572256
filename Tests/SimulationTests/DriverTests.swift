import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing
import Timeline

@testable import Simulation

@Suite("The driver")
struct DriverTests {
    private func moment(_ milliseconds: Int64) -> Instant { Instant.start.advanced(by: .milliseconds(milliseconds)) }

    private func world(
        _ network: VirtualNetwork, _ pool: ScriptedPool, _ plan: [(Int64, NetworkEvent)],
        polling: SimulatedWorld<ScriptedPool>.Polling = .untilWaiting
    ) -> SimulatedWorld<ScriptedPool> {
        SimulatedWorld(network: network, pool: pool, plan: plan.map { .init(time: moment($0.0), event: $0.1) }, polling: polling)
    }

    @Test("Polls until the pool is at rest, then takes the replies in the order of their arrival")
    func untilRest() throws {
        let network = VirtualNetwork.small([1, 2, 3], failing: [2])
        let (one, two) = (try network.node(key: 1), try network.node(key: 2))
        let record = Record(name: "r")
        let pool = ScriptedPool([
            .findCloser(id: "a", target: .zero, node: two), .storeRecord(id: "a", node: one, message: record),
            .findCloser(id: "b", target: key(2), node: one), .waiting, .broadcastFinished(id: "a", outcome: .init(reason: .completed)),
            .broadcastRejected(id: "z", reason: .idInUse), .idle,
        ])
        var world = world(network, pool, [(5, .stopBroadcast(id: "a"))])
        let steps = world.run()
        #expect(steps.map(\.number) == Array(1...9))
        #expect(steps.map(\.time) == [5, 5, 5, 5, 25, 25, 25, 25, 25].map(moment))
        #expect(
            steps.map(\.trigger) == [
                .act, .continuation, .continuation, .continuation, .reply(sent: moment(5)), .continuation, .continuation,
                .reply(sent: moment(5)), .reply(sent: moment(5)),
            ])
        #expect(
            steps.map(\.event) == [
                .stopBroadcast(id: "a"), .poll, .poll, .poll,
                .getCloserNodesFailure(id: "a", node: two, target: .zero, error: .failed("refused")), .poll, .poll,
                .storeRecordSuccess(id: "a", node: one, request: record, response: nil),
                .getCloserNodesSuccess(id: "b", node: one, target: key(2), closer: [two, try network.node(key: 3)]),
            ])
        #expect(world.pool.heard.map(\.event) == steps.map(\.event))
        #expect(world.pool.heard.map(\.time) == steps.map(\.time))
        #expect(world.travelling == 0)
        #expect(world.step() == nil)
    }

    @Test("What comes together is taken in order: the reply, the acts of the plan as given, the deadline")
    func ties() throws {
        let network = VirtualNetwork.small([1])
        let pool = ScriptedPool(
            [.findCloser(id: "a", target: .zero, node: try network.node(key: 1))], deadlines: [moment(20), moment(20)])
        let acts: [(Int64, NetworkEvent)] = [(20, .stopBroadcast(id: "y")), (0, .poll), (20, .stopBroadcast(id: "x"))]
        var world = world(network, pool, acts)
        let steps = world.run()
        #expect(steps.map(\.time) == [0, 0, 20, 20, 20, 20, 20].map(moment))
        #expect(steps.map(\.trigger) == [.act, .continuation, .reply(sent: .start), .act, .act, .deadline, .deadline])
        #expect(steps[3].event == .stopBroadcast(id: "y"))
        #expect(steps[4].event == .stopBroadcast(id: "x"))
    }

    @Test("The earliest of reply, act and deadline comes first, whichever it is")
    func earliest() throws {
        let network = VirtualNetwork.small([1])
        let pool = ScriptedPool(
            [.findCloser(id: "a", target: .zero, node: try network.node(key: 1))], deadlines: [moment(3), moment(12), moment(90)])
        var world = world(network, pool, [(0, .poll), (15, .stopBroadcast(id: "a"))])
        let steps = world.run()
        // The first poll comes before the first deadline and crosses nothing out.
        #expect(steps.map(\.time) == [0, 0, 3, 12, 15, 20, 90].map(moment))
        #expect(steps.map(\.trigger) == [.act, .continuation, .deadline, .deadline, .act, .reply(sent: .start), .deadline])
    }

    @Test("Once per reply: no polls and no deadlines")
    func oncePerReply() throws {
        let network = VirtualNetwork.small([1])
        let node = try network.node(key: 1)
        let pool = ScriptedPool(
            [.findCloser(id: "a", target: .zero, node: node), .findCloser(id: "b", target: .zero, node: node)], deadlines: [moment(1)])
        var world = world(network, pool, [(0, .stopBroadcast(id: "a"))], polling: .oncePerReply)
        #expect(world.run().map(\.trigger) == [.act, .reply(sent: .start), .reply(sent: moment(20))])
    }

    @Test("Time never goes back, whatever the plan and the pool say")
    func timeStands() {
        let pool = ScriptedPool(deadlines: [moment(-50), moment(-7)])
        var world = world(.small([1]), pool, [(-10, .stopBroadcast(id: "a")), (4, .poll)])
        let steps = world.run()
        #expect(steps.map(\.time) == [0, 0, 0, 4].map(moment))
        #expect(steps.map(\.trigger) == [.deadline, .act, .deadline, .act])
        #expect(world.now == moment(4))
    }

    @Test("A machine of the pool's shape runs in a world: its view shows, and what it ignores is marked")
    func otherMachine() throws {
        let network = VirtualNetwork.small([1])
        let node = try network.node(key: 1)
        let pool = ScriptedPool([.findCloser(id: "a", target: .zero, node: node)], strangers: ["a"])
        var world = world(network, pool, [(0, .poll)])
        let steps = world.run()
        #expect(steps.map(\.isIgnored) == [false, false, true])
        #expect(world.view.ignoredEvents == 1)
    }

    @Test("Nothing to do: no step")
    func nothing() {
        var world = world(.small([1]), ScriptedPool(), [])
        #expect(world.step() == nil)
        #expect(world.now == .start)
    }
}

@Suite("Our pool in the simulated network")
struct PoolInWorldTests {
    private func moment(_ milliseconds: Int64) -> Instant { Instant.start.advanced(by: .milliseconds(milliseconds)) }

    @Test("A silent node's deadline is noticed one nanosecond after it")
    func deadline() throws {
        let network = VirtualNetwork.small([1], silent: [1])
        var world = try PoolWorld.over(network, [.follow("a", seed: Array(network.nodes))], .init(requestTimeout: .milliseconds(100)))
        let steps = world.run()
        #expect(steps.map(\.trigger) == [.act, .continuation, .deadline, .continuation])
        #expect(steps[2].time == moment(100).firstMomentPast)
        #expect(steps[2].state == .broadcastFinished(id: "a", outcome: .init(reason: .noNodesFound)))
        #expect(steps.last?.state == .idle)
    }

    @Test("A store that is not answered expires one nanosecond after its deadline")
    func storeDeadline() throws {
        let network = VirtualNetwork.small([1], silent: [1])
        let stores = StoreOptions(storeTimeout: .milliseconds(70))
        var world = try PoolWorld.over(network, [.put("a", at: .milliseconds(5), seed: Array(network.nodes), stores: stores)])
        let steps = world.run()
        #expect(steps.first { $0.trigger == .deadline }?.time == moment(75).firstMomentPast)
    }

    @Test("A reply at its deadline counts; one that comes later is delivered and ignored", arguments: [(10, false), (11, true)])
    func late(latency: Int64, isLate: Bool) throws {
        let network = VirtualNetwork.small([1], latency: .constant(.milliseconds(latency)))
        let stores = StoreOptions(storeTimeout: .milliseconds(20))
        var world = try PoolWorld.over(network, [.put("a", seed: Array(network.nodes), stores: stores)])
        let steps = world.run()
        let reply = try #require(steps.first { $0.trigger == .reply(sent: .start) })
        #expect(reply.time == moment(2 * latency))
        #expect(reply.isIgnored == isLate)
        let errors = steps.compactMap { step -> [RequestError]? in
            if case .broadcastFinished(_, let outcome) = step.state { outcome.errors.map(\.error) } else { nil }
        }
        #expect(errors == [isLate ? [.timedOut] : []])
    }

    /// How many requests of each broadcast are in flight after each step, until its end.
    private func flights(_ steps: [Step], _ id: OperationID) -> [Int] {
        var (count, flights) = (0, [] as [Int])
        for step in steps {
            switch step.event {
            case .getCloserNodesSuccess(id, _, _, _), .getCloserNodesFailure(id, _, _, _), .storeRecordSuccess(id, _, _, _),
                .storeRecordFailure(id, _, _, _):
                count -= 1
            default: break
            }
            switch step.state {
            case .findCloser(id, _, _), .storeRecord(id, _, _): count += 1
            case .broadcastFinished(id, _): return flights
            default: break
            }
            if step.names(id) { flights.append(count) }
        }
        return flights
    }

    private func crowd(silent: [UInt8]) -> VirtualNetwork {
        .small((1...24).map { UInt8($0 * 10) }, silent: silent)
    }

    @Test("D15: until waiting, α requests are in flight at once, and a silent node's deadline is noticed", arguments: [1, 2, 3, 5])
    func untilWaiting(alpha: Int) throws {
        let network = crowd(silent: [10])
        let configuration = QueryPoolConfiguration(replication: 6, queryConcurrency: alpha, requestTimeout: .milliseconds(100))
        let acts = ["a", "b"].map { PoolWorld.Act.follow(OperationID($0), seed: Array(network.nodes)) }
        var world = try PoolWorld.over(network, acts, configuration)
        var (steps, most) = ([] as [Step], [:] as [OperationID: Int])
        while let step = world.step() {
            steps.append(step)
            for broadcast in world.view.broadcasts {
                let waiting = broadcast.query?.candidates.count { if case .waiting = $0.status { true } else { false } } ?? 0
                most[broadcast.id] = max(most[broadcast.id] ?? 0, waiting)
            }
        }
        #expect(most == ["a": alpha, "b": alpha])
        #expect(steps.contains { $0.trigger == .deadline && $0.time == moment(100).firstMomentPast })
        #expect(steps.count { if case .broadcastFinished = $0.state { true } else { false } } == 2)
        #expect(world.view.broadcasts.isEmpty)
    }

    @Test("D15: once per reply, exactly one request of each broadcast is in flight, and the run stalls at a silent node")
    func stalls() throws {
        let network = crowd(silent: [30])
        let configuration = QueryPoolConfiguration(replication: 6, queryConcurrency: 3, requestTimeout: .milliseconds(100))
        let acts = ["a", "b"].map { PoolWorld.Act.follow(OperationID($0), seed: Array(network.nodes)) }
        var world = try PoolWorld.over(network, acts, configuration, polling: .oncePerReply)
        let steps = world.run()
        for id in ["a", "b"] as [OperationID] { #expect(flights(steps, id) == [1, 1, 1]) }
        #expect(steps.last?.time == moment(40), "the third request is never answered, and nobody notices")
        #expect(world.view.broadcasts.map(\.id) == ["a", "b"])
        #expect(world.step() == nil)
    }

    @Test("D15: without a silent node, once per reply comes to its end, one request after the other")
    func slow() throws {
        let network = crowd(silent: [])
        var world = try PoolWorld.over(
            network, [.follow("a", seed: Array(network.nodes))], .init(replication: 4), polling: .oncePerReply)
        let steps = world.run()
        #expect(flights(steps, "a").allSatisfy { $0 == 1 })
        #expect(steps.last?.time == moment(8 * 20), "four requests and four stores")
        #expect(steps.allSatisfy { $0.event != .poll })
    }

    private func busy(seed: UInt64) throws -> PoolWorld {
        let network = VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: 60), bucketSize: 6, seed: seed,
                latency: .lognormal(median: .milliseconds(30), p95: .milliseconds(90)),
                loss: 0.05, silentShare: 0.1, failingShare: 0.1))
        let acts = (1...4).map { number in
            let target = Key256(UInt64(number) << 61, 0, 0, 0)
            return PoolWorld.Act.follow(
                OperationID("b\(number)"), at: .milliseconds(Int64(number) * 15), target: target, seed: network.localClosest(to: target))
        }
        let stop = PoolWorld.Act(time: moment(200), event: .stopBroadcast(id: "b2"))
        return try .over(network, acts + [stop], .init(concurrency: 2, replication: 6, requestTimeout: .milliseconds(300)))
    }

    @Test("The same network, plan and seed give the same steps; another seed gives others")
    func determinism() throws {
        var (first, second, other) = (try busy(seed: 5), try busy(seed: 5), try busy(seed: 6))
        let steps = first.run()
        #expect(steps.count > 100)
        #expect(second.run() == steps)
        #expect(other.run() != steps)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.time <= $1.time })
        #expect(steps.map(\.number) == Array(1...steps.count))
    }

    @Test("A copied world goes on as the original does", arguments: [0, 1, 33, 80])
    func copies(after count: Int) throws {
        var world = try busy(seed: 5)
        let before = world.run(limit: count)
        var copy = world
        let rest = world.run()
        #expect(copy.now == before.last?.time ?? .start)
        #expect(copy.run() == rest)
        #expect(copy.view == world.view)
        #expect(copy.now == world.now)
    }
}
