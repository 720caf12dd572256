import Kademlia
import Simulation
import Testing
import Timeline

@Suite("Traces that are not what they should be")
struct HostileTraceTests {
    private func small() throws -> [UInt8] { trace(try branchedHistory(), header(try smallWorld())) }

    @Test("Cut off after any byte: what is whole is read, and it is said that the rest is missing")
    func truncated() throws {
        let bytes = try small()
        let whole = read(bytes).lines
        var (reader, lines) = (TraceReader(), [] as [TraceLine])
        for (index, byte) in bytes.enumerated() {
            // A reader is a value: a copy of it is told that nothing comes any more.
            var copy = reader
            copy.finish()
            var rest = 0
            do {
                while try copy.next() != nil { rest += 1 }
                #expect(copy.header != nil)
            } catch {
                #expect(error.kind == (copy.header == nil ? .notReadable : .cutOff))
            }
            #expect(rest == 0 || index + 1 == bytes.count || byte == UInt8(ascii: "\n"))
            reader.feed(CollectionOfOne(byte))
            while let line = try reader.next() { lines.append(line) }
            #expect(lines.count <= whole.count)
        }
        #expect(lines == whole)
    }

    @Test("Any byte changed: it is read or refused, never more than that")
    func flipped() throws {
        let bytes = try small()
        var state: UInt64 = 88
        for _ in 0..<100 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var changed = bytes
            changed[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            let (lines, error, reader) = read(changed, inPiecesOf: 1 << 16)
            if error?.kind == .notReadable { #expect(lines.isEmpty) }
            guard let header = reader.header else { continue }
            var recording = Recording(header, limit: 1000)
            for line in lines { _ = recording.add(line) }
            #expect(!recording.isLimited)
            var history = History(RecordedWorld(recording, pool: try smallWorld().pool), branches: recording.branches)
            history.go(to: .max)
        }
    }

    private static let head = #"{"k":"hdr","format":"kad-broadcast-trace","version":"1.0","key_bits":8,"self":"c3"}"# + "\n"
    private static let event = #"{"k":"ev","t":5,"type":"EventPoolPoll"}"# + "\n"
    private static let step = event + #"{"k":"st","type":"StatePoolIdle"}"# + "\n"

    @Test(
        "A first line that is none",
        arguments: [
            ("", "line 1: there is no header: the file is empty"), ("\n", "line 1: the JSON text ends too early"),
            ("[network]\n", "line 1: it is not a JSON object"), ("{}\n", "line 1: it is not the header of a kad-broadcast-trace file"),
            ("[1,2]", "line 1: it is not a JSON object"),
            (
                head.replacing("1.0", with: "2.0"),
                "line 1: the format's version is 2.0; this program reads 1.x, a newer one may read it"
            ),
            (head.replacing("c3", with: "c3c3"), "line 1: the field self is not a key of 2 hexadecimal digits"),
            (head.replacing("8", with: "9"), "line 1: the field key_bits is 9; it can be 8, 160 or 256"),
            (
                head.replacing("}", with: #","config":{"pool":{"timeout_ns":0}}}"#),
                "line 1: the field timeout_ns is 0, which is out of its range"
            ),
            (head.replacing("}", with: #","seed":-1}"#), "line 1: the field seed is not a whole number of 64 bits"),
            (head.replacing("}", with: #","semantics":"lax"}"#), "line 1: the field semantics is neither \"strict\" nor \"reference\""),
        ])
    func firstLine(text: String, sentence: String) {
        let (lines, error, _) = read(Array(text.utf8))
        #expect(lines.isEmpty && error?.kind == .notReadable)
        #expect(error?.description == sentence)
    }

    @Test(
        "A later line that is none: its number and what is wrong",
        arguments: [
            ("[]\n", "line 2: it is not a JSON object"), ("{\"k\":1}\n", "line 2: the field k is not a text"),
            (head, "line 2: there is a second header"), (event + event, "line 3: an event follows an event whose state is missing"),
            ("{\"k\":\"st\",\"type\":\"StatePoolIdle\"}\n", "line 2: a state follows no event"),
            (step + event.replacing("5", with: "4") + "\n", "line 4: the time goes back, from 5 to 4 ns"),
            (event.replacing("}", with: ",\"step\":2}"), "line 2: step 2 follows step 0"),
            (event.replacing("}", with: ",\"b\":\"3\"}"), "line 2: no branch of the number in the field b has begun"),
            (event.replacing("}", with: ",\"by\":\"me\"}"), "line 2: there is no cause of an event me"),
            (event.replacing("5", with: "1e3"), "line 2: the field t is not a whole number of 64 bits"),
            (event.replacing("5", with: "99999999999999999999"), "line 2: the field t is not a whole number of 64 bits"),
            (event.replacing("5", with: "-1"), "line 2: the field t is -1, which is out of its range"),
            (event.replacing("Poll\"", with: "Pool\",\"q\":\"a\""), "line 2: there is no event EventPoolPool"),
            (step.replacing("Idle\"", with: "Idle\",\"h\":\"12\""), "line 3: the field h is not sixteen hexadecimal digits"),
            ("{\"k\":\"ch\",\"at\":1,\"of\":\"poll\"}\n", "line 2: a choice after 1 steps stands where its branch has 0"),
            ("{\"k\":\"ch\",\"at\":0,\"of\":\"think\"}\n", "line 2: there is no choice think"),
            ("{\"k\":\"flt\",\"at\":0,\"op\":\"burn\"}\n", "line 2: there is no fault burn"),
            ("{\"k\":\"br\",\"b\":\"1\",\"parent\":\"0\",\"at\":1}\n", "line 2: the branch leaves after step 1 of a branch that has 0"),
            ("{\"k\":\"br\",\"b\":\"1\",\"parent\":\"1\",\"at\":0}\n", "line 2: no branch 1 has begun"),
            ("{\"k\":\"end\"}\n{\"k\":\"end\"}\n", "line 3: something stands after the line of the end"),
            ("{\"k\":\"x\"} {}\n", "line 2: something stands after the end of the JSON object"),
            ("{\"k\":\"\u{7}\"}\n", "line 2: a text holds a control character"),
            ("{\"k\":\"\\ud800\"}\n", "line 2: a text is not Unicode"), ("{\"k\":01}\n", "line 2: it is not a JSON object"),
        ])
    func line(text: String, sentence: String) {
        let (lines, error, _) = read(Array((Self.head + text).utf8))
        #expect(error?.kind == .damaged)
        #expect(error?.description == sentence)
        #expect(lines.count >= 1)
    }

    @Test("Unknown kinds, unknown fields, comments and empty lines are passed over")
    func unknown() {
        let lines = [
            "# a comment", "", "  ", #"{"k":"snap","state":{"pool":[]}}"#, #"{"k":"mi","of":1}"#, #"{"k":"msg","op":"send"}"#,
            #"{"k":"later"}"#,
            #"{"k":"ev","t":5,"type":"EventPoolPoll","x":null,"deep":[[{"y":1.5e3}]]}"#, "# between",
            #"{"k":"st","type":"StatePoolIdle","z":1}"#,
            #"{"k":"inv","ok":true}"#,
        ]
        let (read, error, _) = read(Array((Self.head + lines.joined(separator: "\r\n")).utf8))
        #expect(error == nil && read.count == 2)
    }

    @Test("Deep nesting, long lines, many values: refused, with a sentence")
    func large() {
        func problem(_ text: String) -> String? { read(Array((Self.head + text).utf8), inPiecesOf: 1 << 16).error?.description }
        #expect(problem(String(repeating: "[", count: 1_000_000)) == "line 2: the line is not whole: the recording was cut off here")
        #expect(problem(String(repeating: "{\"k\":", count: 100_000) + "\n") == "line 2: the JSON text is nested deeper than 32 levels")
        #expect(problem("{\"k\":[" + String(repeating: "1,", count: 300_000) + "1]}\n") == "line 2: the line holds more than 250000 values")
        #expect(problem("{\"k\":\"" + String(repeating: "x", count: 5 << 20) + "\"}\n") == "line 2: the line is longer than 4 MiB")
        #expect(problem(String(repeating: " ", count: 5 << 20)) == "line 2: the line is longer than 4 MiB")
    }
}
