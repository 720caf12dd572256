import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("FollowUp: find the closest, then store with them")
struct FollowUpTests {
    @Test("A lookup, then stores closest first, then the end")
    func wholeWay() throws {
        let bench = try PoolBench(.init(replication: 2))
        #expect(bench.follow("a", seed: [8]) == .ask("a", 8))
        #expect(bench.found("a", 8, [1, 2, 3]) == .ask("a", 1))
        #expect(bench.poll() == .ask("a", 2))
        #expect(bench.poll() == .ask("a", 3))
        #expect(bench.found("a", 2) == .waiting)
        #expect(bench.found("a", 1) == .store("a", 1))
        #expect(bench.found("a", 3, [0]) == .store("a", 2))
        #expect(bench.poll() == .waiting)
        #expect(bench.stored("a", 2) == .waiting)
        #expect(bench.notStored("a", 1) == .end("a", .completed, [1, 2], errors: [(1, .broken)]))
        #expect(bench.pool.ignoredEvents == 1)
    }

    @Test("Nobody to store with: an empty seed, only the local node, or nobody who answers")
    func nobody() throws {
        let bench = try PoolBench()
        #expect(bench.follow("a", seed: []) == .end("a", .noNodesFound))
        #expect(bench.follow("a", seed: [0xff]) == .end("a", .noNodesFound))
        bench.follow("a", seed: [1])
        #expect(bench.notFound("a", 1) == .end("a", .noNodesFound))
        #expect(bench.poll() == .idle)
    }

    @Test("A query that runs out of time without answers: queryTimedOut, nothing contacted")
    func timeoutWithoutAnswers() throws {
        let bench = try PoolBench(.init(timeout: .seconds(30), requestTimeout: .seconds(100)))
        bench.follow("a", seed: [1])
        bench.wait(.seconds(31))
        #expect(bench.poll() == .end("a", .queryTimedOut))
    }

    @Test("Stopped after the query timed out: stopped")
    func stoppedAfterTimeout() throws {
        let bench = try PoolBench(.init(timeout: .seconds(30), requestTimeout: .seconds(100)))
        bench.follow("a", seed: [1, 2])
        bench.poll()
        bench.found("a", 2)
        bench.wait(.seconds(31))
        bench.poll()
        #expect(bench.stop("a") == .end("a", .stopped, [2], errors: [(2, .cancelled)]))
    }

    @Test("The slot is free again when the lookup has ended or was stopped")
    func slot() throws {
        let bench = try PoolBench(.init(concurrency: 1))
        bench.follow("a", seed: [1])
        #expect(bench.follow("b", seed: [2]) == .waiting)
        #expect(bench.follow("c", seed: [3]) == .waiting)
        #expect(bench.pool.view.broadcasts.map(\.phase) == [.finding, .queued, .queued])
        #expect(bench.found("a", 1) == .store("a", 1))
        #expect(bench.pool.view.heldSlots == 0)
        #expect(bench.poll() == .ask("b", 2))
        #expect(bench.stop("b") == .end("b", .stopped))
        #expect(bench.poll() == .ask("c", 3))
        #expect(bench.pool.view.broadcasts.map(\.phase) == [.awaitingStores, .finding])
    }

    @Test("A queued broadcast can be stopped, and takes no replies")
    func stopQueued() throws {
        let bench = try PoolBench(.init(concurrency: 1))
        bench.follow("a", seed: [1])
        bench.follow("b", seed: [2])
        #expect(bench.found("b", 2, [0]) == .waiting)
        #expect(bench.notFound("b", 2) == .waiting)
        #expect(bench.stored("b", 2) == .waiting)
        #expect(bench.pool.ignoredEvents == 3)
        #expect(bench.stop("b") == .end("b", .stopped))
        #expect(bench.found("a", 1) == .store("a", 1))
    }

    @Test("storeConcurrency and storeTimeout hold for the second phase")
    func storeOptions() throws {
        let bench = try PoolBench()
        bench.follow("a", seed: [1, 2, 3], stores: StoreOptions(storeTimeout: .seconds(10), storeConcurrency: 1))
        bench.poll()
        bench.poll()
        bench.found("a", 1)
        bench.found("a", 3)
        #expect(bench.found("a", 2) == .store("a", 1))
        #expect(bench.poll() == .waiting)
        bench.wait(.seconds(11))
        #expect(bench.poll() == .store("a", 2))
        #expect(bench.stop("a") == .end("a", .stopped, [1, 2], errors: [(1, .timedOut), (2, .cancelled)], notContacted: [3]))
    }

    @Test("Before its start and after its end the machine is idle; a second start is ignored and counted")
    func lifecycle() throws {
        var queries = try QueryPool<Key8, String>(localNode: 0xff)
        var machine = try FollowUp<Key8, String>(id: "a", message: "record")
        #expect(machine.advance(.poll, at: .start, queries: &queries) == .idle)
        #expect(machine.advance(.nodeResponse(node: 1, closer: [2]), at: .start, queries: &queries) == .idle)
        #expect(machine.ignoredEvents == 1)
        let first = machine.advance(.start(target: 0, seed: [1, 2]), at: .start, queries: &queries)
        #expect(first == .findCloser(id: "a", node: 1, target: 0))
        let again = machine.advance(.start(target: 9, seed: [7]), at: .start, queries: &queries)
        #expect(again == .findCloser(id: "a", node: 2, target: 0))
        #expect(machine.ignoredEvents == 2)
        let end = machine.advance(.stop, at: .start, queries: &queries)
        #expect(end == .finished(id: "a", outcome: BroadcastOutcome(reason: .stopped)))
        #expect(queries.count == 0)
        for event: BroadcastEvent<Key8, String> in [.poll, .stop] {
            #expect(machine.advance(event, at: .start, queries: &queries) == .idle)
        }
        #expect(machine.ignoredEvents == 2)
        #expect(machine.advance(.nodeFailure(node: 1, error: .broken), at: .start, queries: &queries) == .idle)
        #expect(machine.advance(.start(target: 0, seed: [1]), at: .start, queries: &queries) == .idle)
        #expect(machine.ignoredEvents == 4)
    }
}
