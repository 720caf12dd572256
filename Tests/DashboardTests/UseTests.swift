import Canvas
import Dashboard
import Testing

@Suite("What people met who used the program")
struct UseTests {
    @Test("In the settings a click selects a line, a second one changes it, one beside the list closes it")
    func settings() throws {
        var dashboard = try Screens.dashboard()
        _ = dashboard.press(.function(2))
        let line = try dashboard.place(of: "speed    10")
        _ = dashboard.click(line)
        #expect(dashboard.text().contains("▌ speed    10"))
        _ = dashboard.click(line)
        #expect(dashboard.text().contains("▌ speed    20"))
        _ = dashboard.click(Point(column: 0, row: 1))
        #expect(!dashboard.text().contains("Settings"))
    }

    @Test("In the help a click selects an entry, also on a line below its first, and a second one does what it says")
    func help() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("?")
        _ = dashboard.click(try dashboard.place(of: "errors, age"))
        #expect(dashboard.text().contains("▌ >            sorts by"))
        let step = try dashboard.place(of: "one event forward")
        _ = dashboard.click(step)
        #expect(dashboard.step == 0)
        _ = dashboard.click(step)
        #expect(dashboard.step == 1)
        #expect(!dashboard.text().contains("╔═ Help"))
    }

    @Test("Answered and stored differ without colours too")
    func glyphs() throws {
        var dashboard = try Screens.dashboard("by-hand")
        dashboard.type(":21\r6")
        let text = dashboard.text()
        #expect(text.contains("✓ answered  ● stored"))
        #expect(text.contains("6 ┤ [●]"))
    }

    @Test("A place of two lines has two lines of figures, not three upon each other", arguments: ["events", "in flight"])
    func figures(label: String) throws {
        var dashboard = try Screens.dashboard(size: Size(columns: 60, rows: 16))
        dashboard.type(":30\r8")
        #expect(dashboard.text().contains("║ \(label) "))
        #expect(!dashboard.text().contains("success"))
    }

    @Test("The title of the map and that of its numbers do not touch", arguments: [40, 60, 80, 120, 200])
    func titles(columns: Int) throws {
        var dashboard = try Screens.dashboard(size: Size(columns: columns, rows: 40))
        dashboard.type(":30\r6z")
        #expect(dashboard.text().contains(" known/all"))
    }

    @Test("A branch can lose its name; who takes one that is not there is told so")
    func names() throws {
        var dashboard = try Screens.dashboard()
        dashboard.enter(":name dead end")
        #expect(dashboard.text().contains("branch 0 is called dead end"))
        dashboard.enter(":name")
        #expect(dashboard.text().contains("branch 0 has no name any more"))
        dashboard.enter(":compare 3")
        #expect(dashboard.text().contains("there is no other branch yet"))
    }

    @Test("On a small screen, too, one sees the line that one types and what is wrong with it")
    func typing() throws {
        var dashboard = try Screens.dashboard(size: Size(columns: 40, rows: 12))
        dashboard.type(":nonsens")
        #expect(dashboard.text().hasPrefix(":nonsens"))
        dashboard.type("e\r")
        #expect(dashboard.text().contains("nothing is called \"nonsense\""))
        #expect(dashboard.press(.escape) == .draw)
        #expect(dashboard.text().hasPrefix("needs 60x16"))
    }
}
