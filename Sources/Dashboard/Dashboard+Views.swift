// MARK: - Panes that can show the same in more than one way

extension Dashboard {
    /// Shows the pane that has the keys in another way.
    mutating func changeView() {
        switch focus {
        case .state: changeMachine()
        case .ladder: changeLadder()
        case .pool, .inFlight, .closest, .log, .queue, .map, .metrics, .breakpoints, .watches, .convergence, .branches, .beside:
            message = "\(focus.title) can be seen in one way only"
        }
    }
}
