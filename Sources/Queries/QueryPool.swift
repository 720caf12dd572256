public import Coordination
internal import DequeModule
public import Kademlia

/// Many lookups under a limit.
///
/// A query holds one of the pool's `concurrency` *slots* from its first request until it has finished, timed out or been stopped.
/// Free slots go to the unstarted queries strictly in order of arrival. A query without a slot is not advanced: it has no deadline,
/// cannot time out, and takes no event but a stop.
///
/// There are two ways to drive it. As a ``StateMachine`` it advances the query that an event names, and if that gives no work, the
/// others in order of arrival. Or an owner of queries (a broadcast) advances its own query alone, by its handle:
/// ``advance(_:with:at:)``; then no result can reach anybody but its owner.
public struct QueryPool<Node: NodeID, Message: Sendable>: StateMachine, Sendable {
    /// A query of the pool. A handle whose query has ended names nothing, also when its place is taken again.
    public struct Handle: Hashable, Sendable {
        let index: Int
        let arrival: UInt64
    }

    /// What came of advancing one query.
    public enum Progress: Sendable {
        /// Send a request to this node.
        case request(node: Node, statistics: QueryStatistics)
        /// Nothing to do until a reply or a deadline.
        case waiting
        /// No slot is free for the query yet, or there is no such query.
        case queued
        /// The query ended and left the pool; these nodes had answered, closest first.
        case ended(closest: [Node], statistics: QueryStatistics, timedOut: Bool)
    }

    private struct Entry: Sendable {
        let id: OperationID
        let arrival: UInt64
        let message: Message?
        var query: Query<Node>
        var holdsSlot = false
    }

    /// How the pool runs its queries.
    public let configuration: QueryPoolConfiguration

    /// The node that looks. No query asks it.
    public let localNode: Node

    /// The number of events that made no sense and changed nothing, over all queries that were ever here.
    public private(set) var ignoredEvents = 0

    /// The queries, at places that are used again.
    private var entries: [Entry?] = []
    private var vacantPlaces: [Int] = []
    private var placeOfID: [OperationID: Int] = [:]

    /// The queries that hold a slot, in order of arrival.
    private var holders: [Handle] = []

    /// The queries without a slot, in order of arrival; and handles of some that were stopped meanwhile.
    private var unstarted: Deque<Handle> = []

    private var arrivals: UInt64 = 0

    /// An empty pool.
    ///
    /// - Throws: an error that names the field of the configuration that is out of its range.
    public init(
        localNode: Node, configuration: QueryPoolConfiguration = QueryPoolConfiguration()
    ) throws(ConfigurationError) {
        try configuration.validate()
        self.localNode = localNode
        self.configuration = configuration
    }

    /// The number of queries in the pool, with and without a slot.
    public var count: Int { placeOfID.count }

    /// The number of queries that hold a slot.
    public var heldSlots: Int { holders.count }

    /// Whether another query may start.
    public var hasFreeSlot: Bool { holders.count < configuration.concurrency }

    /// The first moment at which a poll could change anything, or `nil`. O(slots held).
    public var nextDeadline: Instant? {
        holders.lazy.compactMap { nextDeadline(of: $0) }.min()
    }

    /// Feeds one event to the pool.
    public mutating func advance(_ event: consuming QueryPoolEvent<Node, Message>, at now: Instant) -> QueryPoolState<Node, Message> {
        switch event {
        case .poll:
            return advanceOthers(at: now)
        case .addFindCloserQuery(let id, let target, let seed, let numResults):
            return add(id, target: target, message: nil, seed: seed, numResults: numResults, at: now)
        case .addQuery(let id, let target, let message, let seed, let numResults):
            return add(id, target: target, message: message, seed: seed, numResults: numResults, at: now)
        case .stopQuery(let id):
            return advanceNamed(id, with: .cancel, at: now)
        case .nodeResponse(let id, let node, let closer):
            return advanceNamed(id, with: .nodeResponse(node: node, closer: closer), at: now)
        case .nodeFailure(let id, let node, let error):
            return advanceNamed(id, with: .nodeFailure(node: node, error: error), at: now)
        }
    }
}

// MARK: - One query at a time, for its owner

extension QueryPool {
    /// Adds a query at the end of the line, without advancing anything.
    ///
    /// - Throws: why the query can't be added; the pool is then as it was.
    public mutating func add(
        id: OperationID, target: Node.Key, message: Message? = nil, seed: [Node], numResults: Int? = nil
    ) throws(QueryRejection) -> Handle {
        guard !id.isEmpty else { throw .emptyID }
        guard placeOfID[id] == nil else { throw .idInUse }
        let query: Query<Node>
        do {
            query = try Query(
                target: target, seed: seed, localNode: localNode, configuration: configuration.query(numResults: numResults))
        } catch {
            throw .invalidConfiguration(error)
        }
        arrivals += 1
        let entry = Entry(id: id, arrival: arrivals, message: message, query: query)
        let index: Int
        if let vacant = vacantPlaces.popLast() {
            index = vacant
            entries[index] = entry
        } else {
            index = entries.count
            entries.append(entry)
        }
        placeOfID[id] = index
        let handle = Handle(index: index, arrival: arrivals)
        unstarted.append(handle)
        return handle
    }

    /// Feeds one event to one query, and to no other.
    public mutating func advance(_ handle: Handle, with event: consuming QueryEvent<Node>, at now: Instant) -> Progress {
        guard contains(handle) else { return .queued }
        let holdsSlot = entries[handle.index]!.holdsSlot
        if !holdsSlot {
            var isStop = false
            switch consume event {
            case .cancel:
                isStop = true
                event = .cancel
            case .nodeResponse, .nodeFailure:
                ignoredEvents += 1  // nothing was asked yet
                event = .poll
            case .poll:
                event = .poll
            }
            guard isStop || (hasFreeSlot && firstUnstarted == handle) else { return .queued }
        }
        let ignoredBefore = entries[handle.index]!.query.ignoredEvents
        let state = entries[handle.index]!.query.advance(event, at: now)
        ignoredEvents += entries[handle.index]!.query.ignoredEvents - ignoredBefore
        switch state {
        case .findCloser(let node, let statistics):
            if !holdsSlot { takeSlot(handle) }
            return .request(node: node, statistics: statistics)
        case .waitingAtCapacity(let statistics), .waitingWithCapacity(let statistics):
            guard let start = statistics.start, start.advanced(by: configuration.timeout).hasPassed(at: now) else { return .waiting }
            return end(handle, at: now, timedOut: true)
        case .finished:
            return end(handle, at: now, timedOut: false)
        }
    }

    /// The query that gets the next free slot, or `nil` if every query holds one. O(1) amortised.
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
    public var firstUnstartedID: OperationID? {
        mutating get { firstUnstarted.flatMap { entries[$0.index]?.id } }
    }

    /// The query itself, for observers, or `nil` if it has ended.
    public func query(of handle: Handle) -> Query<Node>? {
        contains(handle) ? entries[handle.index]?.query : nil
    }

    /// Whether the query holds a slot.
    public func holdsSlot(_ handle: Handle) -> Bool {
        contains(handle) && entries[handle.index]!.holdsSlot
    }

    /// The first moment at which a poll of this query could change anything; `nil` for one without a slot.
    public func nextDeadline(of handle: Handle) -> Instant? {
        guard holdsSlot(handle), let start = entries[handle.index]!.query.statistics.start else { return nil }
        let timeout = start.advanced(by: configuration.timeout).firstMomentPast
        return Swift.min(timeout, entries[handle.index]!.query.nextDeadline ?? .distantFuture)
    }

    private func contains(_ handle: Handle) -> Bool {
        entries.indices.contains(handle.index) && entries[handle.index]?.arrival == handle.arrival
    }

    private func isUnstarted(_ handle: Handle) -> Bool {
        contains(handle) && !entries[handle.index]!.holdsSlot
    }

    /// Starts go in order of arrival, so the holders stay in that order.
    private mutating func takeSlot(_ handle: Handle) {
        entries[handle.index]!.holdsSlot = true
        holders.append(handle)
    }

    private mutating func end(_ handle: Handle, at now: Instant, timedOut: Bool) -> Progress {
        var entry = entries[handle.index]!
        _ = entry.query.advance(.cancel, at: now)
        entries[handle.index] = nil
        vacantPlaces.append(handle.index)
        placeOfID[entry.id] = nil
        if entry.holdsSlot { holders.removeAll { $0 == handle } }
        return .ended(closest: entry.query.closestAnswered(), statistics: entry.query.statistics, timedOut: timedOut)
    }
}

// MARK: - The pool as a machine

extension QueryPool {
    private mutating func add(
        _ id: OperationID, target: Node.Key, message: Message?, seed: [Node], numResults: Int?, at now: Instant
    ) -> QueryPoolState<Node, Message> {
        do {
            _ = try add(id: id, target: target, message: message, seed: seed, numResults: numResults)
        } catch {
            return .queryRejected(id: id, reason: error)
        }
        return advanceOthers(at: now)
    }

    private mutating func advanceNamed(
        _ id: OperationID, with event: consuming QueryEvent<Node>, at now: Instant
    ) -> QueryPoolState<Node, Message> {
        guard let index = placeOfID[id], let arrival = entries[index]?.arrival, entries[index]!.holdsSlot || event == .cancel else {
            ignoredEvents += 1  // the query has ended, never was, or has no slot and so has asked nobody
            return advanceOthers(at: now)
        }
        return work(of: Handle(index: index, arrival: arrival), with: event, at: now) ?? advanceOthers(at: now)
    }

    private mutating func advanceOthers(at now: Instant) -> QueryPoolState<Node, Message> {
        for handle in holders {
            if let state = work(of: handle, with: .poll, at: now) { return state }
        }
        if hasFreeSlot, let handle = firstUnstarted, let state = work(of: handle, with: .poll, at: now) { return state }
        if count == 0 { return .idle }
        return hasFreeSlot ? .waitingWithCapacity : .waitingAtCapacity
    }

    /// Advances one query and tells what work came of it, or `nil` if there is none.
    private mutating func work(
        of handle: Handle, with event: consuming QueryEvent<Node>, at now: Instant
    ) -> QueryPoolState<Node, Message>? {
        guard let id = entries[handle.index]?.id, let target = entries[handle.index]?.query.target else { return nil }
        let message = entries[handle.index]?.message
        switch advance(handle, with: event, at: now) {
        case .waiting, .queued:
            return nil
        case .request(let node, let statistics):
            if let message { return .sendMessage(id: id, node: node, message: message, statistics: statistics) }
            return .findCloser(id: id, target: target, node: node, statistics: statistics)
        case .ended(let closest, let statistics, timedOut: true):
            return .queryTimeout(id: id, closest: closest, statistics: statistics)
        case .ended(let closest, let statistics, timedOut: false):
            return .queryFinished(id: id, closest: closest, statistics: statistics)
        }
    }
}

extension QueryPool {
    /// Checks the slots and the line, and every query. For tests. O(all known nodes).
    ///
    /// - Returns: what is wrong, or `nil`.
    public func brokenInvariant() -> String? {
        let present = entries.compactMap { $0 }
        guard present.count == placeOfID.count, present.count + vacantPlaces.count == entries.count else { return "queries are lost" }
        guard holders.count <= configuration.concurrency else { return "more slots are held than there are" }
        let holding = present.filter(\.holdsSlot).sorted { $0.arrival < $1.arrival }.map(\.arrival)
        guard holders.map(\.arrival) == holding else { return "the holders of slots are not as listed" }
        let waiting = present.filter { !$0.holdsSlot }.sorted { $0.arrival < $1.arrival }.map(\.arrival)
        guard unstarted.filter(isUnstarted).map(\.arrival) == waiting else { return "the line of unstarted queries is not as it should be" }
        for entry in present {
            guard entry.holdsSlot == (entry.query.statistics.requests > 0) else {
                return "\(entry.id) has requests but no slot, or a slot but none"
            }
            if let problem = entry.query.brokenInvariant() { return "\(entry.id): \(problem)" }
        }
        return nil
    }
}
