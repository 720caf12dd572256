internal import Coordination
internal import Scenarios
internal import Timeline

// MARK: - Panes that can show the same in more than one way

extension Dashboard {
    /// Shows the pane that has the keys in another way.
    mutating func changeView() {
        switch focus {
        case .state: changeMachine()
        case .ladder: changeLadder()
        case .metrics: changeMetricsView()
        case .map:
            mapView = mapView.next
            message = "Map: \(mapView.help)"
        case .convergence:
            convergenceView = convergenceView.next
            message = "Convergence: \(convergenceView.help)"
        case .closest:
            closestView = closestView.next
            message = "Closest: \(knowsHolders ? closestView.help : "a recording does not tell who holds a record; --verify runs it again")"
        case .pool, .inFlight, .log, .queue, .breakpoints, .watches, .branches, .beside:
            message = "\(focus.title) can be seen in one way only"
        }
    }

    /// Whether anybody knows which nodes hold a record.
    private var knowsHolders: Bool {
        guard let entry = shownBroadcast else { return true }
        return history.world.putQuality(of: entry.id, target: entry.target, count: 1) != nil
    }

    /// Looks again at the nodes of the broadcast that is shown, for the panes that show more of them than their rows.
    mutating func updateNodeViews() {
        updateMap()
        updateConvergence()
    }
}
