import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing

@testable import Timeline

@Suite("Why a step had its event and gave its state")
struct StepExplanationTests {
    private let run: SmallRun

    init() throws { run = try exampleRun() }

    private func state(_ number: Int) -> Explanation { run.explainer.explain(.state(step: number)) }
    private func event(_ number: Int) -> Explanation { run.explainer.explain(.event(step: number)) }

    @Test("A request: the walk")
    func findCloser() {
        let answer = state(4)
        #expect(answer.title == "Step 4 asks 20 for closer nodes, for b1")
        #expect(
            answer.paragraphs == [
                "The event was about b1, so b1 was advanced first, and this is what came of it.", "40 told of it, in its answer of step 3.",
                "Of the 5 nodes that its lookup knows, 1 is closer to the target, and none of those is left to ask. "
                    + "With this request 2 of at most 2 are in flight.",
            ])
        #expect(answer.rule == .walk)
        #expect(answer.shownCauses == ["3: 40 told of 20"])
        #expect(state(2).paragraphs.first == "The pool was polled, and it was the turn of b1.")
    }

    @Test("A store: the lookup had ended")
    func storeRecord() {
        #expect(state(10).shownCauses == ["7: 20 told of 08; 08 was asked", "10: 08 answered"])
        #expect(state(10).paragraphs.last == "With this step the lookup had ended.")
        #expect(state(11).rule == .followUp)
        #expect(state(11).shownCauses == ["3: 40 told of 20", "4: 20 was asked", "7: 20 answered", "10: the lookup had ended"])
    }

    @Test("Waiting, idle, finished")
    func rest() {
        #expect(
            state(8).paragraphs == [
                "No broadcast had anything to send, and none could finish.", "b1: 2 answers to its questions are awaited.",
            ])
        #expect(state(8).shownCauses == ["7: the last request of b1"])
        #expect(state(16).shownCauses == ["15: b1, the last one, ended: completed"])
        let end = state(15)
        #expect(end.title == "Step 15 ends b1: completed: 1 of 2 stored")
        #expect(end.paragraphs == ["2 nodes were sent the record: 08, 20.", "Of these failed: 20 (timed out)."])
        #expect(end.shownCauses == ["1: b1 began", "10: its lookup had ended"])
        #expect(end.rule == .contacted)
    }

    @Test("The other ends: stopped, out of time, nobody found, nobody there")
    func ends() throws {
        var run = try SmallRun(.init(timeout: .milliseconds(500), replication: 2, requestTimeout: .seconds(1)))
        run.start("a", [0x10, 0x20])
        run.poll()
        run.found("a", 0x20)
        run.poll(at: 501)
        run.storeFailed("a", 0x20)
        let late = run.explainer.explain(.state(step: 5))
        #expect(late.rule == .storedAnyway)
        #expect(
            late.shownCauses == [
                "1: a began; its lookup asked for the first time: its time began to run", "4: its lookup had ended",
            ])
        run.start("b", [0x10])
        run.findFailed("b", 0x10)
        let nobody = run.explainer.explain(.state(step: 7))
        #expect(nobody.rule == .nothingFound)
        #expect(nobody.paragraphs == ["No node answered its lookup, and nobody was left to ask."])
        run.start("c", [])
        #expect(run.explainer.explain(.state(step: 8)).paragraphs == ["It began without any seed, so there was nobody to ask."])
        run.start("d", [0x10])
        run.stop("d")
        #expect(run.explainer.explain(.state(step: 10)).rule == .stop)
        #expect(run.explainer.explain(.state(step: 10)).shownCauses == ["9: d began"])
        #expect(run.explainer.explain(.phase(broadcast: 3)) == run.explainer.explain(.state(step: 10)))
    }

    @Test("Refused: who is in the way")
    func rejected() throws {
        var run = try SmallRun(maxBroadcasts: 2)
        run.start("a", [0x10])
        run.start("a", [0x20])
        run.start("b", [0x10])
        run.start("c", [0x10])
        run.start("", [0x10])
        #expect(run.explainer.explain(.state(step: 2)).shownCauses == ["1: a began, and it runs"])
        #expect(run.explainer.explain(.state(step: 4)).shownCauses == ["1: a began, and it runs", "3: b began, and it runs"])
        #expect(run.explainer.explain(.state(step: 5)).title == "Step 5 refuses to start a broadcast without id")
        #expect(run.explainer.explain(.phase(broadcast: 2)) == run.explainer.explain(.state(step: 4)))
    }

    @Test("What brought an event about")
    func events() {
        #expect(event(1).paragraphs == ["Somebody did it: it was planned, or done by hand."])
        #expect(event(2).shownCauses == ["1: the pool gave work"])
        #expect(event(7).shownCauses == ["4: 20 was asked"])
        #expect(event(9).rule == .clock)
        #expect(event(13).shownCauses == ["10: 08 was sent the record"])
        #expect(event(17).title == "Step 17 has not been taken here")
        #expect(event(0).title == "Step 0 has not been taken here")
    }

    @Test("Why an event was ignored: not asked, too late, twice, unknown, expired, after the end, to a Static")
    func ignored() throws {
        #expect(event(6).paragraphs.last == "It was ignored: b1 had not asked 30.")
        #expect(event(6).rule == .ignored)
        #expect(event(12).paragraphs.last == "It was ignored: it came too late, because the lookup of b1 had ended by step 10.")
        #expect(event(12).shownCauses == ["3: 10 was asked", "10: the lookup of b1 had ended"])
        var run = try exampleRun()
        run.stored("b1", 0x20)
        run.stored("x", 0x20)
        run.start("s", [0x10, 0x20], .static(.init(stores: .init(storeTimeout: .seconds(1)))))
        run.poll()
        run.stored("s", 0x10)
        run.stored("s", 0x10)
        run.found("s", 0x20)
        run.stored("s", 0x77)
        run.start("f", [0x10])
        run.found("f", 0x66)
        run.poll(at: 63_001)
        run.stored("s", 0x20)
        func last(_ number: Int) -> Explanation { run.explainer.explain(.event(step: number)) }
        #expect(last(17).paragraphs.last == "It was ignored: it came too late, because b1 had ended in step 15.")
        #expect(last(17).shownCauses == ["11: 20 was sent the record", "15: b1 ended: completed"])
        #expect(last(18).paragraphs.last == "It was ignored: no broadcast x was running.")
        #expect(last(22).paragraphs.last == "It was ignored: 10 had already replied to that in step 21.")
        #expect(last(22).shownCauses == ["19: 10 was sent the record", "21: 10 had replied"])
        #expect(last(23).paragraphs.last == "It was ignored: a Static asks nobody for closer nodes.")
        #expect(last(24).paragraphs.last == "It was ignored: s had not sent 77 the record, which is a stranger to it.")
        #expect(last(26).paragraphs.last == "It was ignored: f had not asked 66, which is a stranger to it.")
        #expect(run.steps.filter(\.isIgnored).map(\.number) == [6, 12, 17, 18, 22, 23, 24, 26, 28])
    }

    @Test("A store reply that comes after its expiry, while the broadcast goes on")
    func expired() throws {
        var run = try SmallRun()
        run.start("s", [0x10, 0x20], .static(.init(stores: .init(storeTimeout: .seconds(1), storeConcurrency: 1))))
        run.poll(at: 1001)
        run.stored("s", 0x10, at: 1500)
        let answer = run.explainer.explain(.event(step: 3))
        #expect(answer.paragraphs.last == "It was ignored: it came too late, because the store had expired after 1.000 s.")
        #expect(answer.rule == .storeTimeout)
        #expect(answer.shownCauses == ["1: 10 was sent the record", "2: the time to store was over"])
    }

    @Test("In line for a slot: who holds them, who comes first, and who freed one")
    func slots() throws {
        var run = try SmallRun(.small(concurrency: 1))
        run.start("a", [0x10])
        run.start("b", [0x10])
        run.start("c", [0x10])
        let queued = run.explainer.explain(.phase(broadcast: 2))
        #expect(queued.title == "c waits in line for a query slot")
        #expect(queued.rule == .slots)
        #expect(
            queued.paragraphs == [
                "A lookup asks nobody before it holds a query slot.", "The only slot is held, by a.",
                "1 other lookup comes first, in the order of arrival: b.",
            ])
        #expect(queued.shownCauses == ["1: a took a slot with its first request", "3: c began"])
        #expect(run.explainer.explain(.node(node(0x10), broadcast: 2)).rule == .slots)
        run.found("a", 0x10)
        run.poll()
        let freed = run.explainer.explain(.state(step: 5))
        #expect(freed.rule == .slots)
        #expect(freed.paragraphs.last == "It had waited in line for a slot. The lookup of a had ended by step 4, which freed one.")
        #expect(freed.shownCauses == ["2: b began with 10 among its seeds", "4: the lookup of a had ended"])
    }
}

@Suite("Why a broadcast has not finished")
struct NotFinishedTests {
    private func pending(_ id: OperationID, _ value: UInt8, isStore: Bool, _ obstacle: PendingMessage.Obstacle?) -> PendingMessage {
        PendingMessage(
            name: MessageName(id: id, node: Int32(value), isStore: isStore), node: node(value), sent: nil,
            arrives: obstacle == nil ? Instant.start.advanced(by: .milliseconds(700)) : nil, event: nil, obstacle: obstacle)
    }

    @Test("Answers are awaited, one of which can never come")
    func finding() throws {
        let run = try exampleRun()
        let answer = run.explainer(at: 9).explain(.notFinished(broadcast: 0))
        #expect(answer.title == "b1 has not finished")
        #expect(answer.rule == .enough)
        #expect(
            answer.paragraphs == [
                "Its lookup has not ended.",
                "The 2 closest that have answered are 20, 40; but 08, 30 are nearer than the last of them, and could still answer.",
                "2 answers to its questions are awaited: 08 until 1.050 s, 30 until 2.021 s.",
                "Should no answer come, the last of its deadlines is at 2.021 s; nothing happens there unless the pool is polled.",
                "A stop would end it at once.",
            ])
        #expect(answer.shownCauses == ["1: b1 began", "7: 08 was asked, and is awaited", "9: 30 was asked, and is awaited"])
        var other = try SmallRun()
        other.start("b1", [0x10, 0x20])
        other.poll()
        other.pending = [pending("b1", 0x20, isStore: false, nil), pending("b1", 0x10, isStore: false, .silent)]
        let silent = other.explainer.explain(.notFinished(broadcast: 0))
        #expect(silent.paragraphs.contains("That of 10 can never come: the node never answers; its time is up at 1.000 s."))
        #expect(silent.paragraphs.contains("0 of the 2 nodes looked for have answered; none of those that it knows are left to ask."))
        #expect(silent.paragraphs.contains("The pool's next deadline, whichever broadcast it is of, is at 1.000 s."))
        #expect(
            other.explainer.explain(.node(node(0x20), broadcast: 0)).paragraphs.last == "Its answer is on its way and is due at 0.700 s.")
    }

    @Test("Stores are to be sent, or awaited without a deadline")
    func storing() throws {
        var run = try SmallRun()
        run.start("s", [0x10, 0x20, 0x30], .static(.init(stores: .init(storeTimeout: nil, storeConcurrency: 1))))
        run.pending = [pending("s", 0x10, isStore: true, .dropped)]
        let answer = run.explainer.explain(.notFinished(broadcast: 0))
        #expect(
            answer.paragraphs == [
                "2 stores are to be sent yet: 20, 30.", "At most 1 may be in flight at once (storeConcurrency).",
                "1 answer to its stores is awaited: 10 without a deadline.",
                "That of 10 can never come: somebody dropped it; it has no deadline, so only a stop ends the wait.",
                "Only the answers or a stop can end it: none of its requests has a deadline.", "A stop would end it at once.",
            ])
        #expect(answer.shownCauses == ["1: s began; 10 was sent the record, and is awaited"])
        #expect(run.explainer.explain(.phase(broadcast: 0)).rule == .staticSeed)
    }

    @Test("A slot is awaited; one that ended; one that vanished; one that is not there")
    func others() throws {
        var run = try SmallRun(.small(concurrency: 1))
        run.start("a", [0x10])
        run.start("b", [0x10])
        let line = run.explainer.explain(.notFinished(broadcast: 1))
        #expect(line.rule == .slots)
        #expect(line.shownCauses == ["1: a took a slot with its first request", "2: b began"])
        run.stop("a")
        #expect(run.explainer.explain(.notFinished(broadcast: 0)).title == "a has ended, in step 3")
        #expect(run.explainer.explain(.notFinished(broadcast: 7)).title == "There is no such broadcast here")
        let forged = Explainer(
            position: 2, step: { run.steps[$0 - 1] }, journal: run.explainer(at: 2).journal, view: run.views[0], viewBefore: { _ in nil },
            names: SmallRun.names)
        #expect(forged.explain(.notFinished(broadcast: 1)).title == "b is gone, and its end was never told")
        #expect(forged.difference(of: 1) == nil)
        #expect(forged.microSteps(of: 2) == nil)
    }
}
