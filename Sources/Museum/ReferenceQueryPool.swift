internal import Coordination
internal import Kademlia
internal import Queries
internal import Timeline

/// The lookups of all broadcasts, as the reference runs them: one pool that every broadcast advances, and that answers whoever
/// advances it with what any of its queries has to say.
///
/// The queries themselves are ours: the flaws are in how they are shared.
struct ReferenceQueryPool: Equatable, Sendable {
    /// A lookup and whose it is.
    struct Entry: Equatable, Sendable {
        /// The broadcast that added the lookup. It may have ended since.
        let id: OperationID
        /// The lookup.
        var query: Query<NetworkNode>
    }

    /// What a broadcast tells the pool.
    enum Event: Sendable {
        /// Add a lookup. If there is one of that id, nothing is added, and nobody is told: a part of flaw D3.
        case add(target: Key256, seed: [NetworkNode])
        /// Something for the broadcast's own lookup.
        case forward(QueryEvent<NetworkNode>)
        /// Nothing but the time.
        case poll
    }

    /// What the pool answers: for whichever lookup it is.
    enum Answer: Equatable, Sendable {
        /// There is no lookup.
        case idle
        /// Nothing to do until a reply or a deadline.
        case waiting
        /// This lookup wants to ask a node.
        case ask(id: OperationID, target: Key256, node: NetworkNode)
        /// This lookup has ended with these nodes, and is gone.
        case finished(id: OperationID, closest: [NetworkNode])
        /// This lookup ran out of time, and is gone with all that it had found.
        case timedOut(id: OperationID)
    }

    /// How the lookups are run.
    let configuration: QueryPoolConfiguration
    /// The node that broadcasts.
    let localNode: NetworkNode
    /// The lookups, in order of arrival.
    private(set) var entries: [Entry] = []
    /// The number of replies that made no sense.
    private(set) var ignoredEvents = 0

    /// A pool without lookups.
    ///
    /// - Parameter configuration: a valid one.
    init(configuration: QueryPoolConfiguration, localNode: NetworkNode) {
        self.configuration = configuration
        self.localNode = localNode
    }

    /// The lookup that this broadcast added, while it runs.
    func query(of id: OperationID) -> Query<NetworkNode>? {
        entries.first { $0.id == id }?.query
    }

    /// The number of lookups with requests in flight.
    var inFlightCount: Int { entries.count { $0.query.nextDeadline != nil } }

    /// The first moment at which a poll could change anything, or `nil`.
    ///
    /// A poll goes through the lookups in order of arrival, and stops when as many as may be are waiting: those behind have no turn.
    var nextDeadline: Instant? {
        entries.prefix(configuration.concurrency).compactMap { entry in
            [entry.query.nextDeadline, timeout(entry.query.statistics)?.firstMomentPast].compactMap { $0 }.min()
        }.min()
    }

    /// Feeds one event of a broadcast to the pool.
    ///
    /// The broadcast's own lookup takes the event. If that gives nothing to do, the others are polled in order of arrival, and the
    /// first that has something to say is the answer.
    mutating func advance(_ event: Event, of id: OperationID, at now: Instant) -> Answer {
        var advanced: OperationID?
        var waitingCount = 0
        switch event {
        case .poll: break
        case .add(let target, let seed): add(id, target: target, seed: seed)
        case .forward(let event):
            if let index = entries.firstIndex(where: { $0.id == id }) {
                if let answer = advanceQuery(at: index, with: event, now: now) { return answer }
                advanced = id
                waitingCount = 1
            } else {
                ignore(event)
            }
        }
        for index in entries.indices where entries[index].id != advanced {
            if let answer = advanceQuery(at: index, with: .poll, now: now) { return answer }
            waitingCount += 1
            if waitingCount >= configuration.concurrency { return .waiting }
        }
        return waitingCount > 0 ? .waiting : .idle
    }

    private mutating func add(_ id: OperationID, target: Key256, seed: [NetworkNode]) {
        guard query(of: id) == nil else { return }
        let rules = QueryConfiguration(
            concurrency: configuration.queryConcurrency, numResults: configuration.replication,
            requestTimeout: configuration.requestTimeout, resiliency: configuration.resiliency)
        // The pool's own configuration is valid, so the query's is too.
        guard let query = try? Query(target: target, seed: seed, localNode: localNode, configuration: rules) else { return }
        entries.append(Entry(id: id, query: query))
    }

    private mutating func ignore(_ event: QueryEvent<NetworkNode>) {
        switch event {
        case .nodeResponse, .nodeFailure: ignoredEvents += 1  // the lookup has ended, or somebody took its result
        case .poll, .cancel: break
        }
    }

    /// Advances one lookup.
    ///
    /// - Returns: what it has to say, or `nil` if it waits.
    private mutating func advanceQuery(at index: Int, with event: QueryEvent<NetworkNode>, now: Instant) -> Answer? {
        let id = entries[index].id
        let ignoredBefore = entries[index].query.ignoredEvents
        let state = entries[index].query.advance(event, at: now)
        ignoredEvents += entries[index].query.ignoredEvents - ignoredBefore
        switch state {
        case .findCloser(let node, _):
            return .ask(id: id, target: entries[index].query.target, node: node)
        case .finished(let closest, _):
            entries.remove(at: index)
            return .finished(id: id, closest: closest)
        case .waitingAtCapacity(let statistics), .waitingWithCapacity(let statistics):
            guard let timeout = timeout(statistics), timeout.hasPassed(at: now) else { return nil }
            entries.remove(at: index)
            return .timedOut(id: id)
        }
    }

    /// When a lookup with these statistics runs out of time, or `nil` before its first request.
    private func timeout(_ statistics: QueryStatistics) -> Instant? {
        statistics.start?.advanced(by: configuration.timeout)
    }
}
