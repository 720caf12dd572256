import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("BroadcastPool: turns")
struct TurnTests {
    @Test("Idle without broadcasts; events for ids that do not run are counted")
    func idle() throws {
        let bench = try PoolBench()
        #expect(bench.poll() == .idle)
        #expect(bench.stop("a") == .idle)
        #expect(bench.found("a", 1) == .idle)
        #expect(bench.notStored("a", 1) == .idle)
        #expect(bench.pool.ignoredEvents == 3)
        #expect(bench.pool.count == 0)
    }

    @Test("The ring begins after the last one named, also by an event's own answer")
    func ring() throws {
        let bench = try PoolBench()
        for id in ["c", "a", "b"] as [OperationID] { bench.put(id, seed: [1, 2, 3, 4]) }
        #expect(bench.poll() == .store("c", 2))
        #expect(bench.poll() == .store("a", 2))
        #expect(bench.stored("c", 1) == .store("c", 3))
        #expect(bench.poll() == .store("a", 3))
        #expect(bench.stored("b", 1) == .store("b", 2))
        #expect(bench.poll() == .store("c", 4))
        #expect(bench.pollUntilRest() == [.store("a", 4), .store("b", 3), .store("b", 4), .waiting])
    }

    @Test("The ring goes on after one that has finished")
    func ringAfterEnd() throws {
        let bench = try PoolBench()
        for id in ["a", "b", "c"] as [OperationID] { bench.put(id, seed: [1, 2, 3]) }
        #expect(bench.stop("b") == .end("b", .stopped, [1], errors: [(1, .cancelled)], notContacted: [2, 3]))
        #expect(bench.poll() == .store("c", 2))
        #expect(bench.poll() == .store("a", 2))
    }

    @Test("A rejection and an answer without a name leave the ring where it was")
    func ringAfterRejection() throws {
        let bench = try PoolBench()
        for id in ["a", "b", "c"] as [OperationID] { bench.put(id, seed: [1, 2, 3]) }
        #expect(bench.poll() == .store("a", 2))
        #expect(bench.put("c", seed: [9]) == .broadcastRejected(id: "c", reason: .idInUse))
        #expect(bench.poll() == .store("b", 2))
    }

    @Test("An event whose broadcast has no work lets the others have their turn")
    func eventWithoutWork() throws {
        let bench = try PoolBench()
        bench.follow("a", seed: [9])
        bench.put("b", seed: [1, 2, 3])
        #expect(bench.found("a", 77) == .store("b", 2))
        #expect(bench.stored("ghost", 1) == .store("b", 3))
        #expect(bench.poll() == .waiting)
    }

    @Test("A slot that gets free makes the next in line ready within the same advance")
    func freedSlot() throws {
        let bench = try PoolBench(.init(concurrency: 1, timeout: .seconds(30), requestTimeout: .seconds(10)))
        bench.follow("a", seed: [1])
        bench.follow("b", seed: [2])
        bench.follow("c", seed: [3])
        #expect(bench.poll() == .waiting)
        bench.wait(.seconds(11))
        #expect(bench.poll() == .end("a", .noNodesFound))
        #expect(bench.poll() == .ask("b", 2))
        #expect(bench.poll() == .waiting)
        #expect(bench.notFound("b", 2) == .end("b", .noNodesFound))
        #expect(bench.poll() == .ask("c", 3))
    }

    @Test("Slots go in order of start, whatever the ring says")
    func lineForSlots() throws {
        let bench = try PoolBench(.init(concurrency: 2))
        bench.follow("a", seed: [1])
        bench.follow("b", seed: [2])
        bench.follow("c", seed: [3])
        bench.follow("d", seed: [4])
        #expect(bench.stop("b") == .end("b", .stopped))
        #expect(bench.stop("a") == .end("a", .stopped))
        #expect(bench.pool.view.broadcasts.map(\.phase) == [.queued, .queued])
        #expect(bench.found("d", 4) == .ask("c", 3))
        #expect(bench.poll() == .ask("d", 4))
    }

    @Test("An expired deadline with nothing to show for it does not end the turn")
    func expiryWithoutWork() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [1, 2], stores: StoreOptions(storeTimeout: .seconds(10)))
        bench.wait(.seconds(5))
        bench.poll()
        bench.put("b", seed: [3], stores: StoreOptions(storeTimeout: .seconds(5)))
        bench.wait(.seconds(6))
        #expect(bench.poll() == .end("b", .completed, [3], errors: [(3, .timedOut)]))
        #expect(bench.poll() == .waiting)
        #expect(bench.stored("a", 1) == .waiting)
        #expect(bench.pool.ignoredEvents == 1)
        #expect(bench.stored("a", 2) == .end("a", .completed, [1, 2], errors: [(1, .timedOut)]))
    }

    @Test("An id may be used again at once; a reply for the old broadcast that fits the new one counts")
    func idReuse() throws {
        let bench = try PoolBench()
        bench.follow("a", seed: [1])
        #expect(bench.stop("a") == .end("a", .stopped))
        #expect(bench.follow("a", seed: [2]) == .ask("a", 2))
        #expect(bench.found("a", 1) == .waiting)
        #expect(bench.pool.ignoredEvents == 1)
        #expect(bench.found("a", 2) == .store("a", 2))
    }

    @Test("More than 64 broadcasts coming and going keep their places in the ring and their deadlines")
    func tidying() throws {
        let bench = try PoolBench()
        let stores = StoreOptions(storeTimeout: .seconds(100), storeConcurrency: 1)
        for number in 0..<3 { bench.put(OperationID("stays \(number)"), seed: [1, 2, 3, 4], stores: stores) }
        for number in 0..<300 {
            bench.wait(.milliseconds(1))
            let id = OperationID("passes \(number)")
            #expect(bench.put(id, seed: [9]) == .store(id, 9))
            #expect(bench.stored(id, 9) == .end(id, .completed, [9]))
            #expect(bench.pool.brokenInvariant() == nil)
            #expect(bench.pool.nextDeadline == Instant.start.advanced(by: .seconds(100)).firstMomentPast)
        }
        bench.now = Instant.start.advanced(by: .seconds(101))
        #expect(bench.pollUntilRest() == (0..<3).map { .store(OperationID("stays \($0)"), 2) } + [.waiting])
        for number in 0..<100 { bench.put(OperationID("crowd \(number)"), seed: [9, 8]) }
        for number in 0..<90 { bench.stop(OperationID("crowd \(number)")) }
        #expect(bench.poll() == .store("crowd 90", 8))
        bench.put("late", seed: [7, 6])
        #expect(bench.poll() == .store("crowd 91", 8))
        #expect(bench.pool.brokenInvariant() == nil)
        #expect(bench.pollUntilRest() == (92...99).map { .store(OperationID("crowd \($0)"), 8) } + [.store("late", 6), .waiting])
    }

    @Test("When the places are tidied, the ring goes on where it was")
    func ringAfterTidying() throws {
        let bench = try PoolBench(.init(concurrency: 1))
        bench.follow("lookup", seed: [9])
        for number in 0..<3 { bench.put(OperationID("stays \(number)"), seed: [1, 2, 3]) }
        for number in 0..<60 {
            let id = OperationID("passes \(number)")
            bench.put(id, seed: [9])
            bench.stored(id, 9)
        }
        #expect(bench.poll() == .store("stays 0", 2))
        // The 65th start, of a broadcast that has to wait for a slot.
        #expect(bench.follow("queued", seed: [8]) == .store("stays 1", 2))
        #expect(bench.pollUntilRest() == [.store("stays 2", 2)] + (0..<3).map { .store(OperationID("stays \($0)"), 3) } + [.waiting])
    }

    @Test("A hundred broadcasts over three slots all end well")
    func many() throws {
        let bench = try PoolBench(.init(concurrency: 3))
        var waitingFor: [(OperationID, Key8)] = []
        func act(on state: PoolState<Key8, String>) {
            if case .findCloser(let id, _, let node) = state { waitingFor.append((id, node)) }
            if case .storeRecord(let id, let node, _) = state { waitingFor.append((id, node)) }
        }
        for number in 0..<100 { act(on: bench.follow(OperationID("\(number)"), seed: [1, 2])) }
        var ended = 0
        for _ in 0..<2_000 {
            let states = bench.pollUntilRest()
            for state in states { act(on: state) }
            #expect(bench.pool.view.heldSlots <= 3)
            guard !waitingFor.isEmpty else { break }
            let (id, node) = waitingFor.removeFirst()
            let isLooking = bench.pool.view.broadcast(id)?.query != nil
            let state = isLooking ? bench.found(id, node) : bench.stored(id, node)
            if case .broadcastFinished(_, let outcome) = state {
                ended += 1
                #expect(outcome == BroadcastOutcome(reason: .completed, contacted: [1, 2]))
            }
            act(on: state)
        }
        #expect(ended == 100)
        #expect(bench.poll() == .idle)
    }
}
