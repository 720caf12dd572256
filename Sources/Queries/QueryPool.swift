public import Coordination
public import DequeModule
public import Kademlia

/// Many lookups under a limit.
///
/// A query holds one of the pool's `concurrency` *slots* from its first request until it has finished, timed out or been stopped.
/// Free slots go to the unstarted queries strictly in order of arrival. A query without a slot is not advanced: it has no deadline,
/// cannot time out, and takes no event but a stop.
///
/// There are two ways to drive it. As a `StateMachine` it advances the query that an event names, and if that gives no work, the
/// others in order of arrival. Or an owner of queries (a broadcast) advances its own query alone, by its handle:
/// ``advance(_:with:at:)``; then no result can reach anybody but its owner.
public struct QueryPool<Node: NodeID, Message: Sendable>: StateMachine, Sendable {
    /// A query of the pool. A handle whose query has ended names nothing, also when its place is taken again.
    public struct Handle: Hashable, Sendable {
        @usableFromInline let place: Int
        @usableFromInline let arrival: UInt64

        @inlinable init(place: Int, arrival: UInt64) {
            self.place = place
            self.arrival = arrival
        }
    }

    /// What came of advancing one query.
    public enum Progress: Sendable {
        /// Send a request to this node.
        case request(node: Node)
        /// Nothing to do until a reply or a deadline.
        case waiting
        /// No slot is free for the query yet, or there is no such query.
        case queued
        /// The query ended and left the pool with these nodes, closest first.
        case ended(closest: [Node], timedOut: Bool)
    }

    /// The same, without the node to ask: it is handed on several times, and small things are fast to hand on.
    @usableFromInline package enum Step: Sendable {
        /// Send a request to the node ``lastAsked(by:)``.
        case request
        /// Nothing to do until a reply or a deadline.
        case waiting
        /// No slot is free for the query yet, or there is no such query.
        case queued
        /// The query ended and left the pool with these nodes, closest first.
        case ended(closest: [Node], timedOut: Bool)
    }

    /// What is looked at on every advance of a query, apart from the query itself.
    @usableFromInline struct Place: Sendable {
        /// The number of the query in the order of arrival; 0 for a vacant place.
        @usableFromInline var arrival: UInt64
        @usableFromInline var holdsSlot: Bool
        /// When the query times out: counted from its first request, and so at the end of time before that.
        @usableFromInline var timeout: Instant
        /// The earliest deadline of the query's requests, the end of time when there are none.
        @usableFromInline var requestDeadline: Instant
        /// The index of the query itself; `nil` as long as nobody has needed more than its start.
        @usableFromInline var query: Int?

        @inlinable init(arrival: UInt64) {
            self.arrival = arrival
            holdsSlot = false
            timeout = .distantFuture
            requestDeadline = .distantFuture
        }
    }

    /// What a query is made from.
    @usableFromInline struct Start: Sendable {
        @usableFromInline let target: Node.Key
        /// The nodes to start from; none any more once the query is made.
        @usableFromInline var seed: [Node]
        @usableFromInline let configuration: QueryConfiguration

        @inlinable init(target: Node.Key, seed: [Node], configuration: QueryConfiguration) {
            self.target = target
            self.seed = seed
            self.configuration = configuration
        }
    }

    /// How the pool runs its queries.
    public let configuration: QueryPoolConfiguration

    /// The node that looks. No query asks it.
    public let localNode: Node

    /// The number of events that made no sense and changed nothing, over all queries that were ever here.
    @inlinable
    public var ignoredEvents: Int { ignored }

    @usableFromInline var ignored = 0

    // The queries, a column for each property.
    @usableFromInline var places: [Place] = []
    @usableFromInline var starts: [Start] = []
    @usableFromInline var ids: [OperationID] = []
    @usableFromInline var messages: [Message?] = []

    @usableFromInline var vacantPlaces: [Int] = []

    /// The queries themselves. One is made when it may start: so many may wait in line while few need memory. One that has ended
    /// leaves its memory to the next.
    @usableFromInline var queries: [Query<Node>] = []
    @usableFromInline var vacantQueries: [Int] = []

    /// The places of the queries that events of the pool can name.
    @usableFromInline var placeOfID: [OperationID: Int] = [:]

    /// The queries that hold a slot, in order of arrival.
    @usableFromInline var holders: [Handle] = []

    /// The queries without a slot, in order of arrival; and handles of some that were stopped meanwhile.
    @usableFromInline var unstarted: Deque<Handle> = []

    @usableFromInline var arrivals: UInt64 = 0

    /// An empty pool.
    ///
    /// - Throws: an error that names the field of the configuration that is out of its range.
    @inlinable
    public init(
        localNode: Node, configuration: QueryPoolConfiguration = QueryPoolConfiguration()
    ) throws(ConfigurationError) {
        try configuration.validate()
        self.localNode = localNode
        self.configuration = configuration
    }

    /// The number of queries in the pool, with and without a slot.
    public var count: Int { places.count - vacantPlaces.count }

    /// The number of queries that hold a slot.
    public var heldSlots: Int { holders.count }

    /// Whether another query may start.
    @inlinable
    public var hasFreeSlot: Bool { holders.count < configuration.concurrency }

    /// The first moment at which a poll could change anything, or `nil`. O(slots held).
    public var nextDeadline: Instant? {
        holders.lazy.compactMap { nextDeadline(of: $0) }.min()
    }
}

// MARK: - One query at a time, for its owner

extension QueryPool {
    /// Adds a query at the end of the line, without advancing anything.
    ///
    /// Only the handle leads to it: an event of the pool that names its id does not reach it. So an owner that looks after the ids of
    /// its operations itself may use any, also one that is in use.
    ///
    /// - Parameters:
    ///   - id: what the owner calls the query.
    ///   - target: the key that the query looks for.
    ///   - seed: the nodes to start from. Those with equal keys count once.
    ///   - numResults: the number of closest nodes to look for, 1 or more; `nil` is the pool's `replication`.
    @inlinable
    public mutating func add(id: OperationID, target: Node.Key, seed: [Node], numResults: Int? = nil) throws(ConfigurationError) -> Handle {
        try append(id, target: target, message: nil, seed: seed, numResults: numResults)
    }

    @inlinable
    mutating func append(
        _ id: OperationID, target: Node.Key, message: Message?, seed: [Node], numResults: Int?
    ) throws(ConfigurationError) -> Handle {
        let rules = configuration.query(numResults: numResults)
        if numResults != nil { try rules.validate() }
        let start = Start(target: target, seed: seed, configuration: rules)
        let place: Int
        if let vacant = vacantPlaces.popLast() {
            place = vacant
            starts[place] = start
            ids[place] = id
            messages[place] = message
        } else {
            place = places.count
            places.append(Place(arrival: 0))
            starts.append(start)
            ids.append(id)
            messages.append(message)
        }
        arrivals &+= 1
        places[place] = Place(arrival: arrivals)
        let handle = Handle(place: place, arrival: arrivals)
        unstarted.append(handle)
        return handle
    }

    /// Feeds one event to one query, and to no other.
    @inlinable
    public mutating func advance(_ handle: Handle, with event: consuming QueryEvent<Node>, at now: Instant) -> Progress {
        let step = perform(handle, event, at: now)
        return switch step {
        case .request: .request(node: lastAsked(by: handle))
        case .waiting: .waiting
        case .queued: .queued
        case .ended(let closest, let timedOut): .ended(closest: closest, timedOut: timedOut)
        }
    }

    /// Does what ``advance(_:with:at:)`` does.
    @inlinable
    package mutating func perform(_ handle: Handle, _ event: consuming QueryEvent<Node>, at now: Instant) -> Step {
        guard contains(handle) else { return .queued }
        if !places[handle.place].holdsSlot {
            var isStop = false
            switch consume event {
            case .cancel:
                isStop = true
                event = .cancel
            case .nodeResponse, .nodeFailure:
                ignored &+= 1  // nothing was asked yet
                event = .poll
            case .poll:
                event = .poll
            }
            guard isStop || (hasFreeSlot && firstUnstarted == handle) else { return .queued }
        }
        switch Self.advance(&queries[query(at: handle.place)], with: event, at: now, &places[handle.place].requestDeadline, &ignored) {
        case .ask:
            if !places[handle.place].holdsSlot { takeSlot(handle, at: now) }
            return .request
        case .waitAtCapacity, .waitWithCapacity:
            return places[handle.place].timeout.hasPassed(at: now) ? end(handle, at: now, timedOut: true) : .waiting
        case .finished:
            return end(handle, at: now, timedOut: false)
        }
    }

    /// The node that a query of the pool has asked last. Only right after it was.
    @inlinable @inline(__always)  // else the call copies the pool
    package func lastAsked(by handle: Handle) -> Node {
        queries[places[handle.place].query ?? 0].lastAsked
    }

    /// The query that gets the next free slot, or `nil` if every query holds one. O(1) amortised.
    @inlinable
    public var firstUnstarted: Handle? {
        mutating get {
            while let first = unstarted.first {
                if isUnstarted(first) { return first }
                unstarted.removeFirst()
            }
            return nil
        }
    }

    /// The id of the query that gets the next free slot. O(1) amortised.
    @inlinable
    public var firstUnstartedID: OperationID? {
        mutating get { firstUnstarted.map { ids[$0.place] } }
    }

    /// The query itself, for observers, or `nil` if it has ended. O(1), but O(n log n) for n seed nodes while it waits in line.
    @inlinable
    public func query(of handle: Handle) -> Query<Node>? {
        guard contains(handle) else { return nil }
        if let index = places[handle.place].query { return queries[index] }
        return newQuery(at: handle.place)
    }

    /// Whether the query holds a slot.
    @inlinable
    public func holdsSlot(_ handle: Handle) -> Bool {
        contains(handle) && places[handle.place].holdsSlot
    }

    /// The first moment at which a poll of this query could change anything; `nil` for one without a slot.
    @inlinable @inline(__always)  // else the call copies the pool
    public func nextDeadline(of handle: Handle) -> Instant? {
        guard holdsSlot(handle) else { return nil }
        let timeout = places[handle.place].timeout.firstMomentPast
        let deadline = places[handle.place].requestDeadline.firstMomentPast
        return deadline < timeout ? deadline : timeout
    }

    /// Advances a query and notes what the pool has to know of it, in one access: to read a property of an element of an array may
    /// copy the whole element.
    @inlinable
    static func advance(
        _ query: inout Query<Node>, with event: consuming QueryEvent<Node>, at now: Instant, _ deadline: inout Instant, _ ignored: inout Int
    ) -> Query<Node>.Work {
        let ignoredBefore = query.ignored
        let work = query.perform(event, at: now)
        ignored &+= query.ignored &- ignoredBefore
        deadline = query.earliestDeadline
        return work
    }

    /// The index of the query with this place, which is made if it isn't yet.
    @inlinable
    mutating func query(at place: Int) -> Int {
        places[place].query ?? makeQuery(at: place)
    }

    @inlinable
    mutating func makeQuery(at place: Int) -> Int {
        let index: Int
        if let vacant = vacantQueries.popLast() {
            index = vacant
            let start = starts[place]
            queries[index].restart(target: start.target, seed: start.seed, configuration: start.configuration)
        } else {
            index = queries.count
            queries.append(newQuery(at: place))
        }
        starts[place].seed = []
        places[place].query = index
        return index
    }

    /// A query as it begins, from its start.
    @inlinable
    func newQuery(at place: Int) -> Query<Node> {
        let start = starts[place]
        return Query(target: start.target, seed: start.seed, localKey: localNode.key, validated: start.configuration)
    }

    @inlinable
    func contains(_ handle: Handle) -> Bool {
        handle.place < places.count && places[handle.place].arrival == handle.arrival
    }

    @inlinable
    func isUnstarted(_ handle: Handle) -> Bool {
        contains(handle) && !places[handle.place].holdsSlot
    }

    /// Starts go in order of arrival, so the holders stay in that order.
    @inlinable
    mutating func takeSlot(_ handle: Handle, at now: Instant) {
        places[handle.place].holdsSlot = true
        places[handle.place].timeout = now.advanced(by: configuration.timeout)
        holders.append(handle)
    }

    @inlinable
    mutating func end(_ handle: Handle, at now: Instant, timedOut: Bool) -> Step {
        let place = handle.place
        let query = query(at: place)
        if places[place].holdsSlot { holders.removeAll { $0 == handle } }
        places[place].arrival = 0
        messages[place] = nil
        if !placeOfID.isEmpty, placeOfID[ids[place]] == place { placeOfID[ids[place]] = nil }
        vacantPlaces.append(place)
        vacantQueries.append(query)
        // A query that ran out of time ends with what it has; one that has finished stays as it is.
        _ = queries[query].perform(.cancel, at: now)
        return .ended(closest: queries[query].closest, timedOut: timedOut)
    }
}
