import Canvas
import Coordination
import Scenarios
import Testing
import Timeline

@testable import Dashboard

@Suite("Marks, scrubbing, sorting")
struct MarkTests {
    private func dashboard(steps: Int) throws -> Dashboard {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        for _ in 0..<steps { dashboard.type("s") }
        return dashboard
    }

    @Test("m and a letter marks a place, ' and the letter goes back to it, '' to where one was")
    func marks() throws {
        var dashboard = try dashboard(steps: 12)
        dashboard.type("ma}}'a")
        #expect(dashboard.history.position == 12)
        dashboard.type("''")
        #expect(dashboard.history.position == 32)
        dashboard.type("''")
        #expect(dashboard.history.position == 12)
        dashboard.type("4kkk'.")
        #expect(dashboard.history.position == 12 && dashboard.selectedStep == nil)
        #expect(dashboard.canvas(Screens.look()).text(row: 38).contains("⚑") == false)
        dashboard.type("s")
        #expect(dashboard.canvas(Screens.look()).text(row: 38).contains("⚑"))
    }

    @Test("What cannot be done with marks is said")
    func complaints() throws {
        var dashboard = try dashboard(steps: 3)
        for (keys, sentence) in [
            ("'x", "there is no mark x; mx sets it"), ("''", "no jump to go back from yet"), ("m!", "! is no letter for a mark"),
            (")", "no mark and no stop after this step"), ("(", "no mark and no stop before this step"),
        ] {
            dashboard.type(keys)
            #expect(dashboard.message?.hasPrefix(sentence) == true, "\(keys): \(dashboard.message ?? "")")
            #expect(dashboard.history.position == 3)
        }
        dashboard.type("m")
        _ = dashboard.press(.up)
        #expect(dashboard.message == "Up is no letter for a mark" && dashboard.awaited == nil)
    }

    @Test("( and ) go through marks and stops")
    func outstanding() throws {
        var dashboard = try dashboard(steps: 5)
        dashboard.type("ma:once ev:store-ok\rc")
        let stop = dashboard.settled()
        #expect(stop > 5)
        dashboard.type("sssmb")
        let mark = dashboard.history.position
        dashboard.type("r)")
        #expect(dashboard.history.position == 5)
        dashboard.type(")")
        #expect(dashboard.history.position == stop)
        dashboard.type(")")
        #expect(dashboard.history.position == mark)
        dashboard.type("((")
        #expect(dashboard.history.position == 5)
    }

    @Test("A mark on a branch leads to the branch; on a deleted one it says so")
    func branches() throws {
        var dashboard = try dashboard(steps: 20)
        dashboard.type(":deadline\rma")
        let (branch, position) = (dashboard.history.branch.id, dashboard.history.position)
        #expect(branch != 0)
        dashboard.type(":branch 0\r")
        #expect(dashboard.history.branch.id == 0)
        dashboard.type("'a")
        #expect(dashboard.history.branch.id == branch && dashboard.history.position == position)
        dashboard.type(":branch 0\r:prune \(branch)\r'a")
        #expect(dashboard.message == "mark a was on branch \(branch), which is deleted")
    }

    @Test("A cell of the timeline forward and back; a part of the run by percent")
    func scrub() throws {
        var dashboard = try dashboard(steps: 0)
        _ = dashboard.press(.shiftRight)
        let cell = dashboard.history.position
        #expect(cell >= 1 && cell <= 2)
        for _ in 0..<200 { _ = dashboard.press(.shiftRight) }
        #expect(dashboard.history.isAtEnd)
        _ = dashboard.press(.shiftLeft)
        #expect(dashboard.history.position == dashboard.history.stepCount - cell)
        dashboard.type(":50%\r")
        #expect(dashboard.history.position == dashboard.history.stepCount / 2)
        dashboard.type(":0%\r")
        #expect(dashboard.history.position == 0)
    }

    @Test("> sorts by the next column, < turns the order round, and the selection stays with its thing")
    func sorting() throws {
        var dashboard = try dashboard(steps: 60)
        dashboard.type("1j")
        let selected = dashboard.shownBroadcast?.id
        var orders: Set<[String]> = []
        for _ in Dashboard.sortColumns(of: .pool) {
            for key in [">", "<"] {
                dashboard.type(key)
                orders.insert(dashboard.observation.pool.map(\.entry.id.name))
                #expect(dashboard.shownBroadcast?.id == selected)
                #expect(dashboard.observation.pool[dashboard.selectedRow(.pool)].entry.id == selected)
            }
        }
        #expect(orders.count > 2)
        dashboard.orders = [:]
        dashboard.type("1>>")
        let strategies = dashboard.observation.pool.map(\.entry.strategy.title)
        #expect(strategies == strategies.sorted())
        #expect(dashboard.text().contains("1 Pool · by strategy"))
        dashboard.type("<")
        #expect(dashboard.observation.pool.map(\.entry.strategy.title) == strategies.sorted(by: >))
        dashboard.type("3>>")
        let times = dashboard.shownNodes.map { $0.roundTrip ?? .zero }
        #expect(times == times.sorted())
        dashboard.type("4>")
        #expect(dashboard.message?.hasPrefix("Log has one order only") == true)
    }
}

extension Dashboard {
    /// Lets a search for the next stop come to its end.
    ///
    /// - Returns: the step where it ended.
    fileprivate mutating func settled() -> Int {
        while nextTick == .zero { tick(.zero) }
        return history.position
    }
}
