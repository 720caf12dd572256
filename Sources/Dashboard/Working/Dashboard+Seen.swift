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
        let view: ClosestView
        let rows: [Observation.NodeRow]
    }

    /// The nodes of the broadcast that is shown, in the order of the pane Closest.
    var shownNodes: [Observation.NodeRow] {
        guard let entry = shownBroadcast else { return [] }
        if let seen = nodesSeen, isCurrent(seen, entry) { return seen.rows }
        return nodeRows(of: entry)
    }

    /// Keeps the nodes of the broadcast that is shown, so that they are worked out once however many panes show them.
    mutating func keepShownNodes() {
        guard let entry = shownBroadcast else {
            nodesSeen = nil
            return
        }
        if let seen = nodesSeen, isCurrent(seen, entry) { return }
        nodesSeen = SeenNodes(
            observation: observations, broadcast: entry.id, started: entry.started, order: orders[.closest], view: closestView,
            rows: nodeRows(of: entry))
    }

    private func nodeRows(of entry: JournalEntry) -> [Observation.NodeRow] {
        let rows = sorted(observation.nodes(of: entry))
        return rows + missingNodes(of: entry, rows)
    }

    /// The messages that were sent and not answered: those on their way by arrival, then those that cannot come.
    var pending: [PendingMessage] {
        if let seen = pendingSeen, seen.observation == observations { return seen.messages }
        return history.pending
    }

    /// Keeps those messages while the pane that shows them can be seen, so that they are worked out once.
    mutating func keepPending() {
        guard isVisible(.queue) else {
            pendingSeen = nil
            return
        }
        if pendingSeen?.observation != observations { pendingSeen = (observations, history.pending) }
    }

    private func isCurrent(_ seen: SeenNodes, _ entry: JournalEntry) -> Bool {
        seen.observation == observations && seen.broadcast == entry.id && seen.started == entry.started && seen.order == orders[.closest]
            && seen.view == closestView
    }
}
