import Coordination
import Kademlia
import Simulation
import Testing
import Timeline

@testable import Scenarios

@Suite("Traces of networks that are too large to be listed")
struct LargeTraceTests {
    private func scenario() throws -> Scenario {
        try Scenario(
            text: """
                title = "Large"
                [network]
                size = 30_000
                seed = 5
                latency = "40ms"
                [[broadcast]]
                id = "b1"
                strategy = "followUp"
                record = "one of many"
                """, name: "large", source: "large")
    }

    private func lines(_ bytes: [UInt8], of reader: TraceReader) throws -> [TraceLine] {
        var (reader, lines) = (reader, [] as [TraceLine])
        reader.feed(bytes)
        reader.finish()
        while let line = try reader.next() { lines.append(line) }
        return lines
    }

    @Test("The header lists no nodes; read again, every node has the number it has in its network")
    func roundTrip() throws {
        let scenario = try scenario()
        var history = History(try scenario.world())
        history.go(to: 20)
        // A node that the run has not heard of crashes: its name is all that the trace has of it.
        try history.choose(.fail(29_999, .crashed))
        history.go(to: .max)
        var recorder = TraceRecorder(scenario.traceHeader(tool: ("test", "1")))
        let header = recorder.headerLine
        let bytes = header + recorder.lines(for: history) + recorder.endLine(.idle)
        #expect(header.count < 2_000)
        let lines = try lines(bytes, of: TraceReader(network: Scenario.network(of:)))
        guard case .header(let read)? = lines.first else { return #expect(Bool(false)) }
        #expect(read == scenario.traceHeader(tool: ("", "")) && read.nodes.isEmpty)
        let steps = lines.compactMap { if case .step(let recorded, _) = $0 { recorded.step } else { nil } }
        #expect(steps.suffix(history.stepCount - 20) == (21...history.stepCount).map { history.step($0) }[...])
        #expect(lines.contains { if case .choice(let deviation, _) = $0 { deviation.choice == .fail(29_999, .crashed) } else { false } })
        var recording = Recording(read)
        for line in lines.dropFirst() { _ = recording.add(line) }
        for isExecuted in [true, false] {
            let opened = try OpenedRun(recording, isExecuted: isExecuted)
            #expect(opened.scenario.network.nodes == scenario.network.nodes)
            var again = try opened.history()
            again.go(to: .max)
            #expect(again.world.divergence == nil && again.stepCount >= 20)
        }
        var verifier = TraceVerifier(try Scenario(header: read, isExecuted: true).world())
        for line in lines { #expect(verifier.check(line) == nil) }
        #expect(verifier.verified == steps.count)
        // Written again it is the same, and an export names nodes by their keys.
        var writer = TraceWriter(read)
        #expect(Array(lines.dropFirst().flatMap { writer.lines($0) }) == Array(bytes.dropFirst(header.count)))
        var exporter = TraceExport.dot.exporter(for: read)
        let text = lines.map { exporter.add($0) }.joined() + exporter.finish()
        #expect(text.contains(String(scenario.network.nodes[29_999].key.shown(256).prefix(4))))
    }

    @Test("A header whose scenario is wrong, or another one")
    func wrong() throws {
        let scenario = try scenario()
        var header = scenario.traceHeader(tool: ("", ""))
        header.scenario = TraceHeader.Scenario(name: "large", text: "[network]")
        #expect(Scenario.network(of: TraceHeader(keyBits: 256, localKey: .zero, pool: header.pool)) == nil)
        header.network = nil
        #expect(Scenario.network(of: header) == nil)
        header.scenario = TraceHeader.Scenario(name: "large", text: scenario.text)
        header.localKey = Key256(1, 0, 0, 0)
        #expect(Scenario.network(of: header) == nil)
        #expect(throws: RunError.self) { try Scenario(header: header, isExecuted: false) }
    }
}
