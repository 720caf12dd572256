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
/// With ``QueryConfiguration/resiliency`` set, fewer answers end the lookup, and a follow-up asks the rest of the k closest.
///
/// Source: Maymounkov and Mazières 2002, section 2.3; the walk is that of the Go implementation.
public struct Query<Node: NodeID>: StateMachine, Sendable {
    /// How far the query is with a node, without the deadline of the request.
    @usableFromInline enum Progress: UInt8, Sendable {
        case notContacted, waiting, succeeded, failed, unresponsive, abandoned
    }

    /// A request that is awaited.
    @usableFromInline struct Request: Equatable, Sendable {
        @usableFromInline let slot: Int
        @usableFromInline let deadline: Instant

        @inlinable init(slot: Int, deadline: Instant) {
            self.slot = slot
            self.deadline = deadline
        }
    }

    /// How the query goes about its lookup.
    public var configuration: QueryConfiguration { rules }

    /// What the query has done so far.
    @inlinable
    public var statistics: QueryStatistics { done }

    /// The number of events that made no sense and changed nothing: replies that came twice, from strangers, or after the end.
    @inlinable
    public var ignoredEvents: Int { ignored }

    /// Whether the query has ended. It runs from the start on, and once finished its answer does not change.
    public var isFinished: Bool { hasFinished }

    @usableFromInline var rules: QueryConfiguration
    @usableFromInline var done = QueryStatistics()
    @usableFromInline var ignored = 0
    @usableFromInline var hasFinished = false

    /// The answer, once finished; the final set, while it is followed up.
    @usableFromInline var closest: [Node] = []

    /// The node that looks: never asked, never a result.
    @usableFromInline var localKey: Node.Key

    /// All nodes heard of, but for the local one.
    @usableFromInline var known: DistanceRanking<Node>

    /// How far the query is with each node, by slot.
    @usableFromInline var progress: [Progress] = []

    /// The awaited requests, in order of sending; at most `concurrency`.
    @usableFromInline var inFlight: [Request] = []

    /// The earliest deadline of those requests; the end of time when there are none.
    @usableFromInline var earliestDeadline = Instant.distantFuture

    /// The rank of the closest node not contacted yet, or the number of known nodes when there is none.
    @usableFromInline var nextRank = 0

    /// The number of answers that end the lookup; 0 while the final set is followed up.
    @usableFromInline var answersNeeded: Int

    /// The rank behind the last node of the final set, once it is followed up; 0 before.
    @usableFromInline var followUpEnd = 0

    /// A query for the nodes closest to `target`, starting from `seed`.
    ///
    /// - Parameters:
    ///   - target: the key that the query looks for.
    ///   - seed: the nodes to start from. Those with equal keys count once.
    ///   - localNode: the node that looks. It is left out wherever it turns up.
    ///   - configuration: how the query goes about its lookup.
    /// - Throws: an error that names the field of the configuration that is out of its range.
    @inlinable
    public init(
        target: Node.Key, seed: [Node], localNode: Node, configuration: QueryConfiguration = QueryConfiguration()
    ) throws(ConfigurationError) {
        try configuration.validate()
        self.init(target: target, seed: seed, localKey: localNode.key, validated: configuration)
    }

    @inlinable
    init(target: Node.Key, seed: [Node], localKey: Node.Key, validated configuration: QueryConfiguration) {
        rules = configuration
        answersNeeded = configuration.answersNeeded
        self.localKey = localKey
        known = DistanceRanking(target: target)
        learn(seed: seed)
    }

    /// Begins anew with another target and seed, as a new query would. The memory is used again.
    ///
    /// - Parameter configuration: a valid one.
    @inlinable
    mutating func restart(target: Node.Key, seed: [Node], configuration: QueryConfiguration) {
        rules = configuration
        done = QueryStatistics()
        ignored = 0
        hasFinished = false
        known.reset(target: target)
        progress.removeAll(keepingCapacity: true)
        inFlight.removeAll(keepingCapacity: true)
        earliestDeadline = .distantFuture
        nextRank = 0
        answersNeeded = configuration.answersNeeded
        followUpEnd = 0
        learn(seed: seed)
    }

    /// The key that the query looks for.
    @inlinable
    public var target: Node.Key { known.target }

    /// The number of nodes heard of.
    public var knownCount: Int { known.count }

    /// The first moment at which a poll could change anything, or `nil`. O(1).
    @inlinable
    public var nextDeadline: Instant? {
        hasFinished || inFlight.isEmpty ? nil : earliestDeadline.firstMomentPast
    }

    /// Feeds one event to the query. O(log n) to find a node, plus the walk over those already contacted.
    @inlinable
    public mutating func advance(_ event: consuming QueryEvent<Node>, at now: Instant) -> QueryState<Node> {
        let work = perform(event, at: now)
        return switch work {
        case .ask: .findCloser(node: lastAsked, statistics: done)
        case .waitAtCapacity: .waitingAtCapacity(statistics: done)
        case .waitWithCapacity: .waitingWithCapacity(statistics: done)
        case .finished: .finished(closest: closest, statistics: done)
        }
    }

    /// What came of an event, without what can be read off the query itself: a byte, because it is handed on several times.
    @usableFromInline enum Work: UInt8 {
        /// Send a request to the node `lastAsked`.
        case ask
        case waitAtCapacity
        case waitWithCapacity
        case finished
    }

    /// Does what ``advance(_:at:)`` does.
    @inlinable
    mutating func perform(_ event: consuming QueryEvent<Node>, at now: Instant) -> Work {
        if hasFinished {
            ignoreReply(event)
            return .finished
        }
        switch consume event {
        case .poll: break
        case .nodeResponse(let node, let closer): receiveResponse(from: node.key, closer: closer)
        case .nodeFailure(let node, _): receiveFailure(from: node.key)
        case .cancel: return finish(at: now)
        }
        if earliestDeadline.hasPassed(at: now) { expireRequests(at: now) }
        return proceed(at: now)
    }

    /// The nodes that have answered, closest first, up to `numResults` of them.
    @inlinable
    public func closestAnswered() -> [Node] {
        var closest: [Node] = []
        closest.reserveCapacity(Swift.min(rules.numResults, done.successes))
        for rank in 0..<known.count where progress[known.slot(atRank: rank)] == .succeeded {
            closest.append(known.node(atRank: rank))
            if closest.count == rules.numResults { break }
        }
        return closest
    }
}

// MARK: - Events

extension Query {
    /// A reply to a finished query comes late: the race between the last answers and the end is normal.
    @inlinable
    mutating func ignoreReply(_ event: consuming QueryEvent<Node>) {
        switch consume event {
        case .poll, .cancel: break
        case .nodeResponse, .nodeFailure: ignored &+= 1
        }
    }

    @inlinable
    mutating func receiveResponse(from key: Node.Key, closer: [Node]) {
        guard let slot = slot(ofReplyFrom: key) else {
            ignored &+= 1  // from a stranger
            return
        }
        switch progress[slot] {
        case .waiting:
            stopAwaiting(slot)
        case .unresponsive where !isLeftOut(key):
            done.failures &-= 1  // its expiry was counted; the answer came after all
        case .notContacted, .succeeded, .failed, .unresponsive, .abandoned:
            ignored &+= 1  // not asked, or answered before, or left out of the final set
            return
        }
        progress[slot] = .succeeded
        done.successes &+= 1
        if answersNeeded == 0 { return }  // the final set is fixed
        var hint = 0
        for node in closer { learn(node, near: &hint) }
    }

    @inlinable
    mutating func receiveFailure(from key: Node.Key) {
        guard let slot = slot(ofReplyFrom: key) else {
            ignored &+= 1  // from a stranger
            return
        }
        switch progress[slot] {
        case .waiting:
            stopAwaiting(slot)
            done.failures &+= 1
        case .unresponsive where !isLeftOut(key), .notContacted where !isLeftOut(key):
            break  // counted when it expired; or known to be bad before it was asked
        case .succeeded, .failed, .unresponsive, .notContacted, .abandoned:
            ignored &+= 1  // answered before, or left out of the final set
            return
        }
        progress[slot] = .failed
        moveToNextNotContacted()
    }

    /// The slot of a node that replied; `nil` for a stranger. Replies tend to come in the order of sending. O(log n).
    @inlinable @inline(__always)  // else the call copies the query
    func slot(ofReplyFrom key: Node.Key) -> Int? {
        if let oldest = inFlight.first, known.node(atSlot: oldest.slot).key == key { return oldest.slot }
        return known.slot(of: key)
    }
}

// MARK: - The walk

extension Query {
    @inlinable
    mutating func expireRequests(at now: Instant) {
        for request in inFlight where request.deadline.hasPassed(at: now) {
            progress[request.slot] = .unresponsive
            done.failures &+= 1
        }
        inFlight.removeAll { $0.deadline.hasPassed(at: now) }
        findEarliestDeadline()
    }

    @inlinable
    mutating func proceed(at now: Instant) -> Work {
        if done.successes >= answersNeeded, hasConverged { return rules.resiliency == nil ? finish(at: now) : followUp(at: now) }
        let atCapacity = inFlight.count >= rules.concurrency
        if nextRank < known.count {
            if atCapacity { return .waitAtCapacity }
            askNext(at: now)
            return .ask
        }
        if inFlight.isEmpty { return finish(at: now) }
        return atCapacity ? .waitAtCapacity : .waitWithCapacity
    }

    /// Whether the last success needed, from the closest outward, comes before any awaited node and any node not contacted.
    @inlinable
    var hasConverged: Bool {
        if answersNeeded == 0 { return true }  // it had, and the final set is followed up
        var successes = 0
        for rank in 0..<nextRank {
            switch progress[known.slot(atRank: rank)] {
            case .waiting, .notContacted: return false
            case .succeeded:
                successes &+= 1
                if successes == answersNeeded { return true }
            case .failed, .unresponsive, .abandoned: break
            }
        }
        return false
    }

    @inlinable
    mutating func askNext(at now: Instant) {
        let slot = known.slot(atRank: nextRank)
        let deadline = now.advanced(by: rules.requestTimeout)
        progress[slot] = .waiting
        inFlight.append(Request(slot: slot, deadline: deadline))
        if deadline < earliestDeadline { earliestDeadline = deadline }
        done.requests &+= 1
        if done.start == nil { done.start = now }
        moveToNextNotContacted()
    }

    /// The node that was asked last. Only right after it was.
    @inlinable
    var lastAsked: Node { known.node(atSlot: inFlight[inFlight.count &- 1].slot) }

    @inlinable
    mutating func finish(at now: Instant) -> Work {
        closest = closestAnswered()
        return end(at: now)
    }

    @inlinable
    mutating func end(at now: Instant) -> Work {
        hasFinished = true
        done.end = now
        return .finished
    }
}

// MARK: - The known nodes

extension Query {
    @inlinable
    mutating func learn(seed: [Node]) {
        known.fill(with: seed.contains { $0.key == localKey } ? seed.filter { $0.key != localKey } : seed)
        progress.append(contentsOf: repeatElement(.notContacted, count: known.count))
        inFlight.reserveCapacity(Swift.min(rules.concurrency, 16))
    }

    @inlinable
    mutating func learn(_ node: Node, near hint: inout Int) {
        guard node.key != localKey, let rank = known.insert(node, near: &hint) else { return }
        progress.append(.notContacted)
        if rank < nextRank { nextRank = rank }
    }

    @inlinable
    mutating func stopAwaiting(_ slot: Int) {
        guard let index = inFlight.firstIndex(where: { $0.slot == slot }) else { return }
        let request = inFlight.remove(at: index)
        if request.deadline == earliestDeadline { findEarliestDeadline() }
    }

    @inlinable
    mutating func findEarliestDeadline() {
        earliestDeadline = .distantFuture
        for request in inFlight where request.deadline < earliestDeadline { earliestDeadline = request.deadline }
    }

    @inlinable
    mutating func moveToNextNotContacted() {
        while nextRank < known.count, progress[known.slot(atRank: nextRank)] != .notContacted { nextRank &+= 1 }
    }
}

extension Query: Equatable {}

extension Query {
    /// The known nodes with how far the query is with each, closest first. For observers. O(n).
    @inlinable
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
                case .abandoned: .abandoned
                }
            return QueryCandidate(node: known.node(atSlot: slot), status: status)
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
        guard inFlight.count <= rules.concurrency || isFollowingUp else { return "more requests in flight than allowed" }
        guard earliestDeadline == inFlight.map(\.deadline).min() ?? .distantFuture else {
            return "the earliest deadline is not the earliest"
        }
        let firstFree = (0..<known.count).first { progress[known.slot(atRank: $0)] == .notContacted } ?? known.count
        guard nextRank == firstFree else { return "the next node to ask is at rank \(firstFree), not \(nextRank)" }
        guard done.successes == progress.filter({ $0 == .succeeded }).count else { return "the successes are miscounted" }
        guard done.successes + done.failures + inFlight.count <= done.requests else {
            return "more outcomes than requests"
        }
        guard known.rank(of: localKey) == nil else { return "the local node is among the known" }
        return hasFinished ? nil : brokenFollowUp()
    }
}
