import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing

@testable import Timeline

/// A FollowUp to 00 that begins with 40 and 50, k = 2, α = 2; the distances are the keys.
///
///      1  b1 begins, 40 is asked          9  10 has expired: 30 is asked
///      2  50 is asked                    10  08 answers: the lookup has ended; 08 is stored with
///      3  40 tells of 10, 20: 10 asked   11  20 is stored with
///      4  50 tells of 30, ff: 20 asked   12  10 answers too late
///      5  nothing to do                  13  08 has stored
///      6  30 answers unasked             14  nothing to do
///      7  20 tells of 08: 08 is asked    15  the store with 20 has expired: b1 ends
///      8  nothing to do                  16  idle
func exampleRun() throws -> SmallRun {
    var run = try SmallRun()
    run.start("b1", [0x40, 0x50])
    run.poll()
    run.found("b1", 0x40, [0x10, 0x20], at: 20)
    run.found("b1", 0x50, [0x30, 0xff, 0x10], at: 30)
    run.poll()
    run.found("b1", 0x30, [], at: 40)
    run.found("b1", 0x20, [0x08], at: 50)
    run.poll()
    run.poll(at: 1021)
    run.found("b1", 0x08, at: 1030)
    run.poll()
    run.found("b1", 0x10, [0x01], at: 1050)
    run.stored("b1", 0x08, at: 1060)
    run.poll()
    run.poll(at: 62_000)
    run.poll()
    return run
}

@Suite("Why a broadcast stands with a node as it does")
struct NodeExplanationTests {
    private let run: SmallRun

    init() throws { run = try exampleRun() }

    private func explain(_ value: UInt8, at position: Int) -> Explanation {
        run.explainer(at: position).explain(.node(node(value), broadcast: 0))
    }

    @Test("Known: the requests in flight, or a nearer node, come first")
    func known() {
        let waits = explain(0x50, at: 1)
        #expect(waits.title == "50 for b1: known")
        #expect(
            waits.paragraphs == [
                "b1 began with it: it is a seed.", "A request is free, so the closest node not asked yet is asked in b1's next turn.",
            ])
        #expect(waits.rule == .walk)
        #expect(waits.shownCauses == ["1: b1 began with 50 among its seeds"])
        let full = explain(0x30, at: 5)
        #expect(
            full.paragraphs == [
                "50 told of it, in its answer of step 4.", "2 requests of at most 2 are in flight: 10, 20.",
            ])
        #expect(full.rule == .capacity)
        #expect(
            full.shownCauses == ["3: 10 was asked, and is awaited", "4: 50 told of 30; 20 was asked, and is awaited"])
        let later = explain(0x20, at: 3)
        #expect(later.paragraphs.last == "2 requests of at most 2 are in flight: 10, 50.")
        #expect(later.shownCauses == ["2: 50 was asked, and is awaited", "3: 40 told of 20; 10 was asked, and is awaited"])
    }

    @Test("Asked, answered, not answered in time")
    func lookup() {
        let asked = explain(0x30, at: 9)
        #expect(asked.title == "30 for b1: asked")
        #expect(asked.paragraphs.last == "Its answer is awaited until 2.021 s.")
        #expect(asked.rule == .walk)
        #expect(asked.shownCauses == ["4: 50 told of 30", "9: 30 was asked"])
        let answered = explain(0x20, at: 9)
        #expect(answered.title == "20 for b1: answered")
        #expect(
            answered.paragraphs.last == "Of the 3 nodes that have answered it is number 1 by distance; the record goes to the 2 closest.")
        #expect(answered.rule == .answer)
        #expect(answered.shownCauses == ["3: 40 told of 20", "4: 20 was asked", "7: 20 answered"])
        let late = explain(0x10, at: 9)
        #expect(late.title == "10 for b1: no answer")
        #expect(late.paragraphs.last == "Its time was up at 1.020 s; the first step after that is 9.")
        #expect(late.rule == .expiry)
        #expect(late.shownCauses == ["3: 40 told of 10; 10 was asked", "9: its time to answer was over"])
    }

    @Test("Failed, asked and unasked")
    func failed() throws {
        var run = try SmallRun()
        run.start("b1", [0x10, 0x20])
        run.findFailed("b1", 0x20)
        run.findFailed("b1", 0x10)
        run = try SmallRun()
        run.start("b1", [0x10, 0x20, 0x30])
        run.findFailed("b1", 0x30)
        run.findFailed("b1", 0x10)
        let asked = run.explainer.explain(.node(node(0x10), broadcast: 0))
        #expect(asked.title == "10 for b1: failed")
        #expect(asked.rule == .failure)
        #expect(asked.shownCauses == ["1: b1 began with 10 among its seeds; 10 was asked", "3: 10 failed: refused"])
        let unasked = run.explainer.explain(.node(node(0x30), broadcast: 0))
        #expect(unasked.paragraphs.last == "A failure of it was reported in step 2, though nobody had asked it: refused.")
        #expect(unasked.shownCauses == ["1: b1 began with 30 among its seeds", "2: 30 failed: refused"])
    }

    @Test("Chosen: sent, to do, stored, expired")
    func stores() {
        let todo = explain(0x20, at: 10)
        #expect(todo.title == "20 for b1: todo")
        #expect(todo.paragraphs.suffix(2).first == "It is number 2 of the 2 nodes that were chosen when the lookup had ended.")
        #expect(todo.shownCauses == ["3: 40 told of 20", "4: 20 was asked", "7: 20 answered", "10: the lookup had ended"])
        let waiting = explain(0x20, at: 11)
        #expect(waiting.title == "20 for b1: waiting")
        #expect(waiting.paragraphs.last == "Its answer is awaited until 61.030 s.")
        #expect(waiting.rule == .storeReply)
        #expect(waiting.shownCauses.last == "11: 20 was sent the record")
        let stored = explain(0x08, at: 16)
        #expect(stored.title == "08 for b1: stored")
        #expect(
            stored.shownCauses == [
                "7: 20 told of 08; 08 was asked", "10: 08 answered; 08 was sent the record", "13: it stored the record",
            ])
        let expired = explain(0x20, at: 16)
        #expect(expired.title == "20 for b1: not stored (timed out)")
        #expect(expired.rule == .storeTimeout)
        #expect(expired.shownCauses.suffix(2) == ["11: 20 was sent the record", "15: its time to store was over"])
    }

    @Test("After a lookup: those that were not chosen")
    func afterLookup() {
        #expect(explain(0x10, at: 16).title == "10 for b1: no answer")
        #expect(explain(0x30, at: 16).title == "30 for b1: unneeded")
        #expect(explain(0x40, at: 16).title == "40 for b1: answered")
        #expect(explain(0x01, at: 16).title == "01 for b1: unknown")
        let standing = run.explainer.standing(of: node(0x30), broadcast: 0)
        #expect(standing == .unneeded)
        #expect(run.explainer.standing(of: node(0x30), broadcast: 1) == nil)
    }

    @Test("Stopped: cancelled and not sent; a node that a Static was not given")
    func stopped() throws {
        var run = try SmallRun()
        run.start("s", [0x10, 0x20], .static(.init(stores: .init(storeConcurrency: 1))))
        let todo = run.explainer.explain(.node(node(0x20), broadcast: 0))
        #expect(todo.rule == .storeConcurrency)
        #expect(todo.paragraphs.last == "It is sent to when it is its turn: at most 1 store may be in flight.")
        run.stop("s")
        let cancelled = run.explainer.explain(.node(node(0x10), broadcast: 0))
        #expect(cancelled.title == "10 for s: not stored (cancelled)")
        #expect(cancelled.rule == .stop)
        #expect(cancelled.shownCauses == ["1: s began with 10 among its seeds; 10 was sent the record", "2: s was stopped"])
        let notSent = run.explainer.explain(.node(node(0x20), broadcast: 0))
        #expect(notSent.title == "20 for s: not sent")
        #expect(notSent.shownCauses == ["1: s began with 20 among its seeds", "2: s ended"])
        let other = run.explainer.explain(.node(node(0x30), broadcast: 0))
        #expect(other.rule == .staticSeed)
        #expect(other.paragraphs == ["It is no seed of s, and a Static knows no other nodes."])
    }

    @Test("An Optimistic: stored early, unanswered at its end")
    func optimistic() throws {
        var run = try SmallRun(.small(k: 2, α: 1))
        run.start("o", [0x40], .optimistic(.init(returnRatio: 0.5, networkSize: 64)))
        run.found("o", 0x40, [0x01, 0x80], at: 20)
        let early = run.explainer.explain(.node(node(0x01), broadcast: 0))
        #expect(early.title == "01 for o: waiting")
        #expect(early.paragraphs[1].hasPrefix("It was stored with while the lookup still went on: its distance 01 is not above 02"))
        #expect(run.explainer.explain(.state(step: 2)).rule == .earlyStore)
        run.poll()
        run.found("o", 0x01, [0x08], at: 40)
        #expect(run.explainer.explain(.state(step: 4)).rule == .theRest)
        run.stored("o", 0x01, at: 50)
        let open = run.explainer.explain(.node(node(0x08), broadcast: 0))
        #expect(open.title == "08 for o: unanswered")
        #expect(open.rule == .returnRatio)
        #expect(open.shownCauses.last == "5: o ended")
        #expect(run.explainer.explain(.state(step: 5)).rule == .returnRatio)
        #expect(run.explainer.explain(.node(node(0x01), broadcast: 0)).rule == .storeReply)
    }
}

@Suite("Why a node is not in the closest set")
struct NotClosestTests {
    private let run: SmallRun

    init() throws { run = try exampleRun() }

    private func explain(_ value: UInt8, at position: Int, knowsPast: Bool = true) -> Explanation {
        run.explainer(at: position, knowsPast: knowsPast).explain(.notClosest(node(value), broadcast: 0))
    }

    @Test("Nobody told of it; only an answer that was ignored did; it is the local node")
    func unheard() {
        #expect(explain(0x77, at: 16).paragraphs == ["It is no seed, and no answer that b1 took has named it."])
        #expect(explain(0x77, at: 16).shownCauses == ["1: b1 began, with other seeds"])
        #expect(explain(0x01, at: 16).paragraphs == ["10 named it in step 12, but that answer was ignored."])
        #expect(explain(0x01, at: 16).shownCauses == ["12: 10 named 01, in vain"])
        #expect(
            explain(0xff, at: 9).paragraphs == [
                "The lookup did not take it up: it leaves out the local node, and a node whose key it knows already."
            ])
    }

    @Test("Told, but farther than the k-th, with both distances", arguments: [true, false])
    func farther(knowsPast: Bool) {
        let answer = explain(0x50, at: 16, knowsPast: knowsPast)
        #expect(answer.title == "50 is not in the closest set of b1")
        #expect(
            answer.paragraphs == [
                "b1 began with it: it is a seed.", "It was asked for closer nodes in step 2, when the walk came to it.",
                "It answered in step 4.",
                "The 2 nodes of the set are all nearer: its distance to the target is 50, that of the last of them, 20, is 20.",
            ])
        #expect(answer.rule == .enough)
        #expect(
            answer.shownCauses == [
                "1: b1 began with 50 among its seeds", "2: 50 was asked", "4: 50 answered", "7: 20, which is nearer, answered",
                "10: the lookup had ended",
            ])
    }

    @Test("Never asked, because nearer ones had answered")
    func neverAsked() throws {
        var run = try SmallRun(.small(k: 1, α: 1))
        run.start("b1", [0x10, 0x20])
        run.found("b1", 0x10, at: 5)
        let answer = run.explainer.explain(.notClosest(node(0x20), broadcast: 0))
        #expect(
            answer.paragraphs == [
                "b1 began with it: it is a seed.",
                "The 1 node of the set is nearer: its distance to the target is 20, that of the last of them, 10, is 10.",
                "That is why it was never asked.",
            ])
        #expect(
            answer.shownCauses == [
                "1: b1 began with 20 among its seeds", "2: 10, which is nearer, answered; the lookup had ended",
            ])
    }

    @Test("Failed; unresponsive; not needed")
    func noAnswer() throws {
        #expect(explain(0x10, at: 16).rule == .expiry)
        #expect(explain(0x10, at: 16).paragraphs.last == "It had not answered in time when the lookup ended by step 10.")
        #expect(explain(0x10, at: 16).shownCauses == ["3: 40 told of 10; 10 was asked", "10: the lookup had ended"])
        #expect(explain(0x30, at: 16).rule == .enough)
        #expect(explain(0x10, at: 9).rule == .expiry)
        var run = try SmallRun()
        run.start("b1", [0x10, 0x20])
        run.findFailed("b1", 0x10, at: 3)
        run.found("b1", 0x20, at: 5)
        let failed = run.explainer.explain(.notClosest(node(0x10), broadcast: 0))
        #expect(failed.rule == .failure)
        #expect(failed.paragraphs.last == "A node that failed is not stored with.")
        #expect(failed.shownCauses == ["1: b1 began with 10 among its seeds; 10 was asked", "2: 10 failed: refused"])
    }

    @Test("While the lookup runs: not yet, or it is there so far")
    func running() {
        #expect(
            explain(0x30, at: 9).paragraphs.last
                == "Its distance to the target, 30, is less than that of 40, 40: if it answers, it takes a place in the set.")
        let farther = explain(0x50, at: 9)
        #expect(
            farther.paragraphs.last
                == "2 nodes nearer than it have answered: its distance to the target is 50, that of the last of them, 40, is 40.")
        #expect(
            farther.shownCauses == [
                "1: b1 began with 50 among its seeds", "2: 50 was asked", "3: 40, which is nearer, answered", "4: 50 answered",
            ])
        let soFar = explain(0x40, at: 9)
        #expect(soFar.title == "40 is among the closest that b1 has found so far")
        #expect(soFar.paragraphs.last == "It stays there unless 1 nearer node answers; the set is final when the lookup ends.")
        #expect(explain(0x20, at: 2).paragraphs == ["It is no seed, and no answer that b1 took has named it."])
        #expect(
            explain(0x50, at: 1).paragraphs.suffix(2) == [
                "It has not been asked yet.", "So far 0 of the 2 nodes looked for have answered.",
            ])
    }

    @Test("It is in the set")
    func inside() {
        #expect(explain(0x20, at: 16).title == "20 is in the closest set of b1")
        #expect(explain(0x20, at: 16).shownCauses == run.explainer.explain(.node(node(0x20), broadcast: 0)).shownCauses)
    }

    @Test("A Static knows its seed only; a stop, a timeout and an early end cut the lookup short; a refused one never ran")
    func otherEnds() throws {
        var run = try SmallRun(.init(timeout: .milliseconds(500), replication: 2, requestTimeout: .seconds(1)))
        run.start("a", [0x10, 0x20])
        run.poll()
        run.found("a", 0x20)
        run.poll(at: 501)
        let hasty = run.explainer.explain(.notClosest(node(0x10), broadcast: 0))
        #expect(hasty.rule == .storedAnyway)
        #expect(
            hasty.paragraphs.suffix(2) == [
                "Its distance to the target, 10, is less than that of 20, 20, which was chosen; but the lookup ended without an answer of "
                    + "it.",
                "The lookup ran out of time while answers were awaited: only nodes that had answered by then are stored with.",
            ])
        #expect(hasty.shownCauses == ["1: a began with 10 among its seeds; 10 was asked", "4: the lookup had ended"])
        run.start("c", [0x10, 0x20])
        run.stop("c")
        let stopped = run.explainer.explain(.notClosest(node(0x10), broadcast: 1))
        #expect(stopped.rule == .stop)
        #expect(stopped.paragraphs.last == "c was stopped in step 6, before its lookup had ended: no node was chosen.")
        #expect(stopped.shownCauses == ["5: c began with 10 among its seeds; 10 was asked", "6: c was stopped"])
        run.start("s", [0x10], .static(.init()))
        #expect(run.explainer.explain(.notClosest(node(0x20), broadcast: 2)).rule == .staticSeed)
        run.start("", [0x10])
        #expect(run.explainer.explain(.notClosest(node(0x10), broadcast: 3)).rule == .rejection)
    }

    @Test("An Optimistic that ended its walk early, or ran out of time")
    func optimistic() throws {
        var run = try SmallRun(.small(k: 2, α: 1))
        run.start("o", [0x40], .optimistic(.init(returnRatio: 0.5, networkSize: 64)))
        run.found("o", 0x40, [0x01, 0x80], at: 20)
        run.poll()
        run.found("o", 0x01, [0x08], at: 40)
        let answer = run.explainer.explain(.notClosest(node(0x40), broadcast: 0))
        #expect(
            answer.paragraphs.last
                == "The 2 nodes of the set are all nearer: its distance to the target is 40, that of the last of them, 08, is 08.")
        #expect(
            answer.shownCauses == ["1: o began with 40 among its seeds; 40 was asked", "2: 40 answered", "4: the lookup had ended"])
        #expect(
            run.explainer.explain(.state(step: 4)).paragraphs.last == "The walk had ended: the k closest known are near enough together.")
        run = try SmallRun(.init(timeout: .milliseconds(500), replication: 2, requestTimeout: .seconds(1)))
        run.start("o", [0x10, 0x20], .optimistic(.init(networkSize: 64)))
        run.poll()
        run.found("o", 0x20)
        run.poll(at: 501)
        #expect(run.changes.contains("optimistic o the walk ended: the lookup ran out of time"))
        #expect(run.explainer.explain(.notClosest(node(0x10), broadcast: 0)).rule == .storedAnyway)
        run.stored("o", 0x20)
        #expect(run.explainer.explain(.notClosest(node(0x10), broadcast: 0)).rule == .storedAnyway, "also after its end")
    }
}
