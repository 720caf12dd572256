import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

/// The target is 0, k = 4, β = 1, α = 2.
@Suite("Broadcasts whose lookups follow up")
struct ResiliencyTests {
    private func bench(timeout: Nanoseconds = .minutes(5)) throws -> PoolBench {
        try PoolBench(
            .init(timeout: timeout, replication: 4, queryConcurrency: 2, requestTimeout: .minutes(1), resiliency: 1))
    }

    /// Asks 8 to 11 of five seeds, the last of them in the follow-up; 12 is not in the final set.
    private func ask(_ bench: PoolBench) {
        #expect(bench.poll() == .ask("a", 9))
        #expect(bench.poll() == .waiting)
        #expect(bench.found("a", 8) == .ask("a", 10))
        #expect(bench.poll() == .ask("a", 11))
        #expect(bench.poll() == .waiting)
        #expect(bench.pool.view.broadcast("a")?.query?.finalSet == [8, 9, 10, 11])
        #expect(bench.pool.view.broadcast("a")?.query?.isFollowingUp == true)
        #expect(bench.pool.brokenInvariant() == nil)
    }

    @Test("A FollowUp stores with the whole final set, also with a node that failed in the follow-up")
    func followUp() throws {
        let bench = try bench()
        #expect(bench.follow("a", seed: [8, 9, 10, 11, 12]) == .ask("a", 8))
        ask(bench)
        #expect(bench.notFound("a", 10) == .waiting)
        #expect(bench.found("a", 9) == .waiting)
        bench.wait(.seconds(61))
        #expect(bench.poll() == .store("a", 8))  // 11 has not answered in time
        #expect(bench.poll() == .store("a", 9))
        #expect(bench.poll() == .store("a", 10))
        #expect(bench.poll() == .store("a", 11))
        for node in [8, 9, 11] as [Key8] { #expect(bench.stored("a", node) == .waiting) }
        #expect(bench.notStored("a", 10) == .end("a", .completed, [8, 9, 10, 11], errors: [(10, .broken)]))
    }

    @Test("Out of time in the follow-up: stored with those that answered")
    func timeout() throws {
        let bench = try bench(timeout: .seconds(30))
        bench.follow("a", seed: [8, 9, 10, 11, 12])
        ask(bench)
        bench.found("a", 10)
        bench.wait(.seconds(31))
        #expect(bench.poll() == .store("a", 8))
        #expect(bench.poll() == .store("a", 10))
        bench.stored("a", 8)
        #expect(bench.stored("a", 10) == .end("a", .queryTimedOut, [8, 10]))
    }

    @Test("Stopped in the follow-up: nothing is contacted")
    func stop() throws {
        let bench = try bench()
        bench.follow("a", seed: [8, 9, 10, 11, 12])
        ask(bench)
        #expect(bench.stop("a") == .end("a", .stopped))
    }

    @Test("An Optimistic to whom nothing is near: its walk ends with the final set")
    func optimistic() throws {
        let bench = try bench()
        #expect(bench.hope("a", seed: [8, 9, 10, 11, 12], OptimisticConfiguration(returnRatio: 1, networkSize: 100_000)) == .ask("a", 8))
        ask(bench)
        bench.found("a", 9)
        bench.found("a", 10)
        #expect(bench.notFound("a", 11) == .store("a", 8))
        #expect(bench.pool.view.broadcast("a")?.optimistic?.walkEnd == .queryFinished)
        for node in [9, 10, 11] as [Key8] { #expect(bench.poll() == .store("a", node)) }
    }
}
