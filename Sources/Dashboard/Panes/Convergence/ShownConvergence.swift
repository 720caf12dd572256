internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries
internal import Scenarios
internal import Simulation
internal import Timeline

/// The ways to look at how the ranks came to be.
enum ConvergenceView: CaseIterable, Sendable {
    /// Who held each rank.
    case ranks
    /// How far away the closest and the last of them were.
    case distances

    /// The other one.
    var next: ConvergenceView { self == .ranks ? .distances : .ranks }

    /// The word for it.
    var name: String { self == .ranks ? "ranks" : "distances" }

    /// What it shows.
    var help: String {
        switch self {
        case .ranks: "who held each rank after each change, and how things stood"
        case .distances: "how far the closest node and the k-th closest were from the target, after each change"
        }
    }

    /// What one sees, for somebody who sees it for the first time.
    var introduction: String {
        switch self {
        case .ranks:
            "Each column: the closest nodes after a step that changed them, rank 1 on top. Ranks fill with ever closer nodes, then turn to stored."
        case .distances:
            "The band between the closest node and the k-th closest after each change: it sinks towards the target, each line half the distance."
        }
    }
}

/// How the ranks came to be, for the broadcast that is shown, up to a position.
struct ShownConvergence: Sendable {
    /// The choices on the way from the start: they say which run it is.
    let deviations: [Deviation]
    /// The step that started the broadcast.
    let start: Int
    /// The position that it is about.
    var position: Int
    /// The broadcast at the position.
    var entry: JournalEntry
    var convergence: Convergence
    /// The last step that ``convergence`` has seen; it may be one after the position.
    var seen: Int
    /// The number of columns up to the position.
    var count: Int
    /// The highest number of ranks that a column has.
    var rankCount: Int
    /// The number of bits that the closest node of the whole network shares with the target, and a part of the next.
    let deepest: Double

    /// The columns up to the position.
    var columns: ArraySlice<Convergence.Column> { convergence.columns[..<count] }
}

extension Dashboard {
    /// Looks again at how the ranks came to be, if the pane shows it and the run has moved. Steps that were seen are not seen again.
    mutating func updateConvergence() {
        guard isVisible(.convergence) else { return }
        guard let entry = shownBroadcast, let start = startStep(of: entry) else {
            convergence = nil
            return
        }
        let position = history.position
        if let shown = convergence, shown.start == start, shown.convergence.id == entry.id, shown.deviations == history.branch.deviations {
            guard shown.position != position else { return }
        } else {
            let queries = scenario.pool.queries
            convergence = ShownConvergence(
                deviations: history.branch.deviations, start: start, position: position, entry: entry,
                convergence: Convergence(
                    of: entry.id, ranks: queries.replication, requestTimeout: queries.requestTimeout, local: scenario.network.local),
                seen: start - 1, count: 0, rankCount: queries.replication, deepest: closestHalvings(to: entry.target))
        }
        guard var shown = convergence.take() else { return }
        // The steps to come that are known are seen too: they say how wide the drawing will be.
        while !shown.convergence.isOver, shown.seen < history.stepCount {
            shown.seen += 1
            shown.convergence.record(history.step(shown.seen))
            shown.rankCount = max(shown.rankCount, shown.convergence.columns.last?.cells.count ?? 0)
        }
        (shown.position, shown.entry) = (position, entry)
        shown.count = shown.convergence.columnCount(through: position)
        convergence = shown
    }

    /// The step that started a broadcast, the last of its id that started at this time. O(log n), and O(steps) of the same time.
    private func startStep(of entry: JournalEntry) -> Int? {
        var found: Int?
        var number = history.stepCount(before: entry.started) + 1
        while number <= history.position, case let step = history.step(number), step.time == entry.started {
            if case .startBroadcast(entry.id, _, _, _, _) = step.event, step.state != .broadcastRejected(id: entry.id, reason: .idInUse) {
                found = number
            }
            number += 1
        }
        return found
    }

    private func closestHalvings(to target: Key256) -> Double {
        let closest = scenario.network.closestNodes(to: target, count: 1).first
        return closest.map { Convergence.halvings($0.key.distance(to: target), keyBits: scenario.keyBits) } ?? 1
    }
}
