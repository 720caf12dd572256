import Foundation
import Testing

@Suite("kadscope run, compare and report")
struct ExperimentCommandTests {
    @Test("run: a table for people, 80 columns wide")
    func table() throws {
        let result = try Program.run("run", "by-hand", "--set", "pool.queryConcurrency=3")
        #expect(result.status == 0 && result.complaint == "")
        #expect(
            result.text == """
                by-hand: One put, ten nodes, keys of 8 bits: check it on paper
                10 nodes, seed 1, 24 steps, 0.160 s simulated; 1 put, all ended
                set: pool.queryConcurrency=3

                followUp: 1 put: 1 completed
                                       mean     p5    p25    p50    p75    p90    p95    p99
                  duration, s         0.160  0.160  0.160  0.160  0.160  0.160  0.160  0.160
                  requests               11     11     11     11     11     11     11     11
                  hops to a store      1.67      1      1      2      2      2      2      2
                  holders                 3      3      3      3      3      3      3      3
                  overlap                 1      1      1      1      1      1      1      1
                  regret, ranks           0      0      0      0      0      0      0      0
                  timeouts                1      1      1      1      1      1      1      1
                  walk share          0.875  0.875  0.875  0.875  0.875  0.875  0.875  0.875

                """)
        #expect(result.lines.allSatisfy { $0.count <= 80 })
    }

    @Test("run --json: the same line each time, which report takes")
    func json() throws {
        let folder = try Program.Folder()
        let result = try Program.run("run", "race", "--json", "--seed", "5")
        #expect(result.status == 0 && result.lines.count == 1)
        #expect(try Program.run("run", "race", "--json", "--seed", "5").output == result.output)
        let json = try #require(try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
        #expect(json["format"] as? String == "kadscope-run" && json["seed"] as? Int == 5 && json["partial"] == nil)
        _ = try folder.file("a.jsonl", result.text)
        let report = try Program.run("report", "a.jsonl", in: folder.url)
        #expect(report.status == 0 && report.lines.contains { $0.hasPrefix("followUp: 1 put: 1 completed (1 run)") }, "\(report.complaint)")
        let piped = try Program.run(["report", "-"], input: result.output)
        #expect(piped.output == report.output)
    }

    @Test("run --csv: a row for each put, in the order of their ends")
    func csv() throws {
        let result = try Program.run("run", "swarm", "--csv")
        #expect(result.status == 0 && result.lines.count == 6)
        #expect(
            result.lines[0].hasPrefix("seed,id,strategy,start_s,duration_s,") && result.lines[1].hasPrefix("110,b5,followUp,0.25,0.65,"))
    }

    @Test("compare: figures of each, differences from the first, and what an interval means")
    func compare() throws {
        let arguments = ["compare", "race", "--strategies", "followUp,static,optimistic", "--seeds", "1..3"]
        let result = try Program.run(arguments)
        #expect(result.status == 0 && result.complaint == "" && result.lines.allSatisfy { $0.count <= 80 })
        for name in ["static", "optimistic"] { #expect(result.lines.contains("\(name) minus followUp: 6 pairs of puts")) }
        #expect(result.text.contains("An interval is meant to hold the true mean difference 95 times in 100"))
        let json = try #require(try JSONSerialization.jsonObject(with: try Program.run(arguments + ["--json"]).output) as? [String: Any])
        #expect((json["strategies"] as? [Any])?.count == 3 && (json["differences"] as? [Any])?.count == 2)
    }

    @Test("report: the pictures, as text and as SVG", arguments: ["histogram", "cumulative", "boxes"])
    func pictures(kind: String) throws {
        let folder = try Program.Folder()
        _ = try folder.file("a.jsonl", try Program.run("run", "race", "--json").text)
        let text = try Program.run("report", "a.jsonl", "--plot", kind, "--of", "hops", in: folder.url)
        #expect(text.status == 0 && text.lines.allSatisfy { $0.count <= 80 } && text.text.contains("│"))
        let ascii = try Program.run(["report", "a.jsonl", "--plot", kind], in: folder.url, environment: ["LC_ALL": "C"])
        #expect(ascii.output.allSatisfy { $0 < 0x80 } && ascii.text.contains("|"))
        #expect(try Program.run("report", "a.jsonl", "--plot", kind, "--glyphs", "ascii", in: folder.url).output == ascii.output)
        let svg = try Program.run("report", "a.jsonl", "--plot", kind, "--by", "strategy", "--svg", "a.svg", in: folder.url)
        #expect(svg.status == 0 && svg.text == "a.svg: written\n")
        let picture = try String(contentsOf: folder.url.appending(path: "a.svg"), encoding: .utf8)
        #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"))
    }

    @Test(
        "A closed pipe: one sentence, status 1",
        arguments: [
            ["run", "race"], ["run", "race", "--json"], ["run", "race", "--csv"],
            ["compare", "by-hand", "--strategies", "static,followUp"],
        ])
    func closedPipe(arguments: [String]) throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let result = try Program.run(arguments, output: pipe.fileHandleForWriting)
        #expect(!result.wasKilled && result.status == 1)
        #expect(result.complaint == "kadscope: the output could not be written: Broken pipe\n")
    }

    @Test("A full disk: one sentence, status 1", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() throws {
        let folder = try Program.Folder()
        _ = try folder.file("a.jsonl", try Program.run("run", "race", "--json").text)
        for arguments in [["run", "race"], ["report", "a.jsonl"], ["report", "a.jsonl", "--plot", "boxes"]] {
            let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
            let result = try Program.run(arguments, output: full, in: folder.url)
            #expect(result.status == 1 && result.complaint == "kadscope: the output could not be written: No space left on device\n")
        }
        let svg = try Program.run("report", "a.jsonl", "--svg", "/dev/full", in: folder.url)
        #expect(svg.status == 1 && svg.complaint == "kadscope: /dev/full: the picture could not be written: No space left on device\n")
    }

    @Test("A file that must not grow: one sentence, status 1, and what was written is there")
    func sizeLimit() throws {
        let folder = try Program.Folder()
        let program = Program.binaries.appending(path: "kadscope").path
        _ = try folder.file("limited", "ulimit -f 1\n'\(program)' run amino --csv --set pool.replication=500 >o 2>e\necho $? >status\n")
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["limited"]
        shell.currentDirectoryURL = folder.url
        try shell.run()
        shell.waitUntilExit()
        let texts = try ["status", "e"].map { try String(contentsOf: folder.url.appending(path: $0), encoding: .utf8) }
        #expect(texts == ["1\n", "kadscope: the output could not be written: File too large\n"])
        #expect(try Data(contentsOf: folder.url.appending(path: "o")).isEmpty == false)
    }

    @Test("Ctrl-C ends a run with what is known so far, marked as partial; status 130")
    func interrupt() throws {
        let folder = try Program.Folder()
        _ = try folder.file("long.toml", Self.longScenario)
        let run = try BackgroundProgram(["run", "long.toml", "--json"], in: folder.url)
        try run.interruptUntilItEnds()
        let json = try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any], "\(run.complaint)")
        #expect(json["partial"] as? Bool == true && run.status == 130)
    }

    /// A scenario that takes minutes.
    static let longScenario =
        "[network]\nsize = 1000\n[workload]\nputs = 10_000_000\natOnce = 3\nstrategy = \"followUp\"\n"

    @Test(
        "Wrong usage: one sentence, status 2",
        arguments: [
            (["run"], "Missing expected argument '<scenario>'"),
            (["run", "race", "--json", "--csv"], "--json and --csv are two forms of the output; give one of them"),
            (["run", "race", "--seed", "x"], "The value 'x' is invalid for '--seed <seed>'"),
            (["run", "race", "--seed", "-1"], "--seed -1 is out of range; give 0 or more"),
            (["validate", "--seed", "-1"], "--seed -1 is out of range; give 0 or more"),
            (
                ["run", "race", "--set", "network.size=9223372036854775808"],
                "--set network.size=9223372036854775808: 9223372036854775808 is too large; use 1 to 100000000"
            ),
            (["run", "rase"], "there is no scenario and no file \"rase\"; did you mean race?"),
            (["run", "T1"], "T1: an exhibit of the museum is one run that goes wrong, and no experiment; give a scenario"),
            (["run", "race", "--set", "pool.queryConcurrency"], "--set pool.queryConcurrency: there is no value; write PATH=VALUE"),
            (["run", "race", "--set", "pool.queryConcurrency=0"], "--set pool.queryConcurrency=0: 0 is too small; use 1 to 10000"),
            (["run", "race", "--set", "pool.concurency=1"], "--set pool.concurency=1: unknown field; did you mean \"concurrency\"?"),
            (["compare", "race"], "Missing expected argument '--strategies <a,b>'"),
            (
                ["compare", "race", "--strategies", "followup,static"],
                "--strategies followup,static: there is no strategy \"followup\"; did you mean followUp?"
            ),
            (
                ["compare", "race", "--strategies", "static"],
                "--strategies static: one strategy has nothing to be compared with; give two or more of "
            ),
            (
                ["compare", "race", "--strategies", "static,static"],
                "--strategies static,static: static stands there twice; give each once"
            ),
            (
                ["compare", "race", "--strategies", "static,followUp", "--seeds", "5..1"],
                "--seeds 5..1: the range 5..1 goes backwards; give 1..5"
            ),
            (
                ["compare", "race", "--strategies", "static,followUp", "--seeds", "1", "--set", "network.seed=3"],
                "--set network.seed: the seeds of this command come from --seeds; give them there"
            ),
            (["report"], "Missing expected argument '<files> ...'"),
            (["report", "none.jsonl"], "none.jsonl: No such file or directory; give the path of a file that can be read"),
            (["report", "."], ".: Is a directory; give the path of a file that can be read"),
            (["report", "/dev/null"], "/dev/null:1: there is no run in the file; give a file of kadscope run --json or kadscope sweep"),
            (["report", "/dev/null", "--plot", "pie"], "The value 'pie' is invalid for '--plot <plot>'"),
            (["report", "/dev/null", "--of", "speed"], "The value 'speed' is invalid for '--of <of>'"),
        ])
    func wrongUsage(arguments: [String], start: String) throws {
        let result = try Program.run(arguments)
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.complaint.hasPrefix("kadscope: \(start)"), "\(result.complaint)")
        #expect(result.complaint.split(separator: "\n").count == 1)
    }

    @Test("Foreign files and unknown settings are named with their place")
    func foreign() throws {
        let folder = try Program.Folder()
        let line = try Program.run("run", "by-hand", "--json").text
        _ = try folder.file("a.jsonl", line + "{\"format\":\"other\"}\n")
        _ = try folder.file("b.jsonl", line)
        let foreign = try Program.run("report", "a.jsonl", in: folder.url)
        #expect(
            foreign.status == 2
                && foreign.complaint
                    == "kadscope: a.jsonl:2: it is no run of kadscope; give a file of kadscope run --json or kadscope sweep\n"
        )
        let unknown = try Program.run("report", "b.jsonl", "--by", "strategi", in: folder.url)
        #expect(unknown.status == 2 && unknown.complaint == "kadscope: --by strategi: no run has such a setting; did you mean strategy?\n")
    }
}
