public import Coordination
public import Kademlia
public import Queries

/// The classic put: first find the nodes closest to the target, then follow up by storing the record with each of them.
///
/// The lookup is a query of the pool that the broadcast borrows on each advance. When it has ended, the closest nodes are
/// stored with, closest first. A query that runs out of time does not throw its work away: the nodes that had answered are stored with.
///
/// With `QueryPoolConfiguration.resiliency` set, the lookup ends with its final set, and all of it is stored with: also a node that has
/// not answered.
///
/// Source: the put of go-libp2p-kad-dht v1, which this strategy mimics.
public struct FollowUp<Node: NodeID, Message: Sendable>: Sendable {
    @usableFromInline enum Phase: Sendable {
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
    public var id: OperationID { ownID }
    /// The message that stores the record.
    public var message: Message { ownMessage }
    /// How the broadcast goes about it.
    public var configuration: FollowUpConfiguration { rules }
    /// The number of events that made no sense and changed nothing here; the query counts its own.
    public var ignoredEvents: Int { ignored }

    @usableFromInline var ownID: OperationID
    @usableFromInline var ownMessage: Message
    @usableFromInline var rules: FollowUpConfiguration
    @usableFromInline var ignored = 0
    @usableFromInline var phase = Phase.idle
    @usableFromInline var target = Node.Key.zero
    @usableFromInline var stores = StoreRound<Node>(target: .zero, options: StoreOptions())
    /// Why the broadcast will have ended, if nobody stops it.
    @usableFromInline var reasonOfEnd = BroadcastOutcome<Node>.Reason.completed
    /// Whether the query has finished by itself, and the pool has not told its estimator yet.
    @usableFromInline var hasNewClosest = false

    /// A broadcast that waits for its start.
    ///
    /// - Throws: an error that names the field of the configuration that is out of its range.
    @inlinable
    public init(id: OperationID, message: Message, configuration: FollowUpConfiguration = .init()) throws(ConfigurationError) {
        try configuration.validate()
        self.init(id: id, message: message, validated: configuration)
    }

    @inlinable
    init(id: OperationID, message: Message, validated configuration: FollowUpConfiguration) {
        ownID = id
        ownMessage = message
        rules = configuration
    }

    /// Becomes another broadcast that waits for its start.
    @inlinable
    mutating func become(id: OperationID, message: Message, configuration: FollowUpConfiguration) {
        ownID = id
        ownMessage = message
        rules = configuration
        ignored = 0
        phase = .idle
        reasonOfEnd = .completed
        hasNewClosest = false
    }

    /// The query that looks for the closest nodes, while it runs.
    @inlinable
    public var query: QueryPool<Node, Message>.Handle? {
        if case .finding(let handle) = phase { handle } else { nil }
    }

    /// The first moment at which a poll could change anything, or `nil`.
    @inlinable @inline(__always)  // else the call copies both
    public func nextDeadline(queries: borrowing QueryPool<Node, Message>) -> Instant? {
        switch phase {
        case .idle, .finished: nil
        case .finding(let handle): queries.nextDeadline(of: handle)
        case .storing: stores.nextDeadline
        }
    }

    /// Feeds one event to the broadcast.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - now: the time, not earlier than that of the event before.
    ///   - queries: the pool that runs the broadcast's query, the same on every call. Only this broadcast's query is advanced.
    @inlinable
    public mutating func advance(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastState<Node, Message> {
        let work = perform(event, at: now, queries: &queries)
        return state(of: work, queries: queries)
    }

    /// Does what `advance` does.
    @inlinable
    mutating func perform(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        switch phase {
        case .idle, .finished: startOrRest(event, at: now, queries: &queries)
        case .finding(let handle): find(handle, event, at: now, queries: &queries)
        case .storing: store(event, at: now)
        }
    }
}

// MARK: - Phases

extension FollowUp {
    @inlinable
    mutating func startOrRest(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        switch consume event {
        case .start(let target, let seed):
            guard case .idle = phase else {
                ignored &+= 1  // a broadcast runs once
                return .rest
            }
            self.target = target
            stores = StoreRound(target: target, options: rules.stores)
            // The pool's own configuration is valid, so the query is too.
            guard let handle = try? queries.add(id: ownID, target: target, seed: seed) else { return finish(.noNodesFound) }
            phase = .finding(handle)
            return advanceQuery(handle, with: .poll, at: now, queries: &queries)
        case .poll, .stop:
            return .rest
        case .nodeResponse, .nodeFailure, .storeRecordSuccess, .storeRecordFailure:
            ignored &+= 1  // not started yet, or a reply that was too late
            return .rest
        }
    }

    @inlinable
    mutating func find(
        _ handle: QueryPool<Node, Message>.Handle, _ event: consuming BroadcastEvent<Node, Message>, at now: Instant,
        queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        switch consume event {
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
            ignored &+= 1  // started before; nobody was sent a store yet
            return advanceQuery(handle, with: .poll, at: now, queries: &queries)
        }
    }

    @inlinable
    mutating func advanceQuery(
        _ handle: QueryPool<Node, Message>.Handle, with event: consuming QueryEvent<Node>, at now: Instant,
        queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        switch queries.perform(handle, event, at: now) {
        case .request:
            return .ask
        case .waiting, .queued:
            return .wait
        case .ended(let closest, let timedOut):
            guard !closest.isEmpty else { return finish(timedOut ? .queryTimedOut : .noNodesFound) }
            reasonOfEnd = timedOut ? .queryTimedOut : .completed
            hasNewClosest = !timedOut
            stores.choose(closest)
            phase = .storing
            return proceed(at: now)
        }
    }

    @inlinable
    mutating func store(_ event: consuming BroadcastEvent<Node, Message>, at now: Instant) -> BroadcastWork<Node> {
        switch stores.receive(event) {
        case .taken: break
        case .ignored: ignored &+= 1
        case .stop:
            stores.cancel()
            return finish(.stopped)
        }
        return proceed(at: now)
    }

    @inlinable
    mutating func proceed(at now: Instant) -> BroadcastWork<Node> {
        stores.expire(at: now)
        if stores.sendNext(at: now) { return .store }
        return stores.isComplete ? finish(reasonOfEnd) : .wait
    }

    @inlinable
    mutating func finish(_ reason: BroadcastOutcome<Node>.Reason) -> BroadcastWork<Node> {
        phase = .finished
        return .finish(reason)
    }
}
