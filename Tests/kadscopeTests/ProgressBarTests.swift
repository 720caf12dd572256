import Foundation
import Testing

@Suite("The progress bar of an experiment")
struct ProgressBarTests {
    @Test("It keeps to one line of a narrow terminal; Ctrl-C takes it away and prints the figures so far")
    func narrow() async throws {
        let terminal = try await TmuxTerminal(40, 12)
        try Data(ExperimentCommandTests.longScenario.utf8).write(to: terminal.folder.appending(path: "long.toml"))
        try terminal.start("run long.toml", redirecting: ">out")
        let first = try await terminal.wait("the bar") { $0.lines.contains { $0.hasPrefix("[....") } }
        // Drawn over itself, it would leave lines behind if it were too long.
        try await terminal.wait("another state of it") { $0.lines.contains { $0.hasPrefix("[....") } && $0.text != first.text }
        let screen = try terminal.screen()
        #expect(screen.lines.count { $0.hasPrefix("[....") } == 1, "\(screen.text)")
        try terminal.press("C-c")
        try await terminal.wait("that it is gone") { !$0.text.contains("[....") }
        try await terminal.expectShell(status: 130)
        let text = try String(contentsOf: terminal.folder.appending(path: "out"), encoding: .utf8)
        #expect(text.contains("\npartial: the run was broken off; these are the figures of its beginning\n"))
    }
}
