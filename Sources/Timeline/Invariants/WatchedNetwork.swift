internal import Broadcasts
internal import Coordination

/// What a checker remembers of the messages of a run: N1.
struct WatchedNetwork: Sendable {
    /// What a reply is for, whichever incarnation of the id asked.
    private struct Request: Hashable {
        let id: OperationID
        let node: NetworkNode
        let isStore: Bool
    }

    /// When each request without a reply was sent.
    private var travelling: [Request: [Instant]] = [:]
    private var now: Instant?

    /// Takes a step into account and judges it.
    mutating func judge(_ examination: inout Examination) {
        let step = examination.step
        if let now, step.time < now {
            examination.report(.n1, nil, nil, "The clock was turned back by \(step.time.duration(to: now).count) ns.")
        }
        now = step.time
        if case .reply(let sent) = step.trigger, let request = Self.request(answeredBy: step.event) {
            if let index = travelling[request]?.firstIndex(of: sent), sent <= step.time {
                travelling[request]?.remove(at: index)
                if travelling[request]?.isEmpty == true { travelling[request] = nil }
            } else {
                let kind = request.isStore ? "a store" : "a question"
                examination.report(
                    .n1, request.id, request.node,
                    "\(examination.name(request.node)) replies to \(kind) of \(request.id) that it was not sent, or has replied to before.")
            }
        }
        switch step.state {
        case .findCloser(let id, _, let node):
            travelling[Request(id: id, node: node, isStore: false), default: []].append(step.time)
        case .storeRecord(let id, let node, _):
            travelling[Request(id: id, node: node, isStore: true), default: []].append(step.time)
        case .idle, .waiting, .broadcastFinished, .broadcastRejected: break
        }
    }

    private static func request(answeredBy event: NetworkEvent) -> Request? {
        switch event {
        case .getCloserNodesSuccess(let id, let node, _, _), .getCloserNodesFailure(let id, let node, _, _):
            Request(id: id, node: node, isStore: false)
        case .storeRecordSuccess(let id, let node, _, _), .storeRecordFailure(let id, let node, _, _):
            Request(id: id, node: node, isStore: true)
        case .startBroadcast, .stopBroadcast, .poll: nil
        }
    }
}
