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

    /// The name in the pane's title.
    var title: String {
        switch self {
        case .pool: "Pool"
        case .inFlight: "In-flight"
        case .closest: "Closest"
        case .log: "Log"
        }
    }
}
