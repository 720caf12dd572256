import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@testable import Broadcasts

@Suite("Optimistic: where the network's size comes from")
struct OptimisticEstimateUseTests {
    private let now = Instant.start

    /// A pool with k = 2 that has seen so many lookups end by themselves with two results, at 1 and 2 of 256.
    private func bench(lookups: Int) throws -> PoolBench {
        let bench = try PoolBench(.init(replication: 2))
        for _ in 0..<lookups {
            bench.follow("l", seed: [1, 2])
            bench.poll()
            bench.found("l", 1)
            bench.found("l", 2)
            bench.poll()
            bench.stored("l", 1)
            bench.stored("l", 2)
        }
        #expect(bench.poll() == .idle)
        #expect(bench.pool.estimator.measurementCount(at: now) == lookups)
        return bench
    }

    @Test("networkSize first, then the estimate, taken at the start, else none")
    func source() throws {
        let early = try bench(lookups: 4)
        #expect(early.pool.networkSizeEstimate(at: now) == nil)
        early.hope("a", seed: [90], .init())
        #expect(early.pool.view.broadcast("a")?.optimistic == nil)
        early.hope("b", seed: [90], .init(networkSize: 7))
        #expect(early.pool.view.broadcast("b")?.optimistic?.thresholds.networkSize == 7)

        let bench = try bench(lookups: 5)
        let estimate = try #require(bench.pool.networkSizeEstimate(at: now))
        #expect(abs(estimate - 255) < 1e-9)
        bench.hope("a", seed: [90], .init())
        #expect(bench.pool.view.broadcast("a")?.optimistic?.thresholds.networkSize == estimate)
        bench.hope("b", seed: [90], .init(networkSize: 7))
        #expect(bench.pool.view.broadcast("b")?.optimistic?.thresholds.networkSize == 7)
        bench.found("a", 90, [80, 100])
        bench.wait(.minutes(121))
        bench.poll()
        #expect(bench.pool.networkSizeEstimate(at: bench.now) == nil)
        #expect(bench.pool.view.broadcast("a")?.optimistic?.thresholds.networkSize ?? estimate == estimate)
    }

    @Test("Lookups that were stopped, ran out of time, ended early or found too few tell nothing; an Optimistic's natural end does")
    func food() throws {
        let bench = try PoolBench(.init(timeout: .seconds(30), replication: 2, requestTimeout: .seconds(60)))
        func measurements() -> Int { bench.pool.estimator.measurementCount(at: bench.now) }
        bench.follow("stopped", seed: [1, 2, 3])
        bench.pollUntilRest()
        bench.found("stopped", 1)
        bench.stop("stopped")
        bench.follow("late", seed: [1, 2, 3])
        bench.pollUntilRest()
        bench.found("late", 3)
        bench.found("late", 2)
        bench.wait(.seconds(31))
        #expect(bench.poll() == .store("late", 2))
        bench.stop("late")
        bench.follow("few", seed: [1])
        #expect(bench.found("few", 1) == .store("few", 1))
        bench.stop("few")
        #expect(bench.hope("early", seed: [8, 9], .init(networkSize: 64)) == .store("early", 8))
        bench.stop("early")
        bench.put("static", seed: [1, 2])
        bench.stop("static")
        #expect(measurements() == 0)

        // By itself, with thresholds that do nothing, and without any.
        for (count, size) in [1_000_000, nil].enumerated() {
            bench.hope("a", seed: [8, 9], .init(networkSize: size))
            bench.poll()
            bench.found("a", 9)
            #expect(bench.found("a", 8) == .store("a", 8))
            #expect(measurements() == count + 1)
            bench.stop("a")
        }
        // A FollowUp counts once, whatever happens with its stores.
        bench.follow("once", seed: [1, 2], stores: .init(storeConcurrency: 1))
        bench.poll()
        bench.found("once", 1)
        bench.found("once", 2)
        bench.notStored("once", 1)
        bench.notStored("once", 2)
        #expect(measurements() == 3)
    }

    @Test("Without an estimate it behaves as FollowUp, event for event, on random schedules")
    func fallback() throws {
        var compared = 0
        for seed in 0..<300 as Range<UInt64> {
            var schedule = try RandomSchedule<Key256>(seed: seed, strategies: [.followUp, .static])
            let history = schedule.run(steps: 60)
            var pool = try BroadcastPool<Key256, String>(localNode: history.localNode, configuration: history.configuration)
            for step in history.steps {
                // From the fifth lookup on there is an estimate.
                if pool.networkSizeEstimate(at: step.now) != nil { break }
                let state = pool.advance(step.event.asOptimistic, at: step.now)
                #expect(state == step.state, "seed \(seed)")
                #expect(pool.nextDeadline == step.nextDeadline)
                #expect(pool.ignoredEvents == step.view.ignoredEvents)
                #expect(pool.brokenInvariant() == nil)
                compared += 1
            }
        }
        #expect(compared > 10_000)
    }

    @Test("The share that must be answered is rounded up, and meant as written in decimals")
    func share() {
        typealias Machine = Optimistic<Key8, String>
        #expect(Machine.share(0.75, of: 20) == 15)
        #expect(Machine.share(0.07, of: 100) == 7)
        #expect(Machine.share(0.07, of: 101) == 8)
        #expect(Machine.share(0.001, of: 1) == 1)
        #expect(Machine.share(1, of: .max) == .max)
        for k in 1...200 { for percent in 1...100 { #expect(Machine.share(Double(percent) / 100, of: k) == (percent * k + 99) / 100) } }
    }
}

extension PoolEvent where Node == Key256, Message == String {
    /// The event, with an Optimistic that names no size in place of a FollowUp.
    fileprivate var asOptimistic: Self {
        guard case .startBroadcast(let id, let target, let message, let seed, .followUp(let options)) = self else { return self }
        return .startBroadcast(
            id: id, target: target, message: message, seed: seed, configuration: .optimistic(.init(stores: options.stores)))
    }
}
