import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

/// Where the Go implementation departs from its documentation. D1 is in ``IsolationTests``.
@Suite("The reference's departures do not come back")
struct DepartureTests {
    @Test("D2, T3: stores go out while another broadcast, started before or after, only waits", arguments: [true, false])
    func noStarvation(waitingFirst: Bool) throws {
        let bench = try PoolBench()
        if waitingFirst { bench.follow("B", seed: [9]) }
        bench.put("A", seed: [1, 2, 3, 4])
        if !waitingFirst { bench.follow("B", seed: [9]) }
        #expect(bench.pollUntilRest() == [.store("A", 2), .store("A", 3), .store("A", 4), .waiting])
    }

    @Test("D2: work comes before waiting, in turn")
    func fairTurn() throws {
        let bench = try PoolBench()
        bench.follow("waits", seed: [9])
        bench.put("a", seed: [1, 2, 3])
        bench.put("b", seed: [4, 5, 6])
        #expect(bench.pollUntilRest() == [.store("a", 2), .store("b", 5), .store("a", 3), .store("b", 6), .waiting])
    }

    @Test("D3, T5: a start under an id in use is rejected; the running broadcast keeps its target, record and nodes")
    func idInUse() throws {
        let bench = try PoolBench()
        #expect(bench.follow("A", target: 1, seed: [3]) == .ask("A", 3, target: 1))
        let before = bench.pool.view
        let again = PoolEvent<Key8, String>.startBroadcast(
            id: "A", target: 0x80, message: "another", seed: [0x81], configuration: .static(.init()))
        #expect(bench.feed(again) == .broadcastRejected(id: "A", reason: .idInUse))
        #expect(bench.pool.view == before)
        #expect(bench.found("A", 3) == .store("A", 3))
        #expect(bench.stored("A", 3) == .end("A", .completed, [3]))
    }

    @Test("D4: a store whose reply is lost times out", arguments: [true, false])
    func storeTimeout(isStatic: Bool) throws {
        let bench = try PoolBench()
        if isStatic {
            bench.put("a", seed: [1])
        } else {
            bench.follow("a", seed: [1])
            bench.found("a", 1)
        }
        bench.wait(.seconds(60))
        #expect(bench.poll() == .waiting)
        bench.wait(Nanoseconds(1))
        #expect(bench.poll() == .end("a", .completed, [1], errors: [(1, .timedOut)]))
        #expect(bench.stored("a", 1) == .idle)
        #expect(bench.pool.ignoredEvents == 1)
    }

    @Test("D5: at capacity, an expired request behind a closer one that is awaited frees its place")
    func deadlinesFirst() throws {
        let bench = try PoolBench(.init(queryConcurrency: 2, requestTimeout: .seconds(10)))
        #expect(bench.follow("a", seed: [8, 9]) == .ask("a", 8))
        #expect(bench.poll() == .ask("a", 9))
        bench.wait(.seconds(5))
        #expect(bench.found("a", 8, [1, 16]) == .ask("a", 1))
        #expect(bench.poll() == .waiting)
        bench.wait(.seconds(6))
        #expect(bench.poll() == .ask("a", 16))
    }

    @Test("D6: replication is the number of nodes stored with, below 20 and above", arguments: [1, 2, 19, 20, 21, 30])
    func replication(count: Int) throws {
        let bench = try PoolBench(.init(replication: count, queryConcurrency: 50))
        let nodes = (1...40).map { Key8($0) }
        bench.follow("a", seed: nodes)
        bench.pollUntilRest()
        var stored: [Key8] = []
        for node in nodes {
            var state = bench.found("a", node)
            while case .storeRecord(_, let target, _) = state {
                stored.append(target)
                state = bench.poll()
            }
        }
        #expect(stored == Array(nodes.prefix(count)))
    }

    @Test("D7, T4: store replies from strangers, and second ones, are ignored and counted")
    func rogueStores() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [2, 3])
        #expect(bench.stored("a", 77) == .store("a", 3))
        #expect(bench.stored("a", 2) == .waiting)
        #expect(bench.notStored("a", 2) == .waiting)
        #expect(bench.stored("a", 2) == .waiting)
        #expect(bench.notStored("a", 77) == .waiting)
        #expect(bench.stored("a", 3) == .end("a", .completed, [2, 3]))
        #expect(bench.pool.ignoredEvents == 4)
    }

    @Test("D7: a store reply from a chosen node that was not sent to yet is ignored")
    func earlyStoreReply() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [2, 3], stores: StoreOptions(storeConcurrency: 1))
        #expect(bench.stored("a", 3) == .waiting)
        #expect(bench.stored("a", 2) == .store("a", 3))
        #expect(bench.stored("a", 3) == .end("a", .completed, [2, 3]))
        #expect(bench.pool.ignoredEvents == 1)
    }

    @Test("D8, T6: a stop in the lookup has contacted nobody, though nodes were queried")
    func stopInLookup() throws {
        let bench = try PoolBench()
        bench.follow("a", seed: [2, 3])
        bench.found("a", 2)
        #expect(bench.stop("a") == .end("a", .stopped))
    }

    @Test("D8: a stop in the store phase tells who was sent to and who was not")
    func stopInStores() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [4, 3, 2, 1], stores: StoreOptions(storeConcurrency: 2))
        bench.poll()
        bench.notStored("a", 4)
        #expect(
            bench.stop("a") == .end("a", .stopped, [2, 3, 4], errors: [(2, .cancelled), (3, .cancelled), (4, .broken)], notContacted: [1]))
    }

    @Test("D9: a store reply in the query phase does what a poll would")
    func storeReplyInLookup() throws {
        let bench = try PoolBench()
        bench.follow("a", seed: [2, 3])
        #expect(bench.stored("a", 2) == .ask("a", 3))
        #expect(bench.notStored("a", 2) == .waiting)
        #expect(bench.pool.ignoredEvents == 2)
        bench.wait(.seconds(61))
        #expect(bench.stored("a", 2) == .end("a", .noNodesFound))
    }

    @Test("D10: a Static finishes once, then it is idle")
    func staticFinishesOnce() throws {
        var machine = try Static<Key8, String>(id: "a", message: "record")
        var queries = try QueryPool<Key8, String>(localNode: 0xff)
        #expect(machine.advance(.start(target: 0, seed: [1]), at: .start) == .storeRecord(id: "a", node: 1, message: "record"))
        let end = machine.advance(.storeRecordSuccess(node: 1, request: "", response: nil), at: .start)
        #expect(end == .finished(id: "a", outcome: BroadcastOutcome(reason: .completed, contacted: [1])))
        for _ in 0..<3 { #expect(machine.advance(.poll, at: .start) == .idle) }
        var broadcast = try Broadcast<Key8, String>(id: "a", message: "record", configuration: .static(.init()))
        let finished = broadcast.advance(.start(target: 0, seed: []), at: .start, queries: &queries)
        #expect(finished == .finished(id: "a", outcome: BroadcastOutcome(reason: .completed)))
        #expect(broadcast.advance(.poll, at: .start, queries: &queries) == .idle)
    }

    @Test("D12: the nodes that answered before the query timed out are stored with")
    func timeoutKeepsAnswers() throws {
        let bench = try PoolBench(.init(timeout: .seconds(30), requestTimeout: .seconds(40)))
        bench.follow("a", seed: [2, 3])
        bench.poll()
        bench.found("a", 3)
        bench.wait(.seconds(30))
        #expect(bench.poll() == .waiting)
        bench.wait(Nanoseconds(1))
        #expect(bench.poll() == .store("a", 3))
        #expect(bench.found("a", 2) == .waiting)
        #expect(bench.stored("a", 3) == .end("a", .queryTimedOut, [3]))
    }

    @Test("D13: find replies for a Static are ignored and counted")
    func findReplyForStatic() throws {
        let bench = try PoolBench()
        bench.put("a", seed: [1, 2])
        #expect(bench.found("a", 1, [5, 6]) == .store("a", 2))
        #expect(bench.notFound("a", 1) == .waiting)
        #expect(bench.pool.ignoredEvents == 2)
        bench.stored("a", 1)
        #expect(bench.stored("a", 2) == .end("a", .completed, [1, 2]))
    }

    @Test("D13: a configuration that cannot be used is rejected, and names the field")
    func rejectedConfigurations() throws {
        let bench = try PoolBench()
        func start(_ configuration: BroadcastConfiguration) -> PoolState<Key8, String> {
            bench.feed(.startBroadcast(id: "a", target: 0, message: "record", seed: [1], configuration: configuration))
        }
        for configuration: BroadcastConfiguration in [
            .followUp(.init(stores: StoreOptions(storeTimeout: .zero))), .static(.init(stores: StoreOptions(storeTimeout: .zero))),
            .optimistic(.init(stores: StoreOptions(storeTimeout: .zero))),
        ] {
            guard case .broadcastRejected("a", .invalidConfiguration(let error)) = start(configuration) else {
                Issue.record("\(configuration) is not rejected")
                continue
            }
            #expect(error.field == "storeTimeout")
        }
        #expect(bench.poll() == .idle)
    }

    @Test("D14: an empty id is rejected; any other text will do")
    func emptyID() throws {
        let bench = try PoolBench()
        #expect(bench.follow("", seed: [1]) == .broadcastRejected(id: "", reason: .emptyID))
        #expect(bench.poll() == .idle)
        #expect(bench.stored("", 1) == .idle)
        #expect(bench.follow(" ", seed: [1]) == .ask(" ", 1))
    }
}
