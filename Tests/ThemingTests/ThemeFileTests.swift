import Canvas
import TOMLFields
import Testing
import Theming

/// The complaint about a theme, as a sentence; nil if there is none.
private func complaint(_ text: String, parents: (String) -> ThemeText? = { _ in nil }) -> String? {
    do throws(TOMLFieldError) {
        _ = try ThemeFile(text: text, source: "my.toml", parents: parents)
        return nil
    } catch {
        return error.description
    }
}

private func theme(_ text: String, _ depth: ColorDepth = .trueColor, parents: (String) -> ThemeText? = { _ in nil }) throws -> Theme {
    try ThemeFile(text: text, source: "my.toml", parents: parents).resolved(for: depth)
}

@Suite struct ThemeFileTests {
    @Test func coloursOfEveryKind() throws {
        let text = """
            name = "Mine"
            variant = "light"
            [palette]
            sea = "#0a64C8"
            moss = { hex = "#00ff00", c256 = 108, c16 = "bright-green" }
            red = 52
            [roles]
            text = "sea"
            node = { fg = "moss", bg = "default", attr = ["bold", "underline"] }
            state = "red"
            log = { fg = "yellow" }
            spark = { fg = 200, bg = "#fff" }
            """
        let full = try theme(text)
        #expect(full.name == "Mine")
        #expect(full.variant == .light)
        #expect(full.style(.text).foreground == .rgb(10, 100, 200))
        #expect(full.style(.node) == Style(foreground: .rgb(0, 255, 0), attributes: [.bold, .underline]))
        #expect(full.style(.stateTodo).foreground == .indexed(52))
        #expect(full.style(.logIn).foreground == .indexed(3))
        #expect(full.style(.spark) == Style(foreground: .indexed(200), background: .rgb(255, 255, 255)))
        #expect(try theme(text, .palette256).style(.node).foreground == .indexed(108))
        #expect(try theme(text, .ansi16).style(.node).foreground == .indexed(10))
        #expect(try theme(text, .none).style(.node) == Style(attributes: [.bold, .underline]))
    }

    @Test func theLongestNamedPrefixCounts() throws {
        let theme = try theme("[roles]\npane = 1\n\"pane.border\" = 2\nheader.live = 3\n[roles.state]\nfg = 4\ntodo = { fg = 5 }")
        #expect(theme.style(.paneTitle).foreground == .indexed(1))
        #expect(theme.style(.paneBorderFocus).foreground == .indexed(2))
        #expect(theme.style(.headerLive).foreground == .indexed(3))
        #expect(theme.style(.header) == .plain)
        #expect(theme.style(.stateWaiting).foreground == .indexed(4))
        #expect(theme.style(.stateTodo).foreground == .indexed(5))
    }

    @Test func aChildRepaintsWhatItInherits() throws {
        let parent = ThemeText(
            id: "parent", source: "parent.toml",
            text:
                "variant = \"light\"\n[palette]\nink = 1\n[roles]\ntext = \"ink\"\nnode = \"ink\"\n[glyphs]\nfailed = \"!\"\nstored = \"s\""
        )
        let child = "inherits = \"parent\"\n[palette]\nink = 2\n[roles]\nnode = 3\n[glyphs]\nstored = \"S\""
        let theme = try theme(child) { $0 == "parent" ? parent : nil }
        #expect(theme.variant == .light)
        #expect(theme.style(.text).foreground == .indexed(2))
        #expect(theme.style(.node).foreground == .indexed(3))
        #expect(theme.glyphs(.unicode).failed == "!")
        #expect(theme.glyphs(.ascii).stored == "S")
        #expect(theme.name == "my.toml")
    }

    @Test func anASCIITerminalGetsNoOtherGlyphs() throws {
        let theme = try theme("[glyphs]\nfailed = \"☓\"\nwaiting = \"w\"")
        #expect(theme.glyphs(.unicode).failed == "☓")
        #expect(theme.glyphs(.ascii).failed == "x")
        #expect(theme.glyphs(.ascii).waiting == "w")
    }

    @Test func withoutColoursStylesStillDiffer() throws {
        let text =
            "[roles]\nselection = { bg = 237 }\nheader = { fg = 1, mono = [\"bold\"] }\nnode = { bg = 3, attr = [\"underline\"] }\ntext = { bg = \"default\" }"
        let plain = try theme(text, .none)
        #expect(plain.style(.selection) == Style(attributes: .reverse))
        #expect(plain.style(.header) == Style(attributes: .bold))
        #expect(plain.style(.node) == Style(attributes: .underline))
        #expect(plain.style(.text) == .plain)
        #expect(try theme(text, .palette256).style(.header) == Style(foreground: .indexed(1)))
    }

    @Test func textPaintsTheScreenAndNothingElse() throws {
        let text = "[roles]\ntext = { fg = \"#111111\", bg = \"#eeeeee\", attr = [\"bold\"] }\nnode = 3\nheader = { bg = 4 }"
        let theme = try theme(text)
        #expect(theme.ground == Style(foreground: .rgb(0x11, 0x11, 0x11), background: .rgb(0xEE, 0xEE, 0xEE)))
        // So that text can be laid over a dialog.
        #expect(theme.style(.text) == Style(foreground: .rgb(0x11, 0x11, 0x11), attributes: .bold))
        #expect(theme.style(.textDim).background == .terminalDefault)
        #expect(theme.style(.node).background == .terminalDefault)
        #expect(theme.style(.header).background == .indexed(4))
        let plain = try ThemeFile(text: text, source: "my.toml").resolved(for: .none)
        #expect(plain.ground == .plain)
        #expect(plain.style(.text) == Style(attributes: .bold))
    }

    @Test func aBackgroundThatIsNotThereWith16ColoursIsReversed() throws {
        let text =
            "[palette]\nbar = { hex = \"#333333\", c16 = \"default\" }\n[roles]\nselection = { bg = \"bar\" }\nheader = { fg = 1, bg = \"bar\", mono = [\"bold\"] }"
        let sixteen = try theme(text, .ansi16)
        #expect(sixteen.style(.selection) == Style(attributes: .reverse))
        #expect(sixteen.style(.header) == Style(foreground: .indexed(1), attributes: .bold))
        #expect(try theme(text, .palette256).style(.header).attributes == [])
    }

    @Test func aThemeCanInheritTheBuiltInOneOfItsName() throws {
        let mine = ThemeText(id: "nord", source: "/mine/nord.toml", text: "inherits = \"nord\"\n[palette]\nred = 1")
        let theme = try ThemeFile(mine) { $0 == "nord" ? mine : BuiltInThemes.text(named: $0) }
        #expect(theme.name == "nord")
        #expect(theme.resolved(for: .trueColor).style(.stateFailed).foreground == .indexed(1))
        let built = try #require(BuiltInThemes.named("nord")).resolved(for: .trueColor)
        #expect(theme.resolved(for: .trueColor).style(.node) == built.style(.node))
    }

    @Test func betweenColoursOfTheUsersOwnThereIsNothing() throws {
        let theme = try theme("[roles]\nspark = { gradient = [\"green\", \"red\"] }")
        #expect(Set((0...20).map { theme.gradient(.spark, at: Double($0) / 20).foreground }) == [.indexed(2), .indexed(1)])
    }

    @Test func gradientsGoThroughTheirColours() throws {
        let text = "[roles]\ndeadline = { gradient = [\"#00ff00\", \"yellow\", \"#ff0000\"], attr = [\"bold\"] }"
        let full = try theme(text)
        #expect(full.gradient(.deadline, at: 0).foreground == .rgb(0, 255, 0))
        #expect(full.gradient(.deadline, at: 0.5).foreground == .indexed(3))
        #expect(full.gradient(.deadline, at: 1) == Style(foreground: .rgb(255, 0, 0), attributes: .bold))
        #expect(full.gradient(.deadline, at: -7) == full.gradient(.deadline, at: 0))
        #expect(full.gradient(.deadline, at: .infinity) == full.gradient(.deadline, at: 1))
        #expect(full.gradient(.deadline, at: .nan) == full.gradient(.deadline, at: 0))
        #expect(full.gradient(.text, at: 0.3) == full.style(.text))
        let sixteen = try theme(text, .ansi16)
        let seen = Set((0...100).map { sixteen.gradient(.deadline, at: Double($0) / 100).foreground })
        #expect(seen == [.indexed(10), .indexed(3), .indexed(9)])
        #expect(try theme(text, .none).gradient(.deadline, at: 0.7) == Style(attributes: .bold))
    }

    @Test(arguments: [
        ("[roles]\n\"state.wating\" = 1", "my.toml:2:1: roles.\"state.wating\": unknown role; did you mean \"state.waiting\"?"),
        ("[roles]\nstate.wating = 1", "my.toml:2:7: roles.state.wating: unknown role; did you mean \"state.waiting\"?"),
        ("[roles]\ntext = \"tael\"\n[palette]\nteal = 1", "my.toml:2:1: roles.text: \"tael\" is not a colour; did you mean \"teal\"?"),
        (
            "[roles]\ntext = { fg = \"#12\" }",
            "my.toml:2:10: roles.text.fg: \"#12\" is not a colour; write \"#rrggbb\", 0 to 255, \"default\" or an ANSI name"
        ),
        (
            "[palette]\nx = \"#1234567\"",
            "my.toml:2:1: palette.x: \"#1234567\" is not a colour; write \"#rrggbb\", 0 to 255, \"default\" or an ANSI name"
        ),
        ("[palette]\nx = 256", "my.toml:2:1: palette.x: 256 is too large; use 0 to 255"),
        ("[palette]\nx = { hex = \"#000000\", c16 = 16 }", "my.toml:2:24: palette.x.c16: 16 is too large; use 0 to 15"),
        (
            "[palette]\nx = { hex = \"#000000\", c16 = \"gren\" }",
            "my.toml:2:24: palette.x.c16: \"gren\" is not a colour; did you mean \"green\"?"
        ),
        ("[palette]\nx = { hex = \"red\" }", "my.toml:2:7: palette.x.hex: \"red\" is not a colour; write \"#rrggbb\""),
        ("[palette]\nx = { c256 = 1 }", "my.toml:2:1: palette.x.hex: it is missing; write \"#rrggbb\""),
        ("[palette]\nx = true", "my.toml:2:1: palette.x: true is a boolean, not a string; write it in quotation marks"),
        ("[roles]\ntext = { attr = [\"blod\"] }", "my.toml:2:10: roles.text.attr: \"blod\" is not an attribute; did you mean \"bold\"?"),
        ("[roles]\ntext = { fgg = 1 }", "my.toml:2:10: roles.text.fgg: unknown field; did you mean \"fg\"?"),
        ("[roles]\nspark = { gradient = [\"red\"] }", "my.toml:2:11: roles.spark.gradient: a gradient of 1; use 2 to 8 colours"),
        (
            "[roles]\nspark = { gradient = [\"red\", \"gren\"] }",
            "my.toml:2:11: roles.spark.gradient: \"gren\" is not a colour; did you mean \"green\"?"
        ),
        ("[glyphs]\nfailed = \"漢\"", "my.toml:2:1: glyphs.failed: \"?\" does not fill exactly one column; use one narrow character"),
        ("[glyphs]\nfailed = \"ab\"", "my.toml:2:1: glyphs.failed: \"ab\" does not fill exactly one column; use one narrow character"),
        ("[glyphs]\nfaild = \"x\"", "my.toml:2:1: glyphs.faild: unknown field; did you mean \"failed\"?"),
        ("variant = \"drak\"", "my.toml:1:1: variant: \"drak\" is unknown; did you mean \"dark\"?"),
        ("pallete = 1", "my.toml:1:1: pallete: unknown field; did you mean \"palette\"?"),
        ("inherits = \"drak\"", "my.toml:1:1: inherits: there is no theme \"drak\"; did you mean \"dark\"?"),
    ])
    func complaints(text: String, sentence: String) {
        #expect(complaint(text) == sentence)
    }

    @Test func circlesOfInheritance() {
        let parents: (String) -> ThemeText? = { name in
            ThemeText(id: name, source: "\(name).toml", text: "\n\ninherits = \"\(name == "a" ? "b" : "a")\"")
        }
        #expect(
            complaint("inherits = \"a\"", parents: parents)
                == "b.toml:3:1: inherits: the themes inherit each other: my.toml, a, b, a; leave out one of them")
        #expect(complaint("inherits = \"my.toml\"")?.contains("inherit each other") == true)
        let endless: (String) -> ThemeText? = { name in ThemeText(id: name, source: name, text: "inherits = \"\(name)x\"") }
        #expect(complaint("inherits = \"x\"", parents: endless) != nil)
    }

    @Test func aParentsMistakeIsFoundInTheParent() {
        let parent = ThemeText(id: "p", source: "p.toml", text: "[roles]\n\ntext = \"nope\"")
        #expect(complaint("inherits = \"p\"") { _ in parent }?.hasPrefix("p.toml:3:1: roles.text: \"nope\" is not a colour") == true)
    }
}
