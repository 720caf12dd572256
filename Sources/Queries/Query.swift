public import Coordination
public import Kademlia

/// One lookup: finds the nodes closest to a target by asking ever closer ones.
///
/// The driver sends a request for each ``QueryState/findCloser(node:statistics:)`` and feeds back what comes of it.
/// A node goes from `notContacted` to `waiting`, and from there to `succeeded`, `failed` or `unresponsive` (no answer in time);
/// an unresponsive node may still answer late and succeed, or fail.
///
/// An advance applies the event, then expires overdue requests, then walks the known nodes from the closest outward:
/// the query is finished when the k closest that answered have no awaited node between them,
/// else the closest node not contacted yet is asked, if a request is free.
///
/// Source: Maymounkov and Mazières 2002, section 2.3; the walk is that of the Go implementation.
public struct Query<Node: NodeID>: StateMachine, Sendable {
    /// The phase of the lookup.
    private enum Phase: Equatable, Sendable {
        /// Nodes are being asked; goes to `finished`.
        case running
        /// The answer is known and does not change.
        case finished(closest: [Node])
    }

    /// How far the query is with a node, without the deadline of the request.
    @usableFromInline enum Progress: UInt8, Sendable {
        case notContacted, waiting, succeeded, failed, unresponsive
    }

    /// A request that is awaited.
    private struct Request: Equatable, Sendable {
        let slot: Int
        let deadline: Instant
    }

    /// How the query goes about its lookup.
    public let configuration: QueryConfiguration

    /// What the query has done so far.
    public private(set) var statistics = QueryStatistics()

    /// The number of events that made no sense and changed nothing: replies that came twice, from strangers, or after the end.
    public private(set) var ignoredEvents = 0

    /// The node that looks: never asked, never a result.
    private let localKey: Node.Key

    /// All nodes heard of, but for the local one.
    private var known: DistanceRanking<Node>

    /// How far the query is with each node, by slot.
    private var progress: [Progress] = []

    /// The awaited requests, in order of sending; at most `concurrency`.
    private var inFlight: [Request] = []

    /// The rank of the closest node not contacted yet, or the number of known nodes when there is none.
    private var nextRank = 0

    private var phase = Phase.running

    /// A query for the nodes closest to `target`, starting from `seed`.
    ///
    /// - Parameters:
    ///   - localNode: the node that looks. It is left out wherever it turns up.
    ///   - seed: the nodes to start from. Those with equal keys count once.
    /// - Throws: an error that names the field of the configuration that is out of its range.
    public init(
        target: Node.Key, seed: [Node], localNode: Node, configuration: QueryConfiguration = QueryConfiguration()
    ) throws(ConfigurationError) {
        try configuration.validate()
        self.configuration = configuration
        localKey = localNode.key
        known = DistanceRanking(target: target)
        for node in seed { learn(node) }
    }

    /// The key that the query looks for.
    public var target: Node.Key { known.target }

    /// Whether the query has ended.
    public var isFinished: Bool { phase != .running }

    /// The number of nodes heard of.
    public var knownCount: Int { known.count }

    /// The first moment at which a poll could change anything, or `nil`. O(α).
    public var nextDeadline: Instant? {
        guard !isFinished else { return nil }
        return inFlight.lazy.map(\.deadline).min()?.firstMomentPast
    }

    /// Feeds one event to the query. O(log n) to find a node, plus the walk over those already contacted.
    public mutating func advance(_ event: consuming QueryEvent<Node>, at now: Instant) -> QueryState<Node> {
        if case .finished(let closest) = phase {
            ignoreReply(event)
            return .finished(closest: closest, statistics: statistics)
        }
        switch event {
        case .poll: break
        case .nodeResponse(let node, let closer): receiveResponse(from: node, closer: closer)
        case .nodeFailure(let node, _): receiveFailure(from: node)
        case .cancel: return finish(at: now)
        }
        expireRequests(at: now)
        return proceed(at: now)
    }

    /// The nodes that have answered, closest first, up to `numResults` of them.
    public func closestAnswered() -> [Node] {
        var closest: [Node] = []
        for rank in 0..<known.count where progress[known.slot(atRank: rank)] == .succeeded {
            closest.append(known.node(atRank: rank))
            if closest.count == configuration.numResults { break }
        }
        return closest
    }
}

// MARK: - Events

extension Query {
    /// A reply to a finished query comes late: the race between the last answers and the end is normal.
    private mutating func ignoreReply(_ event: QueryEvent<Node>) {
        switch event {
        case .poll, .cancel: break
        case .nodeResponse, .nodeFailure: ignoredEvents += 1
        }
    }

    private mutating func receiveResponse(from node: Node, closer: [Node]) {
        guard let slot = known.slot(of: node.key) else {
            ignoredEvents += 1  // from a stranger
            return
        }
        switch progress[slot] {
        case .waiting:
            stopAwaiting(slot)
        case .unresponsive:
            statistics.failures -= 1  // its expiry was counted; the answer came after all
        case .notContacted, .succeeded, .failed:
            ignoredEvents += 1  // not asked, or answered before
            return
        }
        progress[slot] = .succeeded
        statistics.successes += 1
        for node in closer { learn(node) }
    }

    private mutating func receiveFailure(from node: Node) {
        guard let rank = known.rank(of: node.key) else {
            ignoredEvents += 1  // from a stranger
            return
        }
        let slot = known.slot(atRank: rank)
        switch progress[slot] {
        case .waiting:
            stopAwaiting(slot)
            statistics.failures += 1
        case .unresponsive, .notContacted:
            break  // counted when it expired; or known to be bad before it was asked
        case .succeeded, .failed:
            ignoredEvents += 1  // answered before
            return
        }
        progress[slot] = .failed
        if rank == nextRank { moveToNextNotContacted() }
    }
}

// MARK: - The walk

extension Query {
    private mutating func expireRequests(at now: Instant) {
        guard inFlight.contains(where: { $0.deadline.hasPassed(at: now) }) else { return }
        for request in inFlight where request.deadline.hasPassed(at: now) {
            progress[request.slot] = .unresponsive
            statistics.failures += 1
        }
        inFlight.removeAll { $0.deadline.hasPassed(at: now) }
    }

    private mutating func proceed(at now: Instant) -> QueryState<Node> {
        if hasConverged { return finish(at: now) }
        let atCapacity = inFlight.count >= configuration.concurrency
        if nextRank < known.count {
            return atCapacity ? .waitingAtCapacity(statistics: statistics) : request(at: now)
        }
        if inFlight.isEmpty { return finish(at: now) }
        return atCapacity ? .waitingAtCapacity(statistics: statistics) : .waitingWithCapacity(statistics: statistics)
    }

    /// Whether the k-th success from the closest outward comes before any awaited node and any node not contacted.
    private var hasConverged: Bool {
        guard statistics.successes >= configuration.numResults else { return false }
        var successes = 0
        for rank in 0..<nextRank {
            switch progress[known.slot(atRank: rank)] {
            case .waiting, .notContacted: return false
            case .succeeded:
                successes += 1
                if successes == configuration.numResults { return true }
            case .failed, .unresponsive: break
            }
        }
        return false
    }

    private mutating func request(at now: Instant) -> QueryState<Node> {
        let slot = known.slot(atRank: nextRank)
        progress[slot] = .waiting
        inFlight.append(Request(slot: slot, deadline: now.advanced(by: configuration.requestTimeout)))
        statistics.requests += 1
        if statistics.start == nil { statistics.start = now }
        moveToNextNotContacted()
        return .findCloser(node: known.nodes[slot], statistics: statistics)
    }

    private mutating func finish(at now: Instant) -> QueryState<Node> {
        let closest = closestAnswered()
        phase = .finished(closest: closest)
        statistics.end = now
        return .finished(closest: closest, statistics: statistics)
    }
}

// MARK: - The known nodes

extension Query {
    private mutating func learn(_ node: Node) {
        guard node.key != localKey, let rank = known.insert(node) else { return }
        progress.append(.notContacted)
        nextRank = Swift.min(nextRank, rank)
    }

    private mutating func stopAwaiting(_ slot: Int) {
        inFlight.removeAll { $0.slot == slot }
    }

    private mutating func moveToNextNotContacted() {
        while nextRank < known.count, progress[known.slot(atRank: nextRank)] != .notContacted { nextRank += 1 }
    }
}

extension Query: Equatable {}

extension Query {
    /// The known nodes with how far the query is with each, closest first. For observers. O(n).
    public var candidates: [QueryCandidate<Node>] {
        var deadlines: [Int: Instant] = [:]
        for request in inFlight { deadlines[request.slot] = request.deadline }
        return (0..<known.count).map { rank in
            let slot = known.slot(atRank: rank)
            let status: QueryCandidate<Node>.Status =
                switch progress[slot] {
                case .notContacted: .notContacted
                case .waiting: .waiting(deadline: deadlines[slot] ?? .distantFuture)
                case .succeeded: .succeeded
                case .failed: .failed
                case .unresponsive: .unresponsive
                }
            return QueryCandidate(node: known.nodes[slot], status: status)
        }
    }

    /// Checks that the columns agree with each other. For tests. O(n log n).
    ///
    /// - Returns: what is wrong, or `nil`.
    public func brokenInvariant() -> String? {
        if let problem = known.brokenInvariant() { return problem }
        guard progress.count == known.count else { return "nodes and progress differ in number" }
        let waiting = progress.indices.filter { progress[$0] == .waiting }
        guard waiting == inFlight.map(\.slot).sorted() else { return "the waiting nodes are not those in flight" }
        guard inFlight.count <= configuration.concurrency else { return "more requests in flight than allowed" }
        let firstFree = (0..<known.count).first { progress[known.slot(atRank: $0)] == .notContacted } ?? known.count
        guard nextRank == firstFree else { return "the next node to ask is at rank \(firstFree), not \(nextRank)" }
        guard statistics.successes == progress.filter({ $0 == .succeeded }).count else { return "the successes are miscounted" }
        guard statistics.successes + statistics.failures + inFlight.count <= statistics.requests else {
            return "more outcomes than requests"
        }
        guard known.rank(of: localKey) == nil else { return "the local node is among the known" }
        return nil
    }
}
