public import Coordination
public import Kademlia
public import Queries

/// What the machines of all strategies know of themselves, so that their work can be made an answer.
@usableFromInline
protocol BroadcastMachine<Node, Message> {
    /// The nodes of the network.
    associatedtype Node: NodeID
    /// What is stored.
    associatedtype Message: Sendable

    /// The operation's id.
    var ownID: OperationID { get }
    /// The message that stores the record.
    var ownMessage: Message { get }
    /// The key that the record is stored under.
    var target: Node.Key { get }
    /// The nodes to store with, and those stored with.
    var stores: StoreRound<Node> { get set }
    /// The query that looks for the closest nodes, while it runs; always `nil` for a machine that asks nobody.
    var query: QueryPool<Node, Message>.Handle? { get }

    /// What came of the broadcast, once it has finished for this reason.
    func outcome(reason: BroadcastOutcome<Node>.Reason) -> BroadcastOutcome<Node>
}

extension BroadcastMachine {
    /// The state of a broadcast that some work of it is.
    @inlinable
    func state(of work: BroadcastWork<Node>, queries: borrowing QueryPool<Node, Message>) -> BroadcastState<Node, Message> {
        switch work {
        case .ask:
            if let query { .findCloser(id: ownID, node: queries.lastAsked(by: query), target: target) } else { .waiting(id: ownID) }
        case .store: .storeRecord(id: ownID, node: stores.lastSent, message: ownMessage)
        case .wait: .waiting(id: ownID)
        case .finish(let reason): .finished(id: ownID, outcome: outcome(reason: reason))
        case .rest: .idle
        }
    }

    /// The state of a pool that some work of a broadcast is.
    @inlinable
    func poolState(of work: BroadcastWork<Node>, queries: borrowing QueryPool<Node, Message>) -> PoolState<Node, Message> {
        switch work {
        case .ask: if let query { .findCloser(id: ownID, target: target, node: queries.lastAsked(by: query)) } else { .waiting }
        case .store: .storeRecord(id: ownID, node: stores.lastSent, message: ownMessage)
        case .finish(let reason): .broadcastFinished(id: ownID, outcome: outcome(reason: reason))
        case .wait, .rest: .waiting
        }
    }
}

extension FollowUp: BroadcastMachine {
    @inlinable
    func outcome(reason: BroadcastOutcome<Node>.Reason) -> BroadcastOutcome<Node> { stores.outcome(reason: reason) }
}

extension Static: BroadcastMachine {
    @inlinable
    var target: Node.Key { stores.chosen.target }

    @inlinable
    var query: QueryPool<Node, Message>.Handle? { nil }

    @inlinable
    func outcome(reason: BroadcastOutcome<Node>.Reason) -> BroadcastOutcome<Node> { stores.outcome(reason: reason) }
}

extension Optimistic: BroadcastMachine {}
