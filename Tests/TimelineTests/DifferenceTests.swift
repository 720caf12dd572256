import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing

@testable import Timeline

@Suite("What a step changed")
struct DifferenceTests {
    @Test("A FollowUp from its start to its end: every kind of change")
    func followUp() throws {
        var run = try SmallRun()
        run.start("b1", [0x40, 0x50])
        #expect(
            run.changes == [
                "pool FollowUp b1 began", "pool slots held: 0 -> 1 of 3", "followUp b1 phase: none -> finding", "lookup b1 began",
                "lookup b1 2 learned: 40, 50", "lookup b1 nearest known: none -> 40", "lookup b1 40: asked, awaited until 1.000 s",
                "lookup b1 requests 0 -> 1",
            ])
        run.poll()
        #expect(run.changes == ["lookup b1 50: asked, awaited until 1.000 s", "lookup b1 requests 1 -> 2"])
        run.found("b1", 0x40, [0x20, 0x60, 0xff, 0x50], at: 20)
        #expect(
            run.changes == [
                "lookup b1 2 learned: 20, 60", "lookup b1 nearest known: 40 -> 20", "lookup b1 20: asked, awaited until 1.020 s",
                "lookup b1 40: answered", "lookup b1 requests 2 -> 3, answers 0 -> 1",
            ])
        run.poll()
        #expect(run.changes == [])
        run.findFailed("b1", 0x20, at: 30)
        #expect(
            run.changes == [
                "lookup b1 20: failed", "lookup b1 60: asked, awaited until 1.030 s", "lookup b1 requests 3 -> 4, failures 0 -> 1",
            ])
        run.found("b1", 0x77, [0x01], at: 40)
        #expect(run.changes == ["pool 1 event ignored"])
        run.poll(at: 1001)
        #expect(run.changes == ["lookup b1 50: no answer in time", "lookup b1 failures 1 -> 2"])
        run.found("b1", 0x60, at: 1010)
        #expect(
            run.changes == [
                "pool slots held: 1 -> 0 of 3", "followUp b1 phase: finding -> storing", "followUp b1 2 chosen: 40, 60",
                "followUp b1 40: sent, awaited until 61.010 s", "lookup b1 60: answered", "lookup b1 ended",
            ])
        run.poll()
        #expect(run.changes == ["followUp b1 phase: storing -> awaitingStores", "followUp b1 60: sent, awaited until 61.010 s"])
        run.storeFailed("b1", 0x60, at: 1020)
        #expect(run.changes == ["followUp b1 60: failed, refused"])
        run.stored("b1", 0x40, at: 1030)
        #expect(run.changes == ["pool b1 ended: completed", "followUp b1 phase: awaitingStores -> ended", "followUp b1 40: stored"])
        run.poll()
        #expect(run.changes == [])
    }

    @Test("A store that expires, one that is cancelled, one that is never sent")
    func stores() throws {
        var run = try SmallRun()
        run.start("s", [0x10, 0x20, 0x30], .static(.init(stores: .init(storeTimeout: .seconds(1), storeConcurrency: 1))))
        #expect(
            run.changes == [
                "pool Static s began", "static s phase: none -> storing", "static s 3 chosen: 10, 20, 30",
                "static s 10: sent, awaited until 1.000 s",
            ])
        run.poll(at: 1001)
        #expect(run.changes == ["static s 10: failed, timed out", "static s 20: sent, awaited until 2.001 s"])
        run.stop("s")
        #expect(run.changes == ["pool s ended: stopped", "static s phase: storing -> ended", "static s 20: failed, cancelled"])
    }

    @Test("One that begins and ends in the same step, one that waits for a slot, and the one that is served instead")
    func slots() throws {
        var run = try SmallRun(.small(concurrency: 1))
        run.start("empty", [])
        #expect(run.changes == ["pool FollowUp empty began", "pool empty ended: no node was found to store with"])
        run.start("a", [0x10])
        run.start("b", [0x20])
        #expect(
            run.changes == [
                "pool FollowUp b began", "followUp b phase: none -> queued", "lookup b began", "lookup b 1 learned: 20",
                "lookup b nearest known: none -> 20",
            ])
        run.stop("a")
        #expect(
            run.changes == [
                "pool a ended: stopped", "pool slots held: 1 -> 0 of 1", "followUp a phase: finding -> ended", "lookup a ended",
            ])
        run.poll()
        #expect(
            run.changes == [
                "pool slots held: 0 -> 1 of 1", "followUp b phase: queued -> finding", "lookup b 20: asked, awaited until 1.000 s",
                "lookup b requests 0 -> 1",
            ])
        run.start("b", [0x30])
        #expect(run.changes == [], "a start that is refused changes nothing")
    }

    @Test("An Optimistic: thresholds, an early store, the end of its walk")
    func optimistic() throws {
        // With 64 nodes and k = 2, a node is near enough by itself below a distance of 3, and two whose mean is below 16 end the walk.
        var run = try SmallRun(.small(k: 2, α: 1))
        run.start("o", [0x40], .optimistic(.init(returnRatio: 0.5, networkSize: 64)))
        #expect(run.changes.contains("optimistic o thresholds for 64 nodes"))
        run.found("o", 0x40, [0x01, 0x80], at: 20)
        #expect(
            run.changes == [
                "optimistic o 1 chosen: 01", "optimistic o 01: sent, awaited until 60.020 s", "lookup o 2 learned: 01, 80",
                "lookup o nearest known: 40 -> 01", "lookup o 40: answered", "lookup o answers 0 -> 1",
            ])
        run.poll()
        #expect(run.changes == ["lookup o 01: asked, awaited until 1.020 s", "lookup o requests 1 -> 2"])
        run.found("o", 0x01, [0x08], at: 40)
        #expect(
            run.changes == [
                "pool slots held: 1 -> 0 of 3", "optimistic o phase: finding -> awaitingStores",
                "optimistic o the walk ended: the k closest known are near enough together", "optimistic o 1 chosen: 08",
                "optimistic o 08: sent, awaited until 60.040 s", "lookup o 01: answered", "lookup o ended",
            ])
        run.stored("o", 0x01, at: 50)
        #expect(
            run.changes == ["pool o ended: completed", "optimistic o phase: awaitingStores -> ended", "optimistic o 01: stored"],
            "one answer of two is enough; 08 stays as it was")
    }

    @Test("Lists are compared as sets, also when they are out of order")
    func merging() {
        func merge(_ old: [UInt8], _ new: [UInt8]) -> ([UInt8], [UInt8]) {
            let merge = SortedMerge(nodes(old), nodes(new), target: .zero)
            return (merge.added.map { new[$0] }, merge.removed.map { old[$0] })
        }
        #expect(merge([], []) == ([], []))
        #expect(merge([1, 5, 9], [1, 3, 9, 10]) == ([3, 10], [5]))
        #expect(merge([9, 1, 5], [5, 9, 1]) == ([], []), "the same nodes")
        #expect(merge([9, 1, 5], [1, 2, 9]) == ([2], [5]))
        #expect(merge([1], [1, 1]) == ([1], []), "twice is once more")
    }

    @Test("Many nodes, of which little changed: all is found")
    func large() throws {
        var run = try SmallRun(.small(k: 20, α: 100))
        run.start("b", Array(1...250))
        for _ in 0..<60 { run.poll() }
        run.found("b", 3, [252, 251, 4], at: 20)
        #expect(
            run.changes == [
                "lookup b 2 learned: fb, fc", "lookup b 03: answered", "lookup b 3e: asked, awaited until 1.020 s",
                "lookup b requests 61 -> 62, answers 0 -> 1",
            ])
    }

    @Test("A broadcast that vanishes without a word, one that changes its strategy, views that have nothing to do with each other")
    func forged() throws {
        var run = try SmallRun()
        run.start("a", [0x10, 0x20])
        run.start("b", [0x10], .static(.init()))
        let full = run.views[2]
        let step = Step(number: 9, time: .start, event: .poll, trigger: .continuation, state: .waiting, isIgnored: false)
        func lines(_ before: NetworkPoolView, _ after: NetworkPoolView) -> [String] {
            Difference(of: step, before: before, after: after).parts.flatMap { part in
                part.changes.map { "\(part.machine.shown) \($0.text(SmallRun.names))" }
            }
        }
        let empty = run.views[0]
        #expect(
            lines(full, empty) == [
                "pool a ended: nothing was said of it", "pool b ended: nothing was said of it", "pool slots held: 1 -> 0 of 3",
                "followUp a phase: finding -> ended", "lookup a ended", "static b phase: awaitingStores -> ended",
            ])
        let other = BroadcastView<NetworkNode>(id: "a", strategy: .static, target: .zero, phase: .storing, query: nil, stores: [])
        let swapped = NetworkPoolView(broadcasts: [full.broadcasts[1], other, other], heldSlots: 1, slots: 3, ignoredEvents: -5)
        #expect(
            lines(full, swapped) == [
                "pool a ended: nothing was said of it", "pool Static a began", "pool Static a began", "followUp a phase: finding -> ended",
                "lookup a ended", "static a phase: none -> storing", "static a phase: none -> storing",
            ])
    }
}
