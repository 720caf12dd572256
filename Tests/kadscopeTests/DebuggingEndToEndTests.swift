import Foundation
import Testing

/// The way of a run that misbehaves: found, sent, opened, explained, changed, made a test.
@Suite(.serialized) struct DebuggingEndToEndTests {
    /// Types a line of the program and enters it.
    private func line(_ text: String, in terminal: TmuxTerminal) async throws {
        try terminal.press(":")
        try await terminal.wait("the line") { $0.lines[23].hasPrefix(":") }
        try terminal.press("-l", text)
        try await terminal.wait("the words") { $0.lines[23].hasPrefix(":\(text)") }
        try terminal.press("Enter")
    }

    @Test("Recorded, verified, explained, branched, shared, and made a test")
    func wholeWay() async throws {
        let terminal = try await TmuxTerminal()
        // On one machine: a run is recorded.
        try await terminal.open("--record bad.kbt.jsonl T1")
        try terminal.press("s", "s", "s")
        try await terminal.wait("the law that is broken") { $0.step == 3 && $0.text.contains("is broken") }
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
        // On another: the file is opened, run again and compared.
        try terminal.type("clear")
        try terminal.start("--verify bad.kbt.jsonl")
        try await terminal.wait("the recorded run") { $0.isAlternate && $0.text.contains("T1") && $0.text.contains("/4") }
        try terminal.press("c")
        try await terminal.wait("the step that breaks") { $0.step == 3 }
        try terminal.press("4", "w")
        try await terminal.wait("the reason") { $0.text.contains("a law is broken") && $0.text.contains("The law:") }
        try terminal.press("q", "S")
        try await terminal.wait("the step before") { $0.step == 2 }
        // One thing is changed: another reply comes first.
        try await line("deliver 04 A", in: terminal)
        try await terminal.wait("a branch") { $0.text.contains("branch 1") && $0.step == 3 }
        try await line("pane branches", in: terminal)
        try await terminal.wait("both branches") { $0.text.contains("2: deliver find 04 A") }
        try await line("save other.kbt.jsonl", in: terminal)
        try await terminal.wait("a word about the file") { $0.text.contains("saved as other.kbt.jsonl") }
        try await line("share", in: terminal)
        try await terminal.wait("a line to share") { $0.text.contains("kbt1:") }
        try terminal.press("q", "q")
        let shell = try await terminal.wait("the shell with the line") { !$0.isAlternate && $0.lines.contains { $0.hasPrefix("kbt1:") } }
        let share = try #require(shell.lines.last { $0.hasPrefix("kbt1:") })
        #expect(share.count < 200)
        // The line and the file are the same run; both become a test.
        let opened = try Program.run(["--plain", share])
        #expect(opened.status == 0)
        let saved = try Program.run(["trace", "show", terminal.folder.appending(path: "other.kbt.jsonl").path, "--plain", "--branch", "1"])
        #expect(saved.lines.dropFirst(2).prefix(3) == opened.lines.dropFirst(2).prefix(3))
        let test = try Program.run(
            ["trace", "export", terminal.folder.appending(path: "other.kbt.jsonl").path, "--to", "swift", "--branch", "1"])
        #expect(test.status == 0 && test.text.contains("import Testing") && test.text.contains("@Test(\"T1"))
    }
}
