/// The panes of the screen, in the order of their numbers; from 10 on they have no key of their own.
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
    /// Where the nodes are around the target.
    case map
    /// The state of the selected machine, the way it took there, and what the last step changed.
    case state
    /// How fast, how well and how long: figures of the run up to now.
    case metrics
    /// Where a run stops by itself.
    case breakpoints
    /// The values that are watched.
    case watches
    /// How the closest nodes came to be the closest, over time.
    case convergence
    /// The messages between the nodes, each an arrow.
    case ladder
    /// The ways that the run can go.
    case branches
    /// The same run by the rules of the other pool.
    case beside

    /// The key that leads to it, if it has one.
    var digit: Character? { rawValue <= 9 ? Character("\(rawValue)") : nil }

    /// The name that commands and files use.
    public var name: String {
        switch self {
        case .inFlight: "in-flight"
        case .pool, .closest, .log, .queue, .map, .state, .metrics, .breakpoints, .watches, .convergence, .ladder, .branches, .beside:
            title.lowercased()
        }
    }

    /// The name in the pane's title.
    var title: String {
        switch self {
        case .pool: "Pool"
        case .inFlight: "In-flight"
        case .closest: "Closest"
        case .log: "Log"
        case .queue: "Queue"
        case .map: "Map"
        case .state: "State"
        case .metrics: "Metrics"
        case .breakpoints: "Breakpoints"
        case .watches: "Watches"
        case .convergence: "Convergence"
        case .ladder: "Ladder"
        case .branches: "Branches"
        case .beside: "Beside"
        }
    }

    /// All panes in Markdown: what the README shows.
    public static var markdown: String {
        let rows = allCases.map { "| \($0.digit.map { "`\($0)`" } ?? "") | **\($0.title)** | \($0.help) |" }
        return (["| key | pane | what it shows |", "| --- | --- | --- |"] + rows).joined(separator: "\n")
    }

    /// What it shows, in a few words.
    var help: String {
        switch self {
        case .pool: "the broadcasts"
        case .inFlight: "the requests whose answers are awaited"
        case .closest: "the nodes closest to the record's key, and what came of each"
        case .log: "the steps: what went in, what came out"
        case .queue: "the messages that are on their way"
        case .map: "where the nodes are around the target"
        case .state: "the state of a machine, and what the last step changed"
        case .metrics: "rates, answers, times, and what was slow"
        case .breakpoints: "where a run stops by itself"
        case .watches: "the values that are watched"
        case .convergence: "how the closest nodes came to be the closest"
        case .ladder: "the messages between the nodes"
        case .branches: "the ways that the run can go"
        case .beside: "the run by the reference's rules, or by ours"
        }
    }
}
