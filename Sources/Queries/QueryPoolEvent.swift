public import Coordination
public import Kademlia

/// What flows into a ``QueryPool``.
public enum QueryPoolEvent<Node: NodeID, Message: Sendable>: Sendable {
    /// Look for the nodes closest to the target with find-closer requests.
    case addFindCloserQuery(id: OperationID, target: Node.Key, seed: [Node], numResults: Int?)
    /// Look for the nodes closest to the target with this message as the request.
    case addQuery(id: OperationID, target: Node.Key, message: Message, seed: [Node], numResults: Int?)
    /// End a query with what it has.
    case stopQuery(id: OperationID)
    /// A node answered a request of the query with the closer nodes that it knows.
    case nodeResponse(id: OperationID, node: Node, closer: [Node])
    /// A request of the query failed.
    case nodeFailure(id: OperationID, node: Node, error: RequestError)
    /// Time has passed: expire what is overdue, and go on.
    case poll
}

/// What flows out of a ``QueryPool``.
public enum QueryPoolState<Node: NodeID, Message: Sendable>: Sendable {
    /// The pool holds no query.
    case idle
    /// Ask this node for nodes closer to the target.
    case findCloser(id: OperationID, target: Node.Key, node: Node, statistics: QueryStatistics)
    /// Send this node the query's message.
    case sendMessage(id: OperationID, node: Node, message: Message, statistics: QueryStatistics)
    /// Nothing to do, and as many queries are in flight as may be.
    case waitingAtCapacity
    /// Nothing to do; another query could start at once.
    case waitingWithCapacity
    /// The query has ended, by itself or stopped, with these nodes, closest first.
    case queryFinished(id: OperationID, closest: [Node], statistics: QueryStatistics)
    /// The query ran out of time; these nodes had answered by then, closest first.
    case queryTimeout(id: OperationID, closest: [Node], statistics: QueryStatistics)
    /// The query was not added.
    case queryRejected(id: OperationID, reason: QueryRejection)
}

/// Why a query was not added.
public enum QueryRejection: Error, Hashable, Sendable, Codable {
    /// A query of that id is in the pool. It goes on untouched.
    case idInUse
    /// An id may not be empty.
    case emptyID
    /// A field of the configuration is out of its range.
    case invalidConfiguration(ConfigurationError)
}

extension QueryRejection: CustomStringConvertible {
    /// The reason in few words, with what would be right.
    public var description: String {
        switch self {
        case .idInUse: "the id is in use"
        case .emptyID: "the id is empty; use any other text"
        case .invalidConfiguration(let error): error.description
        }
    }
}

extension QueryPoolEvent: Equatable where Message: Equatable {}
extension QueryPoolEvent: Codable where Node: Codable, Message: Codable {}
extension QueryPoolState: Equatable where Message: Equatable {}
extension QueryPoolState: Codable where Node: Codable, Message: Codable {}
