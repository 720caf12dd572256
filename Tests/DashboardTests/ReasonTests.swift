import Canvas
import Scenarios
import Testing
import Timeline

@testable import Dashboard

@Suite("Every key does something that one sees, or says why not")
struct ReasonTests {
    /// What is done by whoever holds the terminal.
    private static let withoutTerminal: Set<Command> = [.mouse, .copyField, .copyRow, .export, .differences]

    private static let look = Screens.look()

    /// Whether a person notices that a key was pressed.
    private func isNoticed(_ key: KeyPress, _ before: Dashboard) -> Bool {
        var quiet = before
        quiet.message = nil
        var after = quiet
        guard after.press(key) == .draw, after.message == nil else { return true }
        guard after.history.position == before.history.position, after.focus == before.focus, after.layout == before.layout,
            after.isRunning == before.isRunning, (after.prompt == nil) == (before.prompt == nil),
            (after.menu == nil) == (before.menu == nil),
            (after.dialog == nil) == (before.dialog == nil), (after.help == nil) == (before.help == nil)
        else { return true }
        return after.canvas(Self.look) != quiet.canvas(Self.look)
    }

    private func check(_ dashboard: Dashboard, _ place: String) {
        for command in KeyMap.commands where !Self.withoutTerminal.contains(command) {
            for key in KeyMap.standard.keys(of: command).prefix(1) {
                let isNoticed = isNoticed(key, dashboard)
                #expect(isNoticed, "\(command.name) (\(key.name)) \(place)")
            }
        }
        let isNoticed = isNoticed(.character("~"), dashboard)
        #expect(isNoticed, "an unbound key \(place)")
    }

    @Test("In every pane: at the start, in the middle, at the end")
    func panes() throws {
        let start = try Screens.dashboard("by-hand")
        var (middle, end) = (start, start)
        middle.go(to: 12)
        end.go(to: end.history.stepCount)
        for (dashboard, place) in [(start, "at the start"), (middle, "in the middle"), (end, "at the end")] {
            // At the end it is the steps that have nothing to do, in whatever pane.
            for pane in place == "at the end" ? [.pool, .log] : Pane.allCases {
                var dashboard = dashboard
                dashboard.focus = pane
                dashboard.updateChanges()
                check(dashboard, "in \(pane.title) \(place)")
            }
        }
    }

    @Test("In the help, a list, a text, the settings and on a line")
    func overlays() throws {
        var dashboard = try Screens.dashboard("by-hand")
        dashboard.type(String(repeating: "s", count: 12))
        for (opening, name) in [
            ("?", "help"), ("a", "list of actions"), ("0", "list of panes"), ("w", "text"), ("G", "log"), ("?/", "search"),
        ] {
            var open = dashboard
            open.type(opening)
            check(open, "in the \(name)")
        }
        _ = dashboard.press(.function(2))
        check(dashboard, "in the settings")
        dashboard.type("q:")
        for key in [KeyPress.function(5), .pageUp, .backTab, .insert, .up, .tab] {
            let isNoticed = isNoticed(key, dashboard)
            #expect(isNoticed, "\(key.name) on a line")
        }
    }
}
