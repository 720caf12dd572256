import Testing

@testable import Scenarios

@Suite("Conformance files")
struct MalformedConformanceTests {
    private static let config =
        "{\"concurrency\":1,\"timeoutMs\":1000,\"replication\":1,\"queryConcurrency\":1,\"requestTimeoutMs\":1000}"

    /// A line with these steps.
    private static func line(_ steps: String, keyBits: String = "8", key: String = "ff", config: String = config) -> String {
        "{\"name\":\"n\",\"keyBits\":\(keyBits),\"self\":\"\(key)\",\"config\":\(config),\"steps\":[\(steps)]}"
    }

    /// A step with this event, that is to be answered with idle.
    private static func step(_ event: String, advance: String = "0", state: String = "{\"type\":\"idle\"}") -> String {
        "{\"advanceMs\":\(advance),\"event\":{\(event)},\"state\":\(state)}"
    }

    private static let poll = "\"type\":\"poll\""

    private func problem(_ text: String) -> String? {
        do {
            _ = try ConformanceFile(text: text, source: "f.jsonl")
            return nil
        } catch {
            return error.description
        }
    }

    @Test(
        "A line that is no scenario: file, line and reason",
        arguments: [
            ("no json", "the line is not a JSON object, or a number in it is out of range"),
            ("[1, 2]", "the line is not a JSON object, or a number in it is out of range"),
            ("7", "the line is not a JSON object, or a number in it is out of range"),
            ("{", "the line is not a JSON object, or a number in it is out of range"),
            (String(repeating: "[", count: 5000), "the line is not a JSON object, or a number in it is out of range"),
            ("{}", "name is missing"), ("{\"name\":null}", "name is null, not of the type String"),
            (line("", keyBits: "\"8\""), "keyBits is not of the type Int"),
            (line("", keyBits: "9"), "keyBits: 9 is no width of keys; use 8, 160 or 256"),
            (line("", keyBits: "1e300"), "the line is not a JSON object, or a number in it is out of range"),
            (line("", key: "f"), "self: \"f\" is not a key of 8 bits; write 2 hexadecimal digits"),
            (line("", keyBits: "160"), "self: \"ff\" is not a key of 160 bits; write 40 hexadecimal digits"),
            (line("", config: "{}"), "config.concurrency is missing"),
            (
                line("", config: config.replacing("\"replication\":1", with: "\"replication\":0")),
                "config.replication: 0 is too small; use 1 or more"
            ),
            (
                line("", config: config.replacing("\"timeoutMs\":1000", with: "\"timeoutMs\":-1")),
                "config.timeoutMs: -1000000 ns is not a time to wait; use more than 0"
            ),
            (
                line("", config: config.replacing("\"requestTimeoutMs\":1000", with: "\"requestTimeoutMs\":0")),
                "config.requestTimeoutMs: 0 ns is not a time to wait; use more than 0"
            ),
            (line(step(poll, advance: "-1")), "steps[0].advanceMs: -1 would turn the clock back; use 0 or more"),
            (
                line(step(poll) + "," + step("\"type\":\"jump\"")),
                "steps[1].event.type: Cannot initialize Kind from invalid String value jump"
            ),
            (line(step("")), "steps[0].event.type is missing"),
            (line(step(poll).replacing(",\"state\":{\"type\":\"idle\"}", with: "")), "steps[0].state is missing"),
            (line(step("\"type\":\"stopBroadcast\"")), "steps[0].event.queryId is missing"),
            (line(step("\"type\":\"startBroadcast\",\"queryId\":\"a\"")), "steps[0].event.strategy is missing"),
            (
                line(step("\"type\":\"startBroadcast\",\"queryId\":\"a\",\"strategy\":\"magic\"")),
                "steps[0].event.strategy: Cannot initialize Strategy from invalid String value magic"
            ),
            (
                line(step("\"type\":\"startBroadcast\",\"queryId\":\"a\",\"strategy\":\"static\",\"target\":\"00\"")),
                "steps[0].event.seed is missing"
            ),
            (
                line(step("\"type\":\"startBroadcast\",\"queryId\":\"a\",\"strategy\":\"static\",\"target\":\"0x\",\"seed\":[]")),
                "steps[0].event.target: \"0x\" is not a key of 8 bits; write 2 hexadecimal digits"
            ),
            (
                line(
                    step("\"type\":\"startBroadcast\",\"queryId\":\"a\",\"strategy\":\"static\",\"target\":\"00\",\"seed\":[\"01\",\"1\"]")),
                "steps[0].event.seed: \"1\" is not a key of 8 bits; write 2 hexadecimal digits"
            ),
            (line(step("\"type\":\"storeRecordSuccess\",\"queryId\":\"a\"")), "steps[0].event.node is missing"),
            (line(step("\"type\":\"getCloserNodesSuccess\",\"queryId\":\"a\",\"node\":\"01\"")), "steps[0].event.closer is missing"),
            (line(step("\"type\":\"getCloserNodesFailure\",\"queryId\":\"a\",\"node\":\"01\"")), "steps[0].event.error is missing"),
        ])
    func malformed(text: String, reason: String) {
        #expect(problem(text) == "f.jsonl:1: \(reason)")
        #expect(problem(Self.line(Self.step(Self.poll)) + "\n\n \t\n" + text + "\n{}") == "f.jsonl:4: \(reason)")
    }

    @Test("A file without a scenario", arguments: ["", "\n", " \n\t\n"])
    func empty(text: String) {
        #expect(problem(text) == "f.jsonl:1: there is no scenario in the file; write one JSON object a line")
    }

    @Test("Lines may end as on Windows, and the last without an end", arguments: ["\n", "\r\n"])
    func lineEnds(end: String) throws {
        let line = Self.line(Self.step(Self.poll))
        let file = try ConformanceFile(text: line + end + end + line, source: "f.jsonl")
        #expect(file.scenarios.count == 2)
        #expect(problem(line + end + "x") == "f.jsonl:2: the line is not a JSON object, or a number in it is out of range")
    }

    @Test("A wrong expected state: its step, what was expected and what came")
    func wrongState() throws {
        let start = "\"type\":\"startBroadcast\",\"queryId\":\"a\",\"strategy\":\"static\",\"target\":\"00\",\"seed\":[\"01\"]"
        let good = "{\"type\":\"storeRecord\",\"queryId\":\"a\",\"node\":\"01\"}"
        let end = "{\"type\":\"broadcastFinished\",\"queryId\":\"a\",\"contacted\":[\"01\"],\"errors\":[]}"
        let lines = [
            Self.line(Self.step(Self.poll) + "," + Self.step(start, state: good)),
            Self.line(Self.step(Self.poll) + "," + Self.step(start, state: good.replacing("\"01\"", with: "\"02\""))),
            Self.line(
                Self.step(start, state: good) + ","
                    + Self.step("\"type\":\"storeRecordFailure\",\"queryId\":\"a\",\"node\":\"01\",\"error\":\"broken\"", state: end)),
        ]
        let file = try ConformanceFile(text: lines.joined(separator: "\n"), source: "f.jsonl")
        #expect(
            file.scenarios.map { $0.run()?.description } == [
                nil, "n: step 2: expected storeRecord a node 02, got storeRecord a node 01",
                "n: step 2: expected broadcastFinished a contacted [01] errors [], got broadcastFinished a contacted [01] errors [01: broken]",
            ])
        #expect(file.scenarios[1].run()?.step == 2)
    }

    @Test("A clock beyond its range stands still at the end")
    func longClock() throws {
        let far = Self.step(Self.poll, advance: "9223372036854775807")
        let file = try ConformanceFile(text: Self.line(far + "," + far), source: "f.jsonl")
        #expect(file.scenarios[0].run() == nil)
    }
}
