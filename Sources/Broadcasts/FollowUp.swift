public import Coordination
public import Kademlia
public import Queries

/// The classic put: first find the nodes closest to the target, then follow up by storing the record with each of them.
///
/// The lookup is a query of the pool that the broadcast borrows on each advance. When it has ended, the closest nodes are
/// stored with, closest first. A query that runs out of time does not throw its work away: the nodes that had answered are stored with.
///
/// Source: the put of go-libp2p-kad-dht v1, which this strategy mimics.
public struct FollowUp<Node: NodeID, Message: Sendable>: Sendable {
    private enum Phase: Sendable {
        /// Not started; goes to `finding`.
        case idle
        /// The query looks for the closest nodes; goes to `storing`, or to `finished` when there are none.
        case finding(QueryPool<Node, Message>.Handle)
        /// Stores are sent and awaited; goes to `finished`.
        case storing
        /// The outcome was told.
        case finished
    }

    /// The operation's id, also that of its query.
    public let id: OperationID
    /// The message that stores the record.
    public let message: Message
    /// How the broadcast goes about it.
    public let configuration: FollowUpConfiguration
    /// The number of events that made no sense and changed nothing here; the query counts its own.
    public private(set) var ignoredEvents = 0

    private var phase = Phase.idle
    private(set) var target: Node.Key?
    private var stores: StoreRound<Node>?
    private var reasonOfEnd = BroadcastOutcome<Node>.Reason.completed

    /// A broadcast that waits for its start.
    ///
    /// - Throws: an error that names the field of the configuration that is out of its range.
    public init(id: OperationID, message: Message, configuration: FollowUpConfiguration = .init()) throws(ConfigurationError) {
        try configuration.validate()
        self.id = id
        self.message = message
        self.configuration = configuration
    }

    /// The query that looks for the closest nodes, while it runs.
    public var query: QueryPool<Node, Message>.Handle? {
        if case .finding(let handle) = phase { handle } else { nil }
    }

    /// The first moment at which a poll could change anything, or `nil`.
    public func nextDeadline(queries: QueryPool<Node, Message>) -> Instant? {
        switch phase {
        case .idle, .finished: nil
        case .finding(let handle): queries.nextDeadline(of: handle)
        case .storing: stores?.nextDeadline
        }
    }

    /// Feeds one event to the broadcast.
    ///
    /// - Parameter queries: the pool that runs the broadcast's query, the same on every call. Only this broadcast's query is advanced.
    public mutating func advance(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastState<Node, Message> {
        switch phase {
        case .idle: start(event, at: now, queries: &queries)
        case .finding(let handle): find(handle, event, at: now, queries: &queries)
        case .storing: store(event, at: now)
        case .finished: rest(event)
        }
    }

    /// What an observer sees of the stores, closest node first.
    var storeViews: [StoreView<Node>] { stores?.views ?? [] }

    /// Whether stores are left to send.
    var hasTodo: Bool { stores?.hasTodo ?? false }

    /// What is wrong inside, or `nil`. For tests.
    func brokenInvariant() -> String? { stores?.brokenInvariant() }
}

// MARK: - Phases

extension FollowUp {
    private mutating func start(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastState<Node, Message> {
        switch event {
        case .start(let target, let seed):
            self.target = target
            // A pool that runs another query of this id leaves the broadcast without one, and so without nodes.
            guard let handle = try? queries.add(id: id, target: target, seed: seed) else { return finish(.noNodesFound) }
            phase = .finding(handle)
            return advanceQuery(handle, with: .poll, at: now, queries: &queries)
        case .poll, .stop:
            return .idle
        case .nodeResponse, .nodeFailure, .storeRecordSuccess, .storeRecordFailure:
            ignoredEvents += 1  // nothing has been started yet
            return .idle
        }
    }

    private mutating func find(
        _ handle: QueryPool<Node, Message>.Handle, _ event: consuming BroadcastEvent<Node, Message>, at now: Instant,
        queries: inout QueryPool<Node, Message>
    ) -> BroadcastState<Node, Message> {
        switch event {
        case .poll:
            return advanceQuery(handle, with: .poll, at: now, queries: &queries)
        case .nodeResponse(let node, let closer):
            return advanceQuery(handle, with: .nodeResponse(node: node, closer: closer), at: now, queries: &queries)
        case .nodeFailure(let node, let error):
            return advanceQuery(handle, with: .nodeFailure(node: node, error: error), at: now, queries: &queries)
        case .stop:
            _ = queries.advance(handle, with: .cancel, at: now)
            return finish(.stopped)
        case .start, .storeRecordSuccess, .storeRecordFailure:
            ignoredEvents += 1  // started before; nobody was sent a store yet
            return advanceQuery(handle, with: .poll, at: now, queries: &queries)
        }
    }

    private mutating func advanceQuery(
        _ handle: QueryPool<Node, Message>.Handle, with event: consuming QueryEvent<Node>, at now: Instant,
        queries: inout QueryPool<Node, Message>
    ) -> BroadcastState<Node, Message> {
        switch queries.advance(handle, with: event, at: now) {
        case .request(let node, _):
            return .findCloser(id: id, node: node, target: target ?? node.key)
        case .waiting, .queued:
            return .waiting(id: id)
        case .ended(let closest, _, let timedOut):
            return beginStoring(with: closest, queryTimedOut: timedOut, at: now)
        }
    }

    private mutating func beginStoring(with closest: [Node], queryTimedOut: Bool, at now: Instant) -> BroadcastState<Node, Message> {
        guard let target, !closest.isEmpty else { return finish(queryTimedOut ? .queryTimedOut : .noNodesFound) }
        reasonOfEnd = queryTimedOut ? .queryTimedOut : .completed
        stores = StoreRound(nodes: closest, target: target, options: configuration.stores)
        phase = .storing
        return proceed(at: now)
    }

    private mutating func store(_ event: consuming BroadcastEvent<Node, Message>, at now: Instant) -> BroadcastState<Node, Message> {
        switch event {
        case .poll: break
        case .stop:
            stores?.cancel()
            return finish(.stopped)
        case .storeRecordSuccess(let node, _, _): receiveReply(from: node, error: nil)
        case .storeRecordFailure(let node, _, let error): receiveReply(from: node, error: error)
        case .start, .nodeResponse, .nodeFailure:
            ignoredEvents += 1  // started before; the query has ended, so its last replies come late
        }
        return proceed(at: now)
    }

    private mutating func receiveReply(from node: Node, error: RequestError?) {
        guard stores?.receiveReply(from: node, error: error) == true else {
            ignoredEvents += 1  // from a stranger, a second time, or after the store had expired
            return
        }
    }

    private mutating func proceed(at now: Instant) -> BroadcastState<Node, Message> {
        stores?.expire(at: now)
        if let node = stores?.sendNext(at: now) { return .storeRecord(id: id, node: node, message: message) }
        return stores?.isComplete == true ? finish(reasonOfEnd) : .waiting(id: id)
    }

    private mutating func finish(_ reason: BroadcastOutcome<Node>.Reason) -> BroadcastState<Node, Message> {
        phase = .finished
        defer { stores = nil }
        return .finished(id: id, outcome: stores?.outcome(reason: reason) ?? BroadcastOutcome(reason: reason))
    }

    private mutating func rest(_ event: consuming BroadcastEvent<Node, Message>) -> BroadcastState<Node, Message> {
        switch event {
        case .poll, .stop: break
        case .start, .nodeResponse, .nodeFailure, .storeRecordSuccess, .storeRecordFailure:
            ignoredEvents += 1  // a broadcast runs once; replies come late
        }
        return .idle
    }
}
