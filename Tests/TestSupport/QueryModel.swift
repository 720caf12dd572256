public import Coordination
internal import Kademlia
public import Queries

/// A lookup as plainly as the semantics has it: one sorted list, walked from the start each time. To compare the real one with.
public struct QueryModel<K: TestKey> {
    private enum Status: Equatable {
        case notContacted, succeeded, failed, unresponsive
        case waiting(Instant)
    }

    private let target: K
    private let localNode: K
    private let configuration: QueryConfiguration
    private var nodes: [(node: K, status: Status)] = []
    private var end: QueryState<K>?

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

    private mutating func respond(_ node: K, _ closer: [K]) {
        guard let index = nodes.firstIndex(where: { $0.node == node }) else {
            ignoredEvents += 1
            return
        }
        switch nodes[index].status {
        case .notContacted, .succeeded, .failed:
            ignoredEvents += 1
            return
        case .unresponsive: statistics.failures -= 1
        case .waiting: break
        }
        nodes[index].status = .succeeded
        statistics.successes += 1
        for node in closer { learn(node) }
    }

    private mutating func fail(_ node: K) {
        guard let index = nodes.firstIndex(where: { $0.node == node }) else {
            ignoredEvents += 1
            return
        }
        switch nodes[index].status {
        case .succeeded, .failed: ignoredEvents += 1
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
        var successes = 0
        var passedWaiting = false
        for index in nodes.indices {
            switch nodes[index].status {
            case .succeeded:
                successes += 1
                if successes == configuration.numResults, !passedWaiting { return finish(at: now) }
            case .waiting: passedWaiting = true
            case .failed, .unresponsive: break
            case .notContacted:
                if isFull { return .waitingAtCapacity(statistics: statistics) }
                nodes[index].status = .waiting(now.advanced(by: configuration.requestTimeout))
                statistics.requests += 1
                statistics.start = statistics.start ?? now
                return .findCloser(node: nodes[index].node, statistics: statistics)
            }
        }
        if inFlight == 0 { return finish(at: now) }
        return isFull ? .waitingAtCapacity(statistics: statistics) : .waitingWithCapacity(statistics: statistics)
    }

    private mutating func finish(at now: Instant) -> QueryState<K> {
        statistics.end = now
        let state = QueryState.finished(closest: closest, statistics: statistics)
        end = state
        return state
    }
}
