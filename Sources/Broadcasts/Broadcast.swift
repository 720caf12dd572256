public import Coordination
public import Kademlia
public import Queries

/// A broadcast of any strategy: one record's way into the network.
///
/// The strategies are a closed set, each a machine of its own with the same events and states.
public enum Broadcast<Node: NodeID, Message: Sendable>: Sendable {
    /// Finds the closest nodes, then stores with them.
    case followUp(FollowUp<Node, Message>)
    /// Stores with the seed nodes.
    case `static`(Static<Node, Message>)

    /// Stores while still looking.
    case optimistic(Optimistic<Node, Message>)

    /// A broadcast that waits for its start.
    ///
    /// - Parameters:
    ///   - id: the operation's id.
    ///   - message: the message that stores the record.
    ///   - configuration: how the broadcast goes about it.
    ///   - networkSizeEstimate: the number of nodes that an estimator tells, for an Optimistic whose configuration names none.
    /// - Throws: an error that names the field of the configuration that is out of its range.
    public init(
        id: OperationID, message: Message, configuration: BroadcastConfiguration, networkSizeEstimate: Double? = nil
    ) throws(BroadcastRejection) {
        do throws(ConfigurationError) {
            switch configuration {
            case .followUp(let options): self = .followUp(try FollowUp(id: id, message: message, configuration: options))
            case .static(let options): self = .static(try Static(id: id, message: message, configuration: options))
            case .optimistic(let options):
                self = .optimistic(
                    try Optimistic(id: id, message: message, configuration: options, networkSizeEstimate: networkSizeEstimate))
            }
        } catch {
            throw .invalidConfiguration(error)
        }
    }

    /// The strategy.
    public var strategy: BroadcastStrategy {
        switch self {
        case .followUp: .followUp
        case .static: .static
        case .optimistic: .optimistic
        }
    }

    /// The number of events that made no sense and changed nothing here; a query counts its own.
    public var ignoredEvents: Int {
        switch self {
        case .followUp(let machine): machine.ignoredEvents
        case .static(let machine): machine.ignoredEvents
        case .optimistic(let machine): machine.ignoredEvents
        }
    }

    /// The query that looks for the closest nodes, while one runs.
    public var query: QueryPool<Node, Message>.Handle? {
        switch self {
        case .followUp(let machine): machine.query
        case .static: nil
        case .optimistic(let machine): machine.query
        }
    }

    /// The first moment at which a poll could change anything, or `nil`.
    public func nextDeadline(queries: QueryPool<Node, Message>) -> Instant? {
        switch self {
        case .followUp(let machine): machine.nextDeadline(queries: queries)
        case .static(let machine): machine.nextDeadline
        case .optimistic(let machine): machine.nextDeadline(queries: queries)
        }
    }

    /// Feeds one event to the broadcast.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - now: the time, not earlier than that of the event before.
    ///   - queries: the pool that runs the broadcast's query. Only this broadcast's query is advanced.
    public mutating func advance(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastState<Node, Message> {
        switch consume self {
        case .followUp(var machine):
            let state = machine.advance(event, at: now, queries: &queries)
            self = .followUp(machine)
            return state
        case .static(var machine):
            let state = machine.advance(event, at: now)
            self = .static(machine)
            return state
        case .optimistic(var machine):
            let state = machine.advance(event, at: now, queries: &queries)
            self = .optimistic(machine)
            return state
        }
    }
}
