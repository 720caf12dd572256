import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("The pool's next deadline is the earliest deadline + 1 ns")
struct DeadlineTests {
    let second = Nanoseconds.seconds(1)

    private func nanoseconds(_ seconds: Int64) -> Instant {
        Instant.start.advanced(by: .seconds(seconds)).firstMomentPast
    }

    @Test("None while nothing is awaited")
    func none() throws {
        let bench = try PoolBench()
        #expect(bench.pool.nextDeadline == nil)
        bench.put("a", seed: [1], stores: StoreOptions(storeTimeout: nil))
        #expect(bench.pool.nextDeadline == nil)
        #expect(bench.poll() == .waiting)
    }

    @Test("The earliest request, query and store, whoever's it is")
    func earliest() throws {
        let bench = try PoolBench(.init(timeout: .seconds(50), requestTimeout: .seconds(20)))
        bench.put("a", seed: [1], stores: StoreOptions(storeTimeout: .seconds(30)))
        #expect(bench.pool.nextDeadline == nanoseconds(30))
        bench.follow("b", seed: [2, 3])
        #expect(bench.pool.nextDeadline == nanoseconds(20))
        bench.wait(.seconds(19))
        #expect(bench.poll() == .ask("b", 3))
        #expect(bench.notFound("b", 2) == .waiting)
        #expect(bench.pool.nextDeadline == nanoseconds(30))
        #expect(bench.stored("a", 1) == .end("a", .completed, [1]))
        #expect(bench.pool.nextDeadline == nanoseconds(39))
        bench.found("b", 3, [4, 5])
        bench.wait(.seconds(15))
        #expect(bench.poll() == .ask("b", 5))
        #expect(bench.pool.nextDeadline == nanoseconds(39))
        bench.found("b", 4)
        #expect(bench.pool.nextDeadline == nanoseconds(50))
    }

    @Test("A queued broadcast has none, and a stopped one leaves none")
    func queued() throws {
        let bench = try PoolBench(.init(concurrency: 1, requestTimeout: .seconds(20)))
        bench.follow("a", seed: [1])
        bench.wait(second)
        #expect(bench.follow("b", seed: [2]) == .waiting)
        #expect(bench.pool.nextDeadline == nanoseconds(20))
        bench.stop("a")
        #expect(bench.pool.nextDeadline == nil)
        #expect(bench.poll() == .ask("b", 2))
        #expect(bench.pool.nextDeadline == nanoseconds(21))
    }

    @Test("Nothing changes before it, something does at it")
    func exact() throws {
        let bench = try PoolBench(.init(requestTimeout: .seconds(20)))
        bench.follow("a", seed: [1])
        bench.wait(.seconds(20))
        #expect(bench.poll() == .waiting)
        bench.wait(Nanoseconds(1))
        #expect(bench.now == bench.pool.nextDeadline)
        #expect(bench.poll() == .end("a", .noNodesFound))
        #expect(bench.pool.nextDeadline == nil)
    }

    @Test("A passed deadline counts until its broadcast had its turn, also when another one is served first")
    func passedOver() throws {
        let bench = try PoolBench()
        let stores = StoreOptions(storeTimeout: .seconds(10))
        bench.put("a", seed: [1], stores: stores)
        bench.put("b", seed: [2], stores: stores)
        bench.put("c", seed: [3], stores: StoreOptions(storeTimeout: .seconds(15)))
        bench.wait(.seconds(12))
        #expect(bench.poll() == .end("a", .completed, [1], errors: [(1, .timedOut)]))
        #expect(bench.pool.nextDeadline == nanoseconds(10))
        #expect(bench.pool.brokenInvariant() == nil)
        #expect(bench.poll() == .end("b", .completed, [2], errors: [(2, .timedOut)]))
        #expect(bench.pool.nextDeadline == nanoseconds(15))
    }

    @Test("A broadcast that had its turn is woken by its next deadline, though an earlier one of another is still open")
    func wokenAgain() throws {
        let bench = try PoolBench(.init(timeout: .seconds(10), queryConcurrency: 50, requestTimeout: .seconds(100)))
        #expect(bench.follow("a", seed: [1, 2, 3, 4, 5]) == .ask("a", 1))
        #expect(bench.put("b", seed: [1, 2], stores: StoreOptions(storeTimeout: .seconds(20), storeConcurrency: 1)) == .store("b", 1))
        bench.wait(.seconds(21))
        #expect(bench.poll() == .ask("a", 2))
        #expect(bench.poll() == .store("b", 2))
        #expect(bench.poll() == .ask("a", 3))
        #expect(bench.pool.nextDeadline == nanoseconds(10))
        bench.wait(.seconds(21))
        #expect(bench.poll() == .end("b", .completed, [1, 2], errors: [(1, .timedOut), (2, .timedOut)]))
        #expect(bench.pool.brokenInvariant() == nil)
    }

    @Test("A deadline beyond the end of time never passes")
    func endOfTime() throws {
        let bench = try PoolBench(.init(timeout: Nanoseconds(.max), requestTimeout: Nanoseconds(.max)))
        bench.wait(second)
        bench.follow("a", seed: [1])
        bench.put("b", seed: [2], stores: StoreOptions(storeTimeout: Nanoseconds(.max)))
        bench.now = .distantFuture
        #expect(bench.poll() == .waiting)
        #expect(bench.pool.brokenInvariant() == nil)
    }
}
