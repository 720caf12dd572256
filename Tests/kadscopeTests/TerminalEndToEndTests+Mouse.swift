import Foundation
import Testing

extension TerminalEndToEndTests {
    @Test("A click and a drag on the timeline go there, % leaves the mouse to the terminal, and nothing of it stays in the end")
    func mouse() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try await terminal.wait("the mouse") { $0.hasMouse }
        try terminal.mouse(0, 40, 23)
        try await terminal.wait("a step on the way") { $0.step ?? 0 > 50 }
        try terminal.mouse(32, 5, 10)
        try await terminal.wait("the start") { $0.step == 0 }
        try terminal.mouse(0, 5, 10, isRelease: true)
        try terminal.press("%")
        try await terminal.wait("no mouse") { !$0.hasMouse && $0.text.contains("mouse off") }
        try terminal.press("%")
        try await terminal.wait("the mouse again") { $0.hasMouse }
        try terminal.press("C-z")
        try await terminal.wait("the shell without the mouse") { !$0.isAlternate && !$0.hasMouse }
        try terminal.type("fg")
        try await terminal.wait("the mouse after coming back") { $0.isAlternate && $0.hasMouse }
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
    }

    @Test("--no-mouse leaves the mouse to the terminal from the start")
    func noMouse() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open("--no-mouse")
        #expect(try !terminal.screen().hasMouse)
    }

    @Test("y puts the whole key on the clipboard")
    func copy() async throws {
        let terminal = try await TmuxTerminal()
        try terminal.allowCopying()
        try await terminal.open()
        try terminal.press("s", "y")
        try await terminal.wait("a word about it") { $0.text.contains("copied the target of b1") }
        try await terminal.wait("the key on the clipboard") { _ in
            terminal.clipboard() == "ba792b3ff0f684da9d241ac083006c908583400060119ae4d2c3803bd8d34719"
        }
    }

    @Test("On a terminal without a clipboard a file has the text")
    func copyToFile() async throws {
        let terminal = try await TmuxTerminal(100, 24, type: "vt100", environment: ["TMPDIR": "."])
        try await terminal.open("by-hand")
        try terminal.press("s", "y")
        let screen = try await terminal.wait("the file's path") { $0.text.contains("no clipboard here") }
        let name = try #require(screen.text.firstMatch(of: /kadscope-copied-\w+/)).0
        #expect(try String(contentsOf: terminal.folder.appending(path: String(name)), encoding: .utf8).count == 3)
    }

    @Test("An export asks for a name, and before it overwrites a file")
    func export() async throws {
        let terminal = try await TmuxTerminal(100, 24)
        try await terminal.open()
        let path = terminal.folder.appending(path: "kadscope-pool-1.txt")
        try terminal.press("s", "x", "Enter")
        try await terminal.wait("a name") { $0.text.contains(":export kadscope-pool-1.txt pane") }
        try terminal.press("Enter")
        try await terminal.wait("a word about it") { $0.text.contains("written to kadscope-pool-1.txt") }
        #expect(try String(contentsOf: path, encoding: .utf8).hasPrefix("Pool at step 1 of swarm"))
        try Data("mine".utf8).write(to: path)
        try terminal.press("x", "Enter", "Enter")
        try await terminal.wait("a warning") { $0.text.contains("is there already; Enter again overwrites it") }
        #expect(try String(contentsOf: path, encoding: .utf8) == "mine")
        try terminal.press("Enter")
        try await terminal.wait("a word about it again") { $0.text.contains("written to kadscope-pool-1.txt") }
        #expect(try String(contentsOf: path, encoding: .utf8).hasPrefix("Pool"))
    }

    @Test("Q leaves the last screen on the terminal of the shell, in its colours")
    func leaving() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.press("s", "s")
        let before = try await terminal.wait("step 2") { $0.isAt(2) }
        try terminal.resize(80, 40)
        try await terminal.wait("a larger screen") { $0.lines[39].contains("q quit") }
        try terminal.resize(80, 24)
        try await terminal.wait("the screen as it was") { $0.text == before.text }
        try terminal.press("Q")
        let after = try await terminal.wait("the shell below the screen") { !$0.isAlternate && $0.lines.last { !$0.isEmpty } == "$" }
        #expect(after.lines.contains { $0.contains("s step") } && after.hasColor)
        #expect(after.text.contains("← FindCloser"))
        try await terminal.expectShell(status: 0)
    }

    @Test("Pasted text goes into a line that is open, and runs nothing")
    func pasteIntoLine() async throws {
        let terminal = try await TmuxTerminal()
        try await terminal.open()
        try terminal.paste("sssq\nq\n")
        try await terminal.wait("a word about it") { $0.text.contains("pasted text does nothing here") && $0.step == 0 }
        try terminal.press(":")
        try terminal.paste("20\n")
        try await terminal.wait("the text in the line") { $0.lines[23] == ":20" && $0.step == 0 }
        try terminal.press("Enter")
        try await terminal.wait("step 20") { $0.step == 20 }
    }
}
