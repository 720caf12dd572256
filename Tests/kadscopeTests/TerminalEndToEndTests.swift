import Foundation
import Testing

/// What only a real terminal shows. All of these need tmux.
@Suite(.serialized) struct TerminalEndToEndTests {
    private static let panes = ["1 Pool", "2 In-flight", "3 Closest", "4 Log"]

    private static func hasPanes(_ screen: TmuxScreen) -> Bool { panes.allSatisfy(screen.text.contains) }

    @Test("Starting shows the four panes; q leaves the screen of the shell as it was, with status 0")
    func startAndQuit() async throws {
        let terminal = try await TmuxTerminal()
        try terminal.type("echo was here before")
        try await terminal.wait("a word of ours") { $0.lines.contains("was here before") }
        try await terminal.open()
        let screen = try await terminal.wait("the panes", until: Self.hasPanes)
        #expect(screen.isAlternate && !screen.hasCursor)
        #expect(screen.lines[0].contains("PAUSED") && screen.lines[23].contains("q quit"))
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
        let after = try terminal.screen()
        #expect(after.lines.contains("was here before"))
        #expect(!after.text.contains("Pool"), "\(after.text)")
    }

    @Test("s steps forward, S back to the very start")
    func stepAndBack() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        let start = try await terminal.wait("the number of steps") { !$0.lines[0].contains("+") }
        try terminal.press("s")
        try await terminal.wait("the first event and the first state") {
            $0.step == 1 && $0.text.contains("→ StartBroadcast") && $0.text.contains("← FindCloser")
        }
        try terminal.press("s", "s")
        let third = try await terminal.wait("step 3") { $0.isAt(3) }
        try terminal.press("S", "S", "S")
        try await terminal.wait("the start as it was") { $0.text == start.text }
        try terminal.press("S")
        try await terminal.wait("a word about the start") { $0.text.contains("this is the start") }
        try terminal.press("s", "s", "s")
        try await terminal.wait("step 3 as it was") { $0.text == third.text }
    }

    @Test("The space bar lets it run, and pauses it")
    func runAndPause() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.press("Space")
        try await terminal.wait("a run") { $0.text.contains("RUNNING") && $0.step ?? 0 >= 3 }
        try terminal.press("Space")
        let paused = try await terminal.wait("a pause") { $0.text.contains("PAUSED") }
        try terminal.press("S")
        try await terminal.wait("a step back from where it paused") { $0.step == (paused.step ?? 0) - 1 }
    }

    @Test("Another size is drawn at once, without a key, and a screen that is too small says so")
    func resize() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.press("s")
        let before = try await terminal.wait("step 1") { $0.isAt(1) }
        try terminal.resize(120, 40)
        try await terminal.wait("a larger screen") { Self.hasPanes($0) && $0.lines[39].contains("q quit") && $0.lines[0].count > 80 }
        try terminal.resize(50, 12)
        try await terminal.wait("one pane") {
            $0.lines[0].contains("needs 60x16, is 50x12") && $0.text.contains("1 Pool") && !$0.text.contains("4 Log")
        }
        try terminal.press("4", "s")
        try await terminal.wait("keys in a small screen") { $0.text.contains("4 Log") && $0.step == 2 }
        try terminal.resize(18, 4)
        try await terminal.wait("a word in a tiny screen") { $0.lines[0].contains("needs 60x16") && !$0.text.contains("Log") }
        try terminal.press("S", "1")
        try terminal.resize(80, 24)
        try await terminal.wait("the screen as it was") { $0.text == before.text }
    }

    @Test("Ctrl-Z gives the terminal back, and fg paints the screen again")
    func suspend() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.press("s", "s")
        let before = try await terminal.wait("step 2") { $0.isAt(2) }
        try terminal.press("C-z")
        try await terminal.wait("the shell") { !$0.isAlternate && $0.hasCursor && !$0.hasKeypad && $0.text.contains("Stopped") }
        try terminal.type("fg")
        try await terminal.wait("the screen as it was") { $0.isAlternate && !$0.hasCursor && $0.text == before.text }
        // Another size meanwhile is noticed too.
        try terminal.press("C-z")
        try await terminal.wait("the shell again") { !$0.isAlternate }
        try terminal.resize(100, 30)
        try terminal.type("fg")
        try await terminal.wait("the new size") { $0.isAlternate && Self.hasPanes($0) && $0.lines[29].contains("q quit") }
        try terminal.press("s")
        try await terminal.wait("step 3") { $0.step == 3 }
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
    }

    @Test("Ctrl-C pauses; twice in a row it quits")
    func interrupt() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.press("Space")
        try await terminal.wait("a run") { $0.step ?? 0 >= 1 }
        try terminal.press("C-c")
        try await terminal.wait("a pause") { $0.text.contains("PAUSED") && $0.text.contains("^C again quits") }
        // The two have to come within a second, which a busy machine may not manage at once.
        let deadline = ContinuousClock.now + TmuxTerminal.patience
        while try terminal.screen().isAlternate, ContinuousClock.now < deadline { try terminal.press("C-c") }
        try await terminal.expectShell(status: 0)
    }

    @Test("The signals TERM and HUP give the terminal back", arguments: [(SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
    func terminate(_ signal: Int32, _ status: Int32) async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.press("Space")
        try await terminal.wait("a run") { $0.step ?? 0 >= 1 }
        try terminal.send(signal)
        try await terminal.expectShell(status: status)
    }

    @Test("A crash gives the terminal back and keeps its status", arguments: [(SIGSEGV, 139), (SIGILL, 132)] as [(Int32, Int32)])
    func crash(_ signal: Int32, _ status: Int32) async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.press("s")
        try await terminal.wait("step 1") { $0.step == 1 }
        try terminal.send(signal)
        try await terminal.expectShell(status: status)
    }

    @Test("A terminal without a cursor to move, or of an unknown type, is told about --plain", arguments: ["dumb", "no-such-terminal"])
    func unusableType(_ type: String) async throws {
        let terminal = try await TmuxTerminal(type: type)
        try terminal.start()
        try await terminal.wait("a sentence") { $0.text.contains("kadscope: ") && $0.text.contains("use kadscope --plain") }
        try await terminal.expectShell(status: 2)
    }

    @Test("The locale decides about the glyphs, --glyphs overrides it")
    func glyphs() async throws {
        let unicode = try await TmuxTerminal()
        try await unicode.open()
        #expect(try unicode.screen().text.contains("╔═ 1 Pool"))
        let ascii = try await TmuxTerminal(environment: ["LC_ALL": "C"])
        try await ascii.open()
        try ascii.press("s")
        let screen = try await ascii.wait("step 1") { $0.step == 1 }
        #expect(screen.text.contains("#= 1 Pool") && screen.text.allSatisfy(\.isASCII), "\(screen.text)")
        try ascii.press("q")
        try await ascii.expectShell(status: 0)
        let chosen = try await TmuxTerminal()
        try await chosen.open("--glyphs ascii")
        #expect(try chosen.screen().text.allSatisfy(\.isASCII))
    }

    @Test("NO_COLOR turns colours off, and nothing else does")
    func noColor() async throws {
        let colored = try await TmuxTerminal()
        try await colored.open()
        #expect(try colored.screen().hasColor)
        let plain = try await TmuxTerminal(environment: ["NO_COLOR": "1"])
        try await plain.open()
        try plain.press("s", "s", "s")
        let screen = try await plain.wait("step 3") { $0.isAt(3) }
        #expect(!screen.hasColor, "\(screen.styled)")
        #expect(screen.styled.contains("\u{1B}[1m"), "bold stays")
    }

    @Test("Terminals of few colours or none draw the same characters", arguments: ["vt100", "linux", "xterm", "screen-256color"])
    func otherTypes(_ type: String) async throws {
        let terminal = try await TmuxTerminal(type: type)
        try await terminal.open()
        try terminal.press("s", "s", "Tab", "Tab")
        let screen = try await terminal.wait("step 2") { $0.isAt(2) && $0.text.contains("╔═ 3 Closest") }
        #expect(Self.hasPanes(screen) && screen.lines[23].contains("q quit"), "\(screen.text)")
        #expect(screen.hasColor == (type != "vt100"))
        try terminal.press("q")
        try await terminal.wait("the shell") { $0.lines.last { !$0.isEmpty }?.hasPrefix("$") ?? false }
        try await terminal.expectShell(status: 0)
    }

    @Test("Where input or output is no terminal it says so, and points to --plain", arguments: ["</dev/null", "| cat"])
    func redirected(_ redirection: String) async throws {
        let terminal = try await TmuxTerminal()
        try terminal.start(redirecting: redirection)
        let screen = try await terminal.wait("a sentence") { $0.text.contains("is not a terminal") && $0.text.contains("--plain") }
        #expect(!screen.isAlternate)
    }

    @Test("Pasted text is not taken for keys")
    func paste() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.paste("sssq\nq\n")
        try terminal.press("s")
        try await terminal.wait("one step") { $0.step == 1 }
        #expect(try terminal.screen().isAlternate)
    }

    #if os(Linux)
    @Test("A paused screen neither writes nor wakes up")
    func idle() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.press("s")
        try await terminal.wait("step 1") { $0.isAt(1) }
        try terminal.record(to: "written")
        let before = try switches(of: try terminal.process())
        var looks = 0
        try await terminal.wait("forty looks") { _ in
            looks += 1
            return looks == 40
        }
        #expect(try switches(of: try terminal.process()) - before <= 2)
        #expect(terminal.recorded(in: "written") == 0)
        // The measure itself works: a step does write.
        try terminal.press("s")
        try await terminal.wait("something written") { _ in terminal.recorded(in: "written") > 0 }
    }

    /// How often a process has been switched to and fro.
    private func switches(of process: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let counts = status.split(separator: "\n").filter { $0.contains("ctxt_switches") }
        return counts.compactMap { $0.split(separator: "\t").last.flatMap { Int($0) } }.reduce(0, +)
    }
    #endif
}
