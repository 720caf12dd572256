import Broadcasts
import Coordination
import Kademlia
import Simulation
import Testing
import Timeline

@Suite("Journal")
struct JournalTests {
    private func node(_ index: Int32) -> NetworkNode { NetworkNode(index: index, key: Key256(UInt64(index) << 56, 0, 0, 0)) }

    private func moment(_ milliseconds: Int64) -> Instant { Instant.start.advanced(by: .milliseconds(milliseconds)) }

    /// A journal that is fed step by step.
    private struct Writer {
        var journal = Journal()
        var number = 0

        mutating func add(_ milliseconds: Int64, _ event: NetworkEvent, _ state: NetworkState, ignored: Bool = false) {
            number += 1
            journal.record(
                Step(
                    number: number, time: Instant.start.advanced(by: .milliseconds(milliseconds)), event: event, trigger: .act,
                    state: state, isIgnored: ignored))
        }
    }

    private func start(_ id: OperationID, _ seed: [Int32], record: String = "r") -> NetworkEvent {
        .startBroadcast(
            id: id, target: .zero, message: Record(name: record), seed: seed.map(node), configuration: .followUp(FollowUpConfiguration()))
    }

    private func found(_ id: OperationID, _ from: Int32, _ closer: [Int32]) -> NetworkEvent {
        .getCloserNodesSuccess(id: id, node: node(from), target: .zero, closer: closer.map(node))
    }

    private func ask(_ id: OperationID, _ index: Int32) -> NetworkState { .findCloser(id: id, target: .zero, node: node(index)) }

    private func store(_ id: OperationID, _ index: Int32) -> NetworkState {
        .storeRecord(id: id, node: node(index), message: Record(name: "r"))
    }

    /// A put that asks 1 and 2, hears of 3 from 1 and of 3 and 4 from 3; 2 fails; 3 and 4 are stored with.
    private func put() throws -> JournalEntry {
        var writer = Writer()
        writer.add(10, start("a", [1, 2]), ask("a", 1))
        writer.add(10, .poll, ask("a", 2))
        writer.add(30, found("a", 1, [3]), ask("a", 3))
        writer.add(35, .getCloserNodesFailure(id: "a", node: node(2), target: .zero, error: .failed("refused")), .waiting)
        writer.add(50, found("a", 3, [4, 1, 2]), ask("a", 4))
        writer.add(60, found("a", 4, []), store("a", 3))
        writer.add(60, .poll, store("a", 4))
        writer.add(64, .storeRecordSuccess(id: "a", node: node(3), request: Record(name: "r"), response: nil), .waiting)
        writer.add(
            90, .storeRecordFailure(id: "a", node: node(4), request: Record(name: "r"), error: .failed("refused")),
            .broadcastFinished(id: "a", outcome: BroadcastOutcome(reason: .completed, contacted: [node(3), node(4)])))
        return try #require(writer.journal.entry("a"))
    }

    @Test("Asked, answered, failed, stored: when, and how long it took")
    func trails() throws {
        let entry = try put()
        #expect(entry.started == moment(10))
        #expect(entry.strategy == .followUp)
        #expect(entry.seed == [node(1), node(2)])
        #expect(entry.askedCount == 4)
        #expect(entry.answeredCount == 3, "a failure is no answer")
        #expect(entry.trails[1]?.asked == moment(10))
        #expect(entry.trails[1]?.answered == moment(30))
        #expect(entry.trails[1]?.roundTrip == .milliseconds(20))
        #expect(entry.trails[2]?.findError == .failed("refused"))
        #expect(entry.trails[2]?.roundTrip == .milliseconds(25))
        #expect(entry.trails[3]?.storeSent == moment(60))
        #expect(entry.trails[3]?.roundTrip == .milliseconds(4), "the store's, once there is one")
        #expect(entry.trails[4]?.roundTrip == .milliseconds(30))
        #expect(entry.trails[5] == nil)
        #expect(entry.ended?.time == moment(90))
        #expect(entry.ended?.step == 9)
        #expect(entry.end == .finished(BroadcastOutcome(reason: .completed, contacted: [node(3), node(4)])))
    }

    @Test("Who told of whom first, and how many answers away a node is")
    func tellers() throws {
        let entry = try put()
        #expect([1, 2, 3, 4, 5].map { entry.teller(of: node($0)) } == [nil, nil, 1, 3, nil])
        #expect([1, 2, 3, 4, 5].map { entry.hops(to: node($0)) } == [0, 0, 1, 2, nil])
    }

    @Test("Nothing is answered yet: no round trip")
    func awaited() {
        var writer = Writer()
        writer.add(0, start("a", [1]), ask("a", 1))
        #expect(writer.journal.entry("a")?.trails[1]?.roundTrip == nil)
        #expect(writer.journal.entry("a")?.answeredCount == 0)
        writer.add(20, found("a", 1, []), store("a", 1))
        #expect(writer.journal.entry("a")?.trails[1]?.roundTrip == nil, "the store is awaited")
        #expect(writer.journal.entry("a")?.ended == nil)
    }

    @Test("An event that was ignored leaves no mark; one for a stranger neither")
    func ignored() {
        var writer = Writer()
        writer.add(0, start("a", [1]), ask("a", 1))
        let before = writer.journal
        writer.add(5, found("a", 7, [8, 9]), .waiting, ignored: true)
        writer.add(5, .getCloserNodesFailure(id: "a", node: node(1), target: .zero, error: .timedOut), .waiting, ignored: true)
        writer.add(6, .storeRecordSuccess(id: "a", node: node(1), request: Record(name: "r"), response: nil), .waiting, ignored: true)
        writer.add(6, .storeRecordFailure(id: "a", node: node(1), request: Record(name: "r"), error: .timedOut), .waiting, ignored: true)
        writer.add(7, found("nobody", 1, [2]), .waiting)
        writer.add(7, .stopBroadcast(id: "nobody"), .waiting)
        writer.add(8, .poll, .idle)
        #expect(writer.journal == before)
        #expect(writer.journal.entry("nobody") == nil)
    }

    @Test("A reply that comes late but counts is an answer: its closer nodes are known from then on")
    func late() throws {
        var writer = Writer()
        writer.add(0, start("a", [1, 2]), ask("a", 1))
        writer.add(100, .poll, ask("a", 2))
        writer.add(120, found("a", 1, [3]), ask("a", 3))
        let entry = try #require(writer.journal.entry("a"))
        #expect(entry.answeredCount == 1)
        #expect(entry.trails[1]?.roundTrip == .milliseconds(120))
        #expect(entry.hops(to: node(3)) == 1)
    }

    @Test("A start that is rejected is an entry that ended at once")
    func rejected() {
        var writer = Writer()
        writer.add(3, start("a", [1]), .broadcastRejected(id: "a", reason: .poolFull(limit: 1)))
        #expect(writer.journal.entries.map(\.id) == ["a"])
        #expect(writer.journal.entry("a")?.end == .rejected(.poolFull(limit: 1)))
        #expect(writer.journal.entry("a")?.ended?.step == 1)
        writer.add(9, start("a", [2]), ask("a", 2))
        #expect(writer.journal.entries.count == 2)
        #expect(writer.journal.entry("a")?.end == nil)
    }

    @Test("An id in use: the running entry goes on, also when it has asked nobody yet", arguments: [true, false])
    func idInUse(hasAsked: Bool) {
        var writer = Writer()
        writer.add(0, start("a", [1]), hasAsked ? ask("a", 1) : .waiting)
        let before = writer.journal
        writer.add(0, start("a", [2], record: "other"), .broadcastRejected(id: "a", reason: .idInUse))
        #expect(writer.journal == before)
    }

    @Test("An id that was used before and is rejected for want of room is an entry of its own")
    func rejectedAgain() {
        var writer = Writer()
        writer.add(0, start("a", []), .broadcastFinished(id: "a", outcome: BroadcastOutcome(reason: .noNodesFound)))
        writer.add(9, start("a", [1]), .broadcastRejected(id: "a", reason: .poolFull(limit: 1)))
        #expect(
            writer.journal.entries.map(\.end) == [
                .finished(BroadcastOutcome(reason: .noNodesFound)), .rejected(.poolFull(limit: 1)),
            ])
    }

    @Test("An id that is used again has an entry for each time; replies go to the last")
    func again() {
        var writer = Writer()
        writer.add(0, start("a", [1]), ask("a", 1))
        writer.add(1, .stopBroadcast(id: "a"), .broadcastFinished(id: "a", outcome: BroadcastOutcome(reason: .stopped)))
        writer.add(2, start("a", [1]), ask("a", 1))
        writer.add(5, found("a", 1, [2]), .waiting)
        #expect(writer.journal.entries.map(\.answeredCount) == [0, 1])
        #expect(writer.journal.entries.map { $0.ended?.step } == [2, nil])
    }

    @Test("What a whole run leaves behind agrees with its outcomes")
    func wholeRun() throws {
        var (world, journal, asked) = (try busyWorld(), Journal(), [:] as [OperationID: Set<Int32>])
        while let step = world.step() {
            journal.record(step)
            if case .findCloser(let id, _, let node) = step.state { asked[id, default: []].insert(node.index) }
        }
        #expect(journal.entries.count == 7)
        for entry in journal.entries {
            guard case .finished(let outcome) = entry.end else {
                Issue.record("\(entry.id) has not ended")
                continue
            }
            #expect(Set(entry.trails.filter { $0.value.storeSent != nil }.keys) == Set(outcome.contacted.map(\.index)))
            #expect(Set(entry.trails.filter { $0.value.asked != nil }.keys) == asked[entry.id])
            #expect(entry.askedCount == asked[entry.id]?.count)
            for node in entry.trails.keys.compactMap({ world.network.node($0) }) { #expect(entry.hops(to: node) != nil) }
        }
    }
}
