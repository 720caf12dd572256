import Broadcasts
import Coordination
import Simulation
import Testing
import Timeline

@testable import Scenarios

/// Results with figures that are easy to follow: the put of number n takes n times as long as the first.
func results(_ strategy: BroadcastStrategy, count: Int, milliseconds: Int64 = 100) -> [PutResult] {
    (1...count).map { (number: Int) -> PutResult in
        let duration = Int64(number) * milliseconds
        let reason: PutFigures.Reason = number % 10 == 0 ? .stopped : .completed
        let overlap: Double = number % 4 == 0 ? 0.95 : 1
        return PutResult(
            id: OperationID("b\(number)"), strategy: strategy, start: .start, end: Instant(nanoseconds: duration * 1_000_000),
            walkEnd: Instant(nanoseconds: duration * 500_000), reason: reason, finds: 20 + number % 7, stores: 20, timeouts: number % 3,
            hops: [0, 1, 1, 2, 2, 2, number % 5], holders: 18 + number % 3, overlap: overlap, regret: Double(number % 4) / 10)
    }
}

/// The figures of a run with these results.
func figures(
    _ results: [PutResult], settings: [RunFigures.Setting] = [], seed: UInt64 = 1, scenario: String = "race", isPartial: Bool = false,
    place: SweepPlace? = nil
) -> RunFigures {
    RunFigures(
        scenario: scenario, fingerprint: fingerprintOfText(scenario), settings: settings, seed: seed, networkSize: 1000,
        simulatedTime: Instant(nanoseconds: 12_345_678_901), steps: 98765, unfinishedPuts: 2, isPartial: isPartial,
        strategies: PutFigures.byStrategy(results), place: place)
}

@Suite("Figures of puts and runs")
struct FigureTests {
    private let all = results(.followUp, count: 40) + results(.optimistic, count: 25, milliseconds: 13)

    @Test("By strategy, with the values of each put")
    func byStrategy() {
        let figures = PutFigures.byStrategy(all)
        #expect(figures.map(\.strategy) == [.followUp, .optimistic] && figures.map(\.count) == [40, 25])
        #expect(figures[0].reasons == [.completed: 36, .stopped: 4] && figures[0].reasonText == "36 completed, 4 stopped")
        #expect(figures[0][.duration].quantile(0.5) == 2 && figures[0][.requests].min == 40 && figures[0][.hops].count == 280)
        #expect(figures[0][.walk].mean == 0.5)
    }

    @Test("Parts that are merged are the whole")
    func merge() {
        var merged = PutFigures(.followUp, all[..<11])
        merged.merge(PutFigures(.followUp, all[11...]))
        #expect(merged.count == 40 && merged.reasons == PutFigures(.followUp, all).reasons)
        for measure in PutMeasure.allCases { #expect(merged[measure].entries == PutFigures(.followUp, all)[measure].entries) }
    }

    @Test(
        "A line of JSON is read back exactly",
        arguments: [
            figures([]), figures(results(.followUp, count: 40) + results(.optimistic, count: 25, milliseconds: 13), isPartial: true),
            figures(
                results(.static, count: 3),
                settings: [.init(path: "pool.queryConcurrency", value: "10"), .init(path: "a.b", value: "\"x\n\"")],
                seed: UInt64(Int64.max), scenario: "näme \"\u{1}", place: SweepPlace(index: 7, grid: "0123456789abcdef")),
        ])
    func roundTrip(run: RunFigures) throws {
        let line = run.line
        #expect(!line.contains("\n"))
        let read = try RunFigures(reading: Array(line.utf8))
        #expect(read == run && read.line == line)
    }

    @Test("The names in a line stay as they are")
    func names() {
        let line = figures(results(.followUp, count: 1), place: SweepPlace(index: 3, grid: "feed")).line
        #expect(
            line == """
                {"format":"kadscope-run","version":1,"index":3,"grid":"feed","scenario":"race","text":"\(fingerprintOfText("race"))",\
                "settings":{},"seed":1,"nodes":1000,"simulated_ns":12345678901,"steps":98765,"unfinished":2,"strategies":[{"strategy":"followUp",\
                "puts":1,"ended":{"completed":1},"duration_s":{"count":1,"sum":0.1,"min":0.1,"max":0.1,"values":[0.1],"counts":[1]},\
                "requests":{"count":1,"sum":41.0,"min":41.0,"max":41.0,"values":[41],"counts":[1]},\
                "finds":{"count":1,"sum":21.0,"min":21.0,"max":21.0,"values":[21],"counts":[1]},\
                "stores":{"count":1,"sum":20.0,"min":20.0,"max":20.0,"values":[20],"counts":[1]},\
                "timeouts":{"count":1,"sum":1.0,"min":1.0,"max":1.0,"values":[1],"counts":[1]},\
                "hops":{"count":7,"sum":9.0,"min":0.0,"max":2.0,"values":[0,1,2],"counts":[1,3,3]},\
                "holders":{"count":1,"sum":19.0,"min":19.0,"max":19.0,"values":[19],"counts":[1]},\
                "overlap_share":{"count":1,"sum":1.0,"min":1.0,"max":1.0,"values":[1],"counts":[1]},\
                "regret_ranks":{"count":1,"sum":0.1,"min":0.1,"max":0.1,"values":[0.1],"counts":[1]},\
                "walk_share":{"count":1,"sum":0.5,"min":0.5,"max":0.5,"values":[0.5],"counts":[1]}}]}
                """)
    }

    @Test("Fields that nobody knows are passed over")
    func unknown() throws {
        let run = figures(results(.followUp, count: 3))
        let line = run.line.replacing("{\"strategy\":", with: "{\"new\":[1,{\"a\":null}],\"strategy\":").replacing(
            "\"seed\"", with: "\"x\":{},\"seed\"")
        #expect(try RunFigures(reading: Array(line.utf8)) == run)
    }

    @Test(
        "A wrong line: file, line, what is wrong, and what to do",
        arguments: [
            ("x", "it is not a JSON object"), ("{}", "it is no run of kadscope"), ("[]", "it is no run of kadscope"),
            ("{\"format\":\"kadscope-run\",\"version\":2}", "it is of version 2 of the format, and 1 is read"),
            ("{\"format\":\"kadscope-run\",\"version\":1}", "the field scenario is missing"),
            ("{\"format\":\"kadscope-run\"", "the JSON text ends too early"),
            ("{\"format\":\"kadscope-run\",\"version\":1,\"partial\":3}", "the field partial is not true or false"),
            ("{\"format\":\"kadscope-run\",\"version\":1,\"settings\":{\"a\":3}}", "the field settings.a is not a text"),
            (
                "{\"format\":\"kadscope-run\",\"version\":1,\"strategies\":[{\"strategy\":\"quick\"}]}",
                "the field strategy is \"quick\", which is unknown"
            ),
            (
                "{\"format\":\"kadscope-run\",\"version\":1,\"strategies\":[{\"strategy\":\"static\",\"hops\":{\"values\":[1,2],\"counts\":[1]}}]}",
                "the field hops is no tally of values"
            ),
            ("{\"format\":\"kadscope-run\",\"version\":1,\"index\":-1}", "the field index is -1, which is out of its range"),
        ])
    func wrong(line: String, sentence: String) throws {
        var lines = RunLines(source: "f.jsonl")
        try lines.add(Array(figures([]).line.utf8))
        try lines.add([0x20])
        #expect(throws: RunError("f.jsonl:3: \(sentence); give a file of kadscope run --json or kadscope sweep")) {
            try lines.add(Array(line.utf8))
        }
    }

    @Test("A file without runs; runs that stand twice")
    func files() throws {
        #expect(throws: RunError("f.jsonl:1: there is no run in the file; give a file of kadscope run --json or kadscope sweep")) {
            try RunLines(source: "f.jsonl").finish()
        }
        var one = RunLines(source: "one")
        for index in [0, 1, 1] { try one.add(Array(figures([], place: SweepPlace(index: index, grid: "a")).line.utf8)) }
        var two = RunLines(source: "two")
        try two.add(Array(figures([], place: SweepPlace(index: 1, grid: "a")).line.utf8))
        try two.add(Array(figures([], place: SweepPlace(index: 1, grid: "b")).line.utf8))
        // A run by itself is one of its own each time.
        for _ in 0..<2 { try two.add(Array(figures([]).line.utf8)) }
        #expect(
            RunLines.merged([one, two]).map { "\($0.place?.grid ?? "-")\($0.place?.index ?? -1)" } == ["a0", "a1", "b1", "--1", "--1"])
    }

    @Test("A row for each put, for other programs")
    func csv() {
        let table = PutTable(seed: 7)
        #expect(
            table.heading
                == "seed,id,strategy,start_s,duration_s,walk_s,reason,finds,stores,requests,timeouts,hops,holders,overlap_share,regret_ranks"
        )
        let result = PutResult(
            id: "a,\"b\"", strategy: .static, start: Instant(nanoseconds: 1_500_000_000), end: Instant(nanoseconds: 1_500_000_001),
            walkEnd: Instant(nanoseconds: 1_500_000_000), reason: .noNodesFound, finds: 1, stores: 2, timeouts: 3, hops: [0, 10],
            holders: 4,
            overlap: 0.5, regret: 1.25)
        let lost = PutResult(
            id: "lost", strategy: .static, start: .start, end: .start, walkEnd: .start, reason: .completed, finds: 1, stores: 2,
            timeouts: 0, hops: [0, 10], holders: 0, overlap: 0, regret: nil)
        #expect(table.row(lost).hasSuffix(",0,0.0,"), "without holders there is no regret")
        #expect(PutFigures(.static, [lost])[.regret].count == 0 && PutFigures(.static, [lost, result])[.regret].mean == 1.25)
        #expect(table.row(result) == "7,\"a,\"\"b\"\"\",static,1.5,0.000000001,0,noNodesFound,1,2,3,3,0 10,4,0.5,1.25")
    }

    @Test(
        "Numbers for people",
        arguments: [
            (0, "0"), (1, "1"), (999, "999"), (1250, "1,250"), (12_345.6, "12,346"), (3.14159, "3.14"), (9.999, "10"), (48.25, "48.3"),
            (0.95, "0.950"), (0.0523, "0.052"), (0.0034, "0.0034"), (0.00001, "1e-05"), (-2.5, "-2.50"), (-0.0001, "-0.0001"),
            (2.000000001, "2"),
            (151.6, "152"), (.infinity, "inf"),
        ] as [(Double, String)])
    func numbers(value: Double, expected: String) {
        #expect(FigureText.number(value) == expected)
    }

    @Test("Round numbers and signs")
    func others() {
        #expect([0.2, 0.25, 20, 1.5, 1000].map(FigureText.round) == ["0.2", "0.25", "20", "1.5", "1,000"])
        #expect([1.5, -1.5, 0].map(FigureText.signed) == ["+1.50", "-1.50", "0"])
        #expect(FigureText.wrapped("aa bb cc dd", width: 5) == ["aa bb", "  cc", "  dd"])
    }
}
