import Broadcasts
import Canvas
import Coordination
import Scenarios
import Testing
import Theming
import Timeline

@testable import Dashboard

@Suite("The pane Ladder")
struct LadderPaneTests {
    private func dashboard(_ scenario: String = "by-hand", size: Size = Screens.sizes[1], steps: Int = 0) throws -> Dashboard {
        var dashboard = try Screens.dashboard(scenario, size: size)
        dashboard.focus = .ladder
        dashboard.type("zz")
        for _ in 0..<steps { dashboard.type("s") }
        return dashboard
    }

    private func lines(_ dashboard: Dashboard, _ glyphs: GlyphSet = .unicode) throws -> [String] {
        let rect = try #require(dashboard.layout.panes[.ladder]).inset()
        return dashboard.canvas(Screens.look(glyphs)).cropped(to: rect).text().split(separator: "\n").map(String.init)
    }

    @Test("Every message of the run is a line, and nothing else but the beginnings, the ends and what did not come")
    func complete() throws {
        for scenario in ["swarm", "strategies", "race"] {
            var dashboard = try dashboard(scenario)
            dashboard.type("v")
            dashboard.type(":100000\r")
            let ladder = try #require(dashboard.ladder)
            var (requests, replies) = (0, 0)
            for number in 1...dashboard.history.stepCount {
                let step = dashboard.history.step(number)
                switch step.event {
                case .getCloserNodesSuccess, .getCloserNodesFailure, .storeRecordSuccess, .storeRecordFailure: replies += 1
                case .startBroadcast, .stopBroadcast, .poll: break
                }
                switch step.state {
                case .findCloser, .storeRecord: requests += 1
                case .idle, .waiting, .broadcastFinished, .broadcastRejected: break
                }
            }
            #expect(ladder.rows.count(where: \.isRequest) == requests)
            let others = ladder.rows.filter { !$0.isRequest }
            #expect(others.count { $0.kind != .expired && $0.column != nil } == replies)
            #expect(ladder.rows.map(\.step) == ladder.rows.map(\.step).sorted())
        }
    }

    @Test("Columns are in the order of the first contact, and a line is open from the request to the reply")
    func columns() throws {
        let dashboard = try dashboard(steps: 100)
        let ladder = try #require(dashboard.ladder)
        var seen: [Int] = []
        var open: [Int: Int] = [:]
        for (index, row) in ladder.rows.enumerated() {
            guard let column = row.column else { continue }
            if !seen.contains(column) { seen.append(column) }
            open[column, default: 0] += row.isRequest ? 1 : -1
            #expect(ladder.openCount(column: column, after: index) == max(0, open[column] ?? 0))
        }
        #expect(seen == Array(ladder.nodes.indices))
        #expect(ladder.nodes.indices.allSatisfy { ladder.openCount(column: $0, after: ladder.rows.count) == 0 })
    }

    @Test("Arrows lead from us to the nodes and back, with what they bring")
    func arrows() throws {
        var dashboard = try dashboard(size: Screens.sizes[2], steps: 24)
        dashboard.type("z")
        let text = try lines(dashboard).joined(separator: "\n")
        #expect(text.contains("├─ FIND ──") && text.contains("├─ STORE ─") && text.contains("◂ stored ──") && text.contains(" closer ──"))
        #expect(text.contains("starts: FollowUp") && text.contains("ends: completed"))
        let ascii = try lines(dashboard, .ascii).joined(separator: "\n")
        #expect(ascii.contains("+- FIND -") && ascii.contains("< stored -"))
        #expect(ascii.unicodeScalars.allSatisfy { $0.isASCII })
    }

    @Test("A reply that does not come is a cross at the line of the node")
    func expiry() throws {
        var dashboard = try dashboard("swarm", size: Screens.sizes[2])
        dashboard.type("zv:100000\r")
        let ladder = try #require(dashboard.ladder)
        let place = try #require(ladder.rows.firstIndex { $0.kind == .expired })
        let row = ladder.rows[place]
        let sent = try #require(ladder.rows[..<place].last { $0.column == row.column && $0.isRequest && $0.id == row.id })
        let waited = dashboard.history.step(sent.step).time.duration(to: dashboard.history.step(row.step).time)
        #expect(waited > .seconds(1))
        dashboard.type(":\(row.step)\r")
        #expect(try lines(dashboard).contains { $0.contains(" no answer ") && $0.contains("✗") })
    }

    @Test("j and k go from step to step, the selection is that of the log, and Enter goes there")
    func selection() throws {
        var dashboard = try dashboard(steps: 12)
        let rows = try #require(dashboard.ladder).rows
        var steps: [Int] = []
        for _ in 0..<5 {
            dashboard.type("k")
            steps.append(try #require(dashboard.selectedStep))
            #expect(rows[dashboard.selectedLadderRow].step == steps.last)
        }
        #expect(steps == steps.sorted(by: >) && Set(steps).count == 5)
        let step = try #require(dashboard.selectedStep)
        #expect(dashboard.logStep(dashboard.selectedRow(.log)) == step)
        dashboard.type("j")
        #expect(dashboard.selectedStep == steps[3])
        dashboard.type("\r")
        #expect(dashboard.history.position == steps[3])
        dashboard.type("w")
        #expect(dashboard.dialog != nil)
        dashboard.type("qG")
        #expect(dashboard.selectedStep == nil)
    }

    @Test("The node of the selected line is always visible, and h and l scroll")
    func sideways() throws {
        var dashboard = try dashboard("swarm", size: Screens.sizes[0])
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            let ladder = try #require(dashboard.ladder)
            guard dashboard.history.position > 0, let column = ladder.rows[dashboard.selectedLadderRow].column else { continue }
            let plan = dashboard.ladderPlan(columns: 78)
            let place = try #require(plan.column(of: column, first: dashboard.firstLadderColumn))
            #expect(place < 78)
        }
        dashboard.type("g")
        let first = dashboard.firstLadderColumn
        dashboard.type("l")
        #expect(dashboard.firstLadderColumn == first + 1)
        for _ in 0..<100 { dashboard.type("l") }
        // As far as the last node, behind which no room is left.
        let last = (try #require(dashboard.ladder)).nodes.count - dashboard.ladderPlan(columns: 78).nodeCount
        #expect(dashboard.firstLadderColumn == last)
        dashboard.type("h")
        #expect(dashboard.firstLadderColumn == last - 1)
    }

    @Test("Steps to come are there, dim, and the lines that are known do not change on the way")
    func coming() throws {
        var dashboard = try dashboard()
        let all = try #require(dashboard.ladder).rows
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            #expect(try #require(dashboard.ladder).rows == all)
        }
        dashboard.type("r")
        #expect(try lines(dashboard).count > 4)
    }

    @Test("Another choice on the way makes other lines to come")
    func branches() throws {
        var dashboard = try dashboard(steps: 8)
        let before = try #require(dashboard.ladder).rows
        dashboard.type(":drop \(dashboard.choiceWords.text(.deliver(dashboard.pending[0].name)).dropFirst("deliver ".count))\r")
        dashboard.type("}}}")
        let after = try #require(dashboard.ladder).rows
        #expect(after != before)
        #expect(after.prefix { $0.step <= 8 } == before.prefix { $0.step <= 8 })
    }

    @Test("At 80x24 there are a head and three lines; zoomed at 200x60 there is room for all")
    func sizes() throws {
        for glyphs in GlyphSet.allCases {
            for size in Screens.sizes {
                var dashboard = try dashboard("swarm", size: size, steps: 60)
                #expect(try lines(dashboard, glyphs)[0].contains("us"))
                dashboard.type("z")
                #expect(try lines(dashboard, glyphs).count >= min(30, size.rows - 10))
            }
        }
    }
}
