import Canvas
import Dashboard
import Foundation
import Testing
import Theming

@Suite("Copies, exports and pasted text")
struct SharingTests {
    private func dashboard(step: Int = 58) throws -> Dashboard {
        var dashboard = try Screens.dashboard()
        dashboard.enter(":\(step)")
        return dashboard
    }

    private func copied(_ effect: Dashboard.Effect) -> Clipping? {
        if case .copy(let clipping) = effect { clipping } else { nil }
    }

    // MARK: Copies

    @Test("y copies what one wants to paste elsewhere")
    func fields() throws {
        var dashboard = try dashboard()
        let target = try #require(copied(dashboard.press(.character("y"))))
        #expect(target.name == "the target of b1")
        #expect(target.text == "ba792b3ff0f684da9d241ac083006c908583400060119ae4d2c3803bd8d34719")
        for pane in ["2", "3", "5"] {
            dashboard.type(pane)
            let key = try #require(copied(dashboard.press(.character("y"))))
            #expect(key.text.count == 64 && key.text.allSatisfy(\.isHexDigit), "\(pane)")
            #expect(key.name.hasPrefix("the key of node \(key.text.prefix(2))"))
        }
        dashboard.type("4")
        let step = try #require(copied(dashboard.press(.character("y"))))
        #expect(step.name == "step 58")
        #expect(step.text.hasPrefix("58 0.") && step.text.contains(" -> ") && step.text.contains(" <- ") && !step.text.contains("  "))
        dashboard.enter(":break phase:storing")
        dashboard.type("9")
        #expect(copied(dashboard.press(.character("y")))?.text == "phase:storing")
    }

    @Test("Keys of eight bits are copied with their width")
    func eightBits() throws {
        var dashboard = try Screens.dashboard("by-hand")
        dashboard.type("ss")
        #expect(copied(dashboard.press(.character("y")))?.text.count == 2)
    }

    @Test("Y copies the row with all its columns, the log's with both lines")
    func rows() throws {
        var dashboard = try dashboard()
        let row = try #require(copied(dashboard.press(.character("Y"))))
        #expect(row.text.hasPrefix("b1  FollowUp  ba79…19"))
        #expect(row.confirmation == "copied the row: \(row.text)")
        dashboard.type("4")
        let lines = try #require(copied(dashboard.press(.character("Y")))).text.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].contains("→") && lines[1].contains("←"))
    }

    @Test("Where nothing is selected there is nothing to copy")
    func nothing() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("2")
        for key in ["y", "Y"] {
            #expect(dashboard.press(.character(Character(key))) == .draw)
            #expect(dashboard.text().contains("nothing is selected in In-flight that could be copied"))
        }
    }

    // MARK: Exports

    private func export(_ dashboard: inout Dashboard, _ line: String) -> Export? {
        dashboard.type(line)
        if case .export(let export) = dashboard.press(.enter) { return export }
        return nil
    }

    @Test("x lists what can be written, with a name that can be changed")
    func menu() throws {
        var dashboard = try dashboard()
        dashboard.type("3x")
        #expect(dashboard.text().contains("╔═ write to a file"))
        _ = dashboard.press(.enter)
        #expect(dashboard.text().contains(":export kadscope-closest-58.txt pane"))
        #expect(export(&dashboard, "") == Export(content: .pane, path: "kadscope-closest-58.txt", mayOverwrite: false))
    }

    @Test("A pane without a table has no rows to write")
    func noTable() throws {
        var dashboard = try dashboard()
        dashboard.enter(":pane ladder")
        dashboard.type("x")
        #expect(dashboard.text().contains("Ladder has no table"))
    }

    @Test(
        "What is written: the last word says so, else the end of the name",
        arguments: [
            (":export a.txt", Export.Content.pane, "a.txt"), (":export a.ansi", .colors, "a.ansi"), (":export a.json", .json, "a.json"),
            (":export a b.txt screen", .screen, "a b.txt"), (":export pane", .pane, "pane"), (":export a.txt json", .json, "a.txt"),
        ])
    func line(text: String, content: Export.Content, path: String) throws {
        var dashboard = try dashboard()
        #expect(export(&dashboard, text) == Export(content: content, path: path, mayOverwrite: false))
    }

    @Test("A file that is there is overwritten when the line is entered once more, and only then")
    func overwriting() throws {
        var dashboard = try dashboard()
        let first = try #require(export(&dashboard, ":export a.txt"))
        dashboard.refuse(first, because: "a.txt is there already; Enter again overwrites it", canOverwrite: true)
        #expect(dashboard.text().contains("Enter again overwrites it"))
        var other = dashboard
        #expect(export(&dashboard, "") == Export(content: .pane, path: "a.txt", mayOverwrite: true))
        #expect(export(&dashboard, ":export a.txt")?.mayOverwrite == false)
        _ = other.press(.escape)
        #expect(export(&other, ":export a.txt")?.mayOverwrite == false)
        dashboard.refuse(first, because: "a.txt: Permission denied", canOverwrite: false)
        #expect(export(&dashboard, "")?.mayOverwrite == false)
    }

    @Test("Without a file the line stays open")
    func missing() throws {
        var dashboard = try dashboard()
        #expect(export(&dashboard, ":export") == nil)
        #expect(dashboard.text().contains("export needs a file: such as"))
    }

    @Test("A pane is written with all its rows, also those that cannot be seen")
    func pane() throws {
        var dashboard = try dashboard()
        dashboard.type("4")
        let lines = dashboard.text(of: .pane, Screens.look()).split(separator: "\n")
        #expect(lines[0] == "Log at step 58 of swarm, seed 110")
        for step in 1...167 { #expect(lines.count { $0.dropFirst(2).hasPrefix(" \("\(step)".leftPadded(to: 4)) ") } == 2, "\(step)") }
        #expect(!lines.contains { $0.contains("│") || $0.contains("║") })
    }

    @Test("The screen is written as it is, without what is open over it")
    func screen() throws {
        var dashboard = try dashboard()
        dashboard.type("s")
        let before = dashboard.text()
        dashboard.type("x")
        #expect(dashboard.text(of: .screen, Screens.look()) == before + "\n")
        let colors = dashboard.text(of: .colors, Screens.look())
        #expect(colors.contains("\u{1B}[0;"))
        #expect(colors.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\n").count == 24)
    }

    @Test("The rows are written as JSON that other programs read")
    func json() throws {
        var dashboard = try dashboard()
        dashboard.type("3")
        let text = dashboard.text(of: .json, Screens.look())
        let value = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(value["pane"] as? String == "closest")
        #expect(value["step"] as? Int == 58)
        let rows = try #require(value["rows"] as? [[String: String]])
        #expect(rows.count > 8)
        #expect(rows[0]["#"] == "1" && rows[0]["distance"]?.isEmpty == false)
    }

    // MARK: Leaving

    @Test("Q leaves the screen behind")
    func leaving() throws {
        var dashboard = try dashboard()
        #expect(dashboard.press(.character("Q")) == .quitLeavingScreen)
    }

    // MARK: Pasted text

    @Test("Pasted text goes into the line that is typed, on one line, and runs nothing")
    func pasting() throws {
        var dashboard = try dashboard()
        dashboard.type("/ab")
        _ = dashboard.press(.left)
        dashboard.paste("9f3c\r\n\u{1B}[31mx\ty\u{7}\n")
        #expect(dashboard.text().contains("/a9f3c [31mx yb"))
        #expect(dashboard.step == 58)
    }

    @Test("Elsewhere pasted text is swallowed, and it says so")
    func pastingElsewhere() throws {
        var dashboard = try dashboard()
        dashboard.paste("sssq\n")
        #expect(dashboard.step == 58)
        #expect(dashboard.text().contains("pasted text does nothing here"))
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
