import Broadcasts
import Coordination
import Queries
import Simulation
import Testing

@testable import Timeline

@Suite("Metrics")
struct MetricsTests {
    /// A put with two slow nodes and a refusal, and beside it a static put that goes well.
    ///
    ///      1     0ms  start b1, seeds 40 80               ask 40
    ///      2     0ms  poll                                ask 80
    ///      3    20ms  40 tells of 08                      ask 08
    ///      4    30ms  start b2 (static), seed 10          store 10 (b2)
    ///      5    35ms  10 has stored                       finished b2
    ///      6    90ms  08 refuses                          waiting
    ///      7  1001ms  poll, for 80 has timed out          store 40
    ///      8  1051ms  40 has stored                       finished b1
    private func run() throws -> SmallRun {
        var run = try SmallRun()
        run.start("b1", [0x40, 0x80])
        run.poll()
        run.found("b1", 0x40, [0x08], at: 20)
        run.start("b2", [0x10], .static(StaticConfiguration()), at: 30)
        run.stored("b2", 0x10, at: 35)
        run.findFailed("b1", 0x08, at: 90)
        run.poll(at: 1001)
        run.stored("b1", 0x40, at: 1051)
        return run
    }

    private func ledger(_ run: SmallRun) -> CallLedger {
        var ledger = CallLedger(requestTimeout: .seconds(1))
        for step in run.steps { ledger.record(step) }
        return ledger
    }

    private func metrics(_ run: SmallRun, at position: Int, bars: Int = 8) -> Metrics {
        Metrics(ledger(run), at: position, view: run.views[position], bars: bars)
    }

    @Test("The run is the one that is drawn above")
    func isAsDrawn() throws {
        let run = try run()
        #expect(run.steps.last?.state.id == "b1")
        #expect(
            ledger(run).calls.map { "\($0.id) \($0.kind) \(String($0.node.index, radix: 16)) at \($0.sent.step)" } == [
                "b1 find 40 at 1", "b1 find 80 at 2", "b1 find 8 at 3", "b2 store 10 at 4", "b1 store 40 at 7",
            ])
    }

    @Test("How far each request is, at each position")
    func fates() throws {
        let (ledger, run) = (ledger(try run()), try run())
        func fates(_ key: UInt8, _ kind: Call.Kind) -> [Call.Fate?] {
            let call = ledger.calls.first { $0.node == node(key) && $0.kind == kind }
            return (1...run.steps.count).map { position in
                call.flatMap { $0.sent.step <= position ? ledger.standing(of: $0, at: position).fate : nil }
            }
        }
        #expect(fates(0x40, .find) == [.waiting, .waiting] + Array(repeating: .answered, count: 6))
        #expect(fates(0x80, .find) == [nil] + Array(repeating: .waiting, count: 5) + [.timedOut, .timedOut])
        let refused = Call.Fate.failed(.failed("refused"))
        #expect(fates(0x08, .find) == [nil, nil, .waiting, .waiting, .waiting, refused, refused, refused])
        #expect(fates(0x40, .store) == Array(repeating: nil, count: 6) + [.waiting, .answered])
    }

    @Test("The counts of requests, their success and their latencies")
    func figures() throws {
        let end = metrics(try run(), at: 8)
        #expect([end.finds.sent, end.finds.answered, end.finds.failed, end.finds.timedOut, end.finds.waiting] == [3, 1, 1, 1, 0])
        #expect([end.stores.sent, end.stores.answered] == [2, 2])
        #expect(end.all.sent == 5)
        #expect(end.all.successRate == 3.0 / 5)
        #expect(end.stores.successRate == 1)
        #expect(end.finds.latencies.sorted == [.milliseconds(20), .milliseconds(70)], "what timed out has no latency")
        #expect(end.all.latencies.sorted == [5, 20, 50, 70].map { .milliseconds($0) })
        let middle = metrics(try run(), at: 3)
        #expect([middle.all.sent, middle.all.waiting, middle.all.ended] == [3, 2, 1])
        let start = metrics(try run(), at: 0)
        #expect(start.all.sent == 0)
        #expect(start.all.successRate == nil)
        #expect(start.eventsPerSecond == nil)
        #expect(start.strategies.isEmpty)
        #expect(start.events.bars == [0])
    }

    @Test("The slowest requests: what timed out, what waits, what was answered; the longest first")
    func slowest() throws {
        func text(_ position: Int) throws -> [String] {
            metrics(try run(), at: position).slowest.map {
                "\($0.call.id) \(String($0.call.node.index, radix: 16)) \($0.duration.count / 1_000_000) \($0.fate) \($0.end ?? 0)"
            }
        }
        #expect(
            try text(8) == [
                "b1 80 1000 timedOut 7", "b1 8 70 failed(refused) 6", "b1 40 50 answered 8", "b1 40 20 answered 3", "b2 10 5 answered 5",
            ])
        #expect(try text(6).first == "b1 80 90 waiting 0")
    }

    @Test("Each strategy that was used, in the order of their cases")
    func strategies() throws {
        let end = metrics(try run(), at: 8)
        #expect(end.strategies.map(\.strategy) == [.followUp, .static])
        #expect(end.strategies.map(\.finished) == [1, 1])
        #expect(end.strategies.map(\.stored) == [1, 1])
        #expect(end.strategies.map(\.requestsPerBroadcast) == [4, 1])
        #expect(end.strategies.map { $0.durations.percentile(50) } == [.milliseconds(1051), .milliseconds(5)])
        let middle = metrics(try run(), at: 4)
        #expect(middle.strategies.map(\.running) == [1, 1])
        #expect(middle.strategies.map { $0.durations.percentile(95) } == [nil, nil])
        #expect(middle.strategies.map(\.storeRate) == [nil, nil])
    }

    @Test("Events and awaited requests over the time, in bars of a round length")
    func courses() throws {
        let end = metrics(try run(), at: 8, bars: 8)
        // 1051 ms do not fit into eight bars of 100 ms.
        #expect(end.events.length == .milliseconds(200))
        #expect(end.events.bars == [6, 0, 0, 0, 0, 2])
        #expect(end.inFlight.bars == [3, 1, 1, 1, 1, 1], "three were awaited at once within the first 200 ms, then 80 alone")
        #expect(end.eventsInLastSecond == 3, "after 51 ms: steps 6, 7 and 8")
        #expect(end.inFlight.highest == 3)
        let six = metrics(try run(), at: 6, bars: 8)
        #expect(six.events.length == .milliseconds(20))
        #expect(six.events.bars == [2, 3, 0, 0, 1])
        #expect(six.inFlight.bars == [2, 3, 2, 2, 2], "08 is awaited until its answer at 90 ms comes")
    }

    @Test("What nobody waits for any more is abandoned, and makes no put slow")
    func abandoned() throws {
        var run = try SmallRun()
        run.start("b1", [0x40, 0x80])
        run.poll()
        run.stop("b1", at: 30)
        let metrics = metrics(run, at: 3)
        #expect(metrics.finds.abandoned == 2)
        #expect(metrics.slowest.isEmpty)
        #expect(metrics.all.successRate == nil)
        #expect(metrics.inFlight.bars.allSatisfy { $0 == 2 }, "two were awaited until the stop")
    }

    @Test("A broadcast that is refused never ran")
    func rejected() throws {
        var run = try SmallRun(maxBroadcasts: 1)
        run.start("b1", [0x40])
        run.start("b2", [0x40])
        run.start("b1", [0x10], .static(StaticConfiguration()))
        let figures = metrics(run, at: 3).strategies
        #expect(figures.map(\.strategy) == [.followUp], "a start under an id in use is none")
        #expect(figures.map { [$0.running, $0.finished, $0.rejected] } == [[1, 0, 1]])
        #expect(figures.first?.requestsPerBroadcast == 1)
    }

    @Test("The awaited requests of the figures are those of the pool, at each position of a whole run")
    func agreesWithPool() throws {
        var world = try busyWorld()
        var ledger = CallLedger(requestTimeout: world.pool.configuration.queries.requestTimeout)
        while let step = world.step() {
            ledger.record(step)
            let awaited = world.view.broadcasts.reduce(0) { $0 + (Measure.inflight.value(of: $1)?.count ?? 0) }
            #expect(Metrics(ledger, at: step.number, view: world.view, bars: 10).all.waiting == awaited, "step \(step.number)")
        }
    }
}

@Suite("Latencies")
struct LatenciesTests {
    private func lengths(_ milliseconds: [Int64]) -> Latencies { Latencies(milliseconds.map { .milliseconds($0) }) }

    @Test("Percentiles by the nearest rank are always one of the lengths")
    func percentiles() {
        let five = lengths([50, 15, 35, 20, 40])
        #expect([5, 30, 40, 50, 100].map { five.percentile($0) } == [15, 20, 20, 35, 50].map { .milliseconds($0) })
        #expect(lengths([7]).percentile(99) == .milliseconds(7))
        #expect(lengths([]).percentile(50) == nil)
        #expect(five.percentile(0) == .milliseconds(15))
        #expect(five.percentile(101) == .milliseconds(50))
        let hundred = lengths(Array(1...100))
        #expect(Latencies.usualPercents.map { hundred.percentile($0) } == [50, 75, 90, 95, 99].map { .milliseconds($0) })
    }

    @Test("A histogram has bars of 1, 2, 5, 10, … milliseconds, from the first that is not empty to the last")
    func histogram() {
        let bars = lengths([3, 5, 6, 10, 11, 150]).histogram
        #expect(bars.map { $0.limit.count / 1_000_000 } == [5, 10, 20, 50, 100, 200])
        #expect(bars.map(\.count) == [2, 2, 1, 0, 0, 1])
        #expect(lengths([]).histogram.isEmpty)
        #expect(lengths([0]).histogram == [.init(limit: .milliseconds(1), count: 1)])
        #expect(Latencies([Nanoseconds(.max)]).histogram.last?.count == 1)
    }

    @Test("Merging keeps the order")
    func merging() {
        #expect(lengths([1, 5, 9]).merged(with: lengths([2, 5, 12])) == lengths([1, 2, 5, 5, 9, 12]))
        #expect(lengths([]).merged(with: lengths([2])) == lengths([2]))
        #expect(lengths([2]).merged(with: lengths([])) == lengths([2]))
    }

    @Test("A stretch of time is covered by as few round bars as fit")
    func covering() {
        #expect(RoundLengths.covering(.milliseconds(0), in: 1) == .milliseconds(1))
        #expect(RoundLengths.covering(.milliseconds(9), in: 10) == .milliseconds(1))
        #expect(RoundLengths.covering(.milliseconds(10), in: 10) == .milliseconds(2), "the moment 10 ms needs an eleventh bar of 1 ms")
        #expect(RoundLengths.covering(.seconds(100), in: 40) == .seconds(5))
    }
}
