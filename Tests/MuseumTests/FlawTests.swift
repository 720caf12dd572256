import Broadcasts
import Coordination
import Museum
import Queries
import Testing
import Timeline

@Suite("What else the reference does")
struct FlawTests {
    @Test("A lost store reply keeps a broadcast waiting for ever, and nothing will ever wake the pool")
    func lostStore() throws {
        var reference = try Bench.reference()
        #expect(reference.put("A", target: 0x00, seed: [0x02]) == .store("A", 0x02))
        #expect(reference.poll() == .waiting)
        #expect(reference.pool.nextDeadline == nil)
        reference.wait(.seconds(1_000_000))
        #expect(reference.poll() == .waiting)
        #expect(reference.running == ["A"])
        #expect(reference.pool.view.broadcasts[0].stores == [StoreView(node: node(0x02), status: .waiting(sent: .start, deadline: nil))])

        var ours = try Bench.ours()
        #expect(ours.put("A", target: 0x00, seed: [0x02]) == .store("A", 0x02))
        ours.now = try #require(ours.pool.nextDeadline)
        #expect(ours.poll() == .finished("A", .completed, [0x02], errors: [0x02: .timedOut]))
    }

    @Test("Behind a Static that waits, a lookup has no turn, and its deadline passes unnoticed")
    func staticInFront() throws {
        var reference = try Bench.reference()
        #expect(reference.put("A", target: 0x00, seed: [0x02]) == .store("A", 0x02))
        #expect(reference.follow("B", target: 0x00, seed: [0x03, 0x04]) == .ask("B", 0x03, target: 0x00))
        #expect(reference.poll() == .waiting)
        #expect(reference.pool.nextDeadline == nil)
        reference.wait(.minutes(2))
        #expect(reference.poll() == .waiting)
        #expect(reference.stored("A", by: 0x02) == .finished("A", .completed, [0x02]))
        #expect(reference.poll() == .ask("B", 0x04, target: 0x00))

        var ours = try Bench.ours()
        #expect(ours.put("A", target: 0x00, seed: [0x02]) == .store("A", 0x02))
        #expect(ours.follow("B", target: 0x00, seed: [0x03, 0x04]) == .ask("B", 0x03, target: 0x00))
        #expect(ours.poll() == .ask("B", 0x04, target: 0x00))
    }

    @Test("What a broadcast left behind goes to the next that asks")
    func leftover() throws {
        var reference = try Bench.reference()
        #expect(reference.follow("A", target: 0x01, seed: [0x03, 0x04]) == .ask("A", 0x03, target: 0x01))
        #expect(reference.follow("B", target: 0x80, seed: []) == .ask("A", 0x04, target: 0x01))
        #expect(reference.found("A", by: 0x03) == .finished("A", .noNodesFound))
        #expect(reference.poll() == .waiting)
        let view = reference.pool.view
        #expect(view.heldSlots == 1)
        #expect(view.broadcast("B")?.phase == .finding)
        #expect(view.broadcast("B")?.query == nil)
        // The lookup of A goes on alone, until 04 is overdue. B, which never asked anybody, stores with the node that answered A.
        reference.now = try #require(reference.pool.nextDeadline)
        #expect(reference.now.nanoseconds == 60_000_000_001)
        #expect(reference.poll() == .store("B", 0x03))
        #expect(reference.stored("B", by: 0x03) == .finished("B", .completed, [0x03]))
        #expect(reference.poll() == .idle)
    }

    @Test("A lookup that runs out of time takes with it what it had found")
    func timeout() throws {
        let queries = QueryPoolConfiguration(timeout: .seconds(10))
        var reference = try Bench.reference(queries)
        #expect(reference.follow("A", target: 0x00, seed: [0x02, 0x03]) == .ask("A", 0x02, target: 0x00))
        #expect(reference.poll() == .ask("A", 0x03, target: 0x00))
        #expect(reference.found("A", by: 0x02) == .waiting)
        reference.now = try #require(reference.pool.nextDeadline)
        #expect(reference.now.nanoseconds == 10_000_000_001)
        #expect(reference.poll() == .finished("A", .queryTimedOut))
    }

    @Test("A stop while stores are awaited reports those not sent as contacted, too")
    func stopWhileStoring() throws {
        var reference = try Bench.reference()
        #expect(reference.follow("A", target: 0x00, seed: [0x02]) == .ask("A", 0x02, target: 0x00))
        #expect(reference.found("A", by: 0x02, closer: [0x03, 0x04]) == .ask("A", 0x03, target: 0x00))
        #expect(reference.poll() == .ask("A", 0x04, target: 0x00))
        #expect(reference.found("A", by: 0x03) == .waiting)
        #expect(reference.found("A", by: 0x04) == .store("A", 0x02))
        #expect(reference.poll() == .store("A", 0x03))
        #expect(reference.stored("A", by: 0x02) == .store("A", 0x04))
        #expect(
            reference.stop("A") == .finished("A", .stopped, [0x02, 0x03, 0x04], errors: [0x03: .cancelled, 0x04: .cancelled]))

        #expect(reference.put("B", target: 0x00, seed: [0x02, 0x03]) == .store("B", 0x02))
        #expect(
            reference.stop("B") == .finished("B", .stopped, [0x02, 0x03], errors: [0x02: .cancelled, 0x03: .cancelled]))
    }

    @Test("A stop is answered by whichever lookup has news, and may be lost")
    func lostStop() throws {
        var reference = try Bench.reference()
        #expect(reference.follow("A", target: 0x01, seed: [0x03, 0x04]) == .ask("A", 0x03, target: 0x01))
        #expect(reference.follow("B", target: 0x80, seed: []) == .ask("A", 0x04, target: 0x01))
        #expect(reference.found("A", by: 0x03) == .finished("A", .noNodesFound))
        #expect(reference.stop("B") == .waiting)
        #expect(reference.running == ["B"])
    }

    @Test("A store reply while the lookup runs is answered with idle")
    func idleWhileLooking() throws {
        var reference = try Bench.reference()
        #expect(reference.follow("A", target: 0x01, seed: [0x03]) == .ask("A", 0x03, target: 0x01))
        #expect(reference.stored("A", by: 0x77) == .idle)
        #expect(reference.running == ["A"])
        #expect(reference.poll() == .waiting)
    }

    @Test("With as many lookups as may be, the next one waits in line; an event of one lets it pass the limit")
    func slots() throws {
        var reference = try Bench.reference(QueryPoolConfiguration(concurrency: 1))
        #expect(reference.follow("A", target: 0x01, seed: [0x03, 0x04]) == .ask("A", 0x03, target: 0x01))
        #expect(reference.poll() == .ask("A", 0x04, target: 0x01))
        #expect(reference.follow("B", target: 0x80, seed: [0x81]) == .waiting)
        #expect(reference.pool.view.broadcast("B")?.phase == .queued)
        #expect(reference.found("A", by: 0x03) == .ask("B", 0x81, target: 0x80))
        #expect(reference.pool.view.heldSlots == 2)
    }

    @Test("Where the reference stops the program, the museum goes on")
    func programStops() throws {
        var reference = try Bench.reference()
        let hope = reference.feed(
            .startBroadcast(
                id: "O", target: node(0x01).key, message: Record(name: "O"), seed: [], configuration: .optimistic(OptimisticConfiguration())
            )
        )
        guard case .broadcastRejected("O", .invalidConfiguration(let error)) = hope else {
            Issue.record("an Optimistic was started: \(hope)")
            return
        }
        #expect(error.description == "strategy: the reference has no Optimistic; use a FollowUp or a Static in the museum")
        #expect(reference.put("S", target: 0x01, seed: [0x02]) == .store("S", 0x02))
        #expect(reference.found("S", by: 0x02) == .waiting)
        #expect(reference.pool.ignoredEvents == 1)
        #expect(reference.stored("S", by: 0x02) == .finished("S", .completed, [0x02]))
        #expect(reference.pool.ignoredEvents == 1)
    }

    @Test("A configuration out of its range is refused, as our own pool refuses it")
    func invalidConfiguration() throws {
        #expect(throws: ConfigurationError(field: "concurrency", problem: "0 is too small", remedy: "use 1 or more")) {
            _ = try Bench.reference(QueryPoolConfiguration(concurrency: 0))
        }
    }

    @Test("An observer sees every node once, and lookups and stores as they are")
    func view() throws {
        var reference = try Bench.reference()
        #expect(reference.put("A", target: 0x03, seed: [0x04, 0x02, 0x03]) == .store("A", 0x04))
        reference.wait(.seconds(1))
        #expect(reference.notStored("A", by: 0x04) == .store("A", 0x02))
        #expect(reference.stored("A", by: 0x04) == .store("A", 0x03))
        let broadcast = try #require(reference.pool.view.broadcast("A"))
        #expect(broadcast.phase == .awaitingStores)
        #expect(
            broadcast.stores == [
                StoreView(node: node(0x03), status: .waiting(sent: reference.now, deadline: nil)),
                StoreView(node: node(0x02), status: .waiting(sent: reference.now, deadline: nil)),
                StoreView(node: node(0x04), status: .failed(.failed("refused"))),
            ])
        #expect(reference.pool.view.slots == 3)
        #expect(reference.pool.view.heldSlots == 0)
    }
}
