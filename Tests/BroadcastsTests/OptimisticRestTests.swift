import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

/// By hand, as in ``OptimisticWalkTests``: k = 4 and 64 nodes, target 0; 1.74 · 256 / 64 = 6.98, so keys up to 6 are stored with early.
@Suite("Optimistic: the rest, the end, and stops")
struct OptimisticRestTests {
    private func bench() throws -> PoolBench { try PoolBench(.init(replication: 4)) }

    private func configuration(_ ratio: Double, _ stores: StoreOptions = .init()) -> OptimisticConfiguration {
        OptimisticConfiguration(returnRatio: ratio, networkSize: 64, stores: stores)
    }

    /// Ends the walk at once by the mean, with four nodes, and sends to all.
    private func sendAll(_ bench: PoolBench, _ ratio: Double, _ stores: StoreOptions = .init()) {
        bench.hope("a", seed: [8, 9, 10, 11], configuration(ratio, stores))
        bench.poll()
        bench.poll()
        #expect(bench.poll() == .store("a", 11))
        #expect(bench.poll() == .waiting)
        #expect(bench.pool.view.broadcast("a")?.optimistic?.walkEnd == .nearEnough)
    }

    @Test("It is over with the return ratio answered, failures included; the rest is unanswered, and late")
    func returnRatio() throws {
        let bench = try bench()
        sendAll(bench, 0.75)
        #expect(bench.stored("a", 9) == .waiting)
        #expect(bench.notStored("a", 11) == .waiting)
        #expect(bench.stored("a", 8) == .end("a", .completed, [8, 9, 10, 11], errors: [(11, .broken)], unanswered: [10]))
        #expect(bench.stored("a", 10) == .idle)
        #expect(bench.pool.ignoredEvents == 1)
    }

    @Test("The ratio is rounded up, and meant as written", arguments: [(0.01, 1), (0.25, 1), (0.26, 2), (0.5, 2), (0.76, 4), (1, 4)])
    func rounding(ratio: Double, answers: Int) throws {
        let bench = try bench()
        sendAll(bench, ratio)
        #expect(bench.pool.view.broadcast("a")?.optimistic?.answersNeeded == answers)
        for node in 8..<UInt8(8 + answers - 1) { #expect(bench.stored("a", Key8(node)) == .waiting) }
        let unanswered = (8..<12 as Range<UInt8>).dropFirst(answers).map { Key8($0) }
        #expect(bench.stored("a", Key8(UInt8(7 + answers))) == .end("a", .completed, [8, 9, 10, 11], unanswered: unanswered))
    }

    @Test("A store that expires is answered, so to speak")
    func expiry() throws {
        let bench = try bench()
        sendAll(bench, 0.5, StoreOptions(storeTimeout: .seconds(10)))
        bench.wait(.seconds(10))
        #expect(bench.stored("a", 8) == .waiting)
        bench.wait(Nanoseconds(1))
        let errors: [(Key8, RequestError)] = [(9, .timedOut), (10, .timedOut), (11, .timedOut)]
        #expect(bench.poll() == .end("a", .completed, [8, 9, 10, 11], errors: errors))
    }

    @Test("Fewer stores than the ratio asks for: all of them must be answered")
    func fewStores() throws {
        let bench = try bench()
        bench.hope("a", seed: [100], configuration(1))
        #expect(bench.found("a", 100) == .store("a", 100))
        #expect(bench.stored("a", 100) == .end("a", .completed, [100]))
    }

    @Test("storeConcurrency holds, early and late")
    func storeConcurrency() throws {
        let bench = try bench()
        #expect(bench.hope("a", seed: [1, 2, 90, 100], configuration(1, .init(storeConcurrency: 1))) == .store("a", 1))
        #expect(bench.poll() == .ask("a", 1))
        #expect(bench.pollUntilRest() == [.ask("a", 2), .ask("a", 90), .waiting])
        #expect(bench.found("a", 2, [8, 9]) == .waiting)  // the walk has ended: 1, 2, 8, 9
        #expect(bench.pool.view.broadcast("a")?.phase == .storing)
        #expect(bench.stored("a", 1) == .store("a", 2))
        #expect(bench.poll() == .waiting)
        #expect(bench.stored("a", 2) == .store("a", 8))
        #expect(bench.stop("a") == .end("a", .stopped, [1, 2, 8], errors: [(8, .cancelled)], notContacted: [9], early: [1]))
    }

    @Test("Stopped while queued, while walking without and with stores out, and after the walk")
    func stops() throws {
        let bench = try PoolBench(.init(concurrency: 1, replication: 4))
        bench.follow("b", seed: [50])
        bench.hope("a", seed: [1], configuration(1))
        #expect(bench.stop("a") == .end("a", .stopped))
        bench.stop("b")
        bench.hope("a", seed: [90], configuration(1))
        #expect(bench.stop("a") == .end("a", .stopped))
        #expect(bench.pool.view.heldSlots == 0)
        bench.hope("a", seed: [2, 3, 90], configuration(1, .init(storeConcurrency: 1)))
        bench.poll()
        #expect(bench.stop("a") == .end("a", .stopped, [2], errors: [(2, .cancelled)], notContacted: [3], early: [2]))
        #expect(bench.pool.view.heldSlots == 0)
        sendAll(bench, 1)
        bench.stored("a", 9)
        let errors: [(Key8, RequestError)] = [(8, .cancelled), (10, .cancelled), (11, .cancelled)]
        #expect(bench.stop("a") == .end("a", .stopped, [8, 9, 10, 11], errors: errors))
        #expect(bench.poll() == .idle)
    }

    @Test("An early store is not repeated at the end of the walk, nor is the local node ever stored with")
    func onceOnly() throws {
        let bench = try PoolBench(local: 1, .init(replication: 4))
        #expect(bench.hope("a", seed: [0, 1, 90], configuration(1)) == .store("a", 0))
        bench.pollUntilRest()
        bench.found("a", 0, [1, 90])
        #expect(bench.found("a", 90, [0, 1]) == .store("a", 90))
        #expect(bench.poll() == .waiting)
        bench.stored("a", 0)
        #expect(bench.stored("a", 90) == .end("a", .completed, [0, 90], early: [0]))
    }

    @Test("Before its start and after its end the machine is idle; a second start is ignored and counted")
    func lifecycle() throws {
        var queries = try QueryPool<Key8, String>(localNode: 0xff)
        var machine = try Optimistic<Key8, String>(id: "a", message: "record", networkSizeEstimate: 1000)
        #expect(machine.advance(.poll, at: .start, queries: &queries) == .idle)
        #expect(machine.advance(.nodeResponse(node: 1, closer: [2]), at: .start, queries: &queries) == .idle)
        #expect(machine.ignoredEvents == 1 && machine.thresholds == nil)
        #expect(machine.advance(.start(target: 0, seed: [90]), at: .start, queries: &queries) == .findCloser(id: "a", node: 90, target: 0))
        #expect(machine.thresholds?.networkSize == 1000)
        #expect(machine.advance(.start(target: 9, seed: [7]), at: .start, queries: &queries) == .waiting(id: "a"))
        #expect(machine.ignoredEvents == 2)
        let end = machine.advance(.stop, at: .start, queries: &queries)
        #expect(end == .finished(id: "a", outcome: BroadcastOutcome(reason: .stopped)))
        #expect(queries.count == 0)
        for event: BroadcastEvent<Key8, String> in [.poll, .stop, .start(target: 0, seed: [1]), .nodeFailure(node: 1, error: .broken)] {
            #expect(machine.advance(event, at: .start, queries: &queries) == .idle)
        }
        #expect(machine.ignoredEvents == 4)
    }
}
