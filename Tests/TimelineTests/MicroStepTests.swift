import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing

@testable import Timeline

@Suite("The messages within a step")
struct MicroStepTests {
    @Test("A FollowUp: every event, in every phase")
    func followUp() throws {
        var run = try SmallRun()
        run.start("b1", [0x40, 0x50])
        #expect(
            run.messages == [
                "1.1 pool told FollowUp b1: start, 2 seeds", "1.2 b1 told its lookup: poll", "1.3 lookup b1 said: findCloser 40",
                "1.4 FollowUp b1 said: findCloser 40", "1.5 pool said: findCloser b1 40",
            ])
        run.poll()
        #expect(
            run.messages == [
                "2.1 pool told FollowUp b1: poll", "2.2 b1 told its lookup: poll", "2.3 lookup b1 said: findCloser 50",
                "2.4 FollowUp b1 said: findCloser 50", "2.5 pool said: findCloser b1 50",
            ])
        run.found("b1", 0x40, [0x20, 0x30], at: 20)
        #expect(
            run.messages == [
                "3.1 pool told FollowUp b1: nodeResponse 40, 2 closer", "3.2 b1 told its lookup: nodeResponse 40, 2 closer",
                "3.3 lookup b1 said: findCloser 20", "3.4 FollowUp b1 said: findCloser 20", "3.5 pool said: findCloser b1 20",
            ])
        run.stored("b1", 0x40)
        #expect(
            run.messages == [
                "4.1 pool told FollowUp b1: storeRecordSuccess 40", "4.2 b1 told its lookup: poll", "4.3 lookup b1 said: waitingAtCapacity",
                "4.4 FollowUp b1 said: waiting", "4.5 pool said: waiting",
            ], "no store is awaited yet, so the lookup is polled")
        run.findFailed("b1", 0x20)
        #expect(
            run.messages == [
                "5.1 pool told FollowUp b1: nodeFailure 20, refused", "5.2 b1 told its lookup: nodeFailure 20, refused",
                "5.3 lookup b1 said: findCloser 30", "5.4 FollowUp b1 said: findCloser 30", "5.5 pool said: findCloser b1 30",
            ])
        run.found("b1", 0x30)
        #expect(
            run.messages == [
                "6.1 pool told FollowUp b1: nodeResponse 30, 0 closer", "6.2 b1 told its lookup: nodeResponse 30, 0 closer",
                "6.3 lookup b1 said: finished, closest: 30, 40", "6.4 FollowUp b1 said: storeRecord 30", "6.5 pool said: storeRecord b1 30",
            ], "50 is awaited, but it is farther than the two that answered")
        run.poll()
        #expect(
            run.messages == [
                "7.1 pool told FollowUp b1: poll", "7.2 FollowUp b1 said: storeRecord 40", "7.3 pool said: storeRecord b1 40",
            ])
        run.found("b1", 0x50)
        #expect(
            run.messages == [
                "8.1 pool told FollowUp b1: nodeResponse 50, 0 closer", "8.2 FollowUp b1 said: waiting", "8.3 pool said: waiting",
            ], "too late: the lookup is not told")
        run.storeFailed("b1", 0x30)
        #expect(
            run.messages == [
                "9.1 pool told FollowUp b1: storeRecordFailure 30, refused", "9.2 FollowUp b1 said: waiting", "9.3 pool said: waiting",
            ])
        run.stop("b1")
        #expect(
            run.messages == [
                "10.1 pool told FollowUp b1: stop", "10.2 FollowUp b1 said: finished, stopped: 0 of 2 stored",
                "10.3 pool said: broadcastFinished b1, stopped: 0 of 2 stored",
            ])
        run.stored("b1", 0x40)
        #expect(run.messages == ["11.1 pool said: idle"], "nobody is told of what comes after the end")
    }

    @Test("The ends of a FollowUp's lookup: out of time, stopped, nobody there")
    func lookupEnds() throws {
        var run = try SmallRun(.init(timeout: .milliseconds(500), replication: 2, requestTimeout: .seconds(1)))
        run.start("a", [0x10, 0x20])
        run.poll()
        run.found("a", 0x20)
        #expect(run.messages[2] == "3.3 lookup a said: waitingWithCapacity")
        run.poll(at: 501)
        #expect(
            run.messages == [
                "4.1 pool told FollowUp a: poll", "4.2 a told its lookup: poll", "4.3 lookup a said: timed out, closest: 20",
                "4.4 FollowUp a said: storeRecord 20", "4.5 pool said: storeRecord a 20",
            ])
        run.start("b", [0x10, 0x20])
        run.found("b", 0x10)
        run.stop("b")
        #expect(
            run.messages == [
                "7.1 pool told FollowUp b: stop", "7.2 b told its lookup: cancel", "7.3 lookup b said: finished, closest: 10",
                "7.4 FollowUp b said: finished, stopped: nothing stored", "7.5 pool said: broadcastFinished b, stopped: nothing stored",
            ])
        run.start("c", [])
        #expect(
            run.messages == [
                "8.1 pool told FollowUp c: start, 0 seeds", "8.2 c told its lookup: poll", "8.3 lookup c said: finished, closest: none",
                "8.4 FollowUp c said: finished, no node was found to store with: nothing stored",
                "8.5 pool said: broadcastFinished c, no node was found to store with: nothing stored",
            ])
        run.start("d", [0x10])
        run.poll(at: 2000)
        #expect(run.messages.last == "10.5 pool said: broadcastFinished d, no node was found to store with: nothing stored")
    }

    @Test("A Static: it has no lookup")
    func `static`() throws {
        var run = try SmallRun()
        run.start("s", [0x10, 0x20], .static(.init()))
        #expect(
            run.messages == [
                "1.1 pool told Static s: start, 2 seeds", "1.2 Static s said: storeRecord 10", "1.3 pool said: storeRecord s 10",
            ])
        run.poll()
        #expect(run.messages == ["2.1 pool told Static s: poll", "2.2 Static s said: storeRecord 20", "2.3 pool said: storeRecord s 20"])
        run.found("s", 0x10, [0x30])
        #expect(
            run.messages == ["3.1 pool told Static s: nodeResponse 10, 1 closer", "3.2 Static s said: waiting", "3.3 pool said: waiting"])
        run.findFailed("s", 0x10)
        #expect(run.messages[0] == "4.1 pool told Static s: nodeFailure 10, refused")
        run.poll()
        #expect(run.messages == ["5.1 pool said: waiting"], "a poll that finds nothing leaves no mark")
        run.stored("s", 0x10)
        run.storeFailed("s", 0x20)
        #expect(
            run.messages == [
                "7.1 pool told Static s: storeRecordFailure 20, refused", "7.2 Static s said: finished, completed: 1 of 2 stored",
                "7.3 pool said: broadcastFinished s, completed: 1 of 2 stored",
            ])
        run.start("s", [0x10], .static(.init()))
        run.stop("s")
        #expect(run.messages[0] == "9.1 pool told Static s: stop")
    }

    @Test("An Optimistic: it stores before it asks, and ends its lookup itself")
    func optimistic() throws {
        var run = try SmallRun(.small(k: 2, α: 1))
        run.start("o", [0x40], .optimistic(.init(networkSize: 64)))
        #expect(
            run.messages == [
                "1.1 pool told Optimistic o: start, 1 seed", "1.2 o told its lookup: poll", "1.3 lookup o said: findCloser 40",
                "1.4 Optimistic o said: findCloser 40", "1.5 pool said: findCloser o 40",
            ])
        run.found("o", 0x40, [0x01, 0x80])
        #expect(
            run.messages == [
                "2.1 pool told Optimistic o: nodeResponse 40, 2 closer", "2.2 o told its lookup: nodeResponse 40, 2 closer",
                "2.3 Optimistic o said: storeRecord 01", "2.4 pool said: storeRecord o 01",
            ])
        run.poll()
        #expect(run.messages[2] == "3.3 lookup o said: findCloser 01")
        run.storeFailed("o", 0x01)
        #expect(
            run.messages == [
                "4.1 pool told Optimistic o: storeRecordFailure 01, refused", "4.2 o told its lookup: poll",
                "4.3 lookup o said: waitingAtCapacity", "4.4 Optimistic o said: waiting", "4.5 pool said: waiting",
            ])
        run.found("o", 0x01, [0x08])
        #expect(
            run.messages == [
                "5.1 pool told Optimistic o: nodeResponse 01, 1 closer", "5.2 o told its lookup: nodeResponse 01, 1 closer",
                "5.3 o told its lookup: cancel", "5.4 lookup o said: finished, closest: 01, 40", "5.5 Optimistic o said: storeRecord 08",
                "5.6 pool said: storeRecord o 08",
            ])
        run.stored("o", 0x08)
        #expect(
            run.messages == [
                "6.1 pool told Optimistic o: storeRecordSuccess 08", "6.2 Optimistic o said: finished, completed: 1 of 2 stored",
                "6.3 pool said: broadcastFinished o, completed: 1 of 2 stored",
            ])
        run.start("p", [0x40], .optimistic(.init(networkSize: 64)))
        run.found("p", 0x40)
        #expect(run.messages[2...3] == ["8.3 lookup p said: finished, closest: 40", "8.4 Optimistic p said: storeRecord 40"])
        run.start("q", [0x40], .optimistic(.init(networkSize: 64)))
        run.findFailed("q", 0x40)
        #expect(run.messages[2] == "10.3 lookup q said: finished, closest: none")
        run.start("r", [0x40], .optimistic(.init()))
        run.stop("r")
        #expect(run.messages[1...2] == ["12.2 r told its lookup: cancel", "12.3 lookup r said: finished, closest: none"])
    }

    @Test("An event without work: the others are served")
    func turns() throws {
        var run = try SmallRun(.small(concurrency: 1))
        run.start("a", [0x10])
        run.start("s", [0x10, 0x20], .static(.init()))
        run.start("b", [0x30])
        #expect(
            run.messages == [
                "3.1 pool told FollowUp b: start, 1 seed", "3.2 b told its lookup: poll",
                "3.3 lookup b said: queued, no slot is free for it",
                "3.4 FollowUp b said: waiting", "3.5 pool told Static s: poll", "3.6 Static s said: storeRecord 20",
                "3.7 pool said: storeRecord s 20",
            ])
        run.found("b", 0x30)
        #expect(
            run.messages == [
                "4.1 pool told FollowUp b: nodeResponse 30, 0 closer", "4.2 b told its lookup: nodeResponse 30, 0 closer",
                "4.3 lookup b said: queued, no slot is free for it", "4.4 FollowUp b said: waiting", "4.5 pool said: waiting",
            ])
        run.stop("nobody")
        #expect(run.messages == ["5.1 pool said: waiting"])
        run.start("a", [0x10])
        #expect(
            run.messages == [
                "6.1 pool said: broadcastRejected a: a broadcast of this id is running; wait for its end or use another id"
            ])
        run.findFailed("a", 0x10)
        #expect(run.messages.last == "7.5 pool said: broadcastFinished a, no node was found to store with: nothing stored")
        run.stored("s", 0x10)
        #expect(
            run.messages == [
                "8.1 pool told Static s: storeRecordSuccess 10", "8.2 Static s said: waiting", "8.3 pool told FollowUp b: poll",
                "8.4 b told its lookup: poll", "8.5 lookup b said: findCloser 30", "8.6 FollowUp b said: findCloser 30",
                "8.7 pool said: findCloser b 30",
            ])
    }

    @Test("Several whose deadlines have passed, none with work: they are looked at in the order of the ring")
    func ring() throws {
        var run = try SmallRun(.small(k: 2, α: 3))
        for id in ["a", "b", "c"] as [OperationID] {
            run.start(id, [0x10, 0x20, 0x30])
            run.poll()
        }
        for _ in 0..<4 { run.poll() }
        #expect(run.steps.last?.state == .waiting)
        // Each asks a nearer node later, so a request of each stays awaited when the others expire.
        for id in ["b", "c", "a"] as [OperationID] { run.found(id, 0x20, [0x08], at: 900) }
        #expect(run.steps.last?.state.id == "a")
        run.poll(at: 1001)
        #expect(run.steps.last?.state == .waiting)
        let told = run.explainer.microSteps(of: run.steps.count)?.all.filter { $0.direction == .told }.map(\.machine) ?? []
        #expect(
            told == [
                .broadcast("b", .followUp), .lookup("b"), .broadcast("c", .followUp), .lookup("c"), .broadcast("a", .followUp),
                .lookup("a"),
            ],
            "a was served last, so the ring began with b")
    }

    @Test("A machine that does not keep to the rules: only what is certain is said")
    func flawed() throws {
        var run = try SmallRun()
        run.start("a", [0x10, 0x20])
        run.poll()
        let (before, gone) = (run.views[2], run.views[0])
        func messages(_ event: NetworkEvent, _ state: NetworkState, _ after: NetworkPoolView) -> [String] {
            let step = Step(number: 3, time: .start, event: event, trigger: .act, state: state, isIgnored: false)
            return MicroSteps(of: step, before: before, after: after).all.map { $0.text(SmallRun.names) }
        }
        // Another broadcast's result was taken for its own: it stores with a node that never answered it.
        let stores = [StoreView<NetworkNode>(node: node(0x77), status: .waiting(sent: .start, deadline: nil))]
        let stolen = NetworkPoolView(
            broadcasts: [BroadcastView(id: "a", strategy: .followUp, target: .zero, phase: .awaitingStores, query: nil, stores: stores)],
            heldSlots: 0, slots: 3, ignoredEvents: 0)
        #expect(
            messages(.poll, .storeRecord(id: "a", node: node(0x77), message: Record(name: "r")), stolen) == [
                "pool told FollowUp a: poll", "a told its lookup: poll", "lookup a said: ended, closest: 77",
                "FollowUp a said: storeRecord 77", "pool said: storeRecord a 77",
            ])
        #expect(messages(.poll, .idle, gone) == ["pool said: idle"], "it vanished, and nothing was said of it")
        #expect(
            messages(.stopBroadcast(id: "a"), .waiting, gone) == [
                "pool told FollowUp a: stop", "a told its lookup: cancel", "pool said: waiting",
            ])
        #expect(messages(.poll, .findCloser(id: "x", target: .zero, node: node(1)), before) == ["pool said: findCloser x 01"])
        #expect(
            messages(.stopBroadcast(id: "a"), .findCloser(id: "a", target: .zero, node: node(1)), before).count == 5,
            "a stop that is not heeded")
    }
}
