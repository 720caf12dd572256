public import Coordination
public import Queries

/// A pool of queries as plainly as the semantics has it: a list in order of arrival. To compare the real one with.
public struct QueryPoolModel<K: TestKey> {
    private struct Member {
        let id: OperationID
        let target: K
        let message: String?
        var query: QueryModel<K>
        var holdsSlot = false
    }

    private let localNode: K
    private let configuration: QueryPoolConfiguration
    private var members: [Member] = []

    /// The number of events that made no sense.
    public private(set) var ignoredEvents = 0

    /// An empty pool.
    public init(localNode: K, configuration: QueryPoolConfiguration) {
        self.localNode = localNode
        self.configuration = configuration
    }

    /// The first moment at which a poll could change anything.
    public var nextDeadline: Instant? {
        members.filter(\.holdsSlot).flatMap { member in
            let timeout = member.query.statistics.start?.advanced(by: configuration.timeout).firstMomentPast
            return [timeout, member.query.nextDeadline].compactMap { $0 }
        }.min()
    }

    /// Feeds an event.
    public mutating func advance(_ event: QueryPoolEvent<K, String>, at now: Instant) -> QueryPoolState<K, String> {
        switch event {
        case .poll: return others(at: now)
        case .addFindCloserQuery(let id, let target, let seed, let numResults):
            return add(id, target, nil, seed, numResults, at: now)
        case .addQuery(let id, let target, let message, let seed, let numResults):
            return add(id, target, message, seed, numResults, at: now)
        case .stopQuery(let id): return named(id, .cancel, at: now)
        case .nodeResponse(let id, let node, let closer): return named(id, .nodeResponse(node: node, closer: closer), at: now)
        case .nodeFailure(let id, let node, let error): return named(id, .nodeFailure(node: node, error: error), at: now)
        }
    }

    private mutating func add(
        _ id: OperationID, _ target: K, _ message: String?, _ seed: [K], _ numResults: Int?, at now: Instant
    ) -> QueryPoolState<K, String> {
        guard !id.isEmpty else { return .queryRejected(id: id, reason: .emptyID) }
        guard !members.contains(where: { $0.id == id }) else { return .queryRejected(id: id, reason: .idInUse) }
        let count = numResults ?? configuration.replication
        let limits = QueryConfiguration(
            concurrency: configuration.queryConcurrency, numResults: count, requestTimeout: configuration.requestTimeout,
            resiliency: configuration.resiliency.map { min($0, count) })
        do { try limits.validate() } catch { return .queryRejected(id: id, reason: .invalidConfiguration(error)) }
        let query = QueryModel(target: target, seed: seed, localNode: localNode, configuration: limits)
        members.append(Member(id: id, target: target, message: message, query: query))
        return others(at: now)
    }

    private mutating func named(_ id: OperationID, _ event: QueryEvent<K>, at now: Instant) -> QueryPoolState<K, String> {
        guard let index = members.firstIndex(where: { $0.id == id }), members[index].holdsSlot || event == .cancel else {
            ignoredEvents += 1
            return others(at: now)
        }
        return advance(index, event, at: now) ?? others(at: now)
    }

    private mutating func others(at now: Instant) -> QueryPoolState<K, String> {
        for index in members.indices {
            guard members[index].holdsSlot || members.count(where: \.holdsSlot) < configuration.concurrency else { continue }
            if let state = advance(index, .poll, at: now) { return state }
        }
        if members.isEmpty { return .idle }
        return members.count(where: \.holdsSlot) < configuration.concurrency ? .waitingWithCapacity : .waitingAtCapacity
    }

    private mutating func advance(_ index: Int, _ event: QueryEvent<K>, at now: Instant) -> QueryPoolState<K, String>? {
        let member = members[index]
        let state = members[index].query.advance(event, at: now)
        ignoredEvents += members[index].query.ignoredEvents - member.query.ignoredEvents
        switch state {
        case .findCloser(let node, let statistics):
            members[index].holdsSlot = true
            if let message = member.message { return .sendMessage(id: member.id, node: node, message: message, statistics: statistics) }
            return .findCloser(id: member.id, target: member.target, node: node, statistics: statistics)
        case .finished(let closest, let statistics):
            members.remove(at: index)
            return .queryFinished(id: member.id, closest: closest, statistics: statistics)
        case .waitingAtCapacity(let statistics), .waitingWithCapacity(let statistics):
            guard let start = statistics.start, now > start.advanced(by: configuration.timeout) else { return nil }
            _ = members[index].query.advance(.cancel, at: now)
            let query = members.remove(at: index).query
            return .queryTimeout(id: member.id, closest: query.closest, statistics: query.statistics)
        }
    }
}
