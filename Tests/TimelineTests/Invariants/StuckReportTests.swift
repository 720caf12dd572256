import Broadcasts
import Coordination
import Queries
import Testing
import Timeline

@Suite("What a run waits for")
struct StuckReportTests {
    private let endless = StoreOptions(storeTimeout: nil)

    @Test("A store without a timeout whose reply was lost is awaited for ever")
    func lostStore() throws {
        let run = try telling { run in
            run.feed(.put("a", [1, 2], endless))
            run.settle()
            run.feed(.stored("a", 2))
        }
        let report = run.report()
        #expect(
            report.description
                == "a (awaiting stores) waits for the confirmation of node 01 (not on the way); nothing of that will ever come.")
        #expect(report.stuck.map(\.id) == ["a"])
        let awaited = try #require(report.stuck.first?.awaited.first)
        #expect(awaited.node == node(1) && awaited.isStore && awaited.deadline == nil && !awaited.isTravelling)
    }

    @Test("A reply on its way is hope; one to another request is none")
    func travelling() throws {
        let run = try telling { run in
            run.feed(.put("a", [1], endless))
            run.feed()
        }
        let message = StuckReport.Message(id: "a", node: node(1), isStore: true)
        #expect(run.report(travelling: [message]).stuck == [])
        #expect(
            run.report(travelling: [message]).description == "a (awaiting stores) waits for the confirmation of node 01 (on the way).")
        #expect(run.report(travelling: [.init(id: "a", node: node(1), isStore: false)]).stuck.count == 1)
        #expect(run.report(travelling: [.init(id: "b", node: node(1), isStore: true)]).stuck.count == 1)
    }

    @Test("A deadline is hope only if somebody polls then")
    func deadline() throws {
        let run = try telling(.init(timeout: .milliseconds(1500), replication: 2)) { run in
            run.feed(.follow("a", [1, 2]))
            run.settle()
        }
        let polled = run.report(nextDeadline: run.pool.nextDeadline)
        #expect(polled.stuck == [])
        #expect(polled.description == "a (looking) waits for the answer of nodes 01, 02 (not on the way) and until 1.5 s at most.")
        #expect(run.report().stuck.map(\.id) == ["a"])
        let tooLate = Instant.start.advanced(by: .seconds(2))
        #expect(run.report(nextDeadline: tooLate).stuck.map(\.id) == ["a"])
    }

    @Test("Who waits in line for a slot is as well off as its holders")
    func inLine() throws {
        let run = try telling(.init(concurrency: 1, replication: 2)) { run in
            run.feed(.follow("a", [1]))
            run.feed(.follow("b", [2]))
        }
        let report = run.report()
        #expect(report.broadcasts.map(\.slotHolders) == [[], ["a"]])
        #expect(report.stuck.map(\.id) == ["a", "b"])
        #expect(report.sentence(about: report.stuck[1]) == "b (in line) waits for a slot, held by a; nothing of that will ever come.")
        #expect(run.report(travelling: [.init(id: "a", node: node(1), isStore: false)]).stuck == [])
    }

    @Test("Stores that wait for their turn go on with any event")
    func turn() throws {
        let run = try telling { run in
            run.feed(.put("a", [1, 2], StoreOptions(storeTimeout: nil, storeConcurrency: 1)))
            run.feed()
        }
        #expect(
            run.report().description
                == "a (storing) waits for the confirmation of node 01 (not on the way) and for its turn to store with node 02; "
                + "nothing of that will ever come.")
        #expect(run.report(travelling: [.init(id: "x", node: node(9), isStore: true)]).stuck == [])
    }

    @Test("An empty pool waits for nothing")
    func empty() throws {
        let report = try ForgedRun().report()
        #expect(report.broadcasts == [])
        #expect(report.description == "No broadcast runs.")
    }

    @Test("A broadcast that the pool has lost is reported at the end too")
    func lost() throws {
        var run = try ForgedRun()
        run.forge(.put("a", [1]), .store("a", 1))
        run.end()
        #expect(run.violations.map(\.law) == [.p5, .l1])
        #expect(run.violations[1].why == "a has not ended, and the pool has lost it.")
    }
}
