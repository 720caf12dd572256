import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

@Suite("Traces")
struct TraceTests {
    private static let node = NetworkNode(index: 2, key: Key256(0x28 << 56, 0, 0, 0))
    private static let other = NetworkNode(index: 5, key: Key256(0x55 << 56, 0, 0, 0))
    private static let target = Key256(0x2a << 56, 0, 0, 0)
    private static let name = MessageName(id: "put", node: 2, isStore: true, copy: 3)
    private static let optimistic = BroadcastConfiguration.optimistic(
        OptimisticConfiguration(
            individualCertainty: 0.8, setStrictness: .infinity, networkSize: 7, stores: .init(storeTimeout: nil, storeConcurrency: 2)))

    static let events: [NetworkEvent] = [
        .startBroadcast(
            id: "put", target: target, message: Record(name: "a \"b\"\n\u{1}\u{7F}é😀\\"), seed: [node, other], configuration: optimistic),
        .startBroadcast(id: "", target: target, message: Record(name: ""), seed: [], configuration: .static(StaticConfiguration())),
        .startBroadcast(
            id: "f", target: target, message: Record(name: "r"), seed: [node], configuration: .followUp(FollowUpConfiguration())),
        .stopBroadcast(id: "put"), .poll,
        .getCloserNodesSuccess(id: "put", node: node, target: target, closer: [other, node]),
        .getCloserNodesFailure(id: "put", node: node, target: target, error: .timedOut),
        .storeRecordSuccess(id: "put", node: node, request: Record(name: "r"), response: nil),
        .storeRecordSuccess(id: "put", node: node, request: Record(name: "r"), response: Record(name: "s")),
        .storeRecordFailure(id: "put", node: node, request: Record(name: "r"), error: .failed("timed out")),
        .storeRecordFailure(id: "put", node: node, request: Record(name: "r"), error: .cancelled),
    ]

    static let states: [NetworkState] =
        [
            .idle, .waiting, .findCloser(id: "put", target: target, node: node),
            .storeRecord(id: "put", node: other, message: Record(name: "r")),
            .broadcastRejected(id: "put", reason: .idInUse), .broadcastRejected(id: "", reason: .emptyID),
            .broadcastRejected(id: "put", reason: .poolFull(limit: 3)),
            .broadcastRejected(id: "put", reason: .invalidConfiguration(ConfigurationError(field: "f", problem: "p", remedy: "r"))),
        ]
        + BroadcastOutcome<NetworkNode>.Reason.allCases.map { reason in
            .broadcastFinished(
                id: "put",
                outcome: BroadcastOutcome(
                    reason: reason, contacted: [node, other], errors: [.init(node: other, error: .failed("failed: no"))],
                    notContacted: [other], unanswered: [node], early: reason == .completed ? [node] : []))
        }

    static let choices: [Choice] = [
        .deliver(name), .deliver(MessageName(id: "put", node: 2, isStore: false)), .fireDeadline, .advanceClock(.milliseconds(5)),
        .start(NewBroadcast(id: "new", target: target, record: Record(name: "r"), seed: nil, configuration: optimistic)),
        .start(NewBroadcast(id: "new", target: target, record: Record(name: "r"), seed: [2, 5], configuration: .static(.init()))),
        .stop("put"), .actNow, .poll, .drop(name), .duplicate(name), .delay(name, .seconds(1)), .edit(name, .closer([2, 5])),
        .edit(name, .closer([])), .edit(name, .from(77)), .edit(name, .failure("no \u{202E}")), .edit(name, .success),
        .fail(2, .crashed), .fail(5, .muted), .fail(9999, .partitioned), .restart(10),
    ]

    @Test(
        "Every event, state, trigger and choice, branches, violations, notes and the end come back as they were",
        arguments: [1, 7, 100_000])
    func roundTrip(pieces: Int) throws {
        let triggers: [Step.Trigger] = [.act, .reply(sent: .start), .continuation, .deadline, .choice]
        var lines: [TraceLine] = Self.choices.map { .choice(Deviation(position: 0, choice: $0), branch: 0) }
        for number in 1...(Self.events.count * Self.states.count) {
            let step = Step(
                number: number, time: Instant(nanoseconds: Int64(number) << 45), event: Self.events[number % Self.events.count],
                trigger: triggers[number % triggers.count], state: Self.states[number % Self.states.count], isIgnored: number % 3 == 0)
            lines.append(.step(RecordedStep(step: step, hash: number % 4 == 0 ? nil : StateHash(UInt64(number) << 50)), branch: 0))
        }
        lines += [
            .branch(TraceBranch(id: 4, parent: 0, fork: 12, name: "late, \"but\" good")),
            .choice(Deviation(position: 12, choice: .poll), branch: 4),
            .branch(TraceBranch(id: 0, parent: 0, fork: 0, name: "first")),
            .violation(TraceViolation(branch: 4, position: 12, invariant: "S1", severity: "lint", explanation: "because")),
            .note(TraceNote(branch: 0, position: 3, text: "wrong\nnode!", isBookmark: true)),
            .end(TraceEnd(time: Instant(nanoseconds: .max), reason: .user)),
        ]
        let header = header(try smallWorld())
        var writer = TraceWriter(header)
        let bytes = writer.headerLine + lines.flatMap { writer.lines($0) }
        let result = read(bytes, inPiecesOf: pieces)
        #expect(result.error == nil && result.reader.hasEnded)
        #expect(result.lines.count == lines.count + 1)
        #expect(result.lines.first == .header(header))
        for (was, comes) in zip(lines, result.lines.dropFirst()) { #expect(was == comes) }
        #expect(result.reader.header?.tool.name == "test")
        #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }, "no control character but the end of a line")
        #expect(bytes.count { $0 == 0x0A } == 1 + lines.count + Self.events.count * Self.states.count)
    }

    @Test("A header comes back with all that is in it; numbers are texts or numbers")
    func headers() throws {
        var header = TraceHeader(
            keyBits: 160, localKey: Key256(1, 2, 3 << 32, 0),
            pool: PoolConfiguration(queries: .init(concurrency: 9, timeout: .seconds(5)), maxBroadcasts: 4))
        header.seed = .max
        header.polling = .never
        header.semantics = .reference
        header.scenario = .init(name: "mine.toml", text: "title = \"é\"\n# \\ \"\n")
        header.title = "A title"
        #expect(!String(decoding: TraceWriter(header).headerLine, as: UTF8.self).contains("resiliency"))
        header.pool.queries.resiliency = 3
        #expect(read(TraceWriter(header).headerLine).lines == [.header(header)])
        header.scenario = .init(name: "by-hand", text: "")
        #expect(read(TraceWriter(header).headerLine).lines == [.header(header)])
        let sparse =
            #"{"k":"hdr","format":"kad-broadcast-trace","version":"1.7","key_bits":8,"self":"c3","seed":5,"scenario":"by-hand","new":[{}]}"#
        let result = read(Array(sparse.utf8))
        #expect(result.error == nil && result.reader.header?.seed == 5 && result.reader.header?.scenario?.name == "by-hand")
        #expect(result.reader.header?.pool == PoolConfiguration())
    }

    @Test("A history with branches: read, restored and run again, it is the same")
    func histories() throws {
        let history = try branchedHistory()
        #expect(history.branches.count == 4)
        let recording = try recording(trace(history, header(try smallWorld())))
        #expect(recording.branches.map(\.visited) == history.branches.map(\.visited))
        var again = History(try smallWorld(), branches: recording.branches)
        var played = History(RecordedWorld(recording, pool: try smallWorld().pool), branches: recording.branches)
        #expect(again.failedDeviation == nil && played.failedDeviation == nil)
        #expect(again.branches == history.branches && played.branches == history.branches)
        for branch in history.branches {
            var original = history
            original.switchBranch(to: branch.id)
            original.go(to: branch.visited)
            again.switchBranch(to: branch.id)
            again.go(to: branch.visited)
            played.switchBranch(to: branch.id)
            played.go(to: branch.visited)
            #expect(again.steps == original.steps && again.world.view == original.world.view)
            #expect(played.steps.prefix(branch.visited) == original.steps.prefix(branch.visited))
            #expect(played.world.view == original.world.view && played.world.divergence == nil)
            #expect(played.world.faults.map(\.node) == original.world.faults.map(\.node))
        }
        // What is chosen on after that gets a number of its own.
        again.stepBack()
        try again.choose(.poll)
        #expect(again.branch.id == 4)
    }

    @Test("A recorder that is shown a history as it grows writes the same as one that comes at the end of each branch")
    func growing() throws {
        var history = History(try busyWorld())
        var recorder = TraceRecorder(header(try busyWorld()))
        var bytes = recorder.headerLine
        history.lookAhead(upTo: 10_000)
        #expect(recorder.lines(for: history).isEmpty, "nobody has been there")
        for _ in 0..<70 {
            history.stepForward()
            bytes += recorder.lines(for: history)
        }
        history.go(to: 30)
        try history.choose(.fail(3, .muted))
        bytes += recorder.lines(for: history)
        try history.choose(.fireDeadline)
        bytes += recorder.lines(for: history)
        history.go(to: 200)
        bytes += recorder.lines(for: history)
        history.switchBranch(to: 0)
        history.go(to: 100)
        history.nameBranch(1, "quiet")
        bytes += recorder.lines(for: history)
        #expect(recorder.lines(for: history).isEmpty)
        #expect(verify(bytes, try busyWorld()).0 == nil)
        let grown = try recording(bytes)
        let late = try recording(trace(history, header(try busyWorld())))
        #expect(grown.branches == late.branches && grown.branches == history.branches.map { SavedBranch($0) })
        #expect(grown.lines.map(\.steps) == late.lines.map(\.steps))
        #expect(grown.stepCount == 100 + 170)
    }

    @Test("Verifying takes every branch, and finds the first step that was changed")
    func verifying() throws {
        let history = try branchedHistory()
        let bytes = trace(history, header(try smallWorld()))
        let (difference, count) = verify(bytes, try smallWorld())
        #expect(difference == nil)
        #expect(count == history.branches.reduce(0) { $0 + $1.visited - $1.fork })
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(separator: "\n")
        let steps = lines.filter { $0.contains("\"k\":\"st\"") }
        for (index, line) in steps.enumerated() {
            let changed = line.replacing("\"h\":\"", with: "\"h\":\"f").replacing(/.\"}$/, with: "\"}")
            let (difference, count) = verify(Array(text.replacing(line, with: changed, maxReplacements: 1).utf8), try smallWorld())
            // Another step can have the very same line.
            #expect(difference != nil && count <= index)
        }
        let other = text.replacing(
            "\"type\":\"EventPoolStoreRecordSuccess\"", with: "\"type\":\"EventPoolStoreRecordFailure\",\"err\":\"x\"")
        #expect(verify(Array(other.utf8), try smallWorld()).0 != nil)
        let strange = text.replacing("\"op\":\"crash\",\"nodes\":[\"28\"]", with: "\"op\":\"crash\",\"nodes\":[\"#700\"]")
        #expect(verify(Array(strange.utf8), try smallWorld()).0?.failure?.choice == .fail(700, .crashed))
        var played = History(RecordedWorld(try recording(Array(other.utf8)), pool: try smallWorld().pool))
        played.go(to: .max)
        #expect(played.stepCount == history.branches[0].visited, "a recorded run shows what was recorded")
        #expect(played.world.divergence != nil)
    }

    @Test("In a recorded run nothing can be chosen but what was")
    func recorded() throws {
        let recording = try recording(trace(try branchedHistory(), header(try smallWorld())))
        var world = RecordedWorld(recording, pool: try smallWorld().pool)
        #expect(throws: ChoiceError.self) { try world.take(.poll) }
        for _ in 0..<4 { _ = world.step() }
        #expect(world.obstacle(to: .stop("put")) == nil && world.obstacle(to: .stop("other")) != nil)
        #expect(try world.take(.stop("put"))?.event == .stopBroadcast(id: "put"))
        while let step = world.step() { #expect(!step.names("put") || step.isIgnored) }
    }

    @Test("A limit keeps the first steps of a long trace")
    func limit() throws {
        let recording = try recording(trace(try branchedHistory(), header(try smallWorld())), limit: 10)
        #expect(recording.isLimited && recording.stepCount == 10)
        #expect(History(RecordedWorld(recording, pool: try smallWorld().pool), branches: recording.branches).branches[0].visited == 10)
    }
}
