// MARK: - What the keys do in a pane

extension Pane {
    /// What the keys that are about the selected thing do in this pane, in the order in which one wants to know; a key that does nothing here
    /// is left out.
    var ownKeys: [(command: Command, help: String)] {
        var keys: [(Command, String)] = [(.open, enterHelp)]
        if let why = whyHelp { keys.append((.why, why)) }
        if let stop = stopHelp { keys.append((.breakpoint, stop)) }
        if self != .branches, self != .beside { keys.append((.actions, "lists what can be done with it, and now")) }
        let columns = Dashboard.sortColumns(of: self)
        if !columns.isEmpty { keys.append((.sortNext, "sorts by the next of \(columns.joined(separator: ", "))")) }
        if let view = viewHelp { keys.append((.view, view)) }
        return keys
    }

    private var enterHelp: String {
        switch self {
        case .log, .ladder, .metrics: "goes to the selected step"
        case .branches: "goes to the selected branch"
        case .pool, .inFlight, .closest, .queue, .map, .convergence: "lists what can be done with the selected thing"
        case .breakpoints, .watches: "switches the selected breakpoint or watch on or off"
        case .beside: "tells what an exhibit is about"
        case .state: "explains the step"
        }
    }

    private var whyHelp: String? {
        switch self {
        case .pool, .beside: "why the broadcast is in its phase, or has not ended"
        case .inFlight, .queue: "what has happened to the node so far"
        case .closest, .map, .convergence: "what has happened to the node, or why it is not among the closest"
        case .log, .state, .ladder, .metrics: "why the step is so: the rule, and the steps that led there"
        case .breakpoints, .watches, .branches: "why the step that is shown is so"
        }
    }

    private var stopHelp: String? {
        switch self {
        case .pool, .beside: "stops at every step that names the broadcast"
        case .inFlight, .queue, .closest, .map, .convergence: "stops at every step that names the node"
        case .log, .state, .ladder, .metrics: "stops at every step of the same kind"
        case .breakpoints, .watches, .branches: nil
        }
    }

    /// What its other views are, if it has some.
    private var viewHelp: String? {
        switch self {
        case .map, .convergence, .metrics, .ladder: "shows it in another way"
        case .closest: "marks the true closest nodes, and lists those never heard of"
        case .state: "shows another machine"
        case .pool, .inFlight, .log, .queue, .breakpoints, .watches, .branches, .beside: nil
        }
    }
}
