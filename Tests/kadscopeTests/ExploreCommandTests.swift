import Foundation
import Testing

@Suite("kadscope explore")
struct ExploreCommandTests {
    @Test("An exhibit: what was searched, what was put to the test, and the smallest run for each broken law; status 1")
    func exhibit() throws {
        let result = try Program.run("explore", "t6", "--all")
        #expect(result.status == 1 && result.complaint == "")
        #expect(result.lines.first == "T6: Contacted, it says")
        #expect(result.lines.contains("searched   all orders, from each state once, over the reference's pool"))
        let figures = try #require(result.lines.first { $0.hasPrefix("found      ") })
        #expect(figures.contains(" runs with ") && figures.contains(" states, ") && figures.hasSuffix(" steps"))
        #expect(result.lines.contains { $0.hasPrefix("coverage   ") && $0.contains(" of 131 cells in ") })
        #expect(
            result.text.hasSuffix(
                """
                1 law was broken, and this is the smallest run that breaks it:

                S5   Contacted are exactly the nodes that were sent the record, closest first.
                     step 5: A says that it contacted node 02; it has sent to nobody.
                     as it goes by itself

                """))
    }

    @Test("The same with our pool: nothing; status 0")
    func ours() throws {
        let result = try Program.run("explore", "T6", "--all", "--pool", "ours", "--faults", "1")
        #expect(result.status == 0 && result.complaint == "")
        #expect(result.lines.contains("searched   all orders that can matter, from each state once, with 1 fault at most, over our pool"))
        #expect(result.lines.last == "No law was broken.")
    }

    @Test("A scenario file over the reference's pool: choices in the words that the command line of the screen takes")
    func choices() throws {
        let folder = try Program.Folder()
        _ = try folder.file(
            "two.toml",
            """
            [network]
            keyBits = 8
            keys = ["03", "04", "81", "83"]
            self = "ff"
            bucketSize = 1
            latency = "10ms"
            [[broadcast]]
            id = "a"
            strategy = "followUp"
            target = "01"
            seeds = ["03", "04"]
            [[broadcast]]
            id = "b"
            strategy = "followUp"
            target = "80"
            seeds = ["81", "83"]
            start = "1s"
            """)
        let arguments = ["explore", "two.toml", "--random", "20", "--seed", "3"]
        let result = try Program.run(arguments + ["--pool", "reference"], in: folder.url)
        #expect(result.status == 1)
        #expect(result.lines.contains("searched   20 random runs, seed 3, over the reference's pool"))
        let place = try #require(result.lines.firstIndex { $0.hasPrefix("L2   ") })
        #expect(result.lines[place + 2] == "     1 choice")
        #expect(result.lines[place + 3].hasPrefix("     before step ") && result.lines[place + 3].hasSuffix(": act"))
        #expect(try Program.run(arguments + ["--pool", "reference"], in: folder.url).output == result.output)
        let ours = try Program.run(arguments, in: folder.url)
        #expect(ours.status == 0 && ours.lines.last == "No law was broken.")
    }

    @Test("The run of a broken law is saved as a trace that runs again, step by step, and ends at the step that breaks it")
    func save() throws {
        let folder = try Program.Folder()
        // Nobody looks whether a request has expired: what a fault loses is waited for for ever.
        _ = try folder.file(
            "hangs.toml",
            """
            [network]
            keyBits = 8
            keys = ["03", "04"]
            self = "ff"
            latency = "10ms"
            [driver]
            poll = "oncePerReply"
            [[broadcast]]
            id = "a"
            strategy = "static"
            target = "01"
            seeds = ["03"]
            """)
        let result = try Program.run("explore", "hangs.toml", "--all", "--faults", "1", "--save", ".", in: folder.url)
        #expect(result.status == 1 && result.complaint == "")
        #expect(result.text.contains("\n     1 choice\n     before step "))
        let verified = try Program.run("trace", "verify", "L1.kbt.jsonl", in: folder.url)
        let steps = try #require(result.lines.last { $0.hasPrefix("     step ") }?.split(separator: " ").dropFirst().first?.dropLast())
        #expect(verified.text == "L1.kbt.jsonl: \(steps) steps, all as recorded\n", "\(verified.complaint)")
        let again = try Program.run("explore", "hangs.toml", "--all", "--faults", "1", "--save", ".", in: folder.url)
        #expect(again.status == 2 && again.complaint.hasPrefix("kadscope: ./L1.kbt.jsonl: the file exists already; "))
    }

    @Test("The run of an exhibit is saved with the rules that it was run by")
    func saveExhibit() throws {
        let folder = try Program.Folder()
        #expect(try Program.run("explore", "T6", "--random", "2", "--save", folder.url.path).status == 1)
        let verified = try Program.run("trace", "verify", "S5.kbt.jsonl", in: folder.url)
        #expect(verified.text == "S5.kbt.jsonl: 5 steps, all as recorded\n", "\(verified.complaint)")
        let wrong = try Program.run("explore", "T6", "--random", "2", "--save", "nowhere", in: folder.url)
        #expect(wrong.status == 2 && wrong.complaint.hasPrefix("kadscope: nowhere/S5.kbt.jsonl: No such file or directory; "))
    }

    @Test("A search that is not complete says so")
    func limit() throws {
        let result = try Program.run("explore", "by-hand", "--all", "--reduction", "none", "--steps", "200")
        #expect(result.status == 0)
        #expect(result.lines.contains("           not complete: it ended after 200 steps; raise --steps to go on"))
    }

    @Test(
        "Wrong usage: one sentence, status 2",
        arguments: [
            (["--all", "--random", "3"], "--all, --random and --priority are three searches; give one of them"),
            (["--random", "0"], "--random 0 is out of range; give 1 to 1000000000"),
            (["--priority", "-1"], "Missing value for '--priority <priority>'"),
            (["--faults", "101"], "--faults 101 is out of range; give 0 to 100"),
            (["--steps", "0"], "--steps 0 is out of range; give 1 or more"), (["--pool", "theirs"], "The value 'theirs' is invalid"),
            (["--reduction", "none"], "--reduction is about --all; give both, or neither"),
            (
                ["T1", "--all", "--reduction", "equalStatesAndOrders"],
                "the broadcasts of the reference depend on each other, so every order counts; use --reduction equalStates"
            ),
            (["nowhere.toml"], "nowhere.toml: No such file or directory"), (["swrm"], "there is no scenario and no file \"swrm\""),
        ])
    func wrongUsage(arguments: [String], start: String) throws {
        let result = try Program.run(["explore"] + arguments)
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.complaint.hasPrefix("kadscope: \(start)"), "\(result.complaint)")
        #expect(result.complaint.split(separator: "\n").count == 1)
    }
}
