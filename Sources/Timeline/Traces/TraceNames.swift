public import Broadcasts
internal import Coordination
internal import Kademlia

// The words of a trace file: events and states go by the names that the Go package documents.

extension NetworkEvent {
    /// The name of the event in the Go package.
    public var traceName: String {
        switch self {
        case .startBroadcast: "EventPoolStartBroadcast"
        case .stopBroadcast: "EventPoolStopBroadcast"
        case .getCloserNodesSuccess: "EventPoolGetCloserNodesSuccess"
        case .getCloserNodesFailure: "EventPoolGetCloserNodesFailure"
        case .storeRecordSuccess: "EventPoolStoreRecordSuccess"
        case .storeRecordFailure: "EventPoolStoreRecordFailure"
        case .poll: "EventPoolPoll"
        }
    }

    /// The node that the event is about, if it is about one.
    public var node: NetworkNode? {
        switch self {
        case .getCloserNodesSuccess(_, let node, _, _), .getCloserNodesFailure(_, let node, _, _), .storeRecordSuccess(_, let node, _, _),
            .storeRecordFailure(_, let node, _, _):
            node
        case .startBroadcast, .stopBroadcast, .poll: nil
        }
    }
}

extension NetworkState {
    /// The name of the state in the Go package; a rejection, which that has not, is named alike.
    public var traceName: String {
        switch self {
        case .idle: "StatePoolIdle"
        case .waiting: "StatePoolWaiting"
        case .findCloser: "StatePoolFindCloser"
        case .storeRecord: "StatePoolStoreRecord"
        case .broadcastFinished: "StatePoolBroadcastFinished"
        case .broadcastRejected: "StatePoolBroadcastRejected"
        }
    }

    /// The node that the state is about, if it is about one.
    public var node: NetworkNode? {
        switch self {
        case .findCloser(_, _, let node), .storeRecord(_, let node, _): node
        case .idle, .waiting, .broadcastFinished, .broadcastRejected: nil
        }
    }
}

extension RequestError {
    private static let failurePrefix = "failed: "

    /// The error as a trace file writes it.
    var traceText: String {
        switch self {
        case .timedOut: "timed out"
        case .cancelled: "cancelled"
        case .failed(let reason): Self.failurePrefix + reason
        }
    }

    /// The error that a trace file wrote so. A text that no error of ours has is a failure in these words.
    init(traceText text: String) {
        switch text {
        case "timed out": self = .timedOut
        case "cancelled": self = .cancelled
        case let text where text.hasPrefix(Self.failurePrefix): self = .failed(String(text.dropFirst(Self.failurePrefix.count)))
        case let text: self = .failed(text)
        }
    }
}

extension BroadcastStrategy {
    /// The strategy as a trace file writes it.
    var traceName: String {
        switch self {
        case .followUp: "followup"
        case .static: "static"
        case .optimistic: "optimistic"
        }
    }
}

extension BroadcastOutcome.Reason {
    /// The reason as a trace file writes it.
    var traceName: String {
        switch self {
        case .completed: "completed"
        case .stopped: "stopped"
        case .queryTimedOut: "query_timed_out"
        case .noNodesFound: "no_nodes_found"
        }
    }
}

extension NodeFault {
    /// What somebody did to the node, as a trace file writes it.
    var traceName: String {
        switch self {
        case .crashed: "crash"
        case .muted: "mute"
        case .partitioned: "partition"
        }
    }
}
