public import Coordination
public import Kademlia
public import Queries

/// All running broadcasts of a node, over one pool of queries that they share. The reference's `Pool`.
///
/// An event first advances the broadcast that it names. If that gives no work, the others get their turn: those with work, in the
/// order of their start, as a ring that begins after the last one served. One piece of work is one answer, so a driver polls until
/// the pool says that it waits or is idle.
///
/// A broadcast advances its own query only, so the result of a query reaches its owner and nobody else.
public struct BroadcastPool<Node: NodeID, Message: Sendable>: StateMachine, Sendable {
    /// Where the machine of a broadcast is.
    @usableFromInline struct Place: Sendable {
        /// Which table it is in; `nil` for a place whose broadcast has ended.
        @usableFromInline var strategy: BroadcastStrategy?
        /// Its index in that table.
        @usableFromInline var index: Int

        @inlinable init(strategy: BroadcastStrategy, index: Int) {
            self.strategy = strategy
            self.index = index
        }
    }

    /// How the pool runs its broadcasts.
    public let configuration: PoolConfiguration

    /// The queries of all broadcasts.
    @usableFromInline var queries: QueryPool<Node, Message>

    // The broadcasts in the order of their start, a column for each property. One that has ended leaves its place empty until the
    // next tidying.
    @usableFromInline var places: [Place] = []
    @usableFromInline var ids: [OperationID] = []
    @usableFromInline var deadlines = DeadlineQueue()

    // The machines, a table for each strategy. They are advanced where they are: moving one takes longer than an advance. One that has
    // ended leaves its place to the next.
    @usableFromInline var followUps: [FollowUp<Node, Message>] = []
    @usableFromInline var vacantFollowUps: [Int] = []
    @usableFromInline var statics: [Static<Node, Message>] = []
    @usableFromInline var vacantStatics: [Int] = []
    @usableFromInline var optimistics: [Optimistic<Node, Message>] = []
    @usableFromInline var vacantOptimistics: [Int] = []

    /// What the queries that finished by themselves tell about the network's size.
    @usableFromInline var estimator: NetworkSizeEstimator<Node.Key>

    @usableFromInline var placeOfID: [OperationID: Int] = [:]

    /// The places of the broadcasts that may have work. One that turns out to have none leaves the set until an event, a deadline
    /// or a free slot brings it back.
    @usableFromInline var ready = PlaceSet()

    /// The place of the broadcast named in the last answer that named one.
    @usableFromInline var lastServed = -1

    /// Events for broadcasts that do not run, and those that the broadcasts ignored.
    @usableFromInline var ignoredReplies = 0

    /// An empty pool for this node.
    ///
    /// - Parameters:
    ///   - localNode: the node that broadcasts; no query asks it.
    ///   - configuration: how the pool runs its broadcasts.
    /// - Throws: an error that names the field of the configuration that is out of its range.
    @inlinable
    public init(localNode: Node, configuration: PoolConfiguration = PoolConfiguration()) throws(ConfigurationError) {
        try configuration.validate()
        self.configuration = configuration
        queries = try QueryPool(localNode: localNode, configuration: configuration.queries)
        estimator = NetworkSizeEstimator(replication: configuration.queries.replication)
    }

    /// The number of running broadcasts.
    @inlinable
    public var count: Int { placeOfID.count }

    /// The number of events that made no sense and changed nothing: late, twice, from strangers, or for broadcasts that do not run.
    @inlinable
    public var ignoredEvents: Int { ignoredReplies + queries.ignoredEvents }

    /// The first moment at which a poll could change anything, or `nil` if only an event can. O(1).
    ///
    /// It speaks of deadlines: while the pool does not say that it waits or is idle, a poll gives work at once.
    @inlinable
    public var nextDeadline: Instant? { deadlines.earliest?.instant }

    /// Feeds one event to the pool. O(log b) amortised for b broadcasts, beside the cost of the broadcast that is served.
    ///
    /// - Parameters:
    ///   - event: what happened. Any event may come at any time; one that makes no sense is counted, and is a poll otherwise.
    ///   - now: the time, not earlier than that of the event before.
    /// - Returns: one piece of work, whichever broadcast it is for; `waiting` or `idle` when there is none.
    @inlinable
    public mutating func advance(_ event: consuming PoolEvent<Node, Message>, at now: Instant) -> PoolState<Node, Message> {
        switch consume event {
        case .poll:
            return serveNext(at: now)
        case .startBroadcast(let id, let target, let message, let seed, let configuration):
            return start(id, target: target, message: message, seed: seed, configuration: configuration, at: now)
        case .stopBroadcast(let id):
            return deliver(.stop, to: id, at: now)
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            return deliver(.nodeResponse(node: node, closer: closer), to: id, at: now)
        case .getCloserNodesFailure(let id, let node, _, let error):
            return deliver(.nodeFailure(node: node, error: error), to: id, at: now)
        case .storeRecordSuccess(let id, let node, let request, let response):
            return deliver(.storeRecordSuccess(node: node, request: request, response: response), to: id, at: now)
        case .storeRecordFailure(let id, let node, let request, let error):
            return deliver(.storeRecordFailure(node: node, request: request, error: error), to: id, at: now)
        }
    }
}

// MARK: - Events

extension BroadcastPool {
    @inlinable
    mutating func start(
        _ id: OperationID, target: Node.Key, message: Message, seed: [Node], configuration: BroadcastConfiguration, at now: Instant
    ) -> PoolState<Node, Message> {
        guard !id.isEmpty else { return .broadcastRejected(id: id, reason: .emptyID) }
        guard placeOfID[id] == nil else { return .broadcastRejected(id: id, reason: .idInUse) }
        if let limit = self.configuration.maxBroadcasts, count >= limit {
            return .broadcastRejected(id: id, reason: .poolFull(limit: limit))
        }
        do { try configuration.validate() } catch { return .broadcastRejected(id: id, reason: .invalidConfiguration(error)) }
        // From here on the pool changes, and nothing is rejected any more.
        tidyPlaces()
        let place = places.count
        let hintedID = id.hinted(at: place)
        places.append(addMachine(hintedID, message: message, validated: configuration, at: now))
        ids.append(hintedID)
        deadlines.appendPlace()
        placeOfID[hintedID] = place
        return serve(place, with: .start(target: target, seed: seed), at: now)
    }

    /// Puts a machine with a valid configuration into the table of its strategy.
    @inlinable
    mutating func addMachine(
        _ id: OperationID, message: Message, validated configuration: BroadcastConfiguration, at now: Instant
    ) -> Place {
        switch configuration {
        case .followUp(let options):
            if let index = vacantFollowUps.popLast() {
                followUps[index].become(id: id, message: message, configuration: options)
                return Place(strategy: .followUp, index: index)
            }
            followUps.append(FollowUp(id: id, message: message, validated: options))
            return Place(strategy: .followUp, index: followUps.count - 1)
        case .static(let options):
            if let index = vacantStatics.popLast() {
                statics[index].become(id: id, message: message, configuration: options)
                return Place(strategy: .static, index: index)
            }
            statics.append(Static(id: id, message: message, validated: options))
            return Place(strategy: .static, index: statics.count - 1)
        case .optimistic(let options):
            return addOptimistic(id, message: message, configuration: options, at: now)
        }
    }

    @inlinable
    mutating func deliver(
        _ event: consuming BroadcastEvent<Node, Message>, to id: OperationID, at now: Instant
    ) -> PoolState<Node, Message> {
        guard let place = place(of: id) else {
            ignoredReplies &+= 1  // the broadcast has ended, or never was
            return serveNext(at: now)
        }
        return serve(place, with: event, at: now)
    }

    /// The place of a running broadcast: where its id hints at, else looked up.
    @inlinable @inline(__always)  // else the call copies the pool
    func place(of id: OperationID) -> Int? {
        let hint = id.hintedPlace
        if hint < places.count, places[hint].strategy != nil, ids[hint] == id { return hint }
        return placeOfID[id]
    }
}

// MARK: - Places

extension BroadcastPool {
    /// Moves the broadcasts up when most places are empty, so that places do not run away. O(1) amortised.
    @usableFromInline
    mutating func tidyPlaces() {
        guard places.count >= 64, places.count > 2 * count else { return }
        let kept = places.indices.filter { places[$0].strategy != nil }
        let isReady = kept.map { ready.contains($0) }
        // The ring goes on after the last broadcast that stands before the old mark.
        lastServed = kept.count { $0 <= lastServed } - 1
        places = kept.map { places[$0] }
        ids = kept.enumerated().map { place, old in ids[old].hinted(at: place) }
        deadlines.keep(kept)
        ready = PlaceSet()
        for place in places.indices {
            if isReady[place] { ready.insert(place) }
            placeOfID[ids[place]] = place
            switch places[place].strategy {
            case .followUp: followUps[places[place].index].ownID = ids[place]
            case .static: statics[places[place].index].ownID = ids[place]
            case .optimistic: optimistics[places[place].index].ownID = ids[place]
            case nil: break
            }
        }
    }
}
