import Foundation
import Testing

@Suite("kadscope conformance")
struct ConformanceCommandTests {
    private let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("ScenariosTests/Vectors/single-broadcast.jsonl")

    @Test("All scenarios of the reference pass: status 0")
    func passes() throws {
        let result = try Program.run("conformance", vectors.path)
        #expect(result.text == "390 passed, 0 failed\n")
        #expect(result.complaint == "")
        #expect(result.status == 0)
    }

    @Test("A failing scenario: its step, expected and got; status 1")
    func fails() throws {
        let folder = try Program.Folder()
        let first = try #require(try String(contentsOf: vectors, encoding: .utf8).split(separator: "\n").first)
        _ = try folder.file("good.jsonl", first + "\n")
        _ = try folder.file("bad.jsonl", first.replacing("\"type\":\"waiting\"", with: "\"type\":\"idle\"") + "\n")
        let result = try Program.run("conformance", "good.jsonl", "bad.jsonl", in: folder.url)
        #expect(result.lines == ["static-happy-000: step 3: expected idle, got waiting", "1 passed, 1 failed"])
        #expect(result.complaint == "")
        #expect(result.status == 1)
    }

    @Test("A malformed line: file, line and reason, nothing is run; status 2")
    func malformed() throws {
        let folder = try Program.Folder()
        let first = try #require(try String(contentsOf: vectors, encoding: .utf8).split(separator: "\n").first)
        _ = try folder.file("good.jsonl", String(first))
        _ = try folder.file("bad.jsonl", first + "\r\n\r\n{\"name\":\"n\"}\r\n")
        let result = try Program.run("conformance", "good.jsonl", "bad.jsonl", in: folder.url)
        #expect(result.output.isEmpty)
        #expect(result.complaint == "kadscope: bad.jsonl:3: keyBits is missing\n")
        #expect(result.status == 2)
        let none = try Program.run("conformance", "none.jsonl", in: folder.url)
        #expect(none.complaint == "kadscope: none.jsonl: No such file or directory; give the path of a file that can be read\n")
        #expect(none.status == 2)
    }
}
