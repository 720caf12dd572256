import Canvas
import Dashboard
import Scenarios
import Simulation
import Testing
import Theming
import Timeline

@Suite("Screens")
struct SnapshotTests {
    /// A moment of the built-in scenario.
    struct Moment: CustomTestStringConvertible, Sendable {
        let name: String
        let steps: Int
        var testDescription: String { name }
    }

    static let moments = [
        Moment(name: "start", steps: 0), Moment(name: "looking", steps: 35), Moment(name: "storing", steps: 58),
        Moment(name: "end", steps: 168),
    ]

    @Test("Every pane, at three sizes, in both sets of glyphs", arguments: moments)
    func panes(moment: Moment) throws {
        for size in Screens.sizes {
            var dashboard = try Screens.dashboard(size: size)
            for _ in 0..<moment.steps { dashboard.type("s") }
            for glyphs in [GlyphSet.unicode, .ascii] {
                try expectSnapshot(
                    dashboard.text(Screens.look(glyphs)), named: "\(moment.name)-\(size.columns)x\(size.rows)-\(glyphs.rawValue)")
            }
        }
    }

    @Test("Keys of eight bits, in a portrait")
    func eightBits() throws {
        var dashboard = try Screens.dashboard("by-hand", size: Size(columns: 80, rows: 50))
        for _ in 0..<18 { dashboard.type("s") }
        dashboard.type("3")
        try expectSnapshot(dashboard.text(), named: "by-hand-80x50-unicode")
    }

    @Test("The help, its first and its last lines", arguments: [GlyphSet.unicode, .ascii])
    func help(glyphs: GlyphSet) throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("?")
        try expectSnapshot(dashboard.text(Screens.look(glyphs)), named: "help-80x24-\(glyphs.rawValue)")
        dashboard.type("G")
        try expectSnapshot(dashboard.text(Screens.look(glyphs)), named: "help-last-80x24-\(glyphs.rawValue)")
    }

    @Test("The smallest screen with all panes, one with a single pane, one with none")
    func small() throws {
        for (columns, rows) in [(60, 16), (40, 12), (20, 5), (19, 4)] {
            var dashboard = try Screens.dashboard(size: Size(columns: columns, rows: rows))
            for _ in 0..<58 { dashboard.type("s") }
            dashboard.type("3")
            try expectSnapshot(dashboard.text(), named: "small-\(columns)x\(rows)")
        }
    }

    @Test("Plain text", arguments: ["by-hand", "stopped", "once-per-reply"])
    func plain(name: String) throws {
        let scenario = try #require(BuiltInScenario.named(name)).scenario()
        let text = PlainText(scenario)
        var world = try scenario.world()
        var lines = [text.heading]
        var journal = Journal()
        while let step = world.step() {
            journal.record(step)
            lines.append(text.line(of: step))
        }
        lines.append(text.summary(of: journal))
        try expectSnapshot(lines.joined(separator: "\n"), named: "plain-\(name)")
    }
}
