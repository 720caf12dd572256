internal import Coordination
internal import Timeline

/// Whom a node has noticed: those that were there at the last refresh of its routing table, those gone that it has not dropped, but
/// none that it has never heard of.
struct NoticedListing: TableListing {
    static var isSelective: Bool { true }

    private let network: VirtualNetwork
    private let owner: UInt64
    private let refreshed: Instant
    private let ignorance: Double
    private let staleness: [Double]
    /// The share of all nodes that are gone.
    private let absence: Double

    init(by node: NetworkNode, in network: VirtualNetwork, at moment: Instant) {
        self.network = network
        owner = UInt64(UInt32(bitPattern: node.index))
        let interval = network.configuration.refreshInterval.count
        let phase = Int64(SplitMix64.hash(network.seed, 0x7265_66, owner) % UInt64(interval))
        let (time, overflow) = moment.nanoseconds.addingReportingOverflow(phase)
        refreshed = overflow ? moment : max(.start, Instant(nanoseconds: time - time % interval - phase))
        let mask = node.index == network.local.index ? 0 : network.book.mask(of: Int(node.index), at: moment)
        ignorance = network.book.ignorance(mask)
        staleness = network.book.staleness(mask)
        absence = 1 - (1 - network.configuration.deadShare) * (network.book.sessions(0)?.presence ?? 1)
    }

    func lists(_ place: Int, inBucket bucket: Int) -> Bool {
        if ignorance > 0, draw(0x756e_6b, place) < ignorance { return false }
        if network.isPresent(place, at: refreshed) { return true }
        guard !staleness.isEmpty else { return false }
        let share = staleness[min(bucket, staleness.count - 1)]
        return draw(0x7374_616c, place) < retention(share)
    }

    /// The share of the nodes that are gone which must have stayed in a bucket for them to be this share of it.
    private func retention(_ share: Double) -> Double {
        if share >= 1 || absence <= 0 { return share }
        return min(1, share * (1 - absence) / (absence * (1 - share)))
    }

    private func draw(_ purpose: UInt64, _ place: Int) -> Double {
        SplitMix64.hash(network.seed, purpose, owner, UInt64(place)).asShare
    }
}
