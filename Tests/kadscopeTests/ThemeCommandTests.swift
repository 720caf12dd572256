import Foundation
import Testing

@Suite("kadscope theme")
struct ThemeCommandTests {
    private let themes = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Themes")

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: themes.path).filter { $0.hasSuffix(".toml") }.sorted()
    }

    @Test("list: a line for each file of Themes/")
    func list() throws {
        let result = try Program.run("theme", "list")
        #expect(result.status == 0)
        #expect(result.lines.compactMap { $0.split(separator: " ").first.map { "\($0).toml" } }.sorted() == (try files()))
        #expect(
            result.lines.contains { $0.hasPrefix("light-clear ") && $0.contains("  light  Light, clear ") && $0.hasSuffix(" built in") })
    }

    @Test("list: the user's themes, each with its place; one that is wrong is told; status 2")
    func own() throws {
        let folder = try Program.Folder()
        let place = folder.url.appendingPathComponent(".config/kadscope/themes")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for (name, text) in [
            ("nord.toml", "inherits = \"nord\"\nname = \"My Nord\""), ("aurora.toml", "inherits = \"nord\""), ("bad.toml", "variant = 1"),
            (".hidden.toml", "variant = 1"), ("notes.txt", "variant = 1"),
        ] {
            try Data(text.utf8).write(to: place.appendingPathComponent(name))
        }
        let result = try Program.run(["theme", "list"], environment: ["HOME": folder.url.path])
        #expect(
            result.lines.contains {
                $0.hasPrefix("nord ") && $0.contains("My Nord") && $0.hasSuffix("/themes/nord.toml (before the built-in one)")
            })
        #expect(result.lines.contains { $0.hasPrefix("aurora ") && $0.hasSuffix("/.config/kadscope/themes/aurora.toml") })
        #expect(!result.text.contains("bad") && !result.text.contains("hidden"))
        #expect(
            result.complaint
                == "kadscope: \(place.path)/bad.toml:1:1: variant: 1 is an integer, not a string; use one of dark, light\n")
        #expect(result.status == 2)
        // The folder of XDG_CONFIG_HOME goes first.
        let first = folder.url.appendingPathComponent("xdg/kadscope/themes")
        try FileManager.default.createDirectory(at: first, withIntermediateDirectories: true)
        try Data("name = \"From XDG\"".utf8).write(to: first.appendingPathComponent("aurora.toml"))
        let both = try Program.run(
            ["theme", "list"], environment: ["HOME": folder.url.path, "XDG_CONFIG_HOME": folder.url.appendingPathComponent("xdg").path])
        #expect(both.lines.contains { $0.hasPrefix("aurora ") && $0.contains("From XDG") })
    }

    @Test("roles: every role, what it is for, whose style it takes; --print-theme-roles is the same")
    func roles() throws {
        let result = try Program.run("theme", "roles")
        #expect(result.lines.contains { $0.hasPrefix("state.failed ") && $0.contains(" a node that failed ") && $0.hasSuffix(" as state") })
        #expect(result.lines.count > 50)
        #expect(try Program.run("--print-theme-roles").text == result.text)
    }

    @Test(
        "A theme that there is not is refused, with a suggestion, before anything is drawn; status 2",
        arguments: [["swarm"], ["trace", "show", "x"]])
    func unknown(command: [String]) throws {
        let result = try Program.run(command + ["--theme", "nrod"])
        #expect(result.status == 2)
        if command == ["swarm"] {
            #expect(result.complaint == "kadscope: there is no theme and no file \"nrod\"; did you mean \"nord\"?\n")
        }
    }

    @Test("check: the built-in themes are correct; status 0")
    func correct() throws {
        let files = try files()
        let result = try Program.run(["theme", "check"] + files, in: themes)
        #expect(result.lines == files.map { "\($0): correct" })
        #expect(result.complaint == "")
        #expect(result.status == 0)
    }

    @Test("check: what can hardly be read; status 1")
    func pale() throws {
        let folder = try Program.Folder()
        _ = try folder.file("pale.toml", "inherits = \"dark\"\n[roles]\nnode = \"#333\"\n")
        let result = try Program.run("theme", "check", "pale.toml", in: folder.url)
        #expect(
            result.lines.first == "pale.toml: node: the contrast is only 1.6; make it at least 4.5 with a lighter or darker colour")
        #expect(result.lines.count == 3)
        #expect(result.complaint == "")
        #expect(result.status == 1)
    }

    @Test("check: a mistake is told with its line, the other files are checked all the same; status 2")
    func wrong() throws {
        let folder = try Program.Folder()
        _ = try folder.file("wrong.toml", "[roles]\n\"state.faild\" = \"red\"\n")
        _ = try folder.file("good.toml", "inherits = \"dark\"\n")
        let result = try Program.run("theme", "check", "none.toml", "wrong.toml", "good.toml", in: folder.url)
        #expect(
            result.complaint.split(separator: "\n") == [
                "kadscope: none.toml: No such file or directory; give the path of a file that can be read",
                "kadscope: wrong.toml:2:1: roles.\"state.faild\": unknown role; did you mean \"state.failed\"?",
            ])
        #expect(result.lines == ["good.toml: correct"])
        #expect(result.status == 2)
    }

    @Test("check: without a file there is nothing to do; status 2")
    func none() throws {
        #expect(try Program.run("theme", "check").status == 2)
    }
}
