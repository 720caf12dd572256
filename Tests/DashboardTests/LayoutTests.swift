import Canvas
import Scenarios
import Simulation
import Testing
import Timeline

@testable import Dashboard

@Suite("Layouts, zoom, focus")
struct LayoutTests {
    @Test("No pane moves while stepping", arguments: Preset.allCases)
    func still(preset: Preset) throws {
        for size in Screens.sizes {
            var dashboard = try Screens.dashboard(size: size)
            dashboard.setPreset(preset)
            let layout = dashboard.layout
            while !dashboard.history.isAtEnd {
                dashboard.type("}")
                #expect(dashboard.layout == layout)
            }
        }
    }

    @Test("The panes fill the screen without overlap, at every size", arguments: Preset.allCases)
    func filled(preset: Preset) {
        for columns in stride(from: 60, through: 230, by: 7) {
            for rows in 16...70 {
                let size = Size(columns: columns, rows: rows)
                let layout = Layout(size: size, preset: preset, focus: .pool, tab: .log, isZoomed: false)
                var covered = 3 * columns
                for (pane, rect) in layout.panes {
                    covered += rect.columns * rect.rows
                    #expect(rect.rows >= 4 && rect.columns >= 20, "\(pane) at \(columns)x\(rows)")
                    for (other, otherRect) in layout.panes where other != pane { #expect(rect.intersection(otherRect).isEmpty) }
                }
                #expect(layout.panes.count == layout.order.count && covered == columns * rows, "\(columns)x\(rows)")
            }
        }
    }

    @Test("Every pane can be reached in every layout: by number, by the list, by the tabs, by the line", arguments: Preset.allCases)
    func reached(preset: Preset) throws {
        for size in Screens.sizes + [Size(columns: 80, rows: 50)] {
            var dashboard = try Screens.dashboard(size: size)
            dashboard.setPreset(preset)
            for (place, pane) in Pane.allCases.enumerated() {
                if let digit = pane.digit { dashboard.type(String(digit)) } else { dashboard.type(":pane \(pane.name)\r") }
                #expect(dashboard.focus == pane && dashboard.isVisible(pane))
                dashboard.type("0g")
                for _ in 0..<place { dashboard.type("j") }
                _ = dashboard.press(.enter)
                #expect(dashboard.focus == pane && dashboard.menu == nil)
            }
            let tabs = dashboard.layout.tabs
            #expect(Set(tabs).union(dashboard.layout.order) == Set(Pane.allCases))
            var seen: [Pane] = []
            for _ in tabs {
                dashboard.type("]")
                seen.append(dashboard.focus)
            }
            #expect(Set(seen) == Set(tabs))
            dashboard.type("[")
            #expect(dashboard.focus == seen[seen.count - 2])
            var walked: Set<Pane> = []
            for _ in dashboard.layout.order {
                _ = dashboard.press(.tab)
                walked.insert(dashboard.focus)
            }
            #expect(walked == Set(dashboard.layout.order))
        }
    }

    @Test("The focus is on a visible pane after every change of layout and of size")
    func visible() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[2])
        for pane in Pane.allCases {
            dashboard.focus = pane
            for size in [Screens.sizes[0], Size(columns: 40, rows: 12), Screens.sizes[1], Size(columns: 80, rows: 50), Screens.sizes[2]] {
                dashboard.resize(to: size)
                #expect(dashboard.isVisible(dashboard.focus) && dashboard.focus == pane)
                for _ in Preset.allCases {
                    dashboard.type("p")
                    #expect(dashboard.isVisible(dashboard.focus) && dashboard.focus == pane)
                }
            }
        }
    }

    @Test("z lets a pane fill the screen; z, q and Esc bring the others back; a number goes to another one")
    func zoom() throws {
        var dashboard = try Screens.dashboard()
        for key in [KeyPress.character("z"), .character("q"), .escape] {
            dashboard.type("3z")
            #expect(dashboard.layout.order == [.closest] && dashboard.layout.panes[.closest] == dashboard.layout.body)
            dashboard.type("1")
            #expect(dashboard.layout.order == [.pool])
            #expect(dashboard.press(key) == .draw)
            #expect(dashboard.layout.order.count == 4 && !dashboard.isZoomed)
        }
    }

    @Test("A table is scrolled to the side, as far as it goes, and back")
    func sideways() throws {
        var dashboard = try Screens.dashboard()
        for _ in 0..<30 { dashboard.type("s") }
        dashboard.type("3")
        #expect(!dashboard.text().contains(" via "))
        for _ in 0..<40 { dashboard.type("l") }
        #expect(dashboard.text().contains(" via ") && dashboard.text().contains("near to far"))
        for _ in 0..<40 { dashboard.type("h") }
        #expect(dashboard.shift[.closest] == 0 && !dashboard.text().contains(" via "))
    }

    @Test("The pane's name is in the title, between those it shares its place with", arguments: Screens.sizes)
    func titles(size: Size) throws {
        var dashboard = try Screens.dashboard(size: size)
        for pane in Pane.allCases {
            dashboard.focus = pane
            #expect(dashboard.text().contains("\(pane.digit.map { "\($0) " } ?? "")\(pane.title)"))
        }
    }
}
