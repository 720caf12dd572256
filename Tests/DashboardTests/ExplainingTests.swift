import Broadcasts
import Canvas
import Coordination
import Museum
import Scenarios
import Testing
import Timeline

@testable import Dashboard

@Suite("What changed, and why")
struct ExplainingTests {
    private func dashboard(steps: Int, _ scenario: String = "swarm") throws -> Dashboard {
        var dashboard = try Screens.dashboard(scenario, size: Size(columns: 120, rows: 40))
        for _ in 0..<steps { dashboard.type("s") }
        return dashboard
    }

    @Test(
        "w explains the selected thing of every pane, and Enter goes to a step that led there", arguments: ["1", "2", "3", "4", "5", "7"])
    func panes(pane: String) throws {
        var dashboard = try dashboard(steps: 40)
        dashboard.type(pane == "4" ? "4kw" : "\(pane)jw")
        let dialog = try #require(dashboard.dialog)
        #expect(dialog.lines.contains { $0.text.contains("semantics, section") })
        let jump = try #require(dialog.lines[dialog.selected].step)
        _ = dashboard.press(.enter)
        #expect(dashboard.dialog == nil && dashboard.history.position == jump)
    }

    @Test("Every cell of every moment has an explanation", arguments: ["swarm", "stopped", "race", "by-hand"])
    func everyCell(name: String) throws {
        var dashboard = try dashboard(steps: 0, name)
        while !dashboard.history.isAtEnd {
            for pane in [Pane.pool, .inFlight, .closest, .queue] {
                dashboard.focus = pane
                guard dashboard.rowCount(pane) > 0 else { continue }
                dashboard.type("w")
                #expect(dashboard.dialog?.lines.isEmpty == false)
                dashboard.type("qj")
            }
            dashboard.type("}")
        }
    }

    @Test("whynot says why a node is not among the closest")
    func whyNot() throws {
        var dashboard = try dashboard(steps: 60)
        let far = try #require(dashboard.shownNodes.last?.node)
        dashboard.type(":whynot \(dashboard.choiceWords.node(far.index))")
        _ = dashboard.press(.enter)
        #expect(dashboard.dialog != nil)
        dashboard.type("q:whynot zz")
        _ = dashboard.press(.enter)
        #expect(dashboard.prompt?.problem?.text.contains("no node's key begins") == true)
    }

    @Test("i and I go through the messages of the steps, over their ends")
    func micro() throws {
        var dashboard = try dashboard(steps: 8)
        dashboard.type("i")
        #expect(dashboard.focus == .state)
        var seen: [String] = []
        func current() throws -> String { try #require(dashboard.changes).microSteps[dashboard.selectedRow(.state)].number }
        for _ in 0..<30 {
            seen.append(try current())
            dashboard.type("i")
        }
        #expect(seen.first == "8.1" && seen.last.map { !$0.hasPrefix("8.") } == true)
        for number in seen.reversed() {
            dashboard.type("I")
            #expect(try current() == number)
        }
    }

    @Test("What the run has put to the test")
    func coverage() throws {
        var dashboard = try dashboard(steps: 60)
        dashboard.type(":coverage")
        _ = dashboard.press(.enter)
        #expect(dashboard.dialog?.lines.first?.text.contains("cells in 60 steps") == true)
    }

    @Test("A law that is broken is quoted, with where it stands")
    func law() throws {
        var dashboard = try dashboard(steps: 0, "once-per-reply")
        dashboard.type("c")
        while dashboard.nextTick == .zero { dashboard.tick(.zero) }
        dashboard.type("4w")
        let text = dashboard.dialog?.lines.map(\.text).joined(separator: "\n") ?? ""
        #expect(text.contains("L1 is broken") && text.contains("The law: "))
    }
}

@Suite("The museum on the screen")
struct MuseumTests {
    @Test(
        "An exhibit opens beside our pool; the laws that are broken stand there, and Enter tells the story",
        arguments: Exhibit.all.map(\.id))
    func exhibits(id: String) throws {
        var dashboard = try Dashboard(Scenario(try #require(Exhibit.named(id))), size: Size(columns: 120, rows: 40))
        #expect(dashboard.tab == .beside)
        var differed = false
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            differed = differed || dashboard.beside?.lines.contains { $0.differs } == true
        }
        #expect(differed && !dashboard.history.violations.isEmpty)
        var ours = try #require(dashboard.beside).history
        ours.go(to: .max)
        #expect(ours.violations.isEmpty)
        try expectSnapshot(dashboard.text(), named: "exhibit-\(id)-120x40-unicode")
        dashboard.focus = .beside
        _ = dashboard.press(.enter)
        let quoted = dashboard.dialog?.lines.map(\.text).joined(separator: " ") ?? ""
        #expect(quoted.contains(try #require(dashboard.scenario.exhibit).quotation))
    }

    @Test("Beside a run of ours, the reference's pool runs to the same moment")
    func besideOurs() throws {
        var dashboard = try Screens.dashboard()
        dashboard.focus = .beside
        for key in ["}", "}", "}", "{", "s", "S"] {
            dashboard.type(key)
            let other = try #require(dashboard.beside).history
            #expect(other.current.map { $0.time <= dashboard.observation.now } ?? true)
            #expect(other.next.map { $0.time > dashboard.observation.now } ?? true)
        }
    }
}
