internal import Coordination
internal import Kademlia
internal import Timeline

/// The conditions of every node at every time: those of the network, and what groups of nodes differ in.
///
/// A *mask* says which groups a node belongs to at a moment, a bit for each; where several groups change the same thing the last one
/// counts. Without groups every mask is 0 and costs nothing.
struct ConditionBook: Sendable {
    /// The most groups that a network has.
    static let groupLimit = 64

    /// A group, ready to be asked.
    private struct Group: Sendable {
        let configuration: NodeGroup
        /// The places of its members, where they are named or planted.
        let ranges: [Range<Int>]
        /// What a draw must stay below for a node to be a member.
        let share: Double
        let latency: LatencyModel?
        let sessions: SessionTables?

        func isActive(at moment: Instant) -> Bool {
            configuration.from <= moment && configuration.until.map { moment < $0 } ?? true
        }
    }

    let base: Conditions
    private let groups: [Group]
    private let seed: UInt64
    private let baseLatency: LatencyModel
    private let baseSessions: SessionTables?

    /// Whether all nodes are alike at all times, and no draw is needed to know how long a message takes.
    let isUniform: Bool
    /// Whether some nodes may not be in tables that they could be in.
    let isSelective: Bool
    /// Whether connecting takes time.
    let hasDials: Bool
    /// Whether some nodes lie.
    let hasLies: Bool

    /// Conditions and groups.
    ///
    /// - Parameter places: the places of the members of a group of named or planted nodes.
    init(_ configuration: NetworkConfiguration, places: (NodeGroup.Members) -> [Range<Int>]) {
        base = configuration.conditions
        seed = configuration.seed
        baseLatency = LatencyModel(base.latency)
        baseSessions = base.sessions.map(SessionTables.init)
        groups = configuration.groups.map { group in
            let share: Double =
                switch group.members {
                case .all: 1
                case .share(let share): share
                case .prefixes, .planted: 0
                }
            return Group(
                configuration: group, ranges: places(group.members), share: share, latency: group.change.latency.map(LatencyModel.init),
                sessions: group.change.sessions.map(SessionTables.init))
        }
        let changes = groups.map(\.configuration.change)
        let isLossless = base.loss == 0 && base.duplication == 0 && base.reordering == nil
        let isConstant = if case .constant = base.latency { base.slowness == 1 } else { false }
        hasDials = ([base.dialing] + changes.compactMap(\.dialing)).contains { $0.roundTrips > 0 || $0.backoff > .zero }
        hasLies = base.lie != nil || changes.contains { $0.lie != nil }
        isUniform =
            groups.isEmpty && isLossless && isConstant && base.dialing == Dialing() && base.behaviour == nil && base.lie == nil
            && base.storeRefusal == 0 && base.storeVanishing == 0 && base.sessions == nil && configuration.hasHonestNodesOnly
        isSelective =
            configuration.deadShare > 0 || base.behaviour == .dead || base.sessions != nil || base.ignorance > 0
            || changes.contains { $0.behaviour == .dead || $0.sessions != nil || ($0.ignorance ?? 0) > 0 }
    }

    /// Whether there are no groups.
    var hasNoGroups: Bool { groups.isEmpty }

    /// The number of groups.
    var groupCount: Int { groups.count }

    // MARK: Members

    /// Which groups a node belongs to at a moment.
    func mask(of place: Int, at moment: Instant) -> UInt64 {
        if groups.isEmpty { return 0 }
        var mask: UInt64 = 0
        for (index, group) in groups.enumerated() where group.isActive(at: moment) && isMember(place, of: index) {
            mask |= 1 << UInt64(index)
        }
        return mask
    }

    /// Whether a node belongs to a group, at whatever time.
    func isMember(_ place: Int, of index: Int) -> Bool {
        let group = groups[index]
        switch group.configuration.members {
        case .all: return true
        case .share: return SplitMix64.hash(seed, 0x67_726f_7570, UInt64(index), UInt64(place)).asShare < group.share
        case .prefixes, .planted: return group.ranges.contains { $0.contains(place) }
        }
    }

    /// The places of the members of a group whose members are named or planted; `nil` for others.
    func ranges(of index: Int) -> [Range<Int>]? {
        switch groups[index].configuration.members {
        case .all, .share: nil
        case .prefixes, .planted: groups[index].ranges
        }
    }

    /// The moments at which the conditions of a node change, by its groups.
    func changes(of place: Int) -> [Instant] {
        groups.indices.filter { isMember(place, of: $0) }.flatMap { index in
            let group = groups[index].configuration
            return (group.from > .start ? [group.from] : []) + (group.until.map { [$0] } ?? [])
        }
    }

    // MARK: What the last group says, else the network

    @inline(__always)
    private func last<Value>(_ mask: UInt64, _ value: (Group) -> Value?) -> Value? {
        if mask == 0 { return nil }
        for index in groups.indices.reversed() where mask >> UInt64(index) & 1 == 1 {
            if let found = value(groups[index]) { return found }
        }
        return nil
    }

    func latency(_ mask: UInt64) -> LatencyModel { last(mask) { $0.latency } ?? baseLatency }
    func sessions(_ mask: UInt64) -> SessionTables? { last(mask) { $0.sessions } ?? baseSessions }
    func slowness(_ mask: UInt64) -> Double { last(mask) { $0.configuration.change.slowness } ?? base.slowness }
    func dialing(_ mask: UInt64) -> Dialing { last(mask) { $0.configuration.change.dialing } ?? base.dialing }
    func loss(_ mask: UInt64) -> Double { last(mask) { $0.configuration.change.loss } ?? base.loss }
    func duplication(_ mask: UInt64) -> Double { last(mask) { $0.configuration.change.duplication } ?? base.duplication }
    func reordering(_ mask: UInt64) -> Reordering? { last(mask) { $0.configuration.change.reordering } ?? base.reordering }
    func behaviour(_ mask: UInt64) -> VirtualNetwork.Behaviour? { last(mask) { $0.configuration.change.behaviour } ?? base.behaviour }
    func storeRefusal(_ mask: UInt64) -> Double { last(mask) { $0.configuration.change.storeRefusal } ?? base.storeRefusal }
    func storeVanishing(_ mask: UInt64) -> Double { last(mask) { $0.configuration.change.storeVanishing } ?? base.storeVanishing }
    func recordLifetime(_ mask: UInt64) -> Nanoseconds? { last(mask) { $0.configuration.change.recordLifetime } ?? base.recordLifetime }
    func staleness(_ mask: UInt64) -> [Double] { last(mask) { $0.configuration.change.staleness } ?? base.staleness }
    func ignorance(_ mask: UInt64) -> Double { last(mask) { $0.configuration.change.ignorance } ?? base.ignorance }

    /// Whether no message gets to a node or from it.
    func isCutOff(_ mask: UInt64) -> Bool { last(mask) { $0.configuration.isCutOff ? true : nil } ?? false }

    /// The untruth that a node tells, and the group that agrees on it; `nil` for the network itself.
    func lie(_ mask: UInt64) -> (lie: Lie, group: Int?)? {
        for index in groups.indices.reversed() where mask >> UInt64(index) & 1 == 1 {
            if let lie = groups[index].configuration.change.lie { return (lie, index) }
        }
        return base.lie.map { ($0, nil) }
    }
}

/// How long messages take, by the region of the node.
struct LatencyModel: Sendable {
    private let tables: [QuantileTable]
    /// The share of the nodes that are in a region up to this one.
    private let shares: [Double]

    init(_ latency: Latency) {
        switch latency {
        case .constant(let time): (tables, shares) = ([QuantileTable(constant: time)], [])
        case .uniform(let minimum, let maximum): (tables, shares) = ([QuantileTable(from: minimum, to: maximum)], [])
        case .lognormal(let median, let p95): (tables, shares) = ([QuantileTable(median: median, p95: p95)], [])
        case .regional(let regions):
            tables = regions.times[regions.home].map { time in
                regions.spread == 1
                    ? QuantileTable(constant: time)
                    : QuantileTable(median: time, p95: Nanoseconds(Int64(Double(time.count) * regions.spread)))
            }
            var sum = 0.0
            shares = regions.shares.map { share in
                sum += share
                return sum
            }
        }
    }

    /// The region of a node, for a draw that is the node's own.
    func region(_ draw: UInt64) -> Int {
        shares.isEmpty ? 0 : min(tables.count - 1, shares.firstIndex { draw.asShare < $0 } ?? tables.count - 1)
    }

    /// The time of a message from or to a node of a region, for a random number.
    func draw(_ random: UInt64, region: Int) -> Nanoseconds { tables[region].draw(random) }
}
