import Testing

@Suite("Wrong conditions in scenario files")
struct WrongConditionTests {
    @Test("One sentence: line, field, problem and remedy", arguments: complaints)
    func wrong(field: String, expected: String) {
        #expect(sentence(about: network("size = 8\n\(field)")) == "test.toml:\(expected)")
    }

    @Test("The same for a group", arguments: complaints.prefix(8))
    func wrongForGroup(field: String, expected: String) {
        let place = expected.replacing("3: network.", with: "5: network.nodes[0].")
        #expect(sentence(about: network("size = 8\n[[network.nodes]]\nshare = 0.5\n\(field)")) == "test.toml:\(place)")
    }

    /// A regional latency with these fields instead of right ones.
    private static func regional(
        _ regions: String = "[\"eu\", \"us\"]", shares: String = "[0.4, 0.6]", home: String = "\"eu\"",
        times: String = "[[\"5ms\", \"40ms\"], [\"40ms\", \"6ms\"]]", more: String = ""
    ) -> String {
        "latency = { distribution = \"regional\", regions = \(regions), shares = \(shares), home = \(home), times = \(times)\(more) }"
    }

    private static let complaints: [WrongFile] = [
        ("slow = 0", "3: network.slow: 0 is too small; use 0.001 to 10000"),
        ("duplicate = 1.1", "3: network.duplicate: 1.1 is too large; use 0 to 1"),
        ("reorder = { share = 0.1 }", "3: network.reorder.delay: it is missing; write delay = \"80ms\""),
        ("reorder = { delay = \"1s\" }", "3: network.reorder.share: it is missing; write share = 0.1"),
        ("reorder = { share = 0.1, delay = \"-1s\" }", "3: network.reorder.delay: \"-1s\" is too small; use 1ns to 24000h"),
        ("dial = { roundtrips = 3 }", "3: network.dial.roundtrips: unknown field; did you mean \"roundTrips\"?"),
        ("dial = { failures = [{ share = 0.4 }] }", "3: network.dial.failures: their shares add up to 0.4; let them add up to 1"),
        ("lies = \"eclipse\"", "3: network.lies: an eclipse needs a target; write lies = { eclipse = \"the record's text\" }"),
        ("dial = { roundTrips = -1 }", "3: network.dial.roundTrips: -1 is too small; use 0 to 1000"),
        ("dial = { failures = [] }", "3: network.dial.failures: their shares add up to 0; let them add up to 1"),
        ("dial = { failures = [{ time = \"1s\" }] }", "3: network.dial.failures[0].share: it is missing; write share = 0.25"),
        (
            "dial = { failures = [{ share = 1, minimum = \"2s\", maximum = \"1s\" }] }",
            "3: network.dial.failures[0].maximum: it is less than minimum; swap the two"
        ),
        (
            "dial = { failures = [{ share = 1, time = \"2s\", maximum = \"1s\" }] }",
            "3: network.dial.failures[0].time: unknown field; use one of share, minimum, maximum"
        ),
        (
            "lies = { eclipse = \"r\", eclipseKey = \"00\" }",
            "3: network.lies.eclipseKey: eclipse gives the key already; leave out one of the two"
        ),
        (
            "lies = {}", "3: network.lies.eclipse: it is missing; write eclipse = \"the record's text\", or eclipseKey = \"…\" for a key"
        ),
        (
            "lies = { eclipseKey = \"00\" }",
            "3: network.lies.eclipseKey: \"00\" is not a key of 256 bits; write 64 hexadecimal digits"
        ), ("lies = \"stranger\"", "3: network.lies: \"stranger\" is unknown; did you mean \"strangers\"?"),
        ("refuseStores = 2", "3: network.refuseStores: 2 is too large; use 0 to 1"),
        ("dropStores = -2", "3: network.dropStores: -2 is too small; use 0 to 1"),
        ("recordLifetime = \"0s\"", "3: network.recordLifetime: \"0s\" is too small; use 1ns to 24000h"),
        (
            "churn = { session = \"2h\" }",
            "3: network.churn.absence: it is missing; write absence = \"2h\", or a table with a distribution"
        ), ("churn = { session = \"1ms\" }", "3: network.churn.session: \"1ms\" is too small; use 100ms to 24000h"),
        (
            "churn = { session = {} }",
            "3: network.churn.session.distribution: it is missing; write distribution = \"constant\", \"exponential\", \"weibull\" or \"lognormal\""
        ),
        (
            "churn = { session = { distribution = \"weibull\", scale = \"1s\" } }",
            "3: network.churn.session.shape: it is missing; write shape = 0.68"
        ),
        (
            "churn = { session = { distribution = \"weibull\", shape = 0.1, scale = \"1s\" } }",
            "3: network.churn.session.shape: 0.1 is too small; use 0.2 to 10"
        ),
        (
            "churn = { session = { distribution = \"lognormal\", median = \"2s\", p95 = \"1s\" } }",
            "3: network.churn.session.p95: it is less than the median; use the median or more"
        ),
        (
            "stale = []", "3: network.stale: it has 0 shares; write 1 to 256, for bucket 0 and on; the last holds for all deeper ones"
        ), ("stale = [0.1, 1.2]", "3: network.stale[1]: 1.2 is too large; use 0 to 1"),
        ("unknown = \"half\"", "3: network.unknown: \"half\" is a string, not a number; use 0 to 1"),
        ("refresh = \"0s\"", "3: network.refresh: \"0s\" is too small; use 1ns to 24000h"),
        ("dead = 1.5", "3: network.dead: 1.5 is too large; use 0 to 1"),
        (
            "silent = 0.5\ndead = 0.6",
            "4: network.dead: silent, failing and dead are more than all nodes together; let them add up to 1 at most"
        ),
        (
            "profile = \"amino-2022\"\nsilent = 0.8",
            "4: network.silent: silent, failing and dead are more than all nodes together; let them add up to 1 at most"
        ), ("profile = \"amino\"", "3: network.profile: \"amino\" is unknown; use one of ideal, amino-2021, amino-2022"),
        ("profile = \"amino-2023\"", "3: network.profile: \"amino-2023\" is unknown; did you mean \"amino-2021\"?"),
        (regional(shares: "[0.4, 0.5]"), "3: network.latency.shares: they add up to 0.9; let them add up to 1"),
        (regional(shares: "[1]"), "3: network.latency.shares: it has 1 shares for 2 regions; write one for each of regions"),
        (regional(home: "\"asia\""), "3: network.latency.home: \"asia\" is not in regions; use one of \"eu\", \"us\""),
        (
            regional(times: "[[\"5ms\", \"40ms\"]]"), "3: network.latency.times: it has 1 rows for 2 regions; write one for each of regions"
        ),
        (
            regional(times: "[[\"5ms\", \"40ms\"], [\"1ms\"]]"),
            "3: network.latency.times: row 1 has 1 times for 2 regions; write a time for each of regions"
        ), (regional(times: "[[\"5ms\", \"0ms\"], [\"1ms\"]]"), "3: network.latency.times[0][1]: \"0ms\" is too small; use 1ns to 1h"),
        (
            regional(times: "[\"5ms\"]"),
            "3: network.latency.times[0]: \"5ms\" is a string, not an array of durations; write [\"80ms\", \"1.5s\"]"
        ), (regional("[\"eu\", \"eu\"]"), "3: network.latency.regions: a region stands there twice; name 1 to 64, each once"),
        (regional("[]"), "3: network.latency.regions: it names 0 regions; name 1 to 64, each once"),
        (regional(more: ", spread = 0.5"), "3: network.latency.spread: 0.5 is too small; use 1 to 100"),
        (
            regional(more: ", median = \"1s\""),
            "3: network.latency.median: unknown field; use one of distribution, regions, shares, home, times, spread"
        ), ("dupplicate = 1", "3: network.dupplicate: unknown field; did you mean \"duplicate\"?"),
    ]
}
