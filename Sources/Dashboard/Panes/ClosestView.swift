internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries
internal import Scenarios
internal import Simulation
internal import Timeline

/// The ways to look at the nodes of a broadcast.
enum ClosestView: CaseIterable, Sendable {
    /// Those that the broadcast deals with.
    case dealtWith
    /// The same, with marks at the true closest ones, and those that it has never heard of.
    case truth

    /// The other one.
    var next: ClosestView { self == .dealtWith ? .truth : .dealtWith }

    /// What it shows.
    var help: String {
        switch self {
        case .dealtWith: "the nodes that the put deals with"
        case .truth: "marked: those that should hold the record now; below: never heard of"
        }
    }
}

extension Dashboard {
    /// How well the record of the broadcast that is shown is placed, with what it depends on.
    struct SeenQuality: Sendable {
        let observation: Int
        let broadcast: OperationID
        let quality: PutQuality?
        /// Whether the record was sent to any node.
        let hasStored: Bool
    }

    /// Works out how well the record of the broadcast that is shown is placed, if it can be seen.
    mutating func keepQuality() {
        guard isVisible(.closest), let entry = shownBroadcast else {
            qualitySeen = nil
            return
        }
        if let seen = qualitySeen, seen.observation == observations, seen.broadcast == entry.id { return }
        let count = scenario.pool.queries.replication
        qualitySeen = SeenQuality(
            observation: observations, broadcast: entry.id,
            quality: history.world.putQuality(of: entry.id, target: entry.target, count: count), hasStored: entry.hasStored)
    }

    /// The true closest nodes that the broadcast that is shown has never heard of, where they are shown.
    func missingNodes(of entry: JournalEntry, _ rows: [Observation.NodeRow]) -> [Observation.NodeRow] {
        guard closestView == .truth, let quality = qualitySeen?.quality, qualitySeen?.broadcast == entry.id else { return [] }
        let heardOf = Set(entry.heardOf).union(rows.map(\.node.index))
        return quality.trueClosest.filter { !heardOf.contains($0.index) }.map { node in
            Observation.NodeRow(node: node, rank: nil, status: .unheard, roundTrip: nil, hops: nil, via: nil, isEarly: false)
        }
    }

    /// How well the record is placed, in as many words as there is room for; empty before the first store.
    func qualityWords(width: Int, dot: Unicode.Scalar) -> String {
        guard let seen = qualitySeen, seen.hasStored, let quality = seen.quality else { return "" }
        return Words.quality(quality, width: width, dot: dot)
    }
}
