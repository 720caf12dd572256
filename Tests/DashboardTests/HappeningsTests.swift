import Canvas
import Coordination
import Simulation
import Testing
import Theming
import Timeline

@testable import Dashboard
@testable import Scenarios

@Suite("What happens to nodes by itself")
struct HappeningsTests {
    private func churn(_ command: String = "", size: Size = Screens.sizes[1]) throws -> Dashboard {
        var dashboard = try Screens.dashboard("churn", size: size)
        if !command.isEmpty { dashboard.type(":\(command)\r") }
        return dashboard
    }

    @Test("The log shows it between the steps, above the step that is shown")
    func rows() throws {
        let dashboard = try churn("t 2.2s")
        let log = dashboard.text().split(separator: "\n")
        #expect(log.contains { $0.contains("✗ left") && $0.contains("2.000") && $0.contains("the node left: nothing reaches it") })
        #expect(log.contains { $0.contains("▶") && $0.contains("2.811") })
        let ascii = dashboard.text(Screens.look(.ascii))
        #expect(ascii.split(separator: "\n").contains { $0.contains("x left") })
        // Where there is room for two steps only, it takes the place of the one to come.
        let small = try churn("t 2.2s", size: Screens.sizes[0]).text().split(separator: "\n").suffix(8)
        #expect(small.contains { $0.contains("✗ left") } && small.contains { $0.contains("▶   81") && $0.contains("Finished") })
    }

    @Test("A filter lets steps through, and nothing else")
    func filtered() throws {
        var dashboard = try churn("t 2.2s")
        dashboard.type("\\bc:crash\r")
        #expect(!dashboard.text().contains("✗ left"))
    }

    @Test("At every position the selected step can be seen, and a click finds the step of its line")
    func selection() throws {
        for size in Screens.sizes {
            var dashboard = try churn("t 8s", size: size)
            for _ in 0..<40 {
                dashboard.type("s")
                let rect = try #require(dashboard.layout.panes[.log])
                let height = PaneDrawing.rows(of: .log, in: rect).rows
                let lines = dashboard.logLines(height: height)
                #expect(lines.count <= height)
                let row = dashboard.selectedRow(.log)
                #expect(lines.contains(.event(row: row)) && lines.contains(.state(row: row)))
                let top = PaneDrawing.rows(of: .log, in: rect).origin
                for (offset, line) in lines.enumerated() {
                    let place = dashboard.place(at: Point(column: top.column + 3, row: top.row + offset))
                    #expect(place == .pane(.log, row: line.row))
                }
            }
        }
    }

    @Test("Step by step there is the same to tell as at once; only what happens while a node matters")
    func watch() throws {
        var dashboard = try churn()
        dashboard.type(":100%\r")
        let scenario = dashboard.scenario
        let history = dashboard.history
        let all = scenario.happenings(before: 1..<history.position + 1, in: history)
        var watch = HappeningsWatch(scenario)
        var count = 0
        for number in 1...history.position {
            let step = history.step(number)
            let found = watch.happenings(before: step)
            #expect(found == all[number] ?? [])
            count += found.count
            for happening in found {
                #expect(happening.time <= step.time && happening.time > history.step(number - 1).time)
                #expect(
                    scenario.network.happenings(to: happening.node, after: history.step(number - 1).time, upTo: step.time)
                        .contains { $0.time == happening.time && $0.what == happening.what })
            }
        }
        #expect(count > 15)
        #expect(all.values.joined().contains { $0.what == .reconnected })
    }

    @Test("A network that stays as it is has nothing to tell")
    func quiet() throws {
        var dashboard = try Screens.dashboard("swarm")
        dashboard.type(":100%\r")
        #expect(!dashboard.scenario.network.changesByItself && dashboard.happeningsSeen == nil)
        #expect(dashboard.scenario.happenings(before: 1..<500, in: dashboard.history).isEmpty)
    }

    @Test("Why a node did not answer: it was gone, or cut off, when it was asked")
    func why() throws {
        var dashboard = try churn("100%")
        let network = dashboard.scenario.network
        var told = 0
        for entry in dashboard.history.journal.entries {
            for row in dashboard.observation.nodes(of: entry) {
                guard let trail = entry.trails[row.node.index], let asked = trail.storeSent ?? trail.asked else { continue }
                guard network.trouble(of: row.node, at: asked) != nil else { continue }
                (dashboard.selectedBroadcast, dashboard.selectedNode, dashboard.focus) = (entry.id, row.node.index, .closest)
                dashboard.settle()
                dashboard.type("w")
                let lines = try #require(dashboard.dialog).lines
                #expect(lines.contains { $0.text.hasPrefix("When the request was sent, at ") })
                dashboard.type("q")
                told += 1
            }
        }
        #expect(told > 3)
    }

    @Test("As plain text it stands on lines of its own")
    func plain() throws {
        let scenario = try churn().scenario
        let text = PlainText(scenario)
        let node = scenario.network.nodes[0]
        let happening = NodeHappening(time: .start.advanced(by: .milliseconds(2500)), node: node, what: .cutOff)
        #expect(
            text.line(of: happening)
                == "#*        2.500  cut off: node \(Words(keyBits: 256, ellipsis: "~", dot: ".").key(node.key)): the node was cut off: no message gets to it or from it"
        )
    }
}
