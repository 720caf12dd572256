/// The panes of the screen, in the order of their numbers.
public enum Pane: Int, CaseIterable, Sendable {
    /// The broadcasts.
    case pool = 1
    /// The requests that are awaited.
    case inFlight
    /// The nodes that the selected broadcast deals with.
    case closest
    /// The steps up to now.
    case log
    /// The messages that are on their way, and those that cannot come.
    case queue
    /// What the last step changed in every machine.
    case changes
    /// The ways that the run can go.
    case branches
    /// Where a run stops by itself.
    case breakpoints
    /// The same run by the rules of the other pool.
    case beside

    /// The panes that share one place on the screen, one of them at a time.
    static let tabs: [Pane] = [.log, .queue, .changes, .branches, .breakpoints, .beside]

    /// Whether it shares its place with others.
    var isTab: Bool { Self.tabs.contains(self) }

    /// The name in the pane's title.
    var title: String {
        switch self {
        case .pool: "Pool"
        case .inFlight: "In-flight"
        case .closest: "Closest"
        case .log: "Log"
        case .queue: "Queue"
        case .changes: "Changes"
        case .branches: "Branches"
        case .breakpoints: "Breakpoints"
        case .beside: "Beside"
        }
    }
}
