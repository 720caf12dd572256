import Kademlia
import Timeline

/// How near to the best place a record was stored.
struct Placement {
    /// The share of the k closest nodes alive that hold the record: 0…1.
    let overlap: Double
    /// By how many ranks, in the mean, the holders stand further out than the best so many nodes alive.
    let regret: Double?

    /// The place of these holders. O(n log n) for n nodes alive.
    ///
    /// - Parameters:
    ///   - holders: the indices of the nodes that have the record.
    ///   - count: how many nodes were to have it (Kademlia's k); all, if fewer are alive.
    init(of holders: Set<Int32>, target: Key256, replication count: Int, alive: [NetworkNode]) {
        let ranked = alive.sorted { $0.key.isCloser(to: target, than: $1.key) }
        let wanted = min(count, ranked.count)
        let ranks = ranked.indices.filter { holders.contains(ranked[$0].index) }
        overlap = wanted > 0 ? Double(ranks.count { $0 < wanted }) / Double(wanted) : 0
        let excess = ranks.enumerated().reduce(0) { $0 + $1.element - $1.offset }
        regret = ranks.isEmpty ? nil : Double(excess) / Double(ranks.count)
    }
}
