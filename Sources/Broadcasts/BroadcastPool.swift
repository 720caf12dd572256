public import Coordination
internal import HeapModule
public import Kademlia
internal import Queries

/// All running broadcasts of a node, over one pool of queries that they share. The reference's `Pool`.
///
/// An event first advances the broadcast that it names. If that gives no work, the others get their turn: those with work, in the
/// order of their start, as a ring that begins after the last one served. One piece of work is one answer, so a driver polls until
/// the pool says that it waits or is idle.
///
/// A broadcast advances its own query only, so the result of a query reaches its owner and nobody else.
public struct BroadcastPool<Node: NodeID, Message: Sendable>: StateMachine, Sendable {
    /// A running broadcast.
    private struct Member: Sendable {
        let id: OperationID
        var broadcast: Broadcast<Node, Message>
        /// The earliest moment for it in `deadlines` or `overdue`, never later than its real deadline; `nil` when it has none there.
        var scheduled: Instant?
        /// Whether that moment has passed and stands in `overdue`; then the broadcast is ready, and has not had its turn.
        var isOverdue = false
    }

    /// A lower bound of a broadcast's deadline.
    private struct Deadline: Comparable, Sendable {
        let instant: Instant
        let place: Int

        static func < (a: Deadline, b: Deadline) -> Bool {
            (a.instant, a.place) < (b.instant, b.place)
        }
    }

    /// How the pool runs its broadcasts.
    public let configuration: PoolConfiguration

    /// The queries of all broadcasts.
    private var queries: QueryPool<Node, Message>

    /// The running broadcasts in the order of their start; one that has ended leaves its place empty until the next tidying.
    private var members: [Member?] = []

    private var placeOfID: [OperationID: Int] = [:]

    /// The places of the broadcasts that may have work. One that turns out to have none leaves the set until an event, a deadline
    /// or a free slot brings it back.
    private var ready = PlaceSet()

    /// The place of the broadcast named in the last answer that named one.
    private var lastServed = -1

    /// When broadcasts must be looked at. An entry that is not its broadcast's `scheduled` is stale.
    private var deadlines = Heap<Deadline>()

    /// Entries of `deadlines` that have passed and made their broadcasts ready, until those had their turn.
    private var overdue = Heap<Deadline>()

    /// Events for broadcasts that do not run, and those that the broadcasts ignored.
    private var ignoredReplies = 0

    /// An empty pool for this node.
    ///
    /// - Parameter localNode: the node that broadcasts; no query asks it.
    /// - Throws: an error that names the field of the configuration that is out of its range.
    public init(localNode: Node, configuration: PoolConfiguration = PoolConfiguration()) throws(ConfigurationError) {
        try configuration.validate()
        self.configuration = configuration
        queries = try QueryPool(localNode: localNode, configuration: configuration.queries)
    }

    /// The number of running broadcasts.
    public var count: Int { placeOfID.count }

    /// The number of events that made no sense and changed nothing: late, twice, from strangers, or for broadcasts that do not run.
    public var ignoredEvents: Int { ignoredReplies + queries.ignoredEvents }

    /// The first moment at which a poll could change anything, or `nil` if only an event can. O(1).
    ///
    /// It speaks of deadlines: while the pool does not say that it waits or is idle, a poll gives work at once.
    public var nextDeadline: Instant? { firstDeadline?.instant }

    /// Feeds one event to the pool. O(log b) amortised for b broadcasts, beside the cost of the broadcast that is served.
    public mutating func advance(_ event: consuming PoolEvent<Node, Message>, at now: Instant) -> PoolState<Node, Message> {
        let state: PoolState<Node, Message>
        switch event {
        case .poll:
            state = serveNext(at: now)
        case .startBroadcast(let id, let target, let message, let seed, let configuration):
            state = start(id, target: target, message: message, seed: seed, configuration: configuration, at: now)
        case .stopBroadcast(let id):
            state = deliver(.stop, to: id, at: now)
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            state = deliver(.nodeResponse(node: node, closer: closer), to: id, at: now)
        case .getCloserNodesFailure(let id, let node, _, let error):
            state = deliver(.nodeFailure(node: node, error: error), to: id, at: now)
        case .storeRecordSuccess(let id, let node, let request, let response):
            state = deliver(.storeRecordSuccess(node: node, request: request, response: response), to: id, at: now)
        case .storeRecordFailure(let id, let node, let request, let error):
            state = deliver(.storeRecordFailure(node: node, request: request, error: error), to: id, at: now)
        }
        settleDeadlines()
        return state
    }
}

// MARK: - Events

extension BroadcastPool {
    private mutating func start(
        _ id: OperationID, target: Node.Key, message: Message, seed: [Node], configuration: BroadcastConfiguration, at now: Instant
    ) -> PoolState<Node, Message> {
        guard !id.isEmpty else { return .broadcastRejected(id: id, reason: .emptyID) }
        guard placeOfID[id] == nil else { return .broadcastRejected(id: id, reason: .idInUse) }
        if let limit = self.configuration.maxBroadcasts, count >= limit {
            return .broadcastRejected(id: id, reason: .poolFull(limit: limit))
        }
        let broadcast: Broadcast<Node, Message>
        do {
            broadcast = try Broadcast(id: id, message: message, configuration: configuration)
        } catch {
            return .broadcastRejected(id: id, reason: error)
        }
        tidyPlaces()
        placeOfID[id] = members.count
        members.append(Member(id: id, broadcast: broadcast))
        return deliver(.start(target: target, seed: seed), to: id, at: now)
    }

    private mutating func deliver(
        _ event: consuming BroadcastEvent<Node, Message>, to id: OperationID, at now: Instant
    ) -> PoolState<Node, Message> {
        guard let place = placeOfID[id] else {
            ignoredReplies += 1  // the broadcast has ended, or never was
            return serveNext(at: now)
        }
        return advance(place, with: event, at: now) ?? serveNext(at: now)
    }
}

// MARK: - Turns

extension BroadcastPool {
    /// Serves the broadcasts that may have work, one after the other, until one has.
    private mutating func serveNext(at now: Instant) -> PoolState<Node, Message> {
        wakeExpired(at: now)
        wakeFirstInLine()
        while let place = ready.next(after: lastServed) {
            if let state = advance(place, with: .poll, at: now) { return state }
            wakeFirstInLine()
        }
        return placeOfID.isEmpty ? .idle : .waiting
    }

    /// Advances one broadcast.
    ///
    /// - Returns: the work that came of it, or `nil` if it has none now.
    private mutating func advance(
        _ place: Int, with event: consuming BroadcastEvent<Node, Message>, at now: Instant
    ) -> PoolState<Node, Message>? {
        let ignoredBefore = members[place]!.broadcast.ignoredEvents
        let state = members[place]!.broadcast.advance(event, at: now, queries: &queries)
        ignoredReplies += members[place]!.broadcast.ignoredEvents - ignoredBefore
        switch state {
        case .idle, .waiting:
            ready.remove(place)
            schedule(place)
            return nil
        case .findCloser(let id, let node, let target):
            serve(place)
            return .findCloser(id: id, target: target, node: node)
        case .storeRecord(let id, let node, let message):
            serve(place)
            return .storeRecord(id: id, node: node, message: message)
        case .finished(let id, let outcome):
            lastServed = place
            remove(place, id)
            return .broadcastFinished(id: id, outcome: outcome)
        }
    }

    /// Notes that a broadcast was served; it may well have more work.
    private mutating func serve(_ place: Int) {
        lastServed = place
        ready.insert(place)
        schedule(place)
    }

    private mutating func remove(_ place: Int, _ id: OperationID) {
        members[place] = nil
        placeOfID[id] = nil
        ready.remove(place)
    }

    /// A free slot of the query pool belongs to the query first in line, so its broadcast has work.
    private mutating func wakeFirstInLine() {
        guard queries.hasFreeSlot, let id = queries.firstUnstartedID, let place = placeOfID[id] else { return }
        ready.insert(place)
    }
}

// MARK: - Deadlines

extension BroadcastPool {
    /// Sees to it that the broadcast is looked at by its deadline at the latest.
    private mutating func schedule(_ place: Int) {
        if members[place]!.isOverdue {
            members[place]!.isOverdue = false  // this is its turn
            members[place]!.scheduled = nil
        }
        guard let instant = members[place]!.broadcast.nextDeadline(queries: queries) else { return }
        if let scheduled = members[place]!.scheduled, scheduled <= instant { return }
        members[place]!.scheduled = instant
        deadlines.insert(Deadline(instant: instant, place: place))
    }

    /// Gives the broadcasts whose deadline has passed a turn.
    private mutating func wakeExpired(at now: Instant) {
        while let first = deadlines.min, first.instant <= now {
            deadlines.removeMin()
            guard isCurrent(first) else { continue }
            members[first.place]!.isOverdue = true
            overdue.insert(first)
            ready.insert(first.place)
        }
    }

    /// Makes the first entry exact, so that ``nextDeadline`` can be read off it.
    private mutating func settleDeadlines() {
        while let first = firstDeadline {
            if isCurrent(first) {
                guard members[first.place]!.broadcast.nextDeadline(queries: queries) != first.instant else { return }
                members[first.place]!.scheduled = nil
                removeFirstDeadline()
                schedule(first.place)
            } else {
                removeFirstDeadline()
            }
        }
    }

    private var isFirstOverdue: Bool {
        guard let passed = overdue.min else { return false }
        return deadlines.min.map { passed < $0 } ?? true
    }

    private var firstDeadline: Deadline? { isFirstOverdue ? overdue.min : deadlines.min }

    private mutating func removeFirstDeadline() {
        if isFirstOverdue { overdue.removeMin() } else { deadlines.removeMin() }
    }

    private func isCurrent(_ deadline: Deadline) -> Bool {
        members[deadline.place]?.scheduled == deadline.instant
    }
}

// MARK: - Places

extension BroadcastPool {
    /// Moves the broadcasts up when most places are empty, so that places do not run away. O(1) amortised.
    private mutating func tidyPlaces() {
        guard members.count >= 64, members.count > 2 * count else { return }
        let old = members
        let servedBefore = old.prefix(lastServed + 1).count { $0 != nil }
        let wasReady = old.indices.filter { old[$0] != nil && ready.contains($0) }.map { old[$0]!.id }
        members = old.filter { $0 != nil }
        ready = PlaceSet()
        deadlines = Heap()
        overdue = Heap()
        for place in members.indices {
            placeOfID[members[place]!.id] = place
            members[place]!.isOverdue = false
            if let instant = members[place]!.scheduled { deadlines.insert(Deadline(instant: instant, place: place)) }
        }
        for id in wasReady { ready.insert(placeOfID[id]!) }
        // The ring goes on after the last broadcast that stands before the old mark.
        lastServed = servedBefore - 1
    }
}

extension BroadcastPool: BroadcastPoolMachine {
    /// What an observer sees of the pool. O(everything in it).
    public var view: PoolView<Node> {
        PoolView(
            broadcasts: members.compactMap { $0.map(view) }, heldSlots: queries.heldSlots, slots: configuration.queries.concurrency,
            ignoredEvents: ignoredEvents)
    }

    private func view(_ member: Member) -> BroadcastView<Node> {
        let query = member.broadcast.query
        let stores = member.broadcast.storeViews
        let phase: BroadcastView<Node>.Phase =
            if let query { queries.holdsSlot(query) ? .finding : .queued } else { member.broadcast.hasTodo ? .storing : .awaitingStores }
        return BroadcastView(
            id: member.id, strategy: member.broadcast.strategy, target: member.broadcast.target, phase: phase,
            query: query.flatMap { handle in queries.query(of: handle).map { QueryView($0) } },
            stores: stores)
    }

    /// Checks everything that can be checked from inside. For tests. O(everything in it).
    ///
    /// - Returns: what is wrong, or `nil`.
    public func brokenInvariant() -> String? {
        let present = members.indices.filter { members[$0] != nil }
        guard present.count == placeOfID.count, present.allSatisfy({ placeOfID[members[$0]!.id] == $0 }) else {
            return "broadcasts are lost"
        }
        guard members.indices.allSatisfy({ members[$0] != nil || !ready.contains($0) }) else { return "an empty place is ready" }
        for place in present {
            let member = members[place]!
            if let problem = member.broadcast.brokenInvariant() { return "\(member.id): \(problem)" }
            guard let deadline = member.broadcast.nextDeadline(queries: queries), !ready.contains(place) else { continue }
            guard let scheduled = member.scheduled, scheduled <= deadline, !member.isOverdue else {
                return "\(member.id) has a deadline that nobody watches"
            }
        }
        let earliest = present.compactMap { members[$0]!.broadcast.nextDeadline(queries: queries) }.min()
        guard nextDeadline == earliest || (nextDeadline == nil && earliest == nil) else { return "the next deadline is not the earliest" }
        return queries.brokenInvariant()
    }
}
