internal import Broadcasts
internal import Coordination

/// What a checker remembers of the messages of a run: N1.
struct WatchedNetwork: Sendable {
    /// When each request without a reply was sent, whichever incarnation of its id sent it.
    private var travelling: [MessageName: [Instant]] = [:]
    /// Whether a reply may arrive twice.
    var allowsCopies = false
    /// When each request was sent whose reply has arrived once, where it may twice.
    private var answered: [MessageName: [Instant]] = [:]
    private var now: Instant?

    /// Takes a step into account and judges it.
    mutating func judge(_ examination: inout Examination) {
        let step = examination.step
        if let now, step.time < now {
            examination.report(.n1, nil, nil, "The clock was turned back by \(step.time.duration(to: now).count) ns.")
        }
        now = step.time
        if case .reply(let sent) = step.trigger, let (name, node) = Self.request(answeredBy: step.event) {
            if let index = travelling[name]?.firstIndex(of: sent), sent <= step.time {
                remove(name, at: index)
                if allowsCopies { answered[name, default: []].append(sent) }
            } else if let index = answered[name]?.firstIndex(of: sent) {
                answered[name]?.remove(at: index)
            } else {
                let kind = name.isStore ? "a store" : "a question"
                examination.report(
                    .n1, name.id, node,
                    "\(examination.name(node)) replies to \(kind) of \(name.id) that it was not sent, or has replied to before.")
            }
        }
        switch step.state {
        case .findCloser(let id, _, let node):
            travelling[MessageName(id: id, node: node.index, isStore: false), default: []].append(step.time)
        case .storeRecord(let id, let node, _):
            travelling[MessageName(id: id, node: node.index, isStore: true), default: []].append(step.time)
        case .idle, .waiting, .broadcastFinished, .broadcastRejected: break
        }
    }

    /// Takes into account that somebody had a reply arrive twice, or from another node.
    mutating func expect(_ choice: Choice) {
        guard let name = choice.message.map({ MessageName(id: $0.id, node: $0.node, isStore: $0.isStore) }) else { return }
        guard let sent = travelling[name]?.last else { return }
        switch choice {
        case .duplicate: travelling[name]?.append(sent)
        case .edit(_, .from(let node)):
            remove(name, at: (travelling[name]?.count ?? 1) - 1)
            travelling[MessageName(id: name.id, node: node, isStore: name.isStore), default: []].append(sent)
        case .edit(_, .closer), .edit(_, .failure), .edit(_, .success), .deliver, .drop, .delay, .fireDeadline, .advanceClock, .start,
            .stop, .actNow, .poll, .fail, .restart:
            break
        }
    }

    private mutating func remove(_ name: MessageName, at index: Int) {
        travelling[name]?.remove(at: index)
        if travelling[name]?.isEmpty == true { travelling[name] = nil }
    }

    private static func request(answeredBy event: NetworkEvent) -> (name: MessageName, node: NetworkNode)? {
        switch event {
        case .getCloserNodesSuccess(let id, let node, _, _), .getCloserNodesFailure(let id, let node, _, _):
            (MessageName(id: id, node: node.index, isStore: false), node)
        case .storeRecordSuccess(let id, let node, _, _), .storeRecordFailure(let id, let node, _, _):
            (MessageName(id: id, node: node.index, isStore: true), node)
        case .startBroadcast, .stopBroadcast, .poll: nil
        }
    }
}
