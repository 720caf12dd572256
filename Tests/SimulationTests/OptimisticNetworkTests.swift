import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

import var TestSupport.longRunsWanted

@Suite("Optimistic on simulated networks")
struct OptimisticNetworkTests {
    /// What came of many puts.
    private struct Score: CustomStringConvertible {
        var puts = 0
        /// The nodes that hold the record and are among the 20 truly closest, over 20: the mean.
        var overlap = 0.0
        var stores = 0.0
        var requests = 0.0
        var seconds = 0.0
        var earlyEnds = 0

        var description: String {
            func two(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
            let cost = "\(two(stores)) stores, \(two(requests)) requests, \(two(seconds)) s"
            return "overlap \(two(overlap * 100)) %, \(cost), early ends \(earlyEnds)/\(puts)"
        }
    }

    private static let k = 20

    private func network(_ count: Int, seed: UInt64) -> VirtualNetwork {
        VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: count), seed: seed, latency: .lognormal(median: .milliseconds(40), p95: .milliseconds(160))))
    }

    /// Starts puts one after the other, a minute apart, at random targets.
    private func plan(_ puts: Int, in network: VirtualNetwork, seed: UInt64, _ configuration: BroadcastConfiguration) -> [PoolWorld.Act] {
        var random = SplitMix64(seed: seed)
        return (0..<puts).map { number in
            let target = Key256(random.next(), random.next(), random.next(), random.next())
            return PoolWorld.Act(
                time: Instant.start.advanced(by: .minutes(Int64(number))),
                event: .startBroadcast(
                    id: OperationID("put \(number)"), target: target, message: Record(name: "r"), seed: network.localClosest(to: target),
                    configuration: configuration))
        }
    }

    private func score(_ puts: Int, in network: VirtualNetwork, seed: UInt64, _ configuration: BroadcastConfiguration) throws -> Score {
        var world = try PoolWorld.over(network, plan(puts, in: network, seed: seed, configuration))
        var score = Score()
        var target = Key256.zero
        var began = Instant.start
        var endedEarly = false
        while let step = world.step() {
            if case .startBroadcast(_, let key, _, _, _) = step.event { (target, began, endedEarly) = (key, step.time, false) }
            if case .findCloser = step.state { score.requests += 1 }
            if case .storeRecord = step.state {
                endedEarly = endedEarly || world.view.broadcasts.first?.optimistic?.walkEnd?.isEarly == true
            }
            guard case .broadcastFinished(_, let outcome) = step.state else { continue }
            let closest = Set(network.nodes.sorted { $0.key.isCloser(to: target, than: $1.key) }.prefix(Self.k))
            score.puts += 1
            score.overlap += Double(closest.intersection(outcome.contacted).count) / Double(Self.k)
            score.stores += Double(outcome.contacted.count)
            score.seconds += Double(step.time.nanoseconds - began.nanoseconds) / 1e9
            score.earlyEnds += endedEarly ? 1 : 0
        }
        for path in [\Score.overlap, \.stores, \.requests, \.seconds] { score[keyPath: path] /= Double(max(1, score.puts)) }
        return score
    }

    private func optimistic(_ size: Int) -> BroadcastConfiguration { .optimistic(OptimisticConfiguration(networkSize: size)) }

    @Test("1,000 nodes, the size known: at least 85 % of the 20 closest hold the record, sooner and with fewer requests than FollowUp")
    func thousand() throws {
        let network = network(1_000, seed: 1)
        let score = try score(30, in: network, seed: 5, optimistic(1_000))
        print("Optimistic, 1,000 nodes, exact size: \(score)")
        #expect(score.puts == 30)
        #expect(score.overlap >= 0.85)
        let classic = try self.score(30, in: network, seed: 5, .followUp(.init()))
        print("FollowUp, 1,000 nodes: \(classic)")
        #expect(score.seconds < classic.seconds && score.requests < classic.requests)
    }

    @Test("What becomes of it when the size is 25 % off, and with 10,000 nodes", .enabled(if: longRunsWanted))
    func wrongSizes() throws {
        for count in [1_000, 10_000] {
            let network = network(count, seed: 2)
            for percent in [75, 100, 125] {
                let score = try score(200, in: network, seed: 6, optimistic(count * percent / 100))
                print("Optimistic, \(count) nodes, \(percent) % of the size: \(score)")
                #expect(score.overlap >= 0.85 || percent != 100)
            }
            print("FollowUp, \(count) nodes: \(try score(200, in: network, seed: 6, .followUp(.init())))")
        }
    }

    @Test("After 15 lookups the estimate is within 15 %: the median of the absolute error over the seeds")
    func estimate() throws {
        for count in longRunsWanted ? [1_000, 10_000] : [1_000] {
            var errors: [Double] = []
            for seed in 0..<(longRunsWanted ? 10 : 4) as Range<UInt64> {
                let network = network(count, seed: 100 + seed)
                for run in 0..<(longRunsWanted ? 10 : 5) as Range<UInt64> {
                    var world = try PoolWorld.over(network, plan(15, in: network, seed: 1_000 * seed + run, .followUp(.init())))
                    while world.step() != nil {}
                    let size = try #require(world.pool.networkSizeEstimate(at: world.now))
                    errors.append(abs(size / Double(count) - 1))
                }
            }
            errors.sort()
            let median = (errors[errors.count / 2 - 1] + errors[errors.count / 2]) / 2
            print("The estimate after 15 lookups, \(count) nodes, \(errors.count) seeds: median error \((median * 1000).rounded() / 10) %")
            #expect(median <= 0.15)
        }
    }
}
