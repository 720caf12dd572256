internal import Broadcasts
internal import Coordination
internal import Kademlia

/// Reads a trace, piece by piece: whoever has the bytes feeds them, and takes what is whole.
///
/// It keeps no more than one line and some numbers for each branch, so a trace may be of any length. What it does not know, kinds of
/// lines and fields, it passes over. It does no I/O.
public struct TraceReader: Sendable {
    /// The most bytes that a line can have.
    public static let longestLine = 4 << 20
    /// The most branches that a trace can have.
    public static let mostBranches = 10_000
    /// The most choices that a trace can have.
    public static let mostChoices = 1_000_000

    /// The header, once it has been read.
    public private(set) var header: TraceHeader?
    /// Whether the last line said that nothing comes any more.
    public private(set) var hasEnded = false
    /// The number of the line that was read last, from 1 on.
    public private(set) var lineNumber = 0

    /// Bytes from `start` on that are not read yet; there is no end of a line before `scanned`.
    private var buffer: [UInt8] = []
    private var start = 0
    private var scanned = 0
    private var isFed = false
    private var hasFailed = false

    private let network: @Sendable (TraceHeader) -> (any NodeRegistry)?
    private var nodes: NodeDirectory?
    private var ready: [TraceLine] = []
    /// The event whose state is to come.
    private var event: (event: NetworkEvent, time: Instant, trigger: Step.Trigger, number: Int, isIgnored: Bool, branch: Int, line: Int64?)?
    /// The number of steps of each branch, and the time of its last one.
    private var tips: [Int: (steps: Int, time: Instant)] = [0: (0, .start)]
    private var choiceCount = 0

    /// A reader of nothing yet.
    ///
    /// - Parameter network: finds the network of a run whose header names a scenario but lists no nodes: the nodes then have the numbers
    ///   that they have there. Without one they are numbered as they come.
    public init(network: @escaping @Sendable (TraceHeader) -> (any NodeRegistry)? = { _ in nil }) {
        self.network = network
    }

    /// Takes the next bytes of the trace.
    public mutating func feed(_ bytes: some Collection<UInt8>) {
        guard !hasFailed else { return }
        if start > 0 {
            buffer.removeFirst(start)
            scanned -= start
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// Says that no more bytes come.
    public mutating func finish() {
        isFed = true
    }

    /// Takes what comes next.
    ///
    /// - Returns: `nil` when more bytes are needed, or, after ``finish()``, at the end.
    /// - Throws: why nothing more can be read; after that it is at its end.
    public mutating func next() throws(TraceError) -> TraceLine? {
        while true {
            if let line = ready.popLast() { return line }
            guard !hasFailed, let range = try nextLine() else { return nil }
            do throws(LineProblem) {
                try read(range)
            } catch {
                hasFailed = true
                // A last line without an end that cannot be read is one that was being written.
                let isCutOff = isFed && range.upperBound == buffer.count && header != nil
                throw TraceError(
                    kind: header == nil ? .notReadable : isCutOff ? .cutOff : .damaged, line: lineNumber,
                    problem: isCutOff ? "the line is not whole: the recording was cut off here" : error.sentence)
            }
        }
    }

    /// The place of the next line, without its end.
    private mutating func nextLine() throws(TraceError) -> Range<Int>? {
        let first = start
        let found = buffer.withUnsafeBufferPointer { bytes in bytes[scanned...].firstIndex(of: UInt8(ascii: "\n")) }
        if (found ?? buffer.count) - first > Self.longestLine {
            hasFailed = true
            throw TraceError(
                kind: header == nil ? .notReadable : .damaged, line: lineNumber + 1,
                problem: "the line is longer than \(Self.longestLine >> 20) MiB")
        }
        if let found {
            start = found + 1
            scanned = start
            lineNumber += 1
            return first..<found
        }
        scanned = buffer.count
        guard isFed, first < buffer.count else {
            if isFed, header == nil {
                hasFailed = true
                throw TraceError(kind: .notReadable, line: 1, problem: "there is no header: the file is empty")
            }
            return nil
        }
        start = buffer.count
        lineNumber += 1
        return first..<buffer.count
    }

    private mutating func read(_ range: Range<Int>) throws(LineProblem) {
        if header != nil, buffer[range].first(where: { $0 > 0x20 }) ?? UInt8(ascii: "#") == UInt8(ascii: "#") { return }
        let line = try JSONReader.value(in: buffer, range)
        guard line.members != nil else { throw LineProblem("it is not a JSON object") }
        guard header != nil else {
            var header = try TraceHeader(line: line)
            if header.nodes.isEmpty, header.scenario != nil { header.network = network(header) }
            self.header = header
            nodes = NodeDirectory(header)
            ready = [.header(header)]
            return
        }
        guard !hasEnded else { throw LineProblem("something stands after the line of the end") }
        try readLine(line)
    }

    private mutating func readLine(_ line: JSONValue) throws(LineProblem) {
        let kind = try line.requireText("k")
        switch kind {
        case "ev": try readEvent(line)
        case "st": try readState(line)
        case "ch", "flt": try readChoice(line, isFault: kind == "flt")
        case "br": try readBranch(line)
        case "inv": try readViolation(line)
        case "note":
            ready = [
                .note(
                    TraceNote(
                        branch: try branch(line), position: try position(line), text: try line.requireText("text"),
                        isBookmark: line["bookmark"] == .bool(true)))
            ]
        case "end":
            hasEnded = true
            let reason = TraceEnd.Reason(rawValue: line["reason"]?.text ?? "") ?? .limit
            ready = [.end(TraceEnd(time: Instant(nanoseconds: try line.whole("t", in: 0 ... .max) ?? 0), reason: reason))]
        case "hdr": throw LineProblem("there is a second header")
        default: break  // A kind of a later version, or one that can be reckoned again: mi, msg, snap.
        }
    }
}

// MARK: - The kinds of lines

extension TraceReader {
    /// The number of the branch that a line is about, which has begun.
    private func branch(_ line: JSONValue) throws(LineProblem) -> Int {
        guard let value = line["b"] else { return 0 }
        guard let number = value.whole, let branch = Int(exactly: number), tips[branch] != nil else {
            throw LineProblem("no branch of the number in the field b has begun")
        }
        return branch
    }

    private func position(_ line: JSONValue) throws(LineProblem) -> Int {
        Int(try line.requireWhole("at", in: 0...Int64(Int32.max)))
    }

    private mutating func readEvent(_ line: JSONValue) throws(LineProblem) {
        guard event == nil else { throw LineProblem("an event follows an event whose state is missing") }
        let branch = try branch(line)
        let tip = tips[branch] ?? (0, .start)
        let time = Instant(nanoseconds: try line.requireWhole("t", in: 0 ... .max))
        guard time >= tip.time else { throw LineProblem("the time goes back, from \(tip.time.nanoseconds) to \(time.nanoseconds) ns") }
        let number = try line.whole("step", in: 1...Int64(Int32.max)).map { Int($0) } ?? tip.steps + 1
        guard number == tip.steps + 1 else { throw LineProblem("step \(number) follows step \(tip.steps)") }
        let sent = Instant(nanoseconds: try line.whole("sent", in: 0 ... .max) ?? time.nanoseconds)
        let name = line["by"]?.text ?? Step.Trigger.act.traceName
        guard let trigger = Step.Trigger(traceName: name, sent: sent) else { throw LineProblem("there is no cause of an event \(name)") }
        guard let event = try nodes?.event(line) else { return }
        self.event = (event, time, trigger, number, line["ignored"] == .bool(true), branch, line["n"]?.whole)
    }

    private mutating func readState(_ line: JSONValue) throws(LineProblem) {
        guard let event else { throw LineProblem("a state follows no event") }
        guard try branch(line) == event.branch, line["of"]?.whole == nil || event.line == nil || line["of"]?.whole == event.line else {
            throw LineProblem("the state is not that of the event before it")
        }
        self.event = nil
        guard let state = try nodes?.state(line) else { return }
        var hash: StateHash?
        if let text = line["h"]?.text {
            guard let value = StateHash(hex: text) else { throw LineProblem("the field h is not sixteen hexadecimal digits") }
            hash = value
        }
        tips[event.branch] = (event.number, event.time)
        let step = Step(
            number: event.number, time: event.time, event: event.event, trigger: event.trigger, state: state, isIgnored: event.isIgnored)
        ready = [.step(RecordedStep(step: step, hash: hash), branch: event.branch)]
    }

    private mutating func readChoice(_ line: JSONValue, isFault: Bool) throws(LineProblem) {
        let (branch, position) = (try branch(line), try position(line))
        guard event == nil, position == tips[branch]?.steps else {
            throw LineProblem("a choice after \(position) steps stands where its branch has \(tips[branch]?.steps ?? 0)")
        }
        var choices: [Choice] = []
        if isFault { choices = try nodes?.faults(line) ?? [] } else if let choice = try nodes?.choice(line) { choices = [choice] }
        choiceCount += choices.count
        guard choiceCount <= Self.mostChoices else { throw LineProblem("there are more than \(Self.mostChoices) choices") }
        ready = choices.reversed().map { .choice(Deviation(position: position, choice: $0), branch: branch) }
    }

    private mutating func readBranch(_ line: JSONValue) throws(LineProblem) {
        guard let id = Int(exactly: line["b"].map { $0.whole ?? -1 } ?? 0), id >= 0, id <= Int(Int32.max) else {
            throw LineProblem("the field b is not the number of a branch")
        }
        let name = line["name"]?.text ?? ""
        if id == 0 {
            // The first branch leaves no other, but it can have a name.
            ready = [.branch(TraceBranch(id: 0, parent: 0, fork: 0, name: name))]
            return
        }
        guard let parent = line["parent"]?.whole.flatMap({ Int(exactly: $0) }) else {
            throw LineProblem("the field parent is not the number of a branch")
        }
        let fork = try position(line)
        if tips[id] == nil {
            guard let steps = tips[parent]?.steps else { throw LineProblem("no branch \(parent) has begun") }
            guard fork <= steps else { throw LineProblem("the branch leaves after step \(fork) of a branch that has \(steps)") }
            guard tips.count < Self.mostBranches else { throw LineProblem("there are more than \(Self.mostBranches) branches") }
            tips[id] = (fork, .start)
        }
        ready = [.branch(TraceBranch(id: id, parent: parent, fork: fork, name: name))]
    }

    private mutating func readViolation(_ line: JSONValue) throws(LineProblem) {
        guard line["ok"] != .bool(true) else { return }
        ready = [
            .violation(
                TraceViolation(
                    branch: try branch(line), position: try position(line), invariant: try line.requireText("id"),
                    severity: line["sev"]?.text ?? "safety", explanation: line["why"]?.text ?? ""))
        ]
    }
}
