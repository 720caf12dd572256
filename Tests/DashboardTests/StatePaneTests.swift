import Broadcasts
import Canvas
import Coordination
import Queries
import Scenarios
import Testing
import Theming
import Timeline

@testable import Dashboard

@Suite("The pane State")
struct StatePaneTests {
    private func rows(_ dashboard: Dashboard, _ look: Look = Screens.look()) throws -> [String] {
        let canvas = dashboard.canvas(look)
        let rect = try #require(dashboard.layout.panes[.state]).inset()
        return (rect.row..<rect.endRow).map {
            canvas.cropped(to: Rect(column: rect.column, row: $0, columns: rect.columns, rows: 1)).text()
        }
    }

    @Test("At 80x24 the chart is one line, the rule another, and the list has the rest")
    func small() throws {
        var dashboard = try Screens.dashboard("by-hand")
        dashboard.type("7")
        #expect(try rows(dashboard)[0].contains("● ─▸") == false)
        #expect(try rows(dashboard)[0].contains("●─▸ in line ─▸ find closer ◂▸ waiting ─▸ store record ◂▸ waiting ─▸ finished"))
        dashboard.type("s")
        let after = try rows(dashboard)
        #expect(after[0].contains("▓find closer▓") && after[0].contains("●━▸ in line ━▸"))
        #expect(after[1].hasPrefix(" why: "))
        #expect(after[2].contains("1.1 pool told FollowUp"))
    }

    @Test("Nothing moves while stepping: the parts depend on the size alone")
    func still() throws {
        for rows in 1...60 {
            for columns in [20, 43, 74, 78, 88, 198] {
                let parts = StateParts(Size(columns: columns, rows: rows))
                #expect(parts.head <= rows && (rows < 4 || rows - parts.head >= 2), "\(columns)x\(rows)")
            }
        }
        var dashboard = try Screens.dashboard("strategies", size: Screens.sizes[1])
        let rect = try #require(dashboard.layout.panes[.state])
        let list = PaneDrawing.rows(of: .state, in: rect)
        while !dashboard.history.isAtEnd {
            dashboard.type("s")
            #expect(PaneDrawing.rows(of: .state, in: try #require(dashboard.layout.panes[.state])) == list)
        }
    }

    @Test("v goes on to the lookup and to the pool; a Static has no lookup")
    func views() throws {
        var dashboard = try Screens.dashboard("strategies", size: Screens.sizes[1])
        for _ in 0..<25 { dashboard.type("s") }
        dashboard.type("7")
        #expect(dashboard.text().contains("State · FollowUp look"))
        dashboard.type("v")
        #expect(dashboard.text().contains("State · lookup of look") && dashboard.statechart == .lookup)
        dashboard.type("v")
        #expect(dashboard.text().contains("State · pool") && dashboard.statechart == .pool)
        dashboard.type("v1j7")
        #expect(dashboard.text().contains("State · Static told"))
        dashboard.type("v")
        #expect(dashboard.statechart == .pool)
    }

    @Test("d lists what changed since the last stop, and the title says since when")
    func stretch() throws {
        var dashboard = try Screens.dashboard("by-hand", size: Screens.sizes[1])
        dashboard.type("sss}7d")
        #expect(dashboard.history.position == 13)
        #expect(dashboard.text().contains("since step 3"))
        let lines = try #require(dashboard.changes).lines
        #expect(lines.contains { $0.words.hasPrefix("changed in lookup") })
        #expect(lines.contains { $0.sign == .added && $0.role == .diffAdd })
        // The same as the changes of each step together: the nodes that were learned are those that are known now and were not then.
        var past = dashboard.history
        past.go(to: 3)
        let known = Set(past.world.view.broadcasts.flatMap { ($0.query?.candidates ?? []).map(\.node) })
        let now = Set(dashboard.history.world.view.broadcasts.flatMap { ($0.query?.candidates ?? []).map(\.node) })
        #expect(lines.contains { $0.words.hasPrefix("\(now.subtracting(known).count) learned") })
        dashboard.type("S")
        #expect(dashboard.text().contains("since step 13, taken back"))
        #expect(try #require(dashboard.changes).lines.allSatisfy { $0.sign == nil || $0.sign == .removed })
        dashboard.type("d")
        #expect(!dashboard.text().contains("since step"))
        dashboard.type("di")
        #expect(!dashboard.showsStretch)
    }

    @Test("A stretch in which broadcasts came and went tells of their ends")
    func wholeRun() throws {
        var dashboard = try Screens.dashboard("strategies", size: Screens.sizes[1])
        dashboard.type("7d:10000\r")
        let words = try #require(dashboard.changes).lines.map(\.words)
        for id in ["look", "told", "bold"] {
            #expect(words.contains { $0.hasPrefix("\(id) ended: completed") })
            #expect(words.contains { $0.hasSuffix(" \(id) began") })
        }
    }

    @Test("Where there is room, the step is told in words: what came in, what came out, and the rule")
    func words() throws {
        var dashboard = try Screens.dashboard("by-hand", size: Screens.sizes[1])
        dashboard.type("pss")
        let text = try rows(dashboard).joined(separator: "\n")
        #expect(text.contains("in:  Poll") || text.contains("in: Poll"))
        #expect(text.contains("out: asks "))
        #expect(text.contains("why: The walk goes from the closest known node outward"))
    }

    @Test("The current state stands out without colour, and the taken way is bold")
    func monochrome() throws {
        var dashboard = try Screens.dashboard("by-hand", size: Screens.sizes[2])
        dashboard.type("s7z")
        for glyphs in GlyphSet.allCases {
            let canvas = dashboard.canvas(Screens.look(glyphs, depth: .none))
            let shade = Screens.look(glyphs).glyphs.shade
            let name = Array("\(shade)find closer\(shade)".unicodeScalars)
            let found = (0..<canvas.size.rows).lazy.compactMap { row -> Point? in
                let characters = canvas.row(row).map(\.character)
                let column = (0...(characters.count - name.count)).first { Array(characters[$0..<$0 + name.count]) == name }
                return column.map { Point(column: $0, row: row) }
            }.first
            let place = try #require(found)
            #expect(canvas[column: place.column + 1, row: place.row].style.attributes.isSuperset(of: [.bold, .reverse]))
        }
    }

    @Test("Every size and glyph set has a screen, from the start to the end of each strategy")
    func everywhere() throws {
        for size in [Size(columns: 40, rows: 12)] + Screens.sizes {
            var dashboard = try Screens.dashboard("strategies", size: size)
            dashboard.type("7p")
            while !dashboard.history.isAtEnd {
                dashboard.type("}s")
                for glyphs in GlyphSet.allCases { #expect(dashboard.canvas(Screens.look(glyphs)).size == size) }
            }
        }
    }
}
