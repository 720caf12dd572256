internal import Coordination
internal import Scenarios
internal import Timeline

// MARK: - What is worked out once for all panes of a frame

extension Dashboard {
    /// The nodes of a broadcast, with what they depend on.
    struct SeenNodes: Sendable {
        let observation: Int
        let broadcast: OperationID
        let started: Instant
        let order: SortOrder?
        let rows: [Observation.NodeRow]
    }

    /// The nodes of the broadcast that is shown, in the order of the pane Closest.
    var shownNodes: [Observation.NodeRow] {
        guard let entry = shownBroadcast else { return [] }
        if let seen = nodesSeen, isCurrent(seen, entry) { return seen.rows }
        return sorted(observation.nodes(of: entry))
    }

    /// Keeps the nodes of the broadcast that is shown, so that they are worked out once however many panes show them.
    mutating func keepShownNodes() {
        guard let entry = shownBroadcast else {
            nodesSeen = nil
            return
        }
        if let seen = nodesSeen, isCurrent(seen, entry) { return }
        nodesSeen = SeenNodes(
            observation: observations, broadcast: entry.id, started: entry.started, order: orders[.closest],
            rows: sorted(observation.nodes(of: entry)))
    }

    private func isCurrent(_ seen: SeenNodes, _ entry: JournalEntry) -> Bool {
        seen.observation == observations && seen.broadcast == entry.id && seen.started == entry.started && seen.order == orders[.closest]
    }
}
