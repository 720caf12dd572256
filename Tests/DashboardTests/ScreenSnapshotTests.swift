import Canvas
import Scenarios
import Testing
import Theming

@testable import Dashboard

/// Every layout and every pane as somebody sees it: the text in each set of glyphs, the styles at each depth of colour.
@Suite("What every screen looks like")
struct ScreenSnapshotTests {
    static let sizes = Screens.sizes + [Size(columns: 80, rows: 50)]

    /// The run at each size, stepped once for all tests: they take copies.
    private static let stepped = Result {
        try Dictionary(uniqueKeysWithValues: sizes.map { ($0, try steppedDashboard(size: $0)) })
    }

    private func dashboard(size: Size) throws -> Dashboard {
        try #require(try Self.stepped.get()[size])
    }

    /// A run in which there is something to see in every pane: marks, stops, watches, a branch, failures.
    private static func steppedDashboard(size: Size) throws -> Dashboard {
        var dashboard = try Screens.dashboard(size: size)
        dashboard.type(":watch stored b3\r:break ev:store-fail\r")
        for _ in 0..<34 { dashboard.type("s") }
        dashboard.type(":deadline\r:branch 0\r")
        for _ in 0..<34 { dashboard.type("s") }
        dashboard.type("ma")
        for _ in 0..<4 { dashboard.type("s") }
        return dashboard
    }

    private func sections(_ dashboard: Dashboard) -> String {
        let texts = GlyphSet.allCases.map { "-- \($0.rawValue)\n\(dashboard.text(Screens.look($0)))" }
        let styles = ColorDepth.allCases.map { "-- \($0)\n\(dashboard.canvas(Screens.look(depth: $0)).styleGrid)" }
        return (texts + styles).joined(separator: "\n")
    }

    @Test("Every layout", arguments: Preset.allCases, sizes)
    func layouts(preset: Preset, size: Size) throws {
        var dashboard = try dashboard(size: size)
        dashboard.setPreset(preset)
        dashboard.message = nil
        try expectSnapshot(sections(dashboard), named: "layout-\(preset.rawValue)-\(size.columns)x\(size.rows)")
    }

    @Test("Every pane alone", arguments: Pane.allCases, Screens.sizes)
    func panes(pane: Pane, size: Size) throws {
        var dashboard = try dashboard(size: size)
        dashboard.focus = pane
        dashboard.type("z")
        _ = dashboard.press(.down)
        try expectSnapshot(sections(dashboard), named: "pane-\(pane.name)-\(size.columns)x\(size.rows)")
    }

    @Test("Every pane in its place among the tabs", arguments: Pane.allCases)
    func tabs(pane: Pane) throws {
        var dashboard = try dashboard(size: Screens.sizes[0])
        dashboard.focus = pane
        dashboard.settle()
        try expectSnapshot(
            GlyphSet.allCases.map { "-- \($0.rawValue)\n\(dashboard.text(Screens.look($0)))" }.joined(separator: "\n"),
            named: "tab-\(pane.name)-80x24")
    }
}
