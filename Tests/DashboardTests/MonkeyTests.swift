import Broadcasts
import Canvas
import Coordination
import Foundation
import Kademlia
import Museum
import Scenarios
import Simulation
import Testing
import Timeline

@testable import Dashboard

@Suite("Whatever is pressed, the screen stays whole")
struct MonkeyTests {
    /// 3,000 keys in all, or with the environment variable KADSCOPE_LONG 100,000; every fourth is drawn.
    private static let keysPerRun = ProcessInfo.processInfo.environment["KADSCOPE_LONG"] == nil ? 65 : 2100

    @Test("Random keys, lines, slices, layouts and sizes leave everything in its range", arguments: [1, 2, 3] as [UInt64])
    func monkey(seed: UInt64) throws {
        var random = Generator(state: seed)
        let look = Screens.look()
        let keys = CommandTable.entries.flatMap(\.keys).filter { $0 != .character("q") } + [.escape, .enter]
        // All but the million nodes, which take too long to draw without optimization.
        for scenario in try BuiltInScenario.all.filter({ $0.name != "million" }).map({ try $0.scenario() })
            + Exhibit.all.map({ Scenario($0) })
        {
            // The steps to come are learnt a few at a time, as in front of a person.
            var dashboard = try Dashboard(scenario, size: Screens.sizes[Int(random.next() % 3)], isOver: { true })
            for number in 0..<Self.keysPerRun {
                var left = Int(random.next() % 60)
                func isOver() -> Bool {
                    left -= 1
                    return left < 0
                }
                switch random.next() % 14 {
                case 0: dashboard.resize(to: Size(columns: Int(random.next() % 230), rows: Int(random.next() % 70)))
                case 1, 2: dashboard.tick(.milliseconds(Int64(random.next() % 3000)), isOver: isOver)
                case 3:
                    _ = dashboard.press(.escape, isOver: isOver)
                    for character in ":\(line(&random, dashboard))" { _ = dashboard.press(.character(character), isOver: isOver) }
                    _ = dashboard.press(.enter, isOver: isOver)
                default: _ = dashboard.press(keys[Int(random.next() % UInt64(keys.count))], isOver: isOver)
                }
                let canvas = number % 4 == 0 ? dashboard.frame(look) : Canvas(size: dashboard.size)
                let problem = Self.problem(of: dashboard, canvas)
                #expect(problem == nil, "seed \(seed), \(scenario.name), key \(number)")
            }
        }
    }

    /// What is out of its range; `nil` if nothing is.
    private static func problem(of dashboard: Dashboard, _ canvas: Canvas) -> String? {
        if canvas.size != dashboard.size { return "the canvas has another size" }
        let history = dashboard.history
        if !(0...history.stepCount).contains(history.position) { return "the position is outside the run" }
        let layout = dashboard.layout
        if !layout.order.isEmpty, !layout.order.contains(dashboard.focus) {
            return "the pane with the keys, \(dashboard.focus), is not visible"
        }
        for (pane, rect) in layout.panes where rect.columns < 0 || rect.rows < 0 || !rect.isWithin(dashboard.size) {
            return "\(pane) is not on the screen"
        }
        for pane in Pane.allCases {
            let count = dashboard.rowCount(pane)
            if dashboard.selectedRow(pane) >= max(1, count) { return "what is selected in \(pane) is not there" }
        }
        for pane in layout.order {
            let scroll = dashboard.scroll[pane] ?? 0
            if scroll < 0 || scroll > max(0, dashboard.rowCount(pane) * dashboard.rowHeight(pane) - 1) {
                return "\(pane) is scrolled too far"
            }
        }
        if dashboard.work != nil, dashboard.isRunning { return "it runs and walks at once" }
        return nil
    }

    /// Something that could be typed on the line of commands, most of the time right.
    private func line(_ random: inout Generator, _ dashboard: Dashboard) -> String {
        func pick<Choices: RandomAccessCollection>(_ choices: Choices, _ random: inout Generator) -> Choices.Element?
        where Choices.Index == Int {
            choices.isEmpty ? nil : choices[Int(random.next() % UInt64(choices.count))]
        }
        let verb = pick(LineCommand.firstWords, &random) ?? "poll"
        let words = dashboard.choiceWords
        let message = pick(dashboard.pending, &random).map { words.text(.deliver($0.name)).dropFirst("deliver ".count) } ?? "zz"
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

extension Rect {
    fileprivate func isWithin(_ size: Size) -> Bool {
        origin.column >= 0 && origin.row >= 0 && origin.column + columns <= size.columns && origin.row + rows <= size.rows
    }
}
