import Canvas
import Dashboard
import Testing
import Timeline

@testable import Dashboard

@Suite("The map of keys, and the names of keys and commands")
struct KeyMapTests {
    @Test("Every key of the table is written and read back by its name, and so is every command")
    func names() throws {
        for command in KeyMap.commands {
            #expect(KeyMap.command(named: command.name) == command)
            for key in KeyMap.standard.keys(of: command) { #expect(try KeyPress(named: key.name) == key) }
        }
        #expect(Set(KeyMap.commands.map(\.name)).count == KeyMap.commands.count)
        for pane in Pane.allCases { #expect(KeyMap.command(named: "pane-\(pane.name)") == .focus(pane)) }
    }

    @Test(
        "Keys are recognised by their names",
        arguments: [
            ("s", .character("s")), ("S", .character("S")), ("space", .character(" ")), ("Space", .character(" ")),
            ("^D", .control("d")), ("^d", .control("d")), ("PgUp", .pageUp), ("pgup", .pageUp), ("S-Tab", .backTab), ("F5", .function(5)),
            ("f24", .function(24)), ("S-Right", .shiftRight), ("^", .character("^")), ("^]", .control("]")), ("é", .character("é")),
            ("\\", .character("\\")), ("Enter", .enter),
        ] as [(String, KeyPress)])
    func reading(_ name: String, _ key: KeyPress) throws {
        #expect(try KeyPress(named: name) == key)
    }

    @Test(
        "What is no key, or cannot be one of its own, says why and what to write",
        arguments: [
            ("^H", "^H arrives as Backspace; use Backspace, or another key"), ("^i", "^I arrives as Tab; use Tab, or another key"),
            ("^J", "^J arrives as Enter; use Enter, or another key"), ("^m", "^M arrives as Enter; use Enter, or another key"),
            ("^[", "^[ arrives as Esc; use Esc, or another key"), ("^C", "^C keeps its meaning: it pauses and quits; use another key"),
            ("^Z", "^Z keeps its meaning: it lays the program aside; use another key"),
            ("^S", "^S keeps its meaning: it stops the output; use another key"),
            ("^Q", "^Q keeps its meaning: it lets it go on; use another key"),
            ("^\\", "^\\ keeps its meaning: it kills the program; use another key"),
            ("^1", "^1 is no key; after ^ write a letter, or one of @ ] ^ _"), ("PageUp", "\"PageUp\" is no key; did you mean \"PgUp\"?"),
            ("Hone", "\"Hone\" is no key; did you mean \"Home\"?"), ("Ctrl-D", "\"Ctrl-D\" is no key; write \"^D\""),
            ("C-d", "\"C-d\" is no key; write \"^D\""), ("F64", "\"F64\" is no key; use F1 to F63"),
            ("S-F5", "\"S-F5\" is no key; write \"F17\": with Shift, terminals count 12 further"),
            ("Alt-x", "\"Alt-x\" is no key: with Alt, terminals send Esc and then the key; use one without Alt"),
            ("\t", "\"\t\" is no key that can be seen; use its name, such as Tab or Enter"),
        ])
    func wrong(_ name: String, _ sentence: String) {
        do {
            _ = try KeyPress(named: name)
            Issue.record("\(name) was taken")
        } catch {
            #expect("\(error.problem); \(error.remedy)" == sentence)
        }
    }

    @Test("A change gives a command all its keys and takes them from the others")
    func changes() {
        let keys = KeyMap(changing: [.stepForward: [.character("n"), .function(11)], .export: [], .focus(.ladder): [.character("L")]])
        #expect(keys.command(for: .character("n")) == .stepForward)
        #expect(keys.command(for: .character("s")) == nil)
        #expect(keys.keys(of: .nextMatch) == [])
        #expect(keys.name(of: .nextMatch) == "next-match")
        #expect(keys.command(for: .character("x")) == nil)
        #expect(keys.command(for: .character("L")) == .focus(.ladder))
        #expect(keys.name(of: .stepForward) == "n")
        #expect(KeyMap(changing: [:]) == .standard)
    }

    @Test("The dashboard, its hints, its help and its sentences follow the map")
    func everywhere() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[2])
        var settings = Settings()
        settings.keys = KeyMap(changing: [
            .stepForward: [.function(3)], .stepBack: [.character("ü")], .help: [.character("H")], .quit: [.character("X")], .export: [],
        ])
        dashboard.apply(settings, written: settings, path: nil)
        #expect(dashboard.text().contains("F3 step"))
        _ = dashboard.press(.function(3))
        #expect(dashboard.history.position == 1)
        dashboard.type("s")
        #expect(dashboard.message == "s does nothing; H shows all keys")
        dashboard.type("üü")
        #expect(dashboard.history.position == 0)
        #expect(dashboard.message == "this is the start; F3 steps forward")
        dashboard.type("H")
        #expect(dashboard.text().contains("F3           one event forward"))
        #expect(dashboard.text().contains("X: close"))
        dashboard.type("X")
        #expect(dashboard.help == nil)
        #expect(dashboard.press(.character("q")) == .draw)
        #expect(dashboard.press(.character("X")) == .quit)
    }

    @Test("As text: every command with its keys and its name")
    func text() {
        let lines = KeyText(KeyMap(changing: [.export: []])).lines
        #expect(lines.first == "Step")
        #expect(lines.contains("  s F11    step-forward            one event forward"))
        #expect(lines.contains("  -        export                  write the pane, the screen or the run to a file"))
        for command in KeyMap.commands { #expect(lines.contains { $0.contains(" \(command.name) ") }) }
    }
}
