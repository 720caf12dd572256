import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing

@testable import Timeline

/// k = 3, β = 1, α = 1.
///
///      1  b1 begins with 10, 20, 30, 40: 10 is asked     5  20 tells of 01, in vain
///      2  10 answers, and the lookup is over: 20 asked   6  30 fails: 10 is stored with
///      3  30 is asked                                    7  20 is stored with
///      4  nothing to do                                  8  30 is stored with
@Suite("Explaining a lookup that follows up")
struct FollowUpExplanationTests {
    private let run: SmallRun

    init() throws {
        var run = try SmallRun(.init(replication: 3, queryConcurrency: 1, requestTimeout: .seconds(1), resiliency: 1))
        run.start("b1", [0x10, 0x20, 0x30, 0x40])
        run.found("b1", 0x10, at: 20)
        run.poll()
        run.poll()
        run.found("b1", 0x20, [0x01], at: 30)
        run.findFailed("b1", 0x30, at: 40)
        run.poll()
        run.poll()
        self.run = run
    }

    private func words(_ question: Question, at position: Int) -> String {
        let answer = run.explainer(at: position).explain(question)
        return ([answer.title] + answer.paragraphs).joined(separator: " | ")
    }

    @Test("Why a node of the final set is asked")
    func asked() {
        #expect(
            words(.state(step: 2), at: 2).hasSuffix(
                "The lookup is over and asks the rest of its final set of 3 at once: with this request 1 is in flight."))
        #expect(run.explainer(at: 2).explain(.state(step: 2)).rule == .finalSet)
        #expect(
            words(.node(node(0x20), broadcast: 0), at: 4).contains(
                "It was asked for closer nodes in step 2, when the lookup followed up its final set."))
        #expect(
            words(.node(node(0x10), broadcast: 0), at: 4).contains("It was asked for closer nodes in step 1, when the walk came to it."))
        #expect(
            words(.node(node(0x30), broadcast: 0), at: 2).contains(
                "The lookup is over, and it is in its final set of 3: it is asked in b1's next turns"))
    }

    @Test("Why it has not finished")
    func notFinished() {
        #expect(words(.notFinished(broadcast: 0), at: 1).contains("0 of the 1 answer that end it have come; 3 of those that it knows are"))
        let words = words(.notFinished(broadcast: 0), at: 4)
        #expect(
            words.contains(
                "Its lookup is over, because 1 of the closest nodes has answered. It follows up its final set, 10, 20, 30: "
                    + "nobody in it is left to ask."), "\(words)")
        #expect(run.explainer(at: 4).explain(.phase(broadcast: 0)).rule == .finalSet)
    }

    @Test("Why a node is, or is not, in the final set")
    func closest() {
        #expect(words(.notClosest(node(0x20), broadcast: 0), at: 4).hasPrefix("20 is in the final set of b1"))
        #expect(words(.notClosest(node(0x40), broadcast: 0), at: 4).contains("its final set, 10, 20, 30, was fixed without it"))
        #expect(words(.notClosest(node(0x20), broadcast: 0), at: 1).hasPrefix("20 is among the closest that b1 knows so far"))
        #expect(words(.node(node(0x01), broadcast: 0), at: 5).contains("20 named it in step 5, but the final set was fixed before."))
        #expect(words(.node(node(0x01), broadcast: 0), at: 8).contains("20 named it in step 5, but the final set was fixed before."))
    }

    @Test("Why a node that failed is stored with")
    func stored() {
        let reason = "It had not answered the lookup, but it was in the final set that was followed up: all of that is stored with."
        #expect(words(.state(step: 8), at: 8).contains(reason))
        #expect(words(.node(node(0x30), broadcast: 0), at: 8).contains(reason))
        #expect(!words(.state(step: 7), at: 8).contains(reason))
    }

    @Test("An abandoned request: not needed, and its reply is ignored")
    func abandoned() throws {
        var run = try SmallRun(.init(replication: 2, queryConcurrency: 2, requestTimeout: .seconds(1), resiliency: 1))
        run.start("b1", [0x20, 0x80])
        run.poll()
        run.found("b1", 0x20, [0x10, 0x15])
        run.found("b1", 0x10)
        let changes = try #require(run.explainer.difference(of: 4)).changes(of: .lookup("b1"))
        #expect(changes.contains(.followUpBegan(nodes([0x10, 0x15]))))
        #expect(changes.contains(.candidate(node(0x80), .abandoned)))
        run.found("b1", 0x80)
        #expect(run.explainer.standing(of: node(0x80), broadcast: 0) == .unneeded)
        let ignored = run.explainer.explain(.event(step: 5)).paragraphs
        #expect(
            ignored.last == "It was ignored: the lookup of b1 was over, and 80 is not in the final set that it follows up.", "\(ignored)")
        let answer = run.explainer.explain(.node(node(0x80), broadcast: 0))
        #expect(answer.paragraphs.contains("The lookup is over, and its final set, 10, 15, was fixed without it: it is not waited for."))
    }
}
