import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("Static: a put to the seed")
struct StaticTests {
    @Test("It stores in seed order, once with each node; the outcome is closest first")
    func order() throws {
        let bench = try PoolBench()
        #expect(bench.put("a", target: 0, seed: [9, 3, 9, 5, 3]) == .store("a", 9))
        #expect(bench.poll() == .store("a", 3))
        #expect(bench.poll() == .store("a", 5))
        #expect(bench.poll() == .waiting)
        #expect(bench.notStored("a", 9) == .waiting)
        #expect(bench.stored("a", 3) == .waiting)
        #expect(bench.notStored("a", 5) == .end("a", .completed, [3, 5, 9], errors: [(5, .broken), (9, .broken)]))
        #expect(bench.poll() == .idle)
    }

    @Test("The local node too, if it was given")
    func local() throws {
        let bench = try PoolBench()
        #expect(bench.put("a", seed: [0xff]) == .store("a", 0xff))
        #expect(bench.stored("a", 0xff) == .end("a", .completed, [0xff]))
    }

    @Test("An empty seed finishes at once, completed")
    func empty() throws {
        let bench = try PoolBench()
        #expect(bench.put("a", seed: []) == .end("a", .completed))
        #expect(bench.poll() == .idle)
    }

    @Test("It needs no query slot")
    func noSlot() throws {
        let bench = try PoolBench(.init(concurrency: 1))
        bench.follow("lookup", seed: [9])
        #expect(bench.put("a", seed: [1]) == .store("a", 1))
        #expect(bench.pool.view.heldSlots == 1)
    }

    @Test("At most storeConcurrency at once; a reply, a failure or an expiry makes room")
    func storeConcurrency() throws {
        let bench = try PoolBench()
        #expect(
            bench.put("a", seed: [1, 2, 3, 4, 5], stores: StoreOptions(storeTimeout: .seconds(10), storeConcurrency: 2)) == .store("a", 1))
        bench.wait(.seconds(1))
        #expect(bench.poll() == .store("a", 2))
        #expect(bench.poll() == .waiting)
        #expect(bench.stored("a", 2) == .store("a", 3))
        bench.wait(.seconds(9))
        #expect(bench.poll() == .waiting)
        bench.wait(Nanoseconds(1))
        #expect(bench.poll() == .store("a", 4))
        #expect(bench.notStored("a", 3) == .store("a", 5))
        bench.stored("a", 4)
        #expect(bench.stored("a", 5) == .end("a", .completed, [1, 2, 3, 4, 5], errors: [(1, .timedOut), (3, .broken)]))
    }

    @Test("Each store's clock starts when it goes out")
    func storeTimeout() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [1, 2], stores: StoreOptions(storeTimeout: .seconds(10)))
        bench.wait(.seconds(4))
        bench.poll()
        bench.wait(.seconds(7))
        #expect(bench.poll() == .waiting)
        #expect(
            bench.pool.view.broadcast("a")?.stores.map(\.status) == [
                .failed(.timedOut),
                .waiting(sent: Instant.start.advanced(by: .seconds(4)), deadline: Instant.start.advanced(by: .seconds(14))),
            ])
        bench.wait(.seconds(4))
        #expect(bench.poll() == .end("a", .completed, [1, 2], errors: [(1, .timedOut), (2, .timedOut)]))
    }

    @Test("A reply before its expiry is noticed counts; one after that is ignored and counted")
    func lateReply() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [1, 2, 3], stores: StoreOptions(storeTimeout: .seconds(10)))
        bench.poll()
        bench.wait(.seconds(5))
        bench.poll()
        bench.wait(.seconds(6))
        #expect(bench.stored("a", 1) == .waiting)
        #expect(bench.stored("a", 2) == .waiting)
        #expect(bench.pool.ignoredEvents == 1)
        #expect(bench.stored("a", 3) == .end("a", .completed, [1, 2, 3], errors: [(2, .timedOut)]))
    }

    @Test("Without a store timeout it waits for ever")
    func noTimeout() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [1], stores: StoreOptions(storeTimeout: nil))
        #expect(bench.pool.nextDeadline == nil)
        bench.now = .distantFuture
        #expect(bench.poll() == .waiting)
        #expect(bench.stored("a", 1) == .end("a", .completed, [1]))
    }

    @Test("A stop cancels what is awaited and tells what was not sent")
    func stop() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [5, 1, 4, 2], stores: StoreOptions(storeConcurrency: 2))
        bench.poll()
        bench.stored("a", 5)
        #expect(bench.stop("a") == .end("a", .stopped, [1, 4, 5], errors: [(1, .cancelled), (4, .cancelled)], notContacted: [2]))
        #expect(bench.stored("a", 1) == .idle)
    }

    @Test("Before its start and after its end the machine is idle; replies are counted, a second start too")
    func lifecycle() throws {
        var machine = try Static<Key8, String>(id: "a", message: "record")
        #expect(machine.advance(.poll, at: .start) == .idle)
        #expect(machine.advance(.stop, at: .start) == .idle)
        #expect(machine.advance(.storeRecordSuccess(node: 1, request: "", response: nil), at: .start) == .idle)
        #expect(machine.ignoredEvents == 1)
        #expect(machine.advance(.start(target: 0, seed: [1, 2]), at: .start) == .storeRecord(id: "a", node: 1, message: "record"))
        #expect(machine.advance(.start(target: 9, seed: [7]), at: .start) == .storeRecord(id: "a", node: 2, message: "record"))
        #expect(machine.advance(.poll, at: .start) == .waiting(id: "a"))
        #expect(machine.ignoredEvents == 2)
        _ = machine.advance(.stop, at: .start)
        #expect(machine.advance(.start(target: 0, seed: [1]), at: .start) == .idle)
        #expect(machine.advance(.nodeResponse(node: 1, closer: []), at: .start) == .idle)
        #expect(machine.ignoredEvents == 4)
    }
}
