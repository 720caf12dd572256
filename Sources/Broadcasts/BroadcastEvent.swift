public import Coordination
public import Kademlia

/// What flows into a ``Broadcast``.
public enum BroadcastEvent<Node: NodeID, Message: Sendable>: Sendable {
    /// Start the operation: store a record under the target, beginning with the seed nodes. `EventBroadcastStart`.
    case start(target: Node.Key, seed: [Node])
    /// Stop the operation, with all that is in flight. `EventBroadcastStop`.
    case stop
    /// Do what time has made necessary, and go on. `EventBroadcastPoll`.
    case poll
    /// A node answered with the closer nodes that it knows. `EventBroadcastNodeResponse`.
    case nodeResponse(node: Node, closer: [Node])
    /// A node failed to answer with closer nodes. `EventBroadcastNodeFailure`.
    case nodeFailure(node: Node, error: RequestError)
    /// A node has stored the record. `EventBroadcastStoreRecordSuccess`.
    case storeRecordSuccess(node: Node, request: Message, response: Message?)
    /// A node has not stored the record. `EventBroadcastStoreRecordFailure`.
    case storeRecordFailure(node: Node, request: Message, error: RequestError)
}

/// What flows out of a ``Broadcast``.
public enum BroadcastState<Node: NodeID, Message: Sendable>: Sendable {
    /// Nothing has been started, or all is done and was told. `StateBroadcastIdle`.
    case idle
    /// Ask the node for nodes closer to the target. `StateBroadcastFindCloser`.
    case findCloser(id: OperationID, node: Node, target: Node.Key)
    /// Send the node the message that stores the record. `StateBroadcastStoreRecord`.
    case storeRecord(id: OperationID, node: Node, message: Message)
    /// Nothing to do until a reply or a deadline. `StateBroadcastWaiting`.
    case waiting(id: OperationID)
    /// The operation is over. `StateBroadcastFinished`.
    case finished(id: OperationID, outcome: BroadcastOutcome<Node>)
}

extension BroadcastEvent: Equatable where Message: Equatable {}
extension BroadcastEvent: Codable where Node: Codable, Message: Codable, Node.Key: Codable {}
extension BroadcastState: Equatable where Message: Equatable {}
extension BroadcastState: Codable where Node: Codable, Message: Codable, Node.Key: Codable {}
