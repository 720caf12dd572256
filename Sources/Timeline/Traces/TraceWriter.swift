internal import Broadcasts
internal import Coordination
internal import Kademlia

/// Writes a trace, line by line: JSON Lines in UTF-8. It does no I/O: it makes bytes, always whole lines.
public struct TraceWriter: Sendable {
    private let header: TraceHeader
    private let nodes: NodeDirectory
    /// The number of the next line after the header.
    private var sequence = 0

    /// A writer of a run with this header.
    public init(_ header: TraceHeader) {
        self.header = header
        nodes = NodeDirectory(header)
    }

    /// The first line, with its end.
    public var headerLine: [UInt8] { header.line }

    /// The lines of what has happened, with their ends: two for a step, else one.
    public mutating func lines(_ line: TraceLine) -> [UInt8] {
        let nodes = nodes
        switch line {
        case .header(let header): return header.line
        case .branch(let branch):
            return object("br", branch.id) {
                if branch.id != 0 {
                    $0.add("parent", String(branch.parent))
                    $0.add("at", branch.fork)
                }
                $0.add("name", branch.name)
            }
        case .choice(let deviation, let branch):
            return object(deviation.choice.traceKind, branch) {
                $0.add("at", deviation.position)
                $0.add(deviation.choice, nodes)
            }
        case .step(let recorded, let branch): return event(recorded.step, branch) + state(recorded, branch)
        case .violation(let violation):
            return object("inv", violation.branch) {
                $0.add("at", violation.position)
                $0.add("id", violation.invariant)
                $0.add("sev", violation.severity)
                $0.add("ok", false)
                $0.add("why", violation.explanation)
            }
        case .note(let note):
            return object("note", note.branch) {
                $0.add("at", note.position)
                $0.add("text", note.text)
                $0.add("bookmark", note.isBookmark)
            }
        case .end(let end):
            return object("end", 0) {
                $0.add("t", end.time.nanoseconds)
                $0.add("reason", end.reason.rawValue)
            }
        }
    }

    private mutating func object(_ kind: String, _ branch: Int, _ build: (inout JSONWriter) -> Void) -> [UInt8] {
        let number = sequence
        sequence += 1
        return JSONWriter.object {
            $0.add("k", kind)
            $0.add("n", number)
            if branch != 0 { $0.add("b", String(branch)) }
            build(&$0)
        } + [UInt8(ascii: "\n")]
    }

    private mutating func event(_ step: Step, _ branch: Int) -> [UInt8] {
        let nodes = nodes
        return object("ev", branch) {
            $0.add("t", step.time.nanoseconds)
            $0.add("step", step.number)
            $0.add("m", "pool")
            $0.add("by", step.trigger.traceName)
            if case .reply(let sent) = step.trigger { $0.add("sent", sent.nanoseconds) }
            if step.isIgnored { $0.add("ignored", true) }
            $0.add(step.event, nodes)
        }
    }

    private mutating func state(_ recorded: RecordedStep, _ branch: Int) -> [UInt8] {
        let (event, nodes) = (sequence - 1, nodes)
        return object("st", branch) {
            $0.add("of", event)
            $0.add("m", "pool")
            $0.add(recorded.step.state, nodes)
            if let hash = recorded.hash { $0.add("h", hash.description) }
        }
    }
}

extension Step.Trigger {
    /// What brought the event about, as a trace file writes it.
    public var traceName: String {
        switch self {
        case .act: "act"
        case .reply: "reply"
        case .continuation: "continuation"
        case .deadline: "deadline"
        case .choice: "choice"
        }
    }

    /// What a trace file wrote so, with the time when the request was sent.
    init?(traceName: String, sent: Instant) {
        switch traceName {
        case "act": self = .act
        case "reply": self = .reply(sent: sent)
        case "continuation": self = .continuation
        case "deadline": self = .deadline
        case "choice": self = .choice
        default: return nil
        }
    }
}
