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

    /// A broadcast that waits for its start.
    ///
    /// - Throws: why there is none: a field of the configuration is out of its range, or the strategy is not available.
    public init(id: OperationID, message: Message, configuration: BroadcastConfiguration) throws(BroadcastRejection) {
        do {
            switch configuration {
            case .followUp(let options): self = .followUp(try FollowUp(id: id, message: message, configuration: options))
            case .static(let options): self = .static(try Static(id: id, message: message, configuration: options))
            case .optimistic(let options):
                try options.validate()
                throw BroadcastRejection.strategyUnavailable(.optimistic)
            }
        } catch let error as ConfigurationError {
            throw .invalidConfiguration(error)
        } catch {
            throw .strategyUnavailable(configuration.strategy)
        }
    }

    /// The strategy.
    public var strategy: BroadcastStrategy {
        switch self {
        case .followUp: .followUp
        case .static: .static
        }
    }

    /// The number of events that made no sense and changed nothing here; a query counts its own.
    public var ignoredEvents: Int {
        switch self {
        case .followUp(let machine): machine.ignoredEvents
        case .static(let machine): machine.ignoredEvents
        }
    }

    /// The query that looks for the closest nodes, while one runs.
    public var query: QueryPool<Node, Message>.Handle? {
        switch self {
        case .followUp(let machine): machine.query
        case .static: nil
        }
    }

    /// The first moment at which a poll could change anything, or `nil`.
    public func nextDeadline(queries: QueryPool<Node, Message>) -> Instant? {
        switch self {
        case .followUp(let machine): machine.nextDeadline(queries: queries)
        case .static(let machine): machine.nextDeadline
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
        }
    }
}
