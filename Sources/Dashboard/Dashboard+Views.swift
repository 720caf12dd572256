// MARK: - Panes that can show the same in more than one way

extension Dashboard {
    /// Shows the pane that has the keys in another way.
    mutating func changeView() {
        switch focus {
        case .metrics: changeMetricsView()
        case .pool, .inFlight, .closest, .log, .queue, .map, .state, .breakpoints, .watches, .convergence, .ladder, .branches,
            .beside:
            message = "\(focus.title) can be seen in one way only"
        }
    }
}
