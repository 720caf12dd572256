import Canvas
import Dashboard
import Foundation
import Testing

@Suite("The table of commands")
struct CommandTableTests {
    @Test("Every entry has a key and says what it does")
    func complete() {
        for entry in CommandTable.entries {
            #expect(!entry.keys.isEmpty)
            #expect(entry.help.count > 3 && entry.help.count < 70, "\(entry.command)")
            #expect(!entry.group.isEmpty)
            #expect(entry.hint.map { !$0.isEmpty && $0.count <= 8 } ?? true)
        }
    }

    @Test("No key has two meanings, no command stands there twice")
    func unambiguous() {
        let keys = CommandTable.entries.flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
        #expect(Set(CommandTable.entries.map(\.command)).count == CommandTable.entries.count)
        for entry in CommandTable.entries {
            for key in entry.keys { #expect(CommandTable.command(for: key) == entry.command) }
        }
    }

    @Test("Keys that the terminal or the shell needs are left alone")
    func reserved() {
        for letter in "czsq\\" { #expect(CommandTable.command(for: .control(letter)) == nil) }
    }

    @Test("The help shows every entry, the hints only entries")
    func shown() throws {
        var dashboard = try Screens.dashboard(size: Size(columns: 200, rows: 200))
        let hints = dashboard.canvas(Screens.look()).text(row: 199)
        for entry in CommandTable.entries {
            if let hint = entry.hint { #expect(hints.contains("\(entry.keys[0].name) \(hint)")) }
        }
        dashboard.type("?")
        let help = dashboard.text()
        for entry in CommandTable.entries { #expect(help.contains(entry.help), "\(entry.help)") }
    }

    @Test("The README lists the keys of the table")
    func readme() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        for table in [Pane.markdown, CommandTable.markdown, LineCommand.markdown, LineCommand.filterMarkdown] {
            #expect(readme.contains(table), "a table of the README is to be:\n\(table)")
        }
    }
}
