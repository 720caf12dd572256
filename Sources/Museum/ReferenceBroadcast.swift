internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries
internal import Timeline

/// A running broadcast of the museum.
enum ReferenceBroadcast: Equatable, Sendable {
    /// Finds the closest nodes, then stores with them.
    case followUp(ReferenceFollowUp)
    /// Stores with the seed nodes.
    case `static`(ReferenceStatic)

    /// What a broadcast answers.
    enum Answer: Equatable, Sendable {
        /// Nothing to say.
        case idle
        /// Nothing to do until a reply.
        case waiting
        /// A lookup, maybe another's, wants to ask a node.
        case ask(id: OperationID, target: Key256, node: NetworkNode)
        /// Send the node the record.
        case store(NetworkNode)
        /// The broadcast is over.
        case finished(BroadcastOutcome<NetworkNode>)
    }

    /// The operation's id.
    var id: OperationID {
        switch self {
        case .followUp(let machine): machine.id
        case .static(let machine): machine.id
        }
    }

    /// What is stored.
    var record: Record {
        switch self {
        case .followUp(let machine): machine.record
        case .static(let machine): machine.record
        }
    }

    /// The number of events that the reference would have stopped the program at.
    var ignoredEvents: Int {
        switch self {
        case .followUp: 0
        case .static(let machine): machine.ignoredEvents
        }
    }

    /// Feeds one event to the broadcast.
    mutating func advance(_ event: BroadcastEvent<NetworkNode, Record>, at now: Instant, queries: inout ReferenceQueryPool) -> Answer {
        switch self {
        case .followUp(var machine):
            let answer = machine.advance(event, at: now, queries: &queries)
            self = .followUp(machine)
            return answer
        case .static(var machine):
            let answer = machine.advance(event, at: now)
            self = .static(machine)
            return answer
        }
    }

    /// What an observer sees.
    func view(queries: ReferenceQueryPool) -> BroadcastView<NetworkNode> {
        switch self {
        case .followUp(let machine): machine.view(query: queries.query(of: machine.id))
        case .static(let machine): machine.view
        }
    }
}
