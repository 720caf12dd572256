import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

@testable import Scenarios

/// The trace of a run of a scenario, up to a number of steps of its first branch.
func recording(_ scenario: Scenario, change: (inout TraceHeader) -> Void = { _ in }) throws -> (bytes: [UInt8], recording: Recording) {
    var history = History(try scenario.world())
    history.go(to: .max)
    var header = scenario.traceHeader(tool: ("test", "1"))
    change(&header)
    var recorder = TraceRecorder(header)
    let bytes = recorder.headerLine + recorder.lines(for: history) + recorder.endLine(.idle)
    var reader = TraceReader(network: Scenario.network(of:))
    reader.feed(bytes)
    reader.finish()
    var recording = Recording(header)
    while let line = try reader.next() { _ = recording.add(line) }
    return (bytes, recording)
}

@Suite("Runs that are opened")
struct OpenedRunTests {
    @Test(
        "A recorded run of each built-in scenario: looked at and run again it is the same",
        arguments: BuiltInScenario.all.map(\.name).filter { !["race", "million", "experiment"].contains($0) })
    func builtIn(name: String) throws {
        let scenario = try #require(BuiltInScenario.named(name)).scenario()
        let run = try Run(scenario)
        let (_, recording) = try recording(scenario)
        for isExecuted in [true, false] {
            let opened = try OpenedRun(recording, isExecuted: isExecuted)
            #expect(opened.scenario.name == name && opened.scenario.network.nodes == scenario.network.nodes && opened.notice == nil)
            var history = try opened.history()
            #expect(history.position == 0)
            history.go(to: .max)
            #expect(history.stepCount == run.steps.count && (1...history.stepCount).allSatisfy { history.step($0) == run.steps[$0 - 1] })
            #expect(history.world.view == run.world.view && history.world.divergence == nil && history.journal == run.journal)
            #expect((history.world.obstacle(to: .poll) == nil) == isExecuted)
            var (walk, count) = (try opened.walk(), 0)
            while walk.step() != nil { count += 1 }
            #expect(count == run.steps.count)
        }
    }

    @Test("A header that does not fit its scenario, or has none that can be run")
    func headers() throws {
        let scenario = try #require(BuiltInScenario.named("by-hand")).scenario()
        func problem(isExecuted: Bool = true, _ change: (inout TraceHeader) -> Void) throws -> String? {
            do {
                _ = try OpenedRun(try recording(scenario, change: change).recording, isExecuted: isExecuted)
                return nil
            } catch let error as RunError { return error.description }
        }
        #expect(try problem { _ in } == nil)
        #expect(try problem { $0.scenario = .init(name: "by-hand", text: "") } == nil)
        #expect(
            try problem { $0.scenario = .init(name: "swrm", text: "") }
                == "the trace is one of the scenario \"swrm\", which is not a built-in one")
        #expect(
            try problem { $0.scenario = .init(name: "x", text: "[network]\n") }
                == "the scenario of the trace:1: network.size: it is missing; write size = 64, or keys = [\"…\"] to name every node")
        #expect(try problem { $0.pool.maxBroadcasts = 3 } == "the header's config.pool is not that of its scenario")
        #expect(try problem { $0.pool.queries.resiliency = 1 } == "the header's config.pool is not that of its scenario")
        #expect(try problem { $0.nodes.removeLast() } == "the header's nodes are not those of its scenario, or not in ascending order")
        #expect(
            try problem { $0.scenario = nil }
                == "the header names no scenario, so the run cannot be executed again; open the trace without --verify")
        #expect(try problem { $0.semantics = .reference } == nil)
        #expect(try problem(isExecuted: false) { $0.scenario = nil } == nil)
    }

    @Test("A trace without scenario is looked at all the same, also one that lists no nodes")
    func foreign() throws {
        let scenario = try #require(BuiltInScenario.named("by-hand")).scenario()
        let (bytes, _) = try recording(scenario) {
            $0.scenario = nil
            $0.nodes = []
        }
        var reader = TraceReader()
        reader.feed(bytes)
        var recording = Recording(try #require(try reader.next().flatMap { if case .header(let header) = $0 { header } else { nil } }))
        while let line = try reader.next() { _ = recording.add(line) }
        var history = try OpenedRun(recording, isExecuted: false).history()
        history.go(to: .max)
        #expect(history.stepCount == 24 && history.world.divergence == nil)
    }

    @Test("More steps than are kept: the first ones, and a word about it")
    func limited() throws {
        let scenario = try #require(BuiltInScenario.named("by-hand")).scenario()
        let (_, whole) = try recording(scenario)
        var short = Recording(whole.header, limit: 5)
        for step in whole.lines[0].steps { guard short.add(.step(step, branch: 0)) else { break } }
        let opened = try OpenedRun(short, isExecuted: false)
        #expect(opened.notice == "only the first 5 steps of the trace are opened; kadscope trace show reads all")
        var history = try opened.history()
        history.go(to: .max)
        #expect(history.isAtEnd && history.stepCount == 5)
    }
}
