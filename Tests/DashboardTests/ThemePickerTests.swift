import Canvas
import Dashboard
import Testing
import Theming

@Suite("The list of themes")
struct ThemePickerTests {
    private let items = [
        ThemeItem(id: "dark", name: "Dark", variant: .dark, origin: "built in", problem: nil),
        ThemeItem(id: "mine", name: "mine", variant: .dark, origin: "yours", problem: "mine.toml:3: something is wrong"),
        ThemeItem(id: "nord", name: "Nord", variant: .dark, origin: "yours, for the built-in one", problem: nil),
        ThemeItem(id: "paper", name: "Paper", variant: .light, origin: "yours", problem: nil),
    ]

    private func dashboard(_ size: Size = Screens.sizes[0]) throws -> Dashboard {
        var dashboard = try Screens.dashboard(size: size)
        dashboard.offer(items, chosen: "dark")
        return dashboard
    }

    @Test("Moving shows each theme at once; Enter keeps it")
    func preview() throws {
        var dashboard = try dashboard()
        #expect(dashboard.theme == "dark")
        dashboard.type("T")
        #expect(dashboard.theme == "dark")
        dashboard.type("jj")
        #expect(dashboard.theme == "nord")
        dashboard.type("G")
        #expect(dashboard.theme == "paper")
        _ = dashboard.press(.enter)
        #expect(dashboard.theme == "paper")
        #expect(dashboard.text().contains("the theme Paper; kadscope --theme paper begins with it"))
        // The list is closed: keys mean what they mean.
        dashboard.type("s")
        #expect(dashboard.text().contains("step 1/"))
    }

    @Test("Esc, q and T bring the old theme back", arguments: [KeyPress.escape, .character("q"), .character("T")])
    func back(key: KeyPress) throws {
        var dashboard = try dashboard()
        dashboard.type("TG")
        #expect(dashboard.theme == "paper")
        #expect(dashboard.press(key) == .draw)
        #expect(dashboard.theme == "dark")
        #expect(!dashboard.text().contains("Enter: keep it"))
    }

    @Test("A theme that is wrong is not shown, but what is wrong with it is")
    func broken() throws {
        var dashboard = try dashboard()
        dashboard.type("Tj")
        #expect(dashboard.theme == "dark")
        #expect(dashboard.text().contains("mine.toml:3: something is wrong"))
        _ = dashboard.press(.enter)
        #expect(dashboard.text().contains("Enter: keep it"))
        #expect(dashboard.theme == "dark")
    }

    @Test("Names, variants and where they come from, at every size and in every set of glyphs", arguments: Screens.sizes, GlyphSet.allCases)
    func rows(size: Size, glyphs: GlyphSet) throws {
        var dashboard = try dashboard(size)
        dashboard.type("Tjj")
        let look = Screens.look(glyphs)
        let lines = dashboard.text(look).split(separator: "\n")
        #expect(lines.contains { $0.contains("\(look.glyphs.selection) nord   dark   yours, for the built-in one") })
        #expect(lines.contains { $0.contains("\(look.glyphs.answered)dark   dark   built in") })
        #expect(lines.contains { $0.contains("paper  light  yours") })
        #expect(lines.contains { $0.contains("mine   \(look.glyphs.failed)      yours") })
    }

    @Test("On a screen that is hardly one, the list is as much of it as there is room for")
    func small() throws {
        for size in [
            Size(columns: 60, rows: 16), Size(columns: 40, rows: 12), Size(columns: 20, rows: 5), Size(columns: 3, rows: 2), .zero,
        ] {
            var dashboard = try dashboard(size)
            dashboard.type("TjjG")
            #expect(dashboard.theme == "paper")
            #expect(dashboard.canvas(Screens.look()).size == size)
        }
    }

    @Test("The hints say what the keys do in the list")
    func hints() throws {
        var dashboard = try dashboard()
        dashboard.type("T")
        let hints = try #require(dashboard.text().split(separator: "\n").last)
        #expect(hints.contains("keep it") && hints.contains("close") && !hints.contains("step"))
    }

    @Test("Themes that are read again while the list is open: the one that is looked at stays")
    func offeredAgain() throws {
        var dashboard = try dashboard()
        dashboard.type("TG")
        #expect(dashboard.press(.character("R")) == .reload)
        let more = ThemeItem(id: "aurora", name: "Aurora", variant: .dark, origin: "yours", problem: nil)
        dashboard.offer([more] + items, chosen: "paper")
        #expect(dashboard.theme == "paper")
        _ = dashboard.press(.escape)
        #expect(dashboard.theme == "dark")
        dashboard.offer([more], chosen: "aurora")
        #expect(dashboard.theme == "aurora")
    }

    @Test("R asks for the themes to be read again")
    func reload() throws {
        var dashboard = try dashboard()
        #expect(dashboard.press(.character("R")) == .reload)
        #expect(dashboard.theme == "dark")
    }

    @Test("Without themes there is nothing to choose")
    func none() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("T")
        #expect(dashboard.text().contains("there are no themes to choose from here"))
    }

    @Test("A theme with a background paints every cell; one without leaves the terminal's")
    func ground() throws {
        var dashboard = try dashboard()
        dashboard.type("T")
        func own(_ id: String) throws -> Int {
            let theme = try #require(BuiltInThemes.named(id)).resolved(for: .palette256)
            let canvas = dashboard.canvas(Look(theme: theme, glyphSet: .unicode))
            return (0..<canvas.size.rows).reduce(0) { count, row in
                count + canvas.row(row).count { $0.style.background == .terminalDefault || $0.style.foreground == .terminalDefault }
            }
        }
        #expect(try own("nord") == 0)
        #expect(try own("light") == 0)
        #expect(try own("dark") > 500)
    }
}
