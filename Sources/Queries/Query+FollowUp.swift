public import Coordination
public import Kademlia

/// The follow-up of a lookup that ended with fewer answers than the nodes it looks for: ``QueryConfiguration/resiliency``.
///
/// Source: go-libp2p-kad-dht v1, lookup with follow-up.
extension Query {
    /// Whether the lookup is over and the nodes of its final set are asked or awaited.
    @inlinable
    public var isFollowingUp: Bool { followUpEnd > 0 && !hasFinished }

    /// The nodes that a follow-up ends with, closest first, whatever they answer; empty before it begins and once the query has ended.
    @inlinable
    public var finalSet: [Node] { isFollowingUp ? closest : [] }

    /// Goes on once the lookup is over: asks the rest of the final set, one node at a time, and waits for the answers.
    ///
    /// It never waits with capacity: all requests that may ever be sent are then in flight.
    @inlinable @inline(never)
    mutating func followUp(at now: Instant) -> Work {
        if !isFollowingUp, !beginFollowUp() { return finish(at: now) }
        if nextRank < followUpEnd {
            askNext(at: now)
            return .ask
        }
        return inFlight.isEmpty ? end(at: now) : .waitAtCapacity
    }

    /// Fixes the final set, and abandons the requests to other nodes; nothing, if all nodes of the set have answered. O(n).
    ///
    /// No node is learned from now on, so the ranks stay as they are. Up to the end of the set every node that is not in it has failed or
    /// is unresponsive: so each that is awaited, or left to ask, is in it.
    ///
    /// - Returns: whether there is anything to follow up.
    @inlinable
    mutating func beginFollowUp() -> Bool {
        var final: [Node] = []
        var end = 0
        var isAnswered = true
        for rank in 0..<known.count where final.count < rules.numResults {
            let slot = known.slot(atRank: rank)
            switch progress[slot] {
            case .failed, .unresponsive, .abandoned: continue
            case .notContacted, .waiting: isAnswered = false
            case .succeeded: break
            }
            final.append(known.node(atSlot: slot))
            end = rank &+ 1
        }
        if isAnswered { return false }
        closest = final
        followUpEnd = end
        answersNeeded = 0
        for rank in end..<known.count where progress[known.slot(atRank: rank)] == .waiting {
            progress[known.slot(atRank: rank)] = .abandoned
        }
        inFlight.removeAll { progress[$0.slot] == .abandoned }
        findEarliestDeadline()
        return true
    }

    /// Whether the final set is fixed without this node. O(k).
    @inlinable
    func isLeftOut(_ key: Node.Key) -> Bool {
        answersNeeded == 0 && !closest.contains { $0.key == key }
    }

    /// What is wrong with the follow-up of a query that runs, or `nil`.
    func brokenFollowUp() -> String? {
        let abandoned = (0..<known.count).filter { progress[known.slot(atRank: $0)] == .abandoned }
        guard isFollowingUp else {
            guard followUpEnd == 0, answersNeeded == rules.answersNeeded else { return "it needs another number of answers" }
            return abandoned.isEmpty ? nil : "requests are abandoned before the lookup is over"
        }
        guard rules.resiliency != nil, answersNeeded == 0 else { return "it follows up, though it should not" }
        let ranks = closest.compactMap { known.rank(of: $0.key) }
        guard ranks.count == closest.count, ranks.count <= rules.numResults, ranks == ranks.sorted(), ranks.last == followUpEnd - 1 else {
            return "the final set is not as it should be"
        }
        guard abandoned.allSatisfy({ $0 >= followUpEnd }) else { return "a node of the final set is abandoned" }
        guard inFlight.allSatisfy({ request in closest.contains { $0.key == known.node(atSlot: request.slot).key } }) else {
            return "a node is awaited that is not in the final set"
        }
        let left = (0..<followUpEnd).filter { progress[known.slot(atRank: $0)] == .notContacted }
        return left.allSatisfy(ranks.contains) ? nil : "a node is to be asked that is not in the final set"
    }
}
