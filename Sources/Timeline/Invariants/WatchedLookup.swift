internal import Coordination
internal import Kademlia
internal import Queries

/// What a checker reckons of one lookup from the requests and replies that it has seen, by the rules of the semantics alone.
struct WatchedLookup: Sendable {
    /// How far the lookup is with a node.
    enum Progress: UInt8, Sendable {
        case notContacted, asked, succeeded, failed
        /// Known to be bad before it was asked.
        case ruledOut
        /// Asked, and left out of the final set before it answered.
        case abandoned
    }

    /// What a lookup would do if it were polled.
    enum Outlook: Equatable {
        /// It would ask this node.
        case asks(NetworkNode)
        /// It would wait for replies.
        case waits
        /// It would end, by itself or because its time is over.
        case ends(timedOut: Bool)
    }

    /// A request without a reply whose time is not over.
    struct Request: Sendable {
        let slot: Int
        let deadline: Instant
    }

    /// The nodes heard of, but for the local one.
    private(set) var known: DistanceRanking<NetworkNode>
    /// By slot.
    private var progress: [Progress] = []
    /// In order of their deadlines: all requests have the same time, and time does not run backwards.
    private(set) var inFlight: [Request] = []
    /// The time of the first request.
    private(set) var firstAsked: Instant?
    /// The number of requests.
    private(set) var requests = 0
    /// The number of nodes that answered.
    private(set) var successes = 0
    /// The rank of the closest node not contacted; the number of known nodes if there is none.
    private var nextRank = 0
    /// The nodes that its follow-up ends with, closest first; empty before it begins.
    private(set) var finalSet: [NetworkNode] = []
    private let localKey: Key256

    /// A lookup that has asked nobody.
    init(target: Key256, seed: [NetworkNode], localKey: Key256) {
        known = DistanceRanking(target: target)
        self.localKey = localKey
        learn(seed)
    }

    /// The closest known node that was not contacted.
    var next: NetworkNode? {
        if isFollowingUp { return finalSet.first { progress(of: $0) == .notContacted } }
        return nextRank < known.count ? known.node(atRank: nextRank) : nil
    }

    /// How far the lookup is with a node; `nil` if it does not know it.
    func progress(of node: NetworkNode) -> Progress? {
        known.slot(of: node.key).map { progress[$0] }
    }

    private mutating func learn(_ nodes: [NetworkNode]) {
        var hint = 0
        for node in nodes where node.key != localKey {
            guard let rank = known.insert(node, near: &hint) else { continue }
            progress.append(.notContacted)
            if rank < nextRank { nextRank = rank }
        }
    }

    /// Takes a reply; `nil` for closer nodes is a failure.
    ///
    /// - Returns: whether the reply makes sense. If not, nothing has changed.
    mutating func receive(from node: NetworkNode, closer: [NetworkNode]?) -> Bool {
        guard firstAsked != nil, let slot = known.slot(of: node.key), !isLeftOut(node) else { return false }
        switch (progress[slot], closer) {
        case (.asked, let closer?):
            progress[slot] = .succeeded
            successes += 1
            if !isFollowingUp { learn(closer) }
        case (.asked, nil):
            progress[slot] = .failed
        case (.notContacted, nil):
            progress[slot] = .ruledOut
            moveToNext()
        case (.notContacted, _?), (.succeeded, _), (.failed, _), (.ruledOut, _), (.abandoned, _):
            return false
        }
        inFlight.removeAll { $0.slot == slot }
        return true
    }

    /// Takes note of a request.
    mutating func ask(_ node: NetworkNode, at now: Instant, timeout: Nanoseconds) {
        learn([node])
        guard let slot = known.slot(of: node.key) else { return }
        progress[slot] = .asked
        inFlight.removeAll { $0.slot == slot }
        inFlight.append(Request(slot: slot, deadline: now.advanced(by: timeout)))
        requests += 1
        firstAsked = firstAsked ?? now
        moveToNext()
    }

    private mutating func moveToNext() {
        while nextRank < known.count, progress[known.slot(atRank: nextRank)] != .notContacted { nextRank += 1 }
    }

    /// Forgets the requests whose time is over.
    mutating func expire(at now: Instant) {
        guard let first = inFlight.first, first.deadline.hasPassed(at: now) else { return }
        inFlight.removeAll { $0.deadline.hasPassed(at: now) }
    }

    /// What the lookup would do: section 3 of the semantics. What is overdue must have been expired.
    func outlook(at now: Instant, _ limits: QueryPoolConfiguration) -> Outlook {
        if isOver(limits) {
            guard limits.resiliency != nil else { return .ends(timedOut: false) }
            var followUp = self
            followUp.beginFollowUp(limits.replication)
            return followUp.outlook(at: now, limits)
        }
        if let next, isFollowingUp || inFlight.count < limits.queryConcurrency { return .asks(next) }
        if inFlight.isEmpty { return .ends(timedOut: false) }
        guard let firstAsked, firstAsked.advanced(by: limits.timeout).hasPassed(at: now) else { return .waits }
        return .ends(timedOut: true)
    }

    /// Whether the k-th success from the closest outward comes before any node in flight and any node not contacted.
    private func hasConverged(_ k: Int) -> Bool {
        var successes = 0
        for rank in 0..<nextRank {
            let slot = known.slot(atRank: rank)
            switch progress[slot] {
            case .succeeded:
                successes += 1
                if successes == k { return true }
            case .asked:
                if isInFlight(slot) { return false }
            case .notContacted, .failed, .ruledOut, .abandoned: break
            }
        }
        return false
    }

    private func isInFlight(_ slot: Int) -> Bool { inFlight.contains { $0.slot == slot } }

    /// The nodes that are awaited.
    var awaited: [NetworkNode] { inFlight.map { known.node(atSlot: $0.slot) } }

    /// The k closest of those that answered, closest first. O(n).
    func closestAnswered(_ k: Int) -> [NetworkNode] {
        Array((0..<known.count).lazy.filter { progress[known.slot(atRank: $0)] == .succeeded }.prefix(k).map { known.node(atRank: $0) })
    }

    /// The known nodes that are neither failed nor unresponsive, closest first, as long as the closure wants more.
    func visitViable(_ wantsMore: (NetworkNode) -> Bool) {
        for rank in 0..<known.count {
            let slot = known.slot(atRank: rank)
            switch progress[slot] {
            case .failed, .ruledOut: continue
            case .asked where !isInFlight(slot): continue
            case .notContacted, .asked, .succeeded, .abandoned: break
            }
            guard wantsMore(known.node(atRank: rank)) else { return }
        }
    }

    /// The k closest of those, closest first.
    func closestViable(_ k: Int) -> [NetworkNode] {
        var closest: [NetworkNode] = []
        visitViable { node in
            closest.append(node)
            return closest.count < k
        }
        return closest
    }

    /// The first moment at which time changes what the lookup would do; `nil` if never.
    func nextChange(_ limits: QueryPoolConfiguration) -> Instant? {
        guard let deadline = inFlight.first?.deadline, let firstAsked else { return nil }
        let end = firstAsked.advanced(by: limits.timeout)
        return min(deadline, end).firstMomentPast
    }
}

// MARK: - The follow-up

extension WatchedLookup {
    /// Whether the lookup is over and its final set is followed up.
    var isFollowingUp: Bool { !finalSet.isEmpty }

    /// Whether enough of the closest nodes have answered, and nothing is followed up yet.
    func isOver(_ limits: QueryPoolConfiguration) -> Bool {
        let needed = limits.resiliency ?? limits.replication
        return !isFollowingUp && successes >= needed && hasConverged(needed)
    }

    /// Fixes the final set; other requests are abandoned.
    mutating func beginFollowUp(_ k: Int) {
        finalSet = closestViable(k)
        for request in inFlight where isLeftOut(known.node(atSlot: request.slot)) { progress[request.slot] = .abandoned }
        inFlight.removeAll { progress[$0.slot] == .abandoned }
    }

    /// Whether the final set is fixed without this node.
    private func isLeftOut(_ node: NetworkNode) -> Bool {
        isFollowingUp && !finalSet.contains { $0.key == node.key }
    }

    /// The nodes that it ends with, closest first: its final set, if there is one and its time is not over, else the k closest that answered.
    func result(_ k: Int, timedOut: Bool) -> [NetworkNode] {
        isFollowingUp && !timedOut ? finalSet : closestAnswered(k)
    }
}
