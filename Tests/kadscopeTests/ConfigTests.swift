import Foundation
import Testing

@Suite("The config file and the keys of kadscope")
struct ConfigTests {
    /// A home of its own.
    private func environment(_ folder: Program.Folder) -> [String: String] {
        ["HOME": folder.url.path, "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""]
    }

    @Test("config path: XDG_CONFIG_HOME, else ~/.config; what is no absolute path counts for nothing")
    func path() throws {
        let folder = try Program.Folder()
        let home = folder.url.path
        func path(_ variable: String) throws -> String {
            try Program.run(["config", "path"], environment: ["HOME": home, "XDG_CONFIG_HOME": variable]).text
        }
        #expect(try path("") == "\(home)/.config/kadscope/config.toml\n")
        #expect(try path("/etc/xdg") == "/etc/xdg/kadscope/config.toml\n")
        #expect(try path("here") == "\(home)/.config/kadscope/config.toml\n")
        let homeless = try Program.run(["config", "path"], environment: ["HOME": "", "XDG_CONFIG_HOME": ""])
        #expect(homeless.status == 2)
        #expect(homeless.complaint.contains("no HOME"))
    }

    @Test("config check: all that is wrong, with lines and remedies, status 2; else correct, status 0")
    func check() throws {
        let folder = try Program.Folder()
        _ = try folder.file("wrong.toml", "theme = \"nrod\"\n[keys]\nzoom = [\"^C\"]\nquit = []\n")
        _ = try folder.file("good.toml", "theme = \"nord\"\n[keys]\nzoom = [\"Z\"]\n")
        let wrong = try Program.run("config", "check", "wrong.toml", in: folder.url)
        #expect(
            wrong.complaint == """
                kadscope: wrong.toml:1: theme: there is no theme "nrod"; did you mean "nord"?
                kadscope: wrong.toml:3: keys.zoom: ^C keeps its meaning: it pauses and quits; use another key

                """)
        #expect(wrong.text == "")
        #expect(wrong.status == 2)
        let good = try Program.run("config", "check", "good.toml", in: folder.url)
        #expect(good.text == "good.toml: correct\n")
        #expect(good.status == 0)
        _ = try folder.file("lost.toml", "theme = \"lost/theme.toml\"\n")
        let lost = try Program.run("config", "check", "lost.toml", in: folder.url)
        #expect(lost.complaint == "kadscope: lost/theme.toml: No such file or directory; give the path of a file that can be read\n")
        #expect(lost.status == 2)
        let missing = try Program.run("config", "check", "none.toml", in: folder.url)
        #expect(missing.complaint == "kadscope: none.toml: No such file or directory; give the path of a file that can be read\n")
        #expect(missing.status == 2)
        let none = try Program.run(["config", "check"], environment: environment(folder))
        #expect(none.text == "\(folder.url.path)/.config/kadscope/config.toml: there is no such file; all is as it comes\n")
        #expect(none.status == 0)
    }

    @Test("Themes of the user's are known, too")
    func userThemes() throws {
        let folder = try Program.Folder()
        let themes = folder.url.appendingPathComponent(".config/kadscope/themes")
        try FileManager.default.createDirectory(at: themes, withIntermediateDirectories: true)
        try Data("inherits = \"dark\"\n".utf8).write(to: themes.appendingPathComponent("mine.toml"))
        let path = try folder.file("config.toml", "theme = \"mine\"\n")
        #expect(try Program.run(["config", "check", path], environment: environment(folder)).status == 0)
    }

    @Test("--print-keys: the table, as the config file has it; one that is wrong is told, and the keys are as they come")
    func printKeys() throws {
        let folder = try Program.Folder()
        let usual = try Program.run("--print-keys", "--no-config")
        #expect(usual.status == 0)
        #expect(usual.lines.contains("  s F11    step-forward            one event forward"))
        let path = try folder.file("config.toml", "[keys]\nstep-forward = [\"n\"]\n")
        let changed = try Program.run("--print-keys", "--config", path)
        #expect(changed.lines.contains("  n        step-forward            one event forward"))
        #expect(changed.lines.contains("  -        next-match              to the next step that was looked for"))
        let wrong = try folder.file("wrong.toml", "[keys]\nstep-forward = [\"^I\"]\n")
        let told = try Program.run("--print-keys", "--config", wrong)
        #expect(told.text == usual.text)
        #expect(told.complaint.contains("wrong.toml:2: keys.step-forward: ^I arrives as Tab"))
        #expect(told.status == 0)
        #expect(try Program.run("--print-keys", "--config", "none.toml").status == 2)
        #expect(try Program.run("--print-keys", "--config", path, "--no-config").status == 2)
    }

    @Test("--plain reads no config file")
    func plain() throws {
        let folder = try Program.Folder()
        let path = try folder.file("config.toml", "theme = ")
        let result = try Program.run("--plain", "--config", path, "by-hand")
        #expect(result.status == 0)
        #expect(result.complaint == "")
    }
}

@Suite("The config file, in a terminal")
struct ConfigEndToEndTests {
    private func configure(_ terminal: TmuxTerminal, _ text: String) throws -> URL {
        let folder = terminal.folder.appending(path: ".config/kadscope")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "config.toml")
        try Data(text.utf8).write(to: file)
        return file
    }

    @Test("Keys and layout are as the file says; R reads it again; F2 writes what was changed and leaves the rest as it is")
    func file() async throws {
        let terminal = try await TmuxTerminal()
        let text = "# mine\nspeed = 50   # quick\n\n[keys]\nstep-forward = [\"n\"]\n"
        let file = try configure(terminal, text)
        try await terminal.open("by-hand")
        try await terminal.wait("the key in the hints") { $0.text.contains("n step") }
        try terminal.press("n")
        try await terminal.wait("a step") { $0.text.contains("step 1/") }
        try Data(text.replacing("\"n\"", with: "\"v\"").utf8).write(to: file)
        try terminal.press("R")
        try await terminal.wait("that it is read") { $0.text.contains("read again") }
        try terminal.press("v")
        try await terminal.wait("a step by the new key") { $0.text.contains("step 2/") }
        try terminal.press("F2", "Enter", "j", "l", "G", "Enter")
        try await terminal.wait("what was written") { $0.text.contains("says now: layout") }
        #expect(
            try String(contentsOf: file, encoding: .utf8)
                == "# mine\nspeed = 100   # quick\nlayout = \"teach\"\n\n[keys]\nstep-forward = [\"v\"]\n")
    }

    @Test("A file that is wrong does not keep the program from opening; it says what is wrong")
    func wrong() async throws {
        let terminal = try await TmuxTerminal()
        _ = try configure(terminal, "layuot = \"teach\"\n")
        try terminal.start("by-hand")
        try await terminal.wait("the screen with the problem") { $0.text.contains("config.toml:1: layuot") && $0.text.contains("step 0/") }
        try terminal.press("s")
        try await terminal.wait("a step") { $0.text.contains("step 1/") && $0.text.contains("s step") }
    }

    @Test("A line that was typed comes back in the next run; with --no-config nothing is kept")
    func history() async throws {
        let terminal = try await TmuxTerminal()
        for (options, step) in [("--no-config by-hand", 2), ("by-hand", 3)] {
            try await terminal.open(options)
            try terminal.press(":", "s", "t", "e", "p", "Space", "\(step)", "Enter")
            try await terminal.wait("the step") { $0.text.contains("step \(step)/") }
            try terminal.press("q")
            try await terminal.wait("a prompt") { $0.lines.last { !$0.isEmpty } == "$" }
        }
        let file = terminal.folder.appending(path: ".local/state/kadscope/history")
        #expect(try String(contentsOf: file, encoding: .utf8) == ":step 3\n")
        try await terminal.open("by-hand")
        try terminal.press(":", "Up")
        try await terminal.wait("the line") { $0.text.contains(":step 3") }
    }
}
