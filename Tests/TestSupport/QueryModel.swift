public import Coordination
internal import Kademlia
public import Queries

/// A lookup as plainly as the semantics has it: one sorted list, walked from the start each time. To compare the real one with.
public struct QueryModel<K: TestKey> {
    private enum Status: Equatable {
        case notContacted, succeeded, failed, unresponsive, abandoned
        case waiting(Instant)
    }

    private let target: K
    private let localNode: K
    private let configuration: QueryConfiguration
    private var nodes: [(node: K, status: Status)] = []
    private var end: QueryState<K>?
    /// The nodes that the follow-up ends with, once it has begun.
    private var finalSet: [K]?

    /// What the query has done so far.
    public private(set) var statistics = QueryStatistics()
    /// The number of events that made no sense.
    public private(set) var ignoredEvents = 0

    /// A lookup that has not asked anybody.
    public init(target: K, seed: [K], localNode: K, configuration: QueryConfiguration) {
        self.target = target
        self.localNode = localNode
        self.configuration = configuration
        for node in seed { learn(node) }
    }

    /// Whether it has ended.
    public var isFinished: Bool { end != nil }

    /// The nodes that answered, closest first, at most k.
    public var closest: [K] {
        Array(nodes.filter { $0.status == .succeeded }.map(\.node).prefix(configuration.numResults))
    }

    /// The first moment at which a poll could change anything.
    public var nextDeadline: Instant? {
        guard end == nil else { return nil }
        return nodes.compactMap { if case .waiting(let deadline) = $0.status { deadline } else { nil } }.min()?.firstMomentPast
    }

    /// Feeds an event.
    public mutating func advance(_ event: QueryEvent<K>, at now: Instant) -> QueryState<K> {
        if let end {
            if case .nodeResponse = event { ignoredEvents += 1 }
            if case .nodeFailure = event { ignoredEvents += 1 }
            return end
        }
        switch event {
        case .poll: break
        case .cancel: return finish(at: now)
        case .nodeResponse(let node, let closer): respond(node, closer)
        case .nodeFailure(let node, _): fail(node)
        }
        expire(at: now)
        return walk(at: now)
    }

    private mutating func learn(_ node: K) {
        guard node != localNode, !nodes.contains(where: { $0.node == node }) else { return }
        nodes.append((node, .notContacted))
        nodes.sort { [target] in $0.node.isCloser(to: target, than: $1.node) }
    }

    private func isLeftOut(_ node: K) -> Bool { finalSet.map { !$0.contains(node) } ?? false }

    private mutating func respond(_ node: K, _ closer: [K]) {
        guard let index = nodes.firstIndex(where: { $0.node == node }), !isLeftOut(node) else {
            ignoredEvents += 1
            return
        }
        switch nodes[index].status {
        case .notContacted, .succeeded, .failed, .abandoned:
            ignoredEvents += 1
            return
        case .unresponsive: statistics.failures -= 1
        case .waiting: break
        }
        nodes[index].status = .succeeded
        statistics.successes += 1
        if finalSet == nil { for node in closer { learn(node) } }
    }

    private mutating func fail(_ node: K) {
        guard let index = nodes.firstIndex(where: { $0.node == node }), !isLeftOut(node) else {
            ignoredEvents += 1
            return
        }
        switch nodes[index].status {
        case .succeeded, .failed, .abandoned: ignoredEvents += 1
        case .notContacted, .unresponsive: nodes[index].status = .failed
        case .waiting:
            nodes[index].status = .failed
            statistics.failures += 1
        }
    }

    private mutating func expire(at now: Instant) {
        for index in nodes.indices {
            guard case .waiting(let deadline) = nodes[index].status, now > deadline else { continue }
            nodes[index].status = .unresponsive
            statistics.failures += 1
        }
    }

    private mutating func walk(at now: Instant) -> QueryState<K> {
        let inFlight = nodes.count { if case .waiting = $0.status { true } else { false } }
        let isFull = inFlight >= configuration.concurrency
        if finalSet != nil { return followUp(at: now) }
        var successes = 0
        var passedWaiting = false
        for index in nodes.indices {
            switch nodes[index].status {
            case .succeeded:
                successes += 1
                if successes == configuration.resiliency ?? configuration.numResults, !passedWaiting { return endLookup(at: now) }
            case .waiting: passedWaiting = true
            case .failed, .unresponsive, .abandoned: break
            case .notContacted: return isFull ? .waitingAtCapacity(statistics: statistics) : ask(index, at: now)
            }
        }
        if inFlight == 0 { return finish(at: now) }
        return isFull ? .waitingAtCapacity(statistics: statistics) : .waitingWithCapacity(statistics: statistics)
    }

    private mutating func ask(_ index: Int, at now: Instant) -> QueryState<K> {
        nodes[index].status = .waiting(now.advanced(by: configuration.requestTimeout))
        statistics.requests += 1
        statistics.start = statistics.start ?? now
        return .findCloser(node: nodes[index].node, statistics: statistics)
    }

    /// Enough of the closest have answered: the k closest that did not fail are the final set, and the rest of it is followed up.
    private mutating func endLookup(at now: Instant) -> QueryState<K> {
        let viable = nodes.filter { ![.failed, .unresponsive].contains($0.status) }.prefix(configuration.numResults)
        if viable.allSatisfy({ $0.status == .succeeded }) { return finish(at: now) }
        finalSet = viable.map(\.node)
        for index in nodes.indices where isLeftOut(nodes[index].node) {
            if case .waiting = nodes[index].status { nodes[index].status = .abandoned }
        }
        return followUp(at: now)
    }

    private mutating func followUp(at now: Instant) -> QueryState<K> {
        let members = nodes.indices.filter { !isLeftOut(nodes[$0].node) }
        if let next = members.first(where: { nodes[$0].status == .notContacted }) { return ask(next, at: now) }
        let isAwaiting = members.contains { if case .waiting = nodes[$0].status { true } else { false } }
        return isAwaiting ? .waitingAtCapacity(statistics: statistics) : finish(with: finalSet ?? [], at: now)
    }

    private mutating func finish(at now: Instant) -> QueryState<K> { finish(with: closest, at: now) }

    private mutating func finish(with closest: [K], at now: Instant) -> QueryState<K> {
        statistics.end = now
        let state = QueryState.finished(closest: closest, statistics: statistics)
        end = state
        return state
    }
}
