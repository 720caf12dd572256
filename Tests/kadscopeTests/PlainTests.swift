import Foundation
import Scenarios
import Testing

@Suite("kadscope --plain")
struct PlainTests {
    // All but the workload, whose 30,000 steps take too long here.
    @Test("Two runs are the same, byte for byte", arguments: BuiltInScenario.all.map(\.name).filter { $0 != "experiment" })
    func builtIn(name: String) throws {
        let (first, second) = (try Program.run("--plain", name), try Program.run(name, "--plain"))
        #expect(first.status == 0)
        #expect(first.complaint == "")
        #expect(first.output == second.output)
        #expect(first.text.hasPrefix("# \(name): "))
        #expect(first.lines.count > 20)
        let steps = first.lines.filter { !$0.hasPrefix("#") }
        #expect(steps.allSatisfy { $0.contains("  -> ") && $0.contains("  <- ") })
        for builtIn in BuiltInScenario.all where builtIn.name == name {
            for broadcast in try builtIn.scenario().broadcasts {
                #expect(first.lines.contains { $0.hasPrefix("# \(broadcast.id) ") }, "what came of \(broadcast.id)")
            }
        }
    }

    @Test("A law that a step breaks stands below the step; --no-checks leaves it out")
    func laws() throws {
        let lines = try Program.run("--plain", "T1").lines
        let place = try #require(lines.firstIndex { $0.hasPrefix("#! step 3 breaks S15: ") })
        #expect(lines[..<place].contains { $0.hasPrefix("    3 ") } && !lines[..<place].contains { $0.hasPrefix("    4 ") })
        #expect(lines.contains { $0.hasPrefix("#! step 4 breaks L1: ") })
        #expect(try !Program.run("--plain", "--no-checks", "T1").text.contains("breaks"))
        #expect(try !Program.run("--plain", "swarm").text.contains("breaks"))
    }

    @Test("At the end: how the requests went, and which were slowest")
    func figures() throws {
        let lines = try Program.run("--plain", "by-hand").lines
        #expect(
            lines.suffix(5) == [
                "# closer nodes: 8 sent, 7 answered, 1 out of time, p50 20ms, p95 20ms, p99 20ms",
                "# stores: 3 sent, 3 answered, p50 20ms, p95 20ms, p99 20ms",
                "# slow: GetCloserNodes put node 22, sent at step 10: 100ms, at step 17",
                "# slow: GetCloserNodes put node 8c, sent at step 1: 20ms, at step 4",
                "# slow: GetCloserNodes put node e7, sent at step 2: 20ms, at step 6",
            ])
    }

    @Test("Without a name it is the first built-in scenario")
    func first() throws {
        #expect(try Program.run("--plain").output == Program.run("--plain", BuiltInScenario.all[0].name).output)
    }

    @Test("A file with the text of a built-in scenario runs the same, but for its name, in any folder")
    func file() throws {
        let folder = try Program.Folder()
        let text = try Program.run("scenario", "show", "by-hand").text
        let path = try folder.file("mine.toml", text)
        let builtIn = try Program.run("--plain", "by-hand")
        let (absolute, relative) = (try Program.run("--plain", path), try Program.run("--plain", "mine.toml", in: folder.url))
        #expect(absolute.status == 0)
        #expect(absolute.output == relative.output)
        #expect(absolute.text == builtIn.text.replacing("# by-hand:", with: "# mine.toml:"))
    }

    @Test("A scenario file needs no ending in its name, and a built-in name comes first")
    func names() throws {
        let folder = try Program.Folder()
        let text = try Program.run("scenario", "show", "by-hand").text
        _ = try folder.file("mine", text)
        _ = try folder.file("slots", text)
        #expect(try Program.run("--plain", "mine", in: folder.url).text.hasPrefix("# mine: One put"))
        #expect(try Program.run("--plain", "slots", in: folder.url).text.hasPrefix("# slots: Six"))
        #expect(try Program.run("--plain", "./slots", in: folder.url).text.hasPrefix("# slots: One put"))
    }

    @Test("A closed pipe ends it silently or with a sentence")
    func closedPipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let result = try Program.run(["--plain", "swarm"], output: pipe.fileHandleForWriting)
        #expect(result.wasKilled ? result.status == SIGPIPE : result.status == 1)
        #expect(result.complaint == "" || result.complaint.hasPrefix("kadscope: the output could not be written: "))
        #expect(result.complaint.split(separator: "\n").count <= 1)
    }

    @Test("A full disk ends it with a sentence", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() throws {
        for arguments in [["--plain", "swarm"], ["scenario", "list"], ["scenario", "show", "slots"]] {
            let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
            let result = try Program.run(arguments, output: full)
            #expect(result.status == 1)
            #expect(!result.wasKilled)
            #expect(result.complaint == "kadscope: the output could not be written: No space left on device\n")
        }
    }

    @Test("Without a terminal there is no screen: it says so and points to --plain")
    func noTerminal() throws {
        let result = try Program.run("by-hand")
        #expect(result.status != 0)
        #expect(!result.wasKilled)
        #expect(result.output.isEmpty, "not a single control sequence")
        #expect(result.complaint.hasPrefix("kadscope: standard input is not a terminal"))
        #expect(result.complaint.contains("kadscope --plain"))
        #expect(result.complaint.split(separator: "\n").count == 1)
    }
}
