public import Coordination
public import Kademlia

/// What flows into a ``BroadcastPool``.
///
/// A request is known by the broadcast's id, the node and its kind. `target`, `request` and `response` are carried for observers;
/// they are never compared.
public enum PoolEvent<Node: NodeID, Message: Sendable>: Sendable {
    /// Start an operation: store the message's record under the target, beginning with the seed nodes. `EventPoolStartBroadcast`.
    case startBroadcast(id: OperationID, target: Node.Key, message: Message, seed: [Node], configuration: BroadcastConfiguration)
    /// Stop an operation. `EventPoolStopBroadcast`.
    case stopBroadcast(id: OperationID)
    /// A node answered with the closer nodes that it knows. `EventPoolGetCloserNodesSuccess`.
    case getCloserNodesSuccess(id: OperationID, node: Node, target: Node.Key, closer: [Node])
    /// A node failed to answer with closer nodes. `EventPoolGetCloserNodesFailure`.
    case getCloserNodesFailure(id: OperationID, node: Node, target: Node.Key, error: RequestError)
    /// A node has stored the record. `EventPoolStoreRecordSuccess`.
    case storeRecordSuccess(id: OperationID, node: Node, request: Message, response: Message?)
    /// A node has not stored the record. `EventPoolStoreRecordFailure`.
    case storeRecordFailure(id: OperationID, node: Node, request: Message, error: RequestError)
    /// Do what time has made necessary, and go on. `EventPoolPoll`.
    case poll
}

/// What flows out of a ``BroadcastPool``.
public enum PoolState<Node: NodeID, Message: Sendable>: Sendable {
    /// No broadcast is running. `StatePoolIdle`.
    case idle
    /// Nothing to send until a reply or a deadline. `StatePoolWaiting`.
    case waiting
    /// Ask the node for nodes closer to the target. `StatePoolFindCloser`.
    case findCloser(id: OperationID, target: Node.Key, node: Node)
    /// Send the node the message that stores the record. `StatePoolStoreRecord`.
    case storeRecord(id: OperationID, node: Node, message: Message)
    /// An operation is over. `StatePoolBroadcastFinished`.
    case broadcastFinished(id: OperationID, outcome: BroadcastOutcome<Node>)
    /// An operation was not started. The reference has no such state.
    case broadcastRejected(id: OperationID, reason: BroadcastRejection)
}

extension PoolEvent {
    /// The broadcast that the event is about; `nil` for a poll.
    public var id: OperationID? {
        switch self {
        case .startBroadcast(let id, _, _, _, _), .stopBroadcast(let id), .getCloserNodesSuccess(let id, _, _, _),
            .getCloserNodesFailure(let id, _, _, _), .storeRecordSuccess(let id, _, _, _), .storeRecordFailure(let id, _, _, _):
            id
        case .poll: nil
        }
    }
}

extension PoolState {
    /// The broadcast that the state is about, if it is about one.
    public var id: OperationID? {
        switch self {
        case .idle, .waiting: nil
        case .findCloser(let id, _, _), .storeRecord(let id, _, _), .broadcastFinished(let id, _), .broadcastRejected(let id, _): id
        }
    }

    /// Whether the pool has nothing more to do for now: it is idle, or waits.
    @inlinable
    public var isAtRest: Bool {
        switch self {
        case .idle, .waiting: true
        case .findCloser, .storeRecord, .broadcastFinished, .broadcastRejected: false
        }
    }
}

extension PoolEvent: Equatable where Message: Equatable {}
extension PoolEvent: Codable where Node: Codable, Message: Codable {}
extension PoolState: Equatable where Message: Equatable {}
extension PoolState: Codable where Node: Codable, Message: Codable {}
