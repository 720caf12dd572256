import Foundation
import Testing

/// Themes on a real terminal. All of these need tmux.
@Suite(.serialized) struct ThemeEndToEndTests {
    /// Sequences that tmux prints for the backgrounds of two themes of these tests.
    private static let green = "48;5;22m"
    private static let blue = "48;5;17m"

    private func write(_ text: String, _ name: String, _ terminal: TmuxTerminal) throws {
        let folder = terminal.folder.appending(path: ".config/kadscope/themes")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
    }

    private func theme(_ background: Int) -> String { "inherits = \"dark\"\n[palette]\nfg = 231\nbg = \(background)\n" }

    @Test("A theme is drawn anew when its file changes; a mistake is told and the theme stays; USR1 and R read it again")
    func reload() async throws {
        let terminal = try await TmuxTerminal(120, 40)
        try write(theme(22), "mine.toml", terminal)
        try await terminal.open("--theme mine")
        try await terminal.wait("its background") { $0.styled.contains(Self.green) }
        try write(theme(17), "mine.toml", terminal)
        try await terminal.wait("the other background") { $0.styled.contains(Self.blue) && !$0.styled.contains(Self.green) }
        try write("[roles]\ntext = \"gren\"\n", "mine.toml", terminal)
        try await terminal.wait("the mistake") {
            $0.text.contains("the theme stays as it was") && $0.text.contains("mine.toml:2") && $0.styled.contains(Self.blue)
        }
        try terminal.send(SIGUSR1)
        try await terminal.wait("the mistake again") { $0.text.contains("mine.toml:2") }
        try terminal.press("s")
        try await terminal.wait("a step") { $0.isAt(1) && $0.styled.contains(Self.blue) }
        try write(theme(22), "mine.toml", terminal)
        try await terminal.wait("the first background") { $0.styled.contains(Self.green) }
        try terminal.press("R")
        try await terminal.wait("a word about it") { $0.text.contains("was read again") }
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
    }

    @Test("T shows each theme at once; q brings the old one back, Enter keeps the new one")
    func picker() async throws {
        let terminal = try await TmuxTerminal(120, 40)
        try write(theme(22), "a-mine.toml", terminal)
        try await terminal.open("--theme dark")
        try await terminal.wait("the terminal's background") { !$0.styled.contains(Self.green) }
        try terminal.press("T", "g")
        try await terminal.wait("the theme that is looked at") { $0.styled.contains(Self.green) && $0.text.contains("Enter: keep it") }
        try terminal.press("q")
        try await terminal.wait("the old theme") { !$0.styled.contains(Self.green) && !$0.text.contains("Enter: keep it") }
        try terminal.press("T", "g", "Enter")
        try await terminal.wait("the new theme") { $0.styled.contains(Self.green) && $0.text.contains("--theme a-mine begins with it") }
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
    }

    @Test("auto asks the variable COLORFGBG; the light theme paints its own background")
    func automatic() async throws {
        let terminal = try await TmuxTerminal(120, 40, environment: ["COLORFGBG": "0;15"])
        try await terminal.open()
        try await terminal.wait("the light theme") { $0.lines[0].hasSuffix("Light") && $0.styled.contains("48;5;231m") }
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
    }

    @Test("--color: as many as are asked for; before NO_COLOR")
    func color() async throws {
        let terminal = try await TmuxTerminal(120, 40, environment: ["NO_COLOR": "1"])
        try await terminal.open("--theme nord")
        try await terminal.wait("no colour") { !$0.hasColor }
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
        try terminal.type("clear")
        try await terminal.open("--theme nord --color 16")
        try await terminal.wait("a few colours") { $0.hasColor && !$0.styled.contains("48;5;") }
        try terminal.press("q")
        try await terminal.expectShell(status: 0)
    }
}
