import Canvas
import TOMLFields
import Testing
import Theming

@testable import Dashboard

@Suite("Settings: the list, and the config file as text")
struct SettingsTests {
    private func file(_ text: String) -> SettingsFile {
        SettingsFile(text: text, source: "config.toml", themes: ["dark", "light", "nord"])
    }

    // MARK: The file

    @Test("A file sets what it names, the rest is as it comes")
    func reading() {
        let read = file(
            """
            theme = "nord"
            glyphs = "ascii"
            color = "256"
            mouse = false
            layout = "teach"
            speed = 50
            checks = false
            [keys]
            step-forward = ["n", "F11"]
            export = []
            pane-ladder = ["L"]
            """)
        #expect(read.problems == [])
        var settings = Settings()
        (settings.theme, settings.glyphs, settings.color, settings.mouse) = ("nord", .ascii, .palette, false)
        (settings.layout, settings.speed, settings.checks) = (.teach, 50, false)
        settings.keys = KeyMap(changing: [
            .stepForward: [.character("n"), .function(11)], .export: [], .focus(.ladder): [.character("L")],
        ])
        #expect(read.settings == settings)
        #expect(file("").settings == Settings())
        #expect(file("theme = \"auto\"\nglyphs = \"auto\"\ncolor = \"auto\"\nmouse = \"auto\"\n").settings == Settings())
        #expect(file("theme = \"~/my.toml\"").settings.theme == "~/my.toml")
    }

    @Test(
        "What is wrong is told with its line and a remedy",
        arguments: [
            ("theme = \"nrod\"", "config.toml:1: theme: there is no theme \"nrod\"; did you mean \"nord\"?"),
            ("\nglyphs = \"unicod\"", "config.toml:2: glyphs: \"unicod\" is unknown; did you mean \"unicode\"?"),
            (
                "color = 256",
                "config.toml:1: color: 256 is an integer, not a string; write it in quotation marks"
            ),
            ("mouse = \"on\"", "config.toml:1: mouse: \"on\" is a string, not a boolean; write true or false"),
            ("layout = \"tech\"", "config.toml:1: layout: \"tech\" is unknown; did you mean \"teach\"?"),
            (
                "speed = 7",
                "config.toml:1: speed: 7 is not among the speeds; use one of 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000"
            ),
            ("speed = 0", "config.toml:1: speed: 0 is too small; use 1 to 100000"),
            ("layuot = \"teach\"", "config.toml:1: layuot: unknown field; did you mean \"layout\"?"),
            (
                "[keys]\nstep-foward = [\"s\"]",
                "config.toml:2: keys.step-foward: there is no such command; did you mean \"step-forward\"?"
            ),
            (
                "[keys]\nstep-forward = \"s\"",
                "config.toml:2: keys.step-forward: \"s\" is a string, not an array of strings; write [\"…\", \"…\"]"
            ),
            ("[keys]\nexport = [\"^I\"]", "config.toml:2: keys.export: ^I arrives as Tab; use Tab, or another key"),
            ("[keys]\nexport = [\"PageUp\"]", "config.toml:2: keys.export: \"PageUp\" is no key; did you mean \"PgUp\"?"),
            (
                "[keys]\nexport = [\"n\"]\nzoom = [\"z\", \"n\"]",
                "config.toml:3: keys.zoom: n is a key of export already; leave it out at one place"
            ),
            ("[keys]\nzoom = [\"z\", \"z\"]", "config.toml:2: keys.zoom: z stands there twice; leave it out at one place"),
            (
                "[keys]\nquit = []", "config.toml:2: keys.quit: quit has no key left, and it needs one; write \"quit\" = [\"…\"] with a key"
            ),
            (
                "[keys]\nzoom = [\":\"]",
                "config.toml:2: keys.zoom: command-line has no key left, and it needs one; write \"command-line\" = [\"…\"] with a key"
            ),
            ("theme = ", "config.toml:1: a value is missing; write a number, true, false, a \"string\", an [array] or a { table }"),
        ])
    func wrong(_ text: String, _ sentence: String) {
        let read = file(text)
        #expect(read.problems.map(\.description) == [sentence])
        #expect(read.settings == Settings())
    }

    @Test("All problems are told, in the order of the lines, and a file that is wrong sets nothing")
    func allProblems() {
        let read = file("speed = 7\nlayout = \"tech\"\ncolour = 3\n[keys]\nzoom = [\"^C\", \"Hone\"]\nzoo = []\nexport = [\"x\"]\n")
        #expect(read.problems.map(\.line) == [1, 2, 3, 5, 5, 6])
        #expect(read.settings == Settings())
    }

    @Test("What differs from a file comes as lines that read back")
    func lines() {
        var settings = Settings()
        #expect(settings.lines(insteadOf: Settings()).isEmpty)
        (settings.theme, settings.glyphs, settings.speed, settings.checks) = ("a \"b\" \\c/", .ascii, 100, false)
        let lines = settings.lines(insteadOf: Settings())
        #expect(lines.map(\.field) == ["theme", "glyphs", "speed", "checks"])
        #expect(file(lines.map { "\($0.field) = \($0.value)\n" }.joined()).settings == settings)
        #expect(Settings().lines(insteadOf: settings).map(\.value) == ["\"auto\"", "\"auto\"", "10", "true"])
    }

    // MARK: The list

    @Test("F2 lists the settings; Enter and h change the selected one there and back")
    func list() throws {
        var dashboard = try Screens.dashboard()
        _ = dashboard.press(.function(2))
        #expect(dashboard.text().contains("layout   debug"))
        _ = dashboard.press(.enter)
        #expect(dashboard.preset == .teach)
        #expect(dashboard.text().contains("layout   teach *"))
        dashboard.type("h")
        #expect(dashboard.preset == .debug)
        dashboard.type("jl")
        #expect(dashboard.speed == Dashboard.normalSpeed + 1)
        #expect(dashboard.text().contains("speed    20 *"))
        dashboard.type("jjl")
        #expect(dashboard.settings.glyphs == .unicode)
        #expect(dashboard.press(.character("h")) == .settings(dashboard.currentSettings))
        #expect(dashboard.settings.glyphs == nil)
        dashboard.type("jjl")
        #expect(dashboard.settings.checks == false)
        dashboard.type("s")
        #expect(dashboard.message == "s does nothing here: Enter and h change a setting, q closes the list")
        dashboard.type("jj")
        #expect(dashboard.message == "this is the last line")
        var current = Settings()
        (current.speed, current.checks) = (20, false)
        #expect(dashboard.press(.enter) == .writeSettings(current))
        dashboard.noteWritten(current)
        #expect(!dashboard.text().contains("*"))
        dashboard.type("q")
        #expect(dashboard.settingsPlace == nil)
    }

    @Test("Settings are taken over: keys, layout, speed; what the file says the same stays as it is")
    func applying() throws {
        var dashboard = try Screens.dashboard()
        var settings = Settings()
        (settings.layout, settings.speed) = (.network, 100)
        dashboard.apply(settings, written: settings, path: "/home/me/.config/kadscope/config.toml")
        #expect(dashboard.preset == .network)
        #expect(dashboard.currentSettings == settings)
        #expect(dashboard.message == nil)
        // A layout that was chosen since then stays when the file is read again and still says the same.
        dashboard.type("p")
        let chosen = dashboard.preset
        dashboard.apply(settings, written: settings, path: nil)
        #expect(dashboard.preset == chosen)
        _ = dashboard.press(.function(2))
        #expect(dashboard.text().contains("opened with --no-config: nothing is written"))
    }

    @Test("The list fits every size")
    func sizes() throws {
        for size in Screens.sizes + [Size(columns: 60, rows: 16), Size(columns: 30, rows: 8)] {
            var dashboard = try Screens.dashboard(size: size)
            _ = dashboard.press(.function(2))
            for _ in Setting.allCases {
                #expect(dashboard.text(Screens.look(.ascii)).contains("Settings"), "\(size)")
                dashboard.type("j")
            }
        }
    }

    // MARK: Lines that were typed

    @Test("Lines that were typed go out with their signs and come back in the next run")
    func typedLines() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type(":step 3")
        _ = dashboard.press(.enter)
        dashboard.type("/refused")
        _ = dashboard.press(.enter)
        let lines = dashboard.takeTypedLines()
        #expect(lines == [":step 3", "/refused"])
        #expect(dashboard.takeTypedLines() == [])
        var next = try Screens.dashboard()
        next.recall(lines + ["no sign", ":", ":step 3", ":poll"])
        #expect(next.takeTypedLines() == [])
        next.type(":")
        _ = next.press(.up)
        #expect(next.prompt?.text == "poll")
        _ = next.press(.up)
        #expect(next.prompt?.text == "step 3")
        _ = next.press(.up)
        #expect(next.prompt?.text == "step 3")
    }
}
