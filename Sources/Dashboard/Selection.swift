internal import Coordination
internal import Scenarios
internal import Simulation
internal import Timeline

/// The thing that is selected in the pane that has the keys: what commands without a name of their own are about.
enum Selection: Sendable {
    case broadcast(JournalEntry)
    case request(Observation.Request)
    case message(PendingMessage)
    /// A node, as the broadcast that is shown deals with it.
    case node(Observation.NodeRow, of: JournalEntry)
    case step(Int)
    case branch(Int)
    case breakpoint(Breakpoint)
    case watch(Dashboard.NumberedWatch)
}

extension Dashboard {
    /// What is selected; `nil` where nothing is there to select.
    var selection: Selection? {
        switch focus {
        case .pool: shownBroadcast.map(Selection.broadcast)
        case .inFlight: observation.requests[safe: selectedRow(.inFlight)].map(Selection.request)
        case .closest: selectedNodeRow
        case .map: selectionInMap
        case .convergence: selectionInConvergence
        case .log: selectedRow(.log) < 0 ? nil : Selection.step(logStep(selectedRow(.log)))
        case .ladder: selectionInLadder
        case .queue: pending[safe: selectedRow(.queue)].map(Selection.message)
        case .state: history.position == 0 ? nil : Selection.step(history.position)
        case .metrics: selectionInMetrics
        case .breakpoints:
            switch stops[safe: selectedRow(.breakpoints)] {
            case .breakpoint(let breakpoint): .breakpoint(breakpoint)
            case .watch(let watch): .watch(watch)
            case nil: nil
            }
        case .watches: selectionInWatches
        case .branches: .branch(branchRows[selectedRow(.branches)].id)
        case .beside:
            beside?.lines[safe: selectedRow(.beside)].flatMap { history.journal.entry($0.id) }.map(Selection.broadcast)
        }
    }

    /// The selected one of the nodes of the broadcast that is shown.
    var selectedNodeRow: Selection? {
        guard let entry = shownBroadcast, let row = shownNodes[safe: selectedRow(.closest)] else { return nil }
        return .node(row, of: entry)
    }
}
