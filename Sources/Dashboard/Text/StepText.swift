internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Timeline

/// An event or a state of a step in words: what a line of the log says.
struct StepText: Sendable, Equatable {
    /// The broadcast that it is about.
    var broadcast: OperationID?
    /// The name of the event or state, as the reference has it, without its prefix.
    var name: String
    /// The node that it is about.
    var node: NetworkNode?
    /// What else there is to say.
    var detail = ""
    /// Whether the detail tells of something that went wrong.
    var isTrouble = false

    /// The event of a step, and how it came about.
    init(eventOf step: Step, _ words: Words) {
        self.init(event: step.event, words)
        explain(step)
    }

    /// An event.
    init(event: NetworkEvent, _ words: Words) {
        switch event {
        case .startBroadcast(let id, let target, let record, let seed, let configuration):
            self.init(broadcast: id, name: "StartBroadcast")
            let seeds = seed.count == 1 ? "1 seed" : "\(seed.count) seeds"
            detail = "\(configuration.strategy.title) of \"\(record.name)\" to \(words.key(target)), \(seeds)"
        case .stopBroadcast(let id):
            self.init(broadcast: id, name: "StopBroadcast")
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            self.init(broadcast: id, name: "GetCloserNodesSuccess", node: node)
            detail = "\(closer.count) closer"
        case .getCloserNodesFailure(let id, let node, _, let error):
            self.init(broadcast: id, name: "GetCloserNodesFailure", node: node, detail: error.description, isTrouble: true)
        case .storeRecordSuccess(let id, let node, _, _):
            self.init(broadcast: id, name: "StoreRecordSuccess", node: node)
        case .storeRecordFailure(let id, let node, _, let error):
            self.init(broadcast: id, name: "StoreRecordFailure", node: node, detail: error.description, isTrouble: true)
        case .poll:
            self.init(name: "Poll")
        }
    }

    private mutating func explain(_ step: Step) {
        switch step.trigger {
        case .act: break
        case .reply(let sent): add("after \(Words.length(sent.duration(to: step.time)))")
        case .continuation: add("anything else to do?")
        case .deadline: add("a deadline has passed")
        case .choice: add("by hand")
        }
        if step.isIgnored {
            // In front, where a narrow screen does not cut it off.
            detail = "ignored (too late, or not asked for)" + (detail.isEmpty ? "" : ": \(detail)")
            isTrouble = true
        }
    }

    private mutating func add(_ words: String) {
        detail += detail.isEmpty ? words : ", \(words)"
    }

    /// The state of a step.
    init(stateOf step: Step, _ words: Words) {
        switch step.state {
        case .idle:
            self.init(name: "Idle", detail: "no broadcast is running")
        case .waiting:
            self.init(name: "Waiting", detail: "for a reply or a deadline")
        case .findCloser(let id, let target, let node):
            self.init(broadcast: id, name: "FindCloser", node: node)
            let bits = words.commonPrefixLength(node.key, target)
            detail = "shares \(bits) \(bits == 1 ? "bit" : "bits") with the target"
        case .storeRecord(let id, let node, let record):
            self.init(broadcast: id, name: "StoreRecord", node: node, detail: "\"\(record.name)\"")
        case .broadcastFinished(let id, let outcome):
            self.init(broadcast: id, name: "BroadcastFinished", detail: Self.summary(of: outcome))
            isTrouble = outcome.reason != .completed || !outcome.errors.isEmpty
        case .broadcastRejected(let id, let reason):
            self.init(broadcast: id, name: "BroadcastRejected", detail: reason.description, isTrouble: true)
        }
    }

    /// What came of a broadcast: why it ended and how many nodes have the record.
    static func summary(of outcome: BroadcastOutcome<NetworkNode>) -> String {
        let stored = outcome.contacted.isEmpty ? "nothing stored" : "\(outcome.storedCount) of \(outcome.contacted.count) stored"
        var parts = ["\(outcome.reason.words): \(stored)"]
        if !outcome.errors.isEmpty { parts.append("\(outcome.errors.count) failed") }
        if !outcome.early.isEmpty { parts.append("\(outcome.early.count) early") }
        if !outcome.notContacted.isEmpty { parts.append("\(outcome.notContacted.count) not sent to") }
        if !outcome.unanswered.isEmpty { parts.append("\(outcome.unanswered.count) unanswered") }
        return parts.joined(separator: ", ")
    }

    private init(broadcast: OperationID? = nil, name: String, node: NetworkNode? = nil, detail: String = "", isTrouble: Bool = false) {
        self.broadcast = broadcast
        self.name = name
        self.node = node
        self.detail = detail
        self.isTrouble = isTrouble
    }
}

extension StepText {
    /// All of it on one line.
    func line(_ words: Words) -> String {
        var parts = [name]
        if let broadcast { parts.append(broadcast.name) }
        if let node { parts.append("node \(words.key(node.key))") }
        let head = parts.joined(separator: " ")
        return detail.isEmpty ? head : "\(head): \(detail)"
    }
}
