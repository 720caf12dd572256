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
        #expect(result.lines.compactMap { $0.split(separator: " ").first.map { "\($0).toml" } } == (try files()))
        #expect(result.lines.contains("light            light  Light"))
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
                "kadscope: wrong.toml:2: roles.\"state.faild\": unknown role; did you mean \"state.failed\"?",
            ])
        #expect(result.lines == ["good.toml: correct"])
        #expect(result.status == 2)
    }

    @Test("check: without a file there is nothing to do; status 2")
    func none() throws {
        #expect(try Program.run("theme", "check").status == 2)
    }
}
