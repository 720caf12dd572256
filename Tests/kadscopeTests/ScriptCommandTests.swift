import Foundation
import Testing

@Suite("kadscope --script")
struct ScriptCommandTests {
    @Test("Keys are played without a terminal, and screens are written")
    func play() throws {
        let folder = try Program.Folder()
        _ = try folder.file("look.txt", "size 100x30\nkeys s s\nsnapshot two.txt\nrun\nexpect THE END\nsnapshot --colors end.txt\n")
        let result = try Program.run("by-hand", "--script", "look.txt", in: folder.url)
        #expect(result.status == 0 && result.output.isEmpty && result.complaint.isEmpty, "\(result.complaint)")
        let two = try String(contentsOf: folder.url.appending(path: "two.txt"), encoding: .utf8)
        #expect(two.contains("step 2/24") && two.contains("╔═ 1 Pool") && two.split(separator: "\n").count == 30)
        #expect(try String(contentsOf: folder.url.appending(path: "end.txt"), encoding: .utf8).contains("\u{1B}["))
    }

    @Test("A script comes from the standard input too, and writes a file anew")
    func input() throws {
        let folder = try Program.Folder()
        for steps in ["s", "keys s s"] {
            let script = Data("\(steps)\nsnapshot a.txt\n".utf8)
            #expect(try Program.run(["by-hand", "--script", "-"], input: script, in: folder.url).status == 0)
        }
        #expect(try String(contentsOf: folder.url.appending(path: "a.txt"), encoding: .utf8).contains("step 2/24"))
    }

    @Test("A line that is wrong: file, line and sentence, status 2, and nothing is played")
    func wrong() throws {
        let folder = try Program.Folder()
        _ = try folder.file("look.txt", "snapshot a.txt\n\nsize 12\n")
        let result = try Program.run("by-hand", "--script", "look.txt", in: folder.url)
        #expect(result.status == 2)
        #expect(result.complaint == "kadscope: look.txt:3: \"12\" is no size; write columns and rows from 1 to 1000, such as 120x40\n")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "a.txt").path))
        let none = try Program.run("by-hand", "--script", "none.txt", in: folder.url)
        #expect(none.status == 2)
        #expect(none.complaint == "kadscope: none.txt: No such file or directory; give the path of a file that can be read\n")
    }

    @Test("What is expected and not there: line, text and screen, status 1")
    func expect() throws {
        let result = try Program.run(["by-hand", "--script", "-"], input: Data("s\nexpect step 9/\n".utf8))
        #expect(result.status == 1)
        #expect(result.complaint.hasPrefix("kadscope: standard input:2: \"step 9/\" is not on the screen\n kadscope "))
        #expect(result.complaint.contains("step 1/24"))
    }

    @Test("What is saved, exported and recorded on the way is there; an export overwrites nothing")
    func files() throws {
        let folder = try Program.Folder()
        let script = Data("run\n:save saved.kbt.jsonl\n3\n:export closest.json\n".utf8)
        let result = try Program.run(["by-hand", "--script", "-", "--record", "run.kbt.jsonl"], input: script, in: folder.url)
        #expect(result.status == 0, "\(result.complaint)")
        for name in ["saved.kbt.jsonl", "run.kbt.jsonl"] {
            #expect(try Program.run("--plain", name, in: folder.url).lines.contains { $0.hasPrefix("   24 ") }, "\(name)")
        }
        let json = try Data(contentsOf: folder.url.appending(path: "closest.json"))
        #expect(try JSONSerialization.jsonObject(with: json) is [String: Any])
        let again = try Program.run(["by-hand", "--script", "-"], input: Data("s\n3\n:export closest.json\n".utf8), in: folder.url)
        #expect(again.status == 1)
        #expect(again.complaint == "kadscope: standard input:3: closest.json is there already; Enter again overwrites it\n")
        #expect(try Data(contentsOf: folder.url.appending(path: "closest.json")) == json)
    }

    @Test("--plain and --script are two things")
    func both() throws {
        let result = try Program.run("--plain", "--script", "-", "by-hand")
        #expect(result.status == 2)
        #expect(result.complaint == "kadscope: --plain prints the run, --script plays keys on it; give one of them\n")
    }
}
