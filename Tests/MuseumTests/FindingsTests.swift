import Broadcasts
import Coordination
import Museum
import Queries
import Testing
import Timeline

/// The findings that were made by running the unmodified reference: event by event, with the results that it gave.
@Suite("Findings T1 to T6, and our pool under the same events")
struct FindingsTests {
    @Test("T1: an empty lookup finishes another's broadcast, and its owner never ends")
    func emptySeed() throws {
        var reference = try Bench.reference()
        #expect(reference.follow("A", target: 0x01, seed: [0x04, 0x03]) == .ask("A", 0x03, target: 0x01))
        #expect(reference.follow("B", target: 0x80, seed: []) == .ask("A", 0x04, target: 0x01))
        #expect(reference.found("A", by: 0x03) == .finished("A", .noNodesFound))
        for _ in 0..<5 { #expect(reference.poll() == .waiting) }
        #expect(reference.found("A", by: 0x04) == .waiting)
        #expect(reference.running == ["B"])
        #expect(reference.pool.ignoredEvents == 1)

        var ours = try Bench.ours()
        #expect(ours.follow("A", target: 0x01, seed: [0x04, 0x03]) == .ask("A", 0x03, target: 0x01))
        #expect(ours.follow("B", target: 0x80, seed: []) == .finished("B", .noNodesFound))
        #expect(ours.poll() == .ask("A", 0x04, target: 0x01))
        #expect(ours.found("A", by: 0x03) == .waiting)
        #expect(ours.found("A", by: 0x04) == .store("A", 0x03))
        #expect(ours.poll() == .store("A", 0x04))
        #expect(ours.stored("A", by: 0x03) == .waiting)
        #expect(ours.stored("A", by: 0x04) == .finished("A", .completed, [0x03, 0x04]))
    }

    @Test("T2: a record goes to the nodes that another's lookup found")
    func swappedResults() throws {
        var reference = try Bench.reference()
        #expect(reference.follow("B", target: 0x80, seed: [0x81, 0x83]) == .ask("B", 0x81, target: 0x80))
        #expect(reference.poll() == .ask("B", 0x83, target: 0x80))
        #expect(reference.found("B", by: 0x81) == .waiting)
        reference.wait(.seconds(30))
        #expect(reference.follow("A", target: 0x01, seed: [0x03, 0x04]) == .ask("A", 0x03, target: 0x01))
        #expect(reference.poll() == .ask("A", 0x04, target: 0x01))
        reference.wait(.seconds(31))
        #expect(reference.found("A", by: 0x03) == .store("A", 0x81))
        #expect(reference.poll() == .waiting)
        #expect(reference.stored("A", by: 0x81) == .finished("A", .completed, [0x81]))
        #expect(reference.poll() == .waiting)
        #expect(reference.running == ["B"])

        var ours = try Bench.ours()
        #expect(ours.follow("B", target: 0x80, seed: [0x81, 0x83]) == .ask("B", 0x81, target: 0x80))
        #expect(ours.poll() == .ask("B", 0x83, target: 0x80))
        #expect(ours.found("B", by: 0x81) == .waiting)
        ours.wait(.seconds(30))
        #expect(ours.follow("A", target: 0x01, seed: [0x03, 0x04]) == .ask("A", 0x03, target: 0x01))
        #expect(ours.poll() == .ask("A", 0x04, target: 0x01))
        ours.wait(.seconds(31))
        #expect(ours.found("A", by: 0x03) == .store("B", 0x81))
        #expect(ours.poll() == .waiting)
        #expect(ours.stored("B", by: 0x81) == .finished("B", .completed, [0x81]))
        #expect(ours.found("A", by: 0x04) == .store("A", 0x03))
        #expect(ours.poll() == .store("A", 0x04))
    }

    @Test("T3: stores lie ready while the pool says that it waits, whoever was started first", arguments: [true, false])
    func starvedStores(isStoringFirst: Bool) throws {
        func arrive<Machine>(_ bench: inout Bench<Machine>) {
            if !isStoringFirst { #expect(bench.follow("B", target: 0x80, seed: [0x83]) == .ask("B", 0x83, target: 0x80)) }
            #expect(bench.follow("A", target: 0x01, seed: [0x02, 0x03, 0x04]) == .ask("A", 0x03, target: 0x01))
            #expect(bench.poll() == .ask("A", 0x02, target: 0x01))
            #expect(bench.poll() == .ask("A", 0x04, target: 0x01))
            if isStoringFirst { #expect(bench.follow("B", target: 0x80, seed: [0x83]) == .ask("B", 0x83, target: 0x80)) }
            #expect(bench.found("A", by: 0x02) == .waiting)
            #expect(bench.found("A", by: 0x03) == .waiting)
            #expect(bench.found("A", by: 0x04) == .store("A", 0x03))
        }
        var reference = try Bench.reference()
        arrive(&reference)
        for _ in 0..<5 { #expect(reference.poll() == .waiting) }
        #expect(reference.pool.view.broadcast("A")?.phase == .storing)
        #expect(reference.stored("A", by: 0x03) == .store("A", 0x02))
        for _ in 0..<5 { #expect(reference.poll() == .waiting) }
        #expect(reference.notStored("A", by: 0x02) == .store("A", 0x04))

        var ours = try Bench.ours()
        arrive(&ours)
        #expect(ours.poll() == .store("A", 0x02))
        #expect(ours.poll() == .store("A", 0x04))
        #expect(ours.poll() == .waiting)
    }

    @Test("T4: a stranger's word, and a node's second word, are believed")
    func believedStrangers() throws {
        var reference = try Bench.reference()
        #expect(reference.put("A", target: 0x03, seed: [0x02]) == .store("A", 0x02))
        #expect(reference.stored("A", by: 0x77) == .waiting)
        #expect(reference.stored("A", by: 0x02) == .finished("A", .completed, [0x02, 0x77]))
        #expect(reference.put("B", target: 0x03, seed: [0x02, 0x03]) == .store("B", 0x02))
        #expect(reference.poll() == .store("B", 0x03))
        #expect(reference.stored("B", by: 0x02) == .waiting)
        #expect(reference.notStored("B", by: 0x02) == .waiting)
        #expect(
            reference.stored("B", by: 0x03)
                == .finished("B", .completed, [0x03, 0x02, 0x02], errors: [0x02: .failed("refused")]))
        #expect(reference.pool.ignoredEvents == 0)

        var ours = try Bench.ours()
        #expect(ours.put("A", target: 0x03, seed: [0x02]) == .store("A", 0x02))
        #expect(ours.stored("A", by: 0x77) == .waiting)
        #expect(ours.stored("A", by: 0x02) == .finished("A", .completed, [0x02]))
        #expect(ours.put("B", target: 0x03, seed: [0x02, 0x03]) == .store("B", 0x02))
        #expect(ours.poll() == .store("B", 0x03))
        #expect(ours.stored("B", by: 0x02) == .waiting)
        #expect(ours.notStored("B", by: 0x02) == .waiting)
        #expect(ours.stored("B", by: 0x03) == .finished("B", .completed, [0x03, 0x02]))
        #expect(ours.pool.ignoredEvents == 2)
    }

    @Test("T5: the second start's record goes where the first start's lookup led")
    func replacedBroadcast() throws {
        var reference = try Bench.reference()
        #expect(reference.follow("A", target: 0x01, seed: [0x02, 0x03], record: "first") == .ask("A", 0x03, target: 0x01))
        #expect(reference.follow("A", target: 0x80, seed: [0x81], record: "second") == .ask("A", 0x02, target: 0x01))
        #expect(reference.running == ["A"])
        #expect(reference.found("A", by: 0x03) == .waiting)
        #expect(reference.found("A", by: 0x02) == .store("A", 0x03, "second"))
        #expect(reference.poll() == .store("A", 0x02, "second"))
        #expect(reference.stored("A", by: 0x03) == .waiting)
        #expect(reference.stored("A", by: 0x02) == .finished("A", .completed, [0x03, 0x02]))

        var ours = try Bench.ours()
        #expect(ours.follow("A", target: 0x01, seed: [0x02, 0x03], record: "first") == .ask("A", 0x03, target: 0x01))
        #expect(
            ours.follow("A", target: 0x80, seed: [0x81], record: "second") == .broadcastRejected(id: "A", reason: .idInUse))
        #expect(ours.poll() == .ask("A", 0x02, target: 0x01))
        #expect(ours.found("A", by: 0x03) == .waiting)
        #expect(ours.found("A", by: 0x02) == .store("A", 0x03, "first"))
    }

    @Test("T6: a stop reports a node as contacted that was only queried")
    func claimedContacts() throws {
        var reference = try Bench.reference()
        #expect(reference.follow("A", target: 0x01, seed: [0x02, 0x06]) == .ask("A", 0x02, target: 0x01))
        #expect(reference.poll() == .ask("A", 0x06, target: 0x01))
        #expect(reference.found("A", by: 0x02) == .waiting)
        #expect(reference.stop("A") == .finished("A", .stopped, [0x02], errors: [0x02: .cancelled]))

        var ours = try Bench.ours()
        #expect(ours.follow("A", target: 0x01, seed: [0x02, 0x06]) == .ask("A", 0x02, target: 0x01))
        #expect(ours.poll() == .ask("A", 0x06, target: 0x01))
        #expect(ours.found("A", by: 0x02) == .waiting)
        #expect(ours.stop("A") == .finished("A", .stopped))
    }
}
