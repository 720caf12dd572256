import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

/// By hand: 8-bit keys, target 0, so a key is its distance. With k = 2 and 64 nodes the individual threshold lies between 2 and 3
/// (0.532 · 256 / 64 = 2.13), the set threshold between 15 and 16 (3.89 · 256 / 64 = 15.56), so the sum of two must be below 31.1.
@Suite("Optimistic: the walk")
struct OptimisticWalkTests {
    private func bench(concurrency: Int = 3, queryConcurrency: Int = 3, timeout: Nanoseconds = .minutes(5)) throws -> PoolBench {
        try PoolBench(
            .init(
                concurrency: concurrency, timeout: timeout, replication: 2, queryConcurrency: queryConcurrency,
                requestTimeout: .seconds(60)))
    }

    private let sized = OptimisticConfiguration(networkSize: 64)

    /// A set threshold of (0.045 · 256 / 64) = 0.18: the mean never ends a walk.
    private let patient = OptimisticConfiguration(setStrictness: 0.999, networkSize: 64)

    @Test("The thresholds are those of the size and of the pool's replication, and are seen")
    func thresholds() throws {
        let bench = try bench()
        bench.hope("a", seed: [40], sized)
        let view = try #require(bench.pool.view.broadcast("a")?.optimistic)
        #expect(view.thresholds == OptimisticThresholds<Key8>(networkSize: 64, replication: 2))
        #expect((view.thresholds.individual * 256).rounded(.down) == 2)
        #expect((view.thresholds.set * 256).rounded(.down) == 15)
        #expect(view == OptimisticView(thresholds: view.thresholds, walkEnd: nil, earlyStores: [], answersNeeded: 2))
    }

    @Test("A near node is stored with at once, before anything is asked; a node at the threshold is not")
    func earlyStore() throws {
        let bench = try bench()
        #expect(bench.hope("a", seed: [40, 3, 2], patient) == .store("a", 2))
        #expect(bench.pool.view.heldSlots == 0)
        #expect(bench.poll() == .ask("a", 2))
        #expect(bench.poll() == .ask("a", 3))
        #expect(bench.poll() == .ask("a", 40))
        #expect(bench.found("a", 40, [1]) == .store("a", 1))
        let view = try #require(bench.pool.view.broadcast("a"))
        #expect(view.phase == .finding)
        #expect(view.optimistic?.earlyStores == [1, 2])
        #expect(view.stores.map(\.node) == [1, 2])
    }

    @Test("Among those not sent to, the closest is next, whenever it was heard of")
    func order() throws {
        let bench = try PoolBench(.init(replication: 3))  // P⁻¹(3, 0.1) = 1.10; · 256 / 50 = 5.6
        let configuration = OptimisticConfiguration(
            setStrictness: 0.999, networkSize: 50, stores: StoreOptions(storeTimeout: .seconds(5), storeConcurrency: 1))
        #expect(bench.hope("a", seed: [5, 4, 40], configuration) == .store("a", 4))
        #expect(bench.poll() == .ask("a", 4))
        #expect(bench.found("a", 4, [1, 2]) == .ask("a", 1))
        #expect(bench.pool.view.broadcast("a")?.stores.map(\.node) == [1, 2, 4, 5])
        #expect(bench.stored("a", 4) == .store("a", 1))
        bench.wait(.seconds(6))  // the store with 1 expires
        #expect(bench.poll() == .store("a", 2))
        #expect(bench.notStored("a", 2) == .store("a", 5))
    }

    @Test("k stores awaited or successful end the walk: the query is stopped, its slot is free, late replies are ignored")
    func enoughStores() throws {
        let bench = try bench(concurrency: 1)
        #expect(bench.hope("a", seed: [40, 2, 1], patient) == .store("a", 1))
        #expect(bench.poll() == .store("a", 2))
        #expect(bench.follow("b", seed: [9]) == .ask("b", 9))  // visiting a has ended its walk, which freed the line for b
        let view = try #require(bench.pool.view.broadcast("a"))
        #expect(view.optimistic?.walkEnd == .enoughStores)
        #expect(view.phase == .awaitingStores && view.query == nil)
        #expect(bench.found("a", 40, [0]) == .waiting)
        #expect(bench.pool.ignoredEvents == 1)
        bench.stored("a", 1)
        #expect(bench.stored("a", 2) == .end("a", .completed, [1, 2], early: [1, 2]))
    }

    @Test("A walk that ends early may have nothing to send: then the freed slot serves another in the same advance")
    func freedSlot() throws {
        let bench = try bench(concurrency: 1)
        bench.hope("a", seed: [40], patient)
        bench.follow("b", seed: [9])
        #expect(bench.found("a", 40, [2, 1]) == .store("a", 1))
        #expect(bench.poll() == .store("a", 2))
        #expect(bench.pool.view.heldSlots == 1)
        #expect(bench.poll() == .ask("b", 9))
        #expect(bench.pool.view.broadcasts.map(\.phase) == [.awaitingStores, .finding])
    }

    @Test("k near nodes end the walk by their mean, and those not stored with follow")
    func nearEnough() throws {
        let bench = try bench()
        bench.hope("a", seed: [40], sized)
        #expect(bench.found("a", 40, [29, 7, 2, 20]) == .store("a", 2))  // 2 + 7 is below 31
        let view = try #require(bench.pool.view.broadcast("a"))
        #expect(view.optimistic?.walkEnd == .nearEnough && view.optimistic?.earlyStores == [])
        #expect(view.phase == .storing && view.stores.map(\.node) == [2, 7])
        #expect(bench.poll() == .store("a", 7))
        #expect(bench.poll() == .waiting)
        #expect(bench.found("a", 2, [0]) == .waiting)
        #expect(bench.pool.ignoredEvents == 1)
    }

    @Test("The mean must be below the threshold: 2 and 30 are too far, 1 and 30 are not; failed and unresponsive nodes don't count")
    func mean() throws {
        let bench = try bench()
        #expect(bench.hope("a", seed: [30, 2], sized) == .store("a", 2))
        bench.poll()
        #expect(bench.poll() == .ask("a", 30))
        #expect(bench.notFound("a", 2) == .waiting)
        #expect(bench.found("a", 30, [1]) == .store("a", 1))  // known good: 30 and 1
        #expect(bench.pool.view.broadcast("a")?.optimistic?.walkEnd == .nearEnough)
        #expect(bench.poll() == .store("a", 30))
    }

    @Test("An early store that failed keeps its rank, isn't replaced, and no longer counts among the k")
    func failedEarly() throws {
        let bench = try bench()
        #expect(bench.hope("a", seed: [40, 2], patient) == .store("a", 2))
        #expect(bench.notStored("a", 2) == .ask("a", 2))
        #expect(bench.poll() == .ask("a", 40))
        #expect(bench.found("a", 2, [1, 3]) == .store("a", 1))
        #expect(bench.poll() == .ask("a", 1))
        // The k closest are 1 and 2, and have answered: the query finishes with them, and 3 doesn't take the place of 2.
        #expect(bench.found("a", 1) == .waiting)
        #expect(bench.pool.view.broadcast("a")?.optimistic?.walkEnd == .queryFinished)
        #expect(bench.stored("a", 1) == .end("a", .completed, [1, 2], errors: [(2, .broken)], early: [1, 2]))
    }

    @Test("The query's timeout ends the walk: those that answered are stored with, and the outcome says so")
    func timeout() throws {
        let bench = try bench(queryConcurrency: 2, timeout: .seconds(30))
        #expect(bench.hope("a", seed: [40, 2, 50], patient) == .store("a", 2))
        bench.poll()
        #expect(bench.poll() == .ask("a", 40))
        #expect(bench.found("a", 40) == .ask("a", 50))
        bench.wait(.seconds(31))
        #expect(bench.poll() == .store("a", 40))
        #expect(bench.pool.view.broadcast("a")?.optimistic?.walkEnd == .queryTimedOut)
        bench.stored("a", 40)
        #expect(bench.stored("a", 2) == .end("a", .queryTimedOut, [2, 40], early: [2]))
    }

    @Test("Nobody to store with: noNodesFound; out of time without answers: queryTimedOut")
    func nobody() throws {
        let bench = try bench(timeout: .seconds(30))
        #expect(bench.hope("a", seed: [], sized) == .end("a", .noNodesFound))
        #expect(bench.hope("a", seed: [0xff], sized) == .end("a", .noNodesFound))
        bench.hope("a", seed: [40], sized)
        #expect(bench.notFound("a", 40) == .end("a", .noNodesFound))
        bench.hope("a", seed: [40], sized)
        bench.wait(.seconds(31))
        #expect(bench.poll() == .end("a", .queryTimedOut))
    }

    @Test("A broadcast without a slot neither asks nor stores")
    func queued() throws {
        let bench = try bench(concurrency: 1)
        bench.follow("a", seed: [9])
        #expect(bench.hope("b", seed: [1, 2], sized) == .waiting)
        #expect(bench.found("b", 1, [0]) == .waiting)
        #expect(bench.pool.ignoredEvents == 1)
        #expect(bench.found("a", 9) == .store("a", 9))
        #expect(bench.poll() == .store("b", 1))
        #expect(bench.poll() == .store("b", 2))
    }
}
