import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

typealias PoolWorld = SimulatedWorld<BroadcastPool<NetworkNode, Record>>

/// A run of several broadcasts in a network where not every node answers: some hundred steps.
func busyWorld() throws -> PoolWorld {
    let network = VirtualNetwork(
        NetworkConfiguration(
            nodes: .random(count: 60), bucketSize: 6, seed: 5, latency: .lognormal(median: .milliseconds(30), p95: .milliseconds(90)),
            loss: 0.05, silentShare: 0.1, failingShare: 0.1))
    let acts = (1...7).map { number in
        let target = Key256(UInt64(number) << 61, 0, 0, 0)
        return PoolWorld.Act(
            time: Instant.start.advanced(by: .milliseconds(Int64(number) * 15)),
            event: .startBroadcast(
                id: OperationID("b\(number)"), target: target, message: Record(name: "r"), seed: network.localClosest(to: target),
                configuration: .followUp(FollowUpConfiguration())))
    }
    let pool = try BroadcastPool<NetworkNode, Record>(
        localNode: network.local,
        configuration: PoolConfiguration(queries: .init(concurrency: 2, replication: 6, requestTimeout: .milliseconds(300))))
    return PoolWorld(network: network, pool: pool, plan: acts)
}

@Suite("History against a plain list of steps")
struct HistoryTests {
    /// What is true at each position of a fresh run, the start included.
    private struct Model {
        var steps: [Step] = []
        var journals = [Journal()]
        var views: [NetworkPoolView] = []
        var times: [Instant] = []

        init(_ world: PoolWorld) {
            var world = world
            views = [world.view]
            times = [world.now]
            while let step = world.step() {
                var journal = journals[steps.count]
                journal.record(step)
                steps.append(step)
                journals.append(journal)
                views.append(world.view)
                times.append(world.now)
            }
        }

        func check(_ history: History<PoolWorld>, at position: Int) {
            #expect(history.position == position)
            #expect(history.world.view == views[position])
            #expect(history.world.now == times[position])
            #expect(history.journal == journals[position])
            #expect(history.current == (position == 0 ? nil : steps[position - 1]))
            #expect(history.steps == Array(steps.prefix(history.steps.count)))
            #expect(history.steps.count >= position)
            #expect(history.isAtEnd == (history.isComplete && position == steps.count))
        }
    }

    private let start: PoolWorld
    private let model: Model

    init() throws {
        start = try busyWorld()
        model = Model(start)
        try #require(model.steps.count > 3 * History<PoolWorld>.checkpointInterval)
    }

    @Test("Forward to the end, and back to the start, one by one")
    func toAndFro() {
        var history = History(start)
        model.check(history, at: 0)
        for position in model.steps.indices {
            #expect(history.stepForward() == model.steps[position])
            #expect(!history.isComplete)
        }
        #expect(history.stepForward() == nil)
        #expect(history.isAtEnd)
        #expect(history.stepForward() == nil)
        for position in (0..<model.steps.count).reversed() {
            history.stepBack()
            if position % 7 == 0 { model.check(history, at: position) }
        }
        history.stepBack()
        model.check(history, at: 0)
        #expect(history.isComplete)
        #expect(history.steps == model.steps)
    }

    @Test("Every position across the borders of checkpoints, from both sides")
    func borders() {
        var history = History(start)
        let interval = History<PoolWorld>.checkpointInterval
        for border in [interval, 2 * interval, 3 * interval] {
            for place in [border - 1, border, border + 1, border, border - 1, 0, border, border - 2, border + 1] {
                history.go(to: place)
                model.check(history, at: place)
            }
        }
    }

    @Test("Beyond the start and the end")
    func ends() {
        var history = History(start)
        history.go(to: -5)
        model.check(history, at: 0)
        history.go(to: .min)
        model.check(history, at: 0)
        history.go(to: .max)
        model.check(history, at: model.steps.count)
        #expect(history.isAtEnd)
        history.go(to: model.steps.count + 1)
        model.check(history, at: model.steps.count)
        history.go(to: .min)
        model.check(history, at: 0)
    }

    @Test("Looking ahead learns steps and moves nothing", arguments: [0, 1, 63, 64, 65, 130])
    func lookAhead(place: Int) {
        var history = History(start)
        history.go(to: place)
        for limit in [0, place, place + 1, place + 64, place + 65] {
            history.lookAhead(upTo: limit)
            model.check(history, at: place)
            #expect(history.steps.count >= min(limit, model.steps.count))
        }
        history.lookAhead(upTo: .max)
        model.check(history, at: place)
        #expect(history.isComplete)
        #expect(history.steps == model.steps)
        #expect(history.stepForward() == model.steps[place])
        history.stepBack()
        model.check(history, at: place)
    }

    @Test("Random walks", arguments: 1...4 as ClosedRange<UInt64>)
    func walks(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var history = History(start)
        var position = 0
        let count = model.steps.count
        for _ in 0..<60 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0...2:
                let step = history.stepForward()
                #expect(step == (position < count ? model.steps[position] : nil))
                position = min(position + 1, count)
            case 3...5:
                history.stepBack()
                position = max(position - 1, 0)
            case 6:
                history.lookAhead(upTo: Int.random(in: 0...count + 10, using: &generator))
            default:
                position = Int.random(in: -3...count + 3, using: &generator)
                history.go(to: position)
                position = min(max(position, 0), count)
            }
            model.check(history, at: position)
        }
    }

    @Test("A copy of a history goes its own way")
    func copies() {
        var history = History(start)
        history.go(to: 70)
        var copy = history
        copy.go(to: 10)
        history.go(to: 100)
        model.check(copy, at: 10)
        model.check(history, at: 100)
    }

    @Test("A run without steps")
    func empty() throws {
        let network = VirtualNetwork(NetworkConfiguration(nodes: .random(count: 3), latency: .constant(.milliseconds(1))))
        var history = History(PoolWorld(network: network, pool: try BroadcastPool(localNode: network.local), plan: []))
        #expect(!history.isAtEnd)
        #expect(history.stepForward() == nil)
        #expect(history.isAtEnd)
        history.stepBack()
        history.go(to: 100)
        #expect(history.position == 0)
        #expect(history.current == nil)
    }
}

extension History {
    /// The steps of the branch that are known.
    var steps: [Step] { (0..<stepCount).map { step($0 + 1) } }
}
