internal import Broadcasts
internal import Coordination
internal import Kademlia

/// What a sequence diagram shows of a run: who sent what to whom, in order, and what became of each broadcast.
struct Ladder: Sendable {
    /// A line of the diagram.
    struct Row: Sendable {
        enum Kind: Sendable {
            /// The local node asks or stores.
            case request
            /// A node answers: well, badly, or in vain.
            case reply, failure, ignored
            /// Something that happens at the local node.
            case note
        }

        let kind: Kind
        let step: Int
        let time: Instant
        /// The node at the other end; `nil` for a note.
        let node: NetworkNode?
        let text: String
        /// Whether it is about a store; else about a lookup.
        var isStore = false
    }

    /// The most lines that are kept.
    static let limit = 2000

    let header: TraceHeader
    private(set) var rows: [Row] = []
    private(set) var isCut = false
    private var target: Key256?
    private var nodes: [NetworkNode] = []
    private var known: Set<Int32> = []

    init(_ header: TraceHeader) {
        self.header = header
    }

    /// The nodes that take part, the closest to the first broadcast's target first.
    var participants: [NetworkNode] {
        let target = target ?? header.localKey
        return nodes.sorted { $0.key.isCloser(to: target, than: $1.key) }
    }

    /// The first digits of a key.
    func name(_ key: Key256) -> String { String(key.shown(header.keyBits).prefix(8)) }

    /// A line about the run: what it is called, and its seed.
    var title: String {
        let name = header.scenario?.name ?? "a trace"
        return header.title.isEmpty ? name : "\(name): \(header.title)"
    }

    mutating func add(_ step: Step) {
        switch step.event {
        case .startBroadcast(let id, let target, let record, _, let configuration):
            self.target = self.target ?? target
            add(.note, step, nil, "\(id): start \(configuration.strategy.rawValue) of \"\(record.name)\" to \(name(target))")
        case .stopBroadcast(let id): add(.note, step, nil, "\(id): stop")
        case .getCloserNodesSuccess(let id, let node, _, let closer): add(.reply, step, node, "\(id): \(closer.count) closer")
        case .getCloserNodesFailure(let id, let node, _, let error): add(.failure, step, node, "\(id): \(error)")
        case .storeRecordSuccess(let id, let node, _, _): add(.reply, step, node, "\(id): stored", isStore: true)
        case .storeRecordFailure(let id, let node, _, let error): add(.failure, step, node, "\(id): not stored, \(error)", isStore: true)
        case .poll: break
        }
        switch step.state {
        case .idle, .waiting: break
        case .findCloser(let id, _, let node): add(.request, step, node, "\(id): find closer")
        case .storeRecord(let id, let node, _): add(.request, step, node, "\(id): store", isStore: true)
        case .broadcastFinished(let id, let outcome):
            let stored = outcome.contacted.count - outcome.errors.count - outcome.unanswered.count
            add(.note, step, nil, "\(id): \(outcome.reason.rawValue), \(stored) of \(outcome.contacted.count) stored")
        case .broadcastRejected(let id, let reason): add(.note, step, nil, "\(id): rejected, \(reason)")
        }
    }

    private mutating func add(_ kind: Row.Kind, _ step: Step, _ node: NetworkNode?, _ text: String, isStore: Bool = false) {
        guard rows.count < Self.limit else {
            isCut = true
            return
        }
        let isVain = step.isIgnored && (kind == .reply || kind == .failure)
        rows.append(Row(kind: isVain ? .ignored : kind, step: step.number, time: step.time, node: node, text: text, isStore: isStore))
        if let node, known.insert(node.index).inserted { nodes.append(node) }
    }

    /// What stands at the end of a diagram that was cut; else nothing.
    var remark: String? { isCut ? "The trace goes on; a diagram shows the first \(Self.limit) lines." : nil }
}

extension Instant {
    /// Seconds with three places.
    var seconds: String {
        let milliseconds = nanoseconds / 1_000_000
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}
