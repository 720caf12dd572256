import Foundation
import Testing

@Suite("kadscope with traces and share lines")
struct TraceCommandTests {
    /// A folder with the trace of by-hand.
    private func folder() throws -> Program.Folder {
        let folder = try Program.Folder()
        let result = try Program.run("--plain", "by-hand", "--record", "run.kbt.jsonl", in: folder.url)
        #expect(result.status == 0 && result.complaint.isEmpty)
        return folder
    }

    private func trace(_ folder: Program.Folder) throws -> String {
        try String(contentsOf: folder.url.appendingPathComponent("run.kbt.jsonl"), encoding: .utf8)
    }

    @Test("Record, open, show, verify: the same run every time, whatever the file is called")
    func roundTrip() throws {
        let folder = try folder()
        let direct = try Program.run("--plain", "by-hand")
        _ = try folder.file("by-any-name.toml", trace(folder))
        for arguments in [
            ["--plain", "run.kbt.jsonl"], ["--plain", "--verify", "run.kbt.jsonl"], ["trace", "show", "run.kbt.jsonl", "--plain"],
            ["--plain", "by-any-name.toml"],
        ] {
            let result = try Program.run(arguments, in: folder.url)
            #expect(result.status == 0 && result.complaint.isEmpty && result.output == direct.output)
        }
        let verified = try Program.run("trace", "verify", "run.kbt.jsonl", in: folder.url)
        #expect(verified.status == 0 && verified.text == "run.kbt.jsonl: 24 steps, all as recorded\n")
        // A run that is recorded while a recording is run again is the same recording.
        #expect(try Program.run("--plain", "--verify", "run.kbt.jsonl", "--record", "again", in: folder.url).status == 0)
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("again")) == Data(trace(folder).utf8))
    }

    @Test("The first step that differs is shown, with status 1")
    func differs() throws {
        let folder = try folder()
        let lines = try trace(folder).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let line = try #require(lines.firstIndex { $0.contains("\"n\":21") })
        var changed = lines
        let hash = lines[line].suffix(18).prefix(16)
        changed[line] = lines[line].replacing(hash, with: "0123456789abcdef")
        _ = try folder.file("changed", changed.joined(separator: "\n"))
        for arguments in [["trace", "verify", "changed"], ["--plain", "--verify", "changed"], ["--verify", "changed"]] {
            let result = try Program.run(arguments, in: folder.url)
            #expect(result.status == 1 && result.output.isEmpty)
            #expect(result.complaint.hasPrefix("kadscope: changed: step 11 differs: recorded is 11 0.040 -> Poll"))
            #expect(result.complaint.contains("(state 0123456789abcdef); run again it is 11 0.040 -> Poll"))
            #expect(result.complaint.hasSuffix("(state \(hash))\n"))
        }
        #expect(try Program.run("--plain", "changed", in: folder.url).output == Program.run("--plain", "by-hand").output)
    }

    @Test("Cut off or damaged: what is whole is shown, and a sentence says where it ends")
    func damaged() throws {
        let folder = try folder()
        let text = try trace(folder)
        _ = try folder.file("cut", String(text.prefix(4200)))
        let lines = text.split(separator: "\n")
        _ = try folder.file("hole", (lines[..<9] + lines[11...]).joined(separator: "\n"))
        _ = try folder.file("stopped", lines.dropLast().joined(separator: "\n") + "\n")
        let cut = try Program.run("trace", "show", "--plain", "cut", in: folder.url)
        #expect(cut.status == 0 && cut.lines.count > 10)
        #expect(cut.complaint.hasSuffix(": the line is not whole: the recording was cut off here; what stands before is whole\n"))
        let hole = try Program.run("--plain", "hole", in: folder.url)
        #expect(hole.status == 2 && hole.lines.count { !$0.hasPrefix("#") } == 4)
        #expect(hole.complaint == "kadscope: hole:10: step 6 follows step 4; what stands before is whole\n")
        let stopped = try Program.run("trace", "verify", "stopped", in: folder.url)
        #expect(stopped.status == 0 && stopped.text == "stopped: 24 steps, all as recorded\n")
        #expect(stopped.complaint == "kadscope: stopped: the recording was cut off after line 49; what there is is whole\n")
    }

    @Test("What cannot be opened: one sentence, status 2")
    func refused() throws {
        let folder = try folder()
        let text = try trace(folder)
        _ = try folder.file("new", text.replacing("\"version\":\"1.0\"", with: "\"version\":\"2.0\""))
        _ = try folder.file("gz", Data([0x1F, 0x8B, 8, 0]))
        _ = try folder.file("json", "{\"a\":1}\n")
        _ = try folder.file("mine.toml", try Program.run("scenario", "show", "by-hand").text)
        let cases: [([String], String)] = [
            (["new"], "new:1: the format's version is 2.0; this program reads 1.x, a newer one may read it"),
            (["gz"], "gz: the file is compressed; unpack it first: gunzip gz"),
            (["json"], "json:1: it is not the header of a kad-broadcast-trace file"),
            (["trace", "verify", "mine.toml"], "mine.toml:1: it is not a JSON object"),
            (["trace", "show", "none"], "none: No such file or directory; give the path of a file that can be read"),
            (["trace", "export", "run.kbt.jsonl", "--to", "csv", "--branch", "3"], "run.kbt.jsonl: there is no branch 3; there are 0"),
            (["--verify", "--plain", "by-hand"], "--verify compares a run with what is recorded in a trace; give the path of a trace"),
            (
                ["--plain", "by-hand", "--record", "json"],
                "json: the file exists already; give the recording another name, or remove the file"
            ),
            (["--plain", "by-hand", "--record", "no/where"], "no/where: No such file or directory; give a path that can be written"),
            (
                ["--plain", "kbt1:AAVzd2FybQ"],
                "the share line is damaged: letters are missing or changed; copy it again, from kbt1: to its end"
            ),
        ]
        for (arguments, sentence) in cases {
            let result = try Program.run(arguments, in: folder.url)
            #expect(result.status == 2 && result.output.isEmpty)
            #expect(result.complaint == "kadscope: \(sentence)\n")
        }
        #expect(try Program.run("trace", "export", "run.kbt.jsonl", "--to", "gif", in: folder.url).complaint.contains("'gif' is invalid"))
    }

    @Test("A full disk: a sentence, and status 1", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() throws {
        let result = try Program.run("--plain", "by-hand", "--record", "/dev/full")
        #expect(result.status == 1)
        #expect(
            result.complaint
                == "kadscope: /dev/full: the recording could not be written: No space left on device; what was recorded before can be opened\n"
        )
    }

    @Test("A share line opens the same run, given itself or in a file; it is short")
    func share() throws {
        let folder = try folder()
        let line = try Program.run("share", "run.kbt.jsonl", "--at", "12", in: folder.url)
        #expect(line.status == 0 && line.lines.count == 1 && line.output.count < 60)
        _ = try folder.file("line", " \n" + line.text)
        let direct = try Program.run("--plain", "by-hand")
        #expect(try Program.run("--plain", String(line.lines[0])).output == direct.output)
        #expect(try Program.run("--plain", "line", in: folder.url).output == direct.output)
        #expect(try Program.run("share", String(line.lines[0])).output == line.output)
    }

    @Test("Every export is printed", arguments: ["mermaid", "svg", "perfetto", "csv", "dot", "swift"])
    func export(form: String) throws {
        let folder = try folder()
        let result = try Program.run("trace", "export", "run.kbt.jsonl", "--to", form, in: folder.url)
        #expect(result.status == 0 && result.complaint.isEmpty && result.lines.count > 5)
    }
}
