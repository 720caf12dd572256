import Testing
import Timeline

@testable import Scenarios

@Suite("Hostile scenario files end in a sentence, never a trap")
struct HostileTests {
    @Test(
        "Texts that are no scenario",
        arguments: [
            "", "\n\n\n", "# only\n# comments", "\u{feff}", "\u{0}", "a\u{0}b", "[", "]", "{", "=", "\"", "'''", "\\u", "[[[[", "[a.b.c",
            "network", "network=", "[network]", "[network]\nsize", "\r\n\r\n", "\u{202e}= 1", "size = +", "x = 0x", "x = 1__0", "x = 1e",
            "[broadcast]\n[[broadcast]]", "broadcast = [[], {}]", "network = []\nbroadcast = {}",
        ])
    func garbage(text: String) {
        #expect(sentence(about: text)?.hasPrefix("test.toml:") == true)
        #expect(sentence(about: text)?.contains("\n") == false)
    }

    @Test(
        "Nesting, lengths and numbers beyond all measure",
        arguments: [
            String(repeating: "[", count: 100_000), "a = " + String(repeating: "[", count: 100_000),
            "a = " + String(repeating: "{a=", count: 10_000), String(repeating: "a.", count: 10_000) + "b = 1",
            "[" + String(repeating: "a.", count: 10_000) + "b]", "# " + String(repeating: "x", count: 1 << 20),
            "title = \"" + String(repeating: "x", count: 100_000) + "\"", String(repeating: "a", count: 100_000) + " = 1",
            network("size = " + String(repeating: "9", count: 5000)), network("size = 8\nseed = 1e308"),
            network("size = 8\nseed = -9223372036854775808"), network("size = 8\nloss = 1e309"), network("size = 8\nloss = -inf"),
            network("size = 8\nlatency = \"" + String(repeating: "9", count: 5000) + "s\""),
            network("size = 8\nlatency = \"0." + String(repeating: "0", count: 30) + "1s\""),
            network("size = 8\nlatency = \"9223372036854775807h\""), rest("[pool]\nconcurrency = 9223372036854775807"),
            rest("[pool]\ntimeout = \"300000h\""), rest("[pool]\nmaxBroadcasts = -9223372036854775808"),
            network("keyBits = 9223372036854775807\nsize = 8"), network("keyBits = -9223372036854775808\nsize = 8"),
        ])
    func extremes(text: String) {
        let sentence = sentence(about: text)
        #expect(sentence?.hasPrefix("test.toml:") == true)
        #expect(sentence?.contains("\n") == false)
        #expect(sentence.map { $0.utf8.count < 1000 } == true)
    }

    @Test("What stands in a file never steers the terminal through a complaint")
    func controls() {
        let evil = "\\u001b[2J\\n\\r\\u0007\\u009b"
        let files = [
            network("keyBits = 8\nkeys = [\"\(evil)\"]"), network("size = 8\nself = \"\(evil)\""), network("size = 8\n\"\(evil)\" = 1"),
            network("size = 8\nlatency = \"\(evil)\""), seeds("[\"\(evil)\"]"), seeds("\"\(evil)\""), rest("[driver]\npoll = \"\(evil)\""),
            broadcast("id = \"a\"\nstrategy = \"\(evil)\""), broadcast("id = \"a\"\nstrategy = \"static\"\ntarget = \"\(evil)\""),
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"r\"\nstart = \"\(evil)\""), "\"\(evil)\" = 1",
        ]
        for file in files {
            let sentence = sentence(about: file)
            #expect(sentence?.unicodeScalars.contains { $0.properties.generalCategory == .control } == false, "\(file)")
        }
    }

    @Test(
        "The largest values that are right",
        arguments: [
            rest(
                "[pool]\nconcurrency = 1000000\nreplication = 10000\nqueryConcurrency = 10000\ntimeout = \"24000h\"\nrequestTimeout = \"24000h\""
            ),
            network("size = 255\nkeyBits = 8\nbucketSize = 1000\nseed = 9223372036854775807"),
            network("size = 8\nloss = 1"), network("size = 8\nsilent = 1"), network("size = 8\nfailing = 1.0"),
            network("size = 1\nlatency = { distribution = \"lognormal\", median = \"3600ms\", p95 = \"1h\" }"),
            broadcast("id = \"a\"\nstrategy = \"static\"\nrecord = \"\"\nstart = \"24000h\"\nstop = \"24000h\"\nstoreTimeout = \"24000h\""),
            broadcast("id = \"a\"\nstrategy = \"optimistic\"\nrecord = \"r\""),
            network(
                """
                size = 30
                latency = { distribution = "regional", regions = ["a"], shares = [1], home = "a", times = [["1h"]], spread = 100 }
                slow = 10000
                duplicate = 1
                reorder = { share = 1, delay = "24000h" }
                dial = { roundTrips = 1000, failures = [{ share = 1, minimum = "0s", maximum = "24000h" }] }
                recordLifetime = "24000h"
                refresh = "1ns"
                stale = 1
                churn = { session = { distribution = "weibull", shape = 0.2, scale = "24000h" }, absence = "24000h" }
                """),
            network(
                """
                size = 30
                slow = 0.001
                latency = "1ns"
                dead = 1
                unknown = 1
                churn = { session = { distribution = "weibull", shape = 10, scale = "100ms" }, absence = "100ms" }
                """), workload("puts = 10\nstrategies = [\"static\", \"optimistic\"]\natOnce = 1000000\nnetworkSize = \"known\""),
            workload("puts = 3\nstrategy = \"static\"\nevery = \"24000h\""),
        ])
    func largest(text: String) throws {
        let run = try Run(try read(text))
        #expect(run.steps.count < 5000)
        #expect(run.journal.entries.first?.end != nil)
    }
}
