internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// The walk of an Optimistic that knows the network's size: O1 in part, O2 and Q3.
extension InvariantChecker {
    /// O1: the thresholds are those of the configuration.
    func judge(_ thresholds: OptimisticThresholds<Key256>, of broadcast: WatchedBroadcast, _ examination: inout Examination) {
        guard let options = broadcast.optimistic else { return }
        let size = options.networkSize.map(Double.init) ?? thresholds.networkSize
        let expected = OptimisticThresholds<Key256>(networkSize: size, replication: limits.replication, configuration: options)
        guard thresholds != expected else { return }
        examination.report(
            .o1, broadcast.id, nil, "\(broadcast.id) goes by other thresholds than those of its configuration for \(size) nodes.")
    }

    /// Sees which walks have ended in this step.
    mutating func observeWalks(_ examination: inout Examination) {
        for index in running.indices where running[index].isEager && !running[index].isLookupOver {
            guard let end = examination.after.broadcast(running[index].id)?.optimistic?.walkEnd else { continue }
            running[index].expire(at: examination.now)
            running[index].walkEnd = end
            judgeWalk(of: running[index], end, &examination)
            running[index].hasTimedOut = end == .queryTimedOut
            endWalk(of: index, early: end.isEarly)
        }
    }

    private func judgeWalk(of broadcast: WatchedBroadcast, _ end: WalkEnd, _ examination: inout Examination) {
        guard let lookup = broadcast.lookup else { return }
        switch end {
        case .enoughStores:
            if broadcast.stores.hopeful < limits.replication {
                examination.report(
                    .o2, broadcast.id, nil,
                    "\(broadcast.id) ends its walk with \(broadcast.stores.hopeful) stores awaited or done; it takes \(limits.replication)."
                )
            }
        case .nearEnough:
            if !isNearEnough(broadcast) {
                examination.report(
                    .o2, broadcast.id, nil, "\(broadcast.id) ends its walk, but its \(limits.replication) closest nodes are too far away.")
            }
        case .queryFinished, .queryTimedOut:
            let outlook = lookup.outlook(at: examination.now, limits)
            judgeEndOfLookup(outlook, of: broadcast, &examination)
        }
    }

    /// The walk is over: the nodes that it ended with are chosen.
    mutating func endWalk(of index: Int, early: Bool) {
        guard let lookup = running[index].lookup else { return }
        running[index].isLookupOver = true
        let k = limits.replication
        running[index].chosen = early ? lookup.closestViable(k) : lookup.result(k, timedOut: running[index].hasTimedOut)
    }

    /// Whether the k closest nodes are near enough together. O(k), and the failed ones among them.
    func isNearEnough(_ broadcast: WatchedBroadcast) -> Bool {
        guard let lookup = broadcast.lookup, let thresholds = broadcast.thresholds else { return false }
        let distances = lookup.closestViable(limits.replication).map { broadcast.target.distance(to: $0.key) }
        return thresholds.isWithinSet(DistanceSum(distances))
    }

    /// The closest node that is near enough for an early store and has none yet.
    func nearNodeWithoutStore(_ broadcast: WatchedBroadcast) -> NetworkNode? {
        guard let lookup = broadcast.lookup, let thresholds = broadcast.thresholds else { return nil }
        var found: NetworkNode?
        lookup.visitViable { node in
            guard thresholds.isWithinIndividual(broadcast.target.distance(to: node.key)) else { return false }
            guard broadcast.stores.hasSent(to: node) else {
                found = node
                return false
            }
            return true
        }
        return found
    }
}
