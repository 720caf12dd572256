public import Kademlia

/// How well a record is placed at a moment: who should hold it, who does, and how far off that is.
public struct PutQuality: Hashable, Sendable {
    /// The k nodes closest to the record's key among those that would keep it, closest first.
    public let trueClosest: [NetworkNode]
    /// The nodes that hold the record, closest first.
    public let holders: [NetworkNode]
    /// The number of the true closest that hold it.
    public let held: Int
    /// The share of the true closest that hold it: 0…1.
    public let overlap: Double
    /// By how many ranks the holders stand further out, in the mean, than the closest so many nodes: 0 or more; `nil` without a holder.
    ///
    /// A rank is the number of nodes that would keep the record and are closer; ranks from ``rankLimit`` on count as that.
    public let regret: Double?

    /// The rank from which on ranks are not told apart.
    public static var rankLimit: Int { 512 }

    /// How well a record is placed.
    ///
    /// - Parameters:
    ///   - holders: the nodes that hold the record, in any order.
    ///   - target: the record's key.
    ///   - count: the number of nodes that should hold it (Kademlia's k).
    ///   - keepers: gives so many of the nodes closest to the key among those that would keep the record, closest first.
    public init(of holders: [NetworkNode], around target: Key256, count: Int, keepers: (_ count: Int) -> [NetworkNode]) {
        self.holders = holders.sorted { $0.key.isCloser(to: target, than: $1.key) }
        // Holders are among the closest as a rule: look further out only where one is not found.
        var limit = min(Self.rankLimit, 2 * count)
        var known = keepers(max(count, limit))
        var ranks = Self.ranks(of: holders, among: known, around: target)
        while ranks.contains(limit), limit < Self.rankLimit, known.count >= limit {
            limit = min(Self.rankLimit, 4 * limit)
            known = keepers(max(count, limit))
            ranks = Self.ranks(of: holders, among: known, around: target)
        }
        trueClosest = Array(known.prefix(count))
        let kept = Set(holders.map(\.index))
        held = trueClosest.count { kept.contains($0.index) }
        overlap = trueClosest.isEmpty ? 1 : Double(held) / Double(trueClosest.count)
        let best = Double(holders.count - 1) / 2
        regret = holders.isEmpty ? nil : max(0, Double(ranks.reduce(0, +)) / Double(holders.count) - best)
    }

    /// How many of the known ones are closer than each holder, which may itself be none of those that would keep the record now.
    private static func ranks(of holders: [NetworkNode], among known: [NetworkNode], around target: Key256) -> [Int] {
        holders.map { holder in known.partitioningIndex { !$0.key.isCloser(to: target, than: holder.key) } }
    }
}
