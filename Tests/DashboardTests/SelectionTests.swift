import Broadcasts
import Canvas
import Coordination
import Foundation
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

    @Test("Random keys, lines and sizes leave every selection and every scroll in range", arguments: [1, 2, 3] as [UInt64])
    func monkey(seed: UInt64) throws {
        var random = Generator(state: seed)
        let keys = CommandTable.entries.flatMap(\.keys).filter { $0 != .character("q") } + [.escape, .enter]
        let isLong = ProcessInfo.processInfo.environment["KADSCOPE_LONG"] != nil
        for scenario in try BuiltInScenario.all.map({ try $0.scenario() }) + Exhibit.all.map({ Scenario($0) }) {
            var dashboard = try Dashboard(scenario, size: Screens.sizes[0])
            for _ in 0..<(isLong ? 2500 : 120) {
                switch random.next() % 12 {
                case 0: dashboard.resize(to: Size(columns: Int(random.next() % 230), rows: Int(random.next() % 70)))
                case 1: dashboard.tick(.milliseconds(Int64(random.next() % 3000)))
                case 2:
                    _ = dashboard.press(.escape)
                    dashboard.type(":\(line(&random, dashboard))")
                    _ = dashboard.press(.enter)
                default: _ = dashboard.press(keys[Int(random.next() % UInt64(keys.count))])
                }
                for pane in dashboard.layout.order {
                    #expect(dashboard.selectedRow(pane) < max(1, dashboard.rowCount(pane)), "seed \(seed)")
                    let scroll = dashboard.scroll[pane] ?? 0
                    #expect(scroll >= 0 && scroll <= max(0, dashboard.rowCount(pane) * dashboard.rowHeight(pane) - 1), "seed \(seed)")
                }
                let canvas = dashboard.canvas(Screens.look())
                #expect(canvas.size == dashboard.size)
            }
        }
    }

    /// Something that could be typed on the line of commands, most of the time right.
    private func line(_ random: inout Generator, _ dashboard: Dashboard) -> String {
        func pick<Choices: RandomAccessCollection>(_ choices: Choices, _ random: inout Generator) -> Choices.Element?
        where Choices.Index == Int {
            choices.isEmpty ? nil : choices[Int(random.next() % UInt64(choices.count))]
        }
        let verb = pick(LineCommand.firstWords, &random) ?? "poll"
        let words = dashboard.choiceWords
        let message = pick(dashboard.observation.pending, &random).map { words.text(.deliver($0.name)).dropFirst("deliver ".count) } ?? "zz"
        let node = pick(dashboard.scenario.network.nodes, &random).map { words.node($0.index) } ?? "zz"
        let number = random.next() % 300
        switch verb {
        case "deliver", "drop", "duplicate": return "\(verb) \(message)"
        case "delay": return "delay \(message) \(number)ms"
        case "edit": return "edit \(message) \(["closer \(node)", "closer none", "from \(node)", "error full", "ok"][Int(number % 5)])"
        case "crash", "mute", "cut", "restart", "whynot": return "\(verb) \(node)"
        case "clock", "t": return "\(verb) \(number)ms"
        case "start": return "start m\(number) \(["followUp", "static", "optimistic"][Int(number % 3)]) r seeds \(node)"
        case "stop", "finish": return "\(verb) \(pick(dashboard.history.journal.entries, &random)?.id.name ?? "none")"
        case "break", "once", "filter":
            return "\(verb) \(["st:store", "inflight>2", "node:\(node)", "changes:phase", "ev:"][Int(number % 5)])"
        case "watch": return "watch \(["best", "todo", "stored b1", "nothing"][Int(number % 4)])"
        case "branch", "prune", "compare", "delete", "toggle": return "\(verb) \(number % 5)"
        case "step": return "step \(Int(number) - 150)"
        case "quit": return "\(number)"
        default: return verb
        }
    }

    /// A small generator for the tests.
    private struct Generator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }
}
