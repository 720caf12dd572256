internal import Broadcasts
internal import Coordination
internal import Kademlia

/// A single condition of a filter.
enum FilterTerm: Hashable, Sendable {
    /// A broadcast of this name.
    case broadcast(Glob)
    /// An event of this kind.
    case event(EventWord)
    /// A state of this kind.
    case state(StateWord)
    /// A broadcast's end for this reason.
    case end(EndWord)
    /// A node whose key begins so.
    case node(KeyPrefix)
    /// A node whose key begins so among those that an event tells of.
    case told(KeyPrefix)
    /// A broadcast of this strategy.
    case strategy(BroadcastStrategy)
    /// A broadcast in this phase, after the step.
    case phase(PhaseWord)
    /// An error with this in its words; `nil` is any.
    case error(String?)
    /// The time of the step.
    case time(Comparison, Nanoseconds)
    /// The time from a request to its reply.
    case roundTrip(Comparison, Nanoseconds)
    /// The number of the step.
    case step(Comparison, Int)
    /// The distance of the node to the broadcast's target.
    case distance(Comparison, KeyPrefix)
    /// The number of leading bits that the node's key shares with the target.
    case commonPrefix(Comparison, Int)
    /// The distance of the nearest node that the broadcast knows after the step.
    case best(Comparison, KeyPrefix)
    /// A number of the broadcast after the step.
    case count(Measure, Comparison, Int)
    /// A value of the broadcast that the step changes.
    case changes(Measure)
    /// The event was ignored.
    case ignored
    /// The step breaks an invariant.
    case violation
    /// Words of the step's text, in lower case.
    case text(String)
    /// A regular expression that fits a part of the step's text.
    case pattern(TextPattern)

    /// What it costs to find out whether it holds.
    var cost: FilterCost {
        switch self {
        case .broadcast, .event, .state, .end, .node, .told, .error, .time, .roundTrip, .step, .ignored, .violation: .step
        case .strategy, .distance, .commonPrefix: .journal
        case .text, .pattern: .text
        case .phase, .best, .count: .view
        case .changes: .twoViews
        }
    }

    /// The side of the step that it is about, if it is about only one.
    var side: FilterSides? {
        switch self {
        case .event, .told, .roundTrip, .ignored: .event
        case .state, .end: .state
        case .broadcast, .node, .strategy, .phase, .error, .time, .step, .distance, .commonPrefix, .best, .count, .changes, .violation,
            .text, .pattern:
            nil
        }
    }

    /// Whether it names a broadcast or a node, so that terms beside it are about the same one.
    var isName: Bool {
        switch self {
        case .broadcast, .node: true
        case .event, .state, .end, .told, .strategy, .phase, .error, .time, .roundTrip, .step, .distance, .commonPrefix, .best, .count,
            .changes, .ignored, .violation, .text, .pattern:
            false
        }
    }
}

extension FilterTerm: CustomStringConvertible {
    var description: String {
        switch self {
        case .broadcast(let glob): "bc:\(glob)"
        case .event(let word): "ev:\(word.word)"
        case .state(let word): "st:\(word.word)"
        case .end(let word): "end:\(word.word)"
        case .node(let prefix): "node:\(prefix)"
        case .told(let prefix): "told:\(prefix)"
        case .strategy(let strategy): "kind:\(strategy.word)"
        case .phase(let word): "phase:\(word.word)"
        case .error(nil): "err:*"
        case .error(let text?): "err:\(text == "*" ? "\"*\"" : FilterToken.quotedValue(text))"
        case .time(let comparison, let time): "time\(comparison.rawValue)\(time.filterText)"
        case .roundTrip(let comparison, let time): "rtt\(comparison.rawValue)\(time.filterText)"
        case .step(let comparison, let number): "step\(comparison.rawValue)\(number)"
        case .distance(let comparison, let prefix): "dist\(comparison.rawValue)\(prefix)"
        case .commonPrefix(let comparison, let number): "cpl\(comparison.rawValue)\(number)"
        case .best(let comparison, let prefix): "best\(comparison.rawValue)\(prefix)"
        case .count(let measure, let comparison, let number): "\(measure.word)\(comparison.rawValue)\(number)"
        case .changes(let measure): "changes:\(measure.word)"
        case .ignored: "ignored"
        case .violation: "violation"
        case .text(let text): FilterToken.quotedText(text)
        case .pattern(let pattern): "~\(FilterToken.quotedValue(pattern.text))"
        }
    }
}
