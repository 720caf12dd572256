import Foundation
import Testing

@Suite("kadscope sweep")
struct SweepCommandTests {
    private static let arguments = ["sweep", "by-hand", "--set", "pool.queryConcurrency=1,2", "--seeds", "1..3"]

    /// The lines of a file, by their index.
    private func lines(_ name: String, in folder: Program.Folder) throws -> [Int: String] {
        let text = try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        let lines = try text.split(separator: "\n").map { line in
            let json = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return (try #require(json["index"] as? Int), String(line))
        }
        return Dictionary(lines, uniquingKeysWith: { "\($0)\n\($1)" })
    }

    @Test("A line for each combination and seed; started again, nothing is left to do")
    func whole() throws {
        let folder = try Program.Folder()
        let result = try Program.run(Self.arguments, in: folder.url)
        #expect(result.status == 0 && result.complaint == "" && result.text == "by-hand.jsonl: 6 runs of 6\n")
        let all = try lines("by-hand.jsonl", in: folder)
        #expect(all.keys.sorted() == Array(0..<6))
        for (index, line) in all {
            #expect(line.contains("\"settings\":{\"pool.queryConcurrency\":\"\(index / 3 + 1)\"},\"seed\":\(index % 3 + 1),"))
        }
        let again = try Program.run(Self.arguments, in: folder.url)
        #expect(again.status == 0 && again.text == "by-hand.jsonl: 6 runs of 6, 6 of them from before\n")
        #expect(try lines("by-hand.jsonl", in: folder) == all)
        let report = try Program.run("report", "by-hand.jsonl", "by-hand.jsonl", in: folder.url)
        #expect(report.lines.contains("followUp, pool.queryConcurrency=1: 3 puts: 3 completed (3 runs)"))
    }

    @Test("A torn last line is cut off and made again; the rest stays")
    func torn() throws {
        let folder = try Program.Folder()
        _ = try Program.run(Self.arguments, in: folder.url)
        let all = try lines("by-hand.jsonl", in: folder)
        let text = try String(contentsOf: folder.url.appending(path: "by-hand.jsonl"), encoding: .utf8)
        _ = try folder.file("by-hand.jsonl", String(text.dropLast(200)))
        let result = try Program.run(Self.arguments, in: folder.url)
        #expect(result.status == 0 && result.text == "by-hand.jsonl: 6 runs of 6, 5 of them from before\n")
        #expect(try lines("by-hand.jsonl", in: folder) == all)
    }

    @Test("Parts of a sweep make the whole together, in one file or in several")
    func shards() throws {
        let folder = try Program.Folder()
        for part in 1...2 {
            let result = try Program.run(Self.arguments + ["--shard", "\(part)/2", "--jobs", "2"], in: folder.url)
            #expect(result.status == 0 && result.text == "by-hand.jsonl: 3 runs of 3\n")
            #expect(try Program.run(Self.arguments + ["--shard", "\(part)/2", "--output", "\(part).jsonl"], in: folder.url).status == 0)
        }
        let all = try lines("by-hand.jsonl", in: folder)
        let (one, two) = (try lines("1.jsonl", in: folder), try lines("2.jsonl", in: folder))
        #expect(one.keys.sorted() == [0, 2, 4] && two.keys.sorted() == [1, 3, 5] && one.merging(two) { $1 } == all)
    }

    @Test("A file of another grid, another scenario, or of anything else is refused, and stays as it is")
    func foreign() throws {
        let folder = try Program.Folder()
        _ = try Program.run(Self.arguments, in: folder.url)
        let before = try lines("by-hand.jsonl", in: folder)
        let grid = try Program.run("sweep", "by-hand", "--seeds", "1..3", in: folder.url)
        #expect(
            grid.status == 2
                && grid.complaint
                    == "kadscope: by-hand.jsonl:1: it is a run of another grid of settings and seeds; give --output another name\n"
        )
        let scenario = try Program.run("sweep", "swarm", "--seeds", "1", "--output", "by-hand.jsonl", in: folder.url)
        #expect(scenario.status == 2 && scenario.complaint.hasPrefix("kadscope: by-hand.jsonl:1: it is a run of another scenario, "))
        #expect(try lines("by-hand.jsonl", in: folder) == before)
        _ = try folder.file("mine.txt", "my notes\n")
        let notes = try Program.run("sweep", "by-hand", "--seeds", "1", "--output", "mine.txt", in: folder.url)
        #expect(notes.status == 2 && notes.complaint == "kadscope: mine.txt:1: it is not a JSON object; give --output another name\n")
    }

    /// Whether a random network has a node with a key that begins so only the network tells, so it is not known before.
    @Test("A run that fails is told of with its settings, and the others go on; status 1")
    func failure() throws {
        let folder = try Program.Folder()
        let scenario =
            "[network]\nkeyBits = 8\nsize = 20\nlatency = \"1ms\"\n[[network.nodes]]\nkeys = [\"7\"]\nslow = 2\n"
            + "[[broadcast]]\nid = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\n"
        _ = try folder.file("some.toml", scenario)
        let result = try Program.run(
            ["sweep", "some.toml", "--set", "network.loss=0", "--seeds", "1..3", "--jobs", "1"], in: folder.url)
        #expect(result.status == 1 && result.text == "some.jsonl: 2 runs of 3; 1 failed\n")
        #expect(
            result.complaint.hasPrefix(
                "kadscope: run 1 (network.loss=0, seed 2) failed: some.toml:6: network.nodes[0].keys: no node's key begins with \"7\"; use the "
            ))
        #expect(try lines("some.jsonl", in: folder).keys.sorted() == [0, 2])
    }

    @Test("Values that are right alone and clash are refused before anything runs, with the combination")
    func clash() throws {
        let folder = try Program.Folder()
        let result = try Program.run(
            ["sweep", "by-hand", "--set", "pool.replication=20,5", "--set", "pool.resiliency=3,10", "--seeds", "1..2"], in: folder.url)
        #expect(result.status == 2 && result.text.isEmpty)
        #expect(
            result.complaint
                == "kadscope: --set pool.resiliency=10: 10 is too large; use 1 to 5 (with pool.replication=5, pool.resiliency=10)\n")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("by-hand.jsonl").path))
    }

    @Test("Ctrl-C ends the runs and leaves whole lines; status 130")
    func interrupt() throws {
        let folder = try Program.Folder()
        _ = try folder.file("long.toml", ExperimentCommandTests.longScenario)
        let sweep = try BackgroundProgram(["sweep", "long.toml", "--seeds", "1..9", "--jobs", "2"], in: folder.url)
        try sweep.interruptUntilItEnds()
        #expect(sweep.status == 130 && sweep.complaint == "")
        #expect(String(decoding: sweep.output, as: UTF8.self) == "long.jsonl: 0 runs of 9\n")
        #expect(try lines("long.jsonl", in: folder).isEmpty)
    }

    @Test("A full disk ends it with a sentence", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() throws {
        let result = try Program.run("sweep", "by-hand", "--seeds", "1", "--output", "/dev/full")
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.complaint.hasPrefix("kadscope: /dev/full: the file could not be written: No space left on device; "))
    }

    @Test(
        "Wrong usage: one sentence, status 2, and nothing runs",
        arguments: [
            (["--seeds", "5..1"], "--seeds 5..1: the range 5..1 goes backwards; give 1..5"),
            ([], "Missing expected argument '--seeds <seeds>'"),
            (["--seeds", "1", "--jobs", "0"], "--jobs 0 is out of range; give 1 to 1000"),
            (["--seeds", "1", "--jobs", "-1"], "--jobs -1 is out of range; give 1 to 1000"),
            (["--seeds", "1", "--shard", "3/2"], "--shard 3/2: there is no part 3 of 2; give 1/2 to 2/2"),
            (
                ["--seeds", "1", "--shard", "2"],
                "--shard 2: it is no part of a whole; give two numbers, such as 3/8 for the third of eight parts"
            ),
            (["--seeds", "1", "--set", "pool.queryConcurrency=1,0"], "--set pool.queryConcurrency=0: 0 is too small; use 1 to 10000"),
            (["--seeds", "1", "--set", "pool.x=1"], "--set pool.x=1: unknown field; use one of "),
            (
                ["--seeds", "1", "--set", "network.seed=1,2"],
                "--set network.seed: the seeds of this command come from --seeds; give them there"
            ),
            (
                ["--seeds", "1", "--output", "no/where.jsonl"],
                "no/where.jsonl: No such file or directory; give --output the path of a file that can be written"
            ),
        ])
    func wrongUsage(arguments: [String], start: String) throws {
        let folder = try Program.Folder()
        let result = try Program.run(["sweep", "by-hand"] + arguments, in: folder.url)
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.complaint.hasPrefix("kadscope: \(start)"), "\(result.complaint)")
        #expect(result.complaint.split(separator: "\n").count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
}
