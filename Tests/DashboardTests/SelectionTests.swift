import Broadcasts
import Canvas
import Coordination
import Museum
import Scenarios
import Simulation
import Testing
import Timeline

@testable import Dashboard

@Suite("Panes, selection, scrolling")
struct SelectionTests {
    @Test("Digits and Tab move the focus, and the focused pane has the double border")
    func focus() throws {
        var dashboard = try Screens.dashboard()
        for (key, pane) in zip("1234", Pane.allCases) {
            dashboard.type(String(key))
            #expect(dashboard.focus == pane)
            #expect(dashboard.text().contains("╔═ \(pane.rawValue) \(pane.title)"))
        }
        _ = dashboard.press(.tab)
        #expect(dashboard.focus == .pool)
        _ = dashboard.press(.backTab)
        #expect(dashboard.focus == .log)
    }

    @Test("The selected broadcast stays selected while others come and go")
    func sticky() throws {
        var dashboard = try Screens.dashboard()
        for _ in 0..<40 { dashboard.type("s") }
        dashboard.type("jj")
        #expect(dashboard.shownBroadcast?.id == "b3")
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            #expect(dashboard.shownBroadcast?.id == "b3")
        }
        dashboard.type("r")
        #expect(dashboard.shownBroadcast == nil)
        for _ in 0..<40 { dashboard.type("s") }
        #expect(dashboard.shownBroadcast?.id == "b3")
    }

    @Test("The selected node stays selected while its row moves")
    func stickyNode() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("ssss3jjj")
        let node = dashboard.shownNodes[dashboard.selectedRow(.closest)].node
        for _ in 0..<30 {
            dashboard.type("s")
            #expect(dashboard.shownNodes[dashboard.selectedRow(.closest)].node == node)
        }
        #expect(dashboard.selectedRow(.closest) != 3)
    }

    @Test("The log follows the steps until one moves up in it, and again after G")
    func follow() throws {
        var dashboard = try Screens.dashboard()
        for _ in 0..<30 { dashboard.type("s") }
        #expect(dashboard.text().contains("▼ follow"))
        dashboard.type("4k")
        #expect(dashboard.selectedRow(.log) == 28)
        dashboard.type("sss")
        #expect(dashboard.selectedRow(.log) == 28)
        #expect(dashboard.text().contains("G follows"))
        dashboard.type("G")
        #expect(dashboard.selectedRow(.log) == 32)
        dashboard.type("s")
        #expect(dashboard.selectedRow(.log) == 33)
        dashboard.type("g")
        #expect(dashboard.selectedRow(.log) == 0)
    }

    @Test("A key without a meaning says so")
    func unknownKey() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("~")
        #expect(dashboard.text().contains("~ does nothing; ? shows all keys"))
        dashboard.type("s")
        #expect(dashboard.text().contains("s step"))
    }

}
