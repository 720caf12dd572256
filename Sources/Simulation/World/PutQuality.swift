public import Coordination
public import Kademlia
public import Timeline

/// How well a record is placed at a moment: who should hold it, who does, and how far off that is.
public struct PutQuality: Hashable, Sendable {
    /// The k nodes closest to the record's key among those that would keep it, closest first.
    public let trueClosest: [NetworkNode]
    /// The nodes that hold the record, closest first.
    public let holders: [NetworkNode]
    /// The share of the true closest that hold it: 0…1.
    public let overlap: Double
    /// By how many ranks the holders stand further out, in the mean, than the closest so many nodes: 0 or more; `nil` without a holder.
    ///
    /// A rank is the number of nodes that would keep the record and are closer; ranks from ``rankLimit`` on count as that.
    public let regret: Double?

    /// The rank from which on ranks are not told apart.
    public static var rankLimit: Int { 512 }

    /// The share of the true closest that are there to be had: less than 1 only where the network has fewer nodes than that.
    init(of holders: [NetworkNode], around target: Key256, count: Int, keepers: (_ count: Int) -> [NetworkNode]) {
        self.holders = holders.sorted { $0.key.isCloser(to: target, than: $1.key) }
        // Holders are among the closest as a rule: look further out only where one is not found.
        var limit = min(Self.rankLimit, 2 * count)
        var known = keepers(max(count, limit))
        var ranks = Self.ranks(of: holders, among: known)
        while ranks.contains(limit), limit < Self.rankLimit, known.count >= limit {
            limit = min(Self.rankLimit, 4 * limit)
            known = keepers(max(count, limit))
            ranks = Self.ranks(of: holders, among: known)
        }
        trueClosest = Array(known.prefix(count))
        let kept = Set(holders.map(\.index))
        overlap = trueClosest.isEmpty ? 1 : Double(trueClosest.count { kept.contains($0.index) }) / Double(trueClosest.count)
        let best = Double(holders.count - 1) / 2
        regret = holders.isEmpty ? nil : max(0, Double(ranks.reduce(0, +)) / Double(holders.count) - best)
    }

    private static func ranks(of holders: [NetworkNode], among known: [NetworkNode]) -> [Int] {
        let ranks = Dictionary(known.enumerated().map { ($0.element.index, $0.offset) }) { first, _ in first }
        return holders.map { ranks[$0.index] ?? known.count }
    }
}

extension SimulatedWorld {
    /// How well the record of a broadcast is placed now.
    ///
    /// - Parameters:
    ///   - target: the record's key.
    ///   - count: the number of nodes that should hold it (Kademlia's k).
    public func quality(of id: OperationID, target: Key256, count: Int) -> PutQuality {
        quality(of: puts.holders(of: id, at: now), target: target, count: count)
    }

    /// The same, with stores counted that are certain to reach their node.
    func finalQuality(of id: OperationID, target: Key256, count: Int) -> PutQuality {
        quality(of: puts.futureHolders(of: id, at: now), target: target, count: count)
    }

    private func quality(of holders: [Int32], target: Key256, count: Int) -> PutQuality {
        let present = holders.filter { nodeFaults[$0] == nil }.compactMap { network.node($0) }.filter { network.isPresent($0, at: now) }
        return PutQuality(
            of: present, around: target, count: count,
            keepers: { network.closestKeepers(to: target, count: $0, at: now) { nodeFaults[$0.index] == nil } })
    }
}
