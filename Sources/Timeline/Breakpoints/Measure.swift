public import Broadcasts
internal import Kademlia
internal import Queries

/// A value of a running broadcast that people watch.
public enum Measure: String, Hashable, Sendable, CaseIterable, FilterWord {
    /// The distance of the nearest node that it knows: heard of by its lookup, or chosen to store with.
    case best
    /// The number of nodes that its lookup has heard of, while there is one.
    case known
    /// The number of stores that are not sent yet.
    case todo
    /// The number of requests, of both kinds, that are awaited.
    case inflight
    /// The number of nodes that have the record.
    case stored
    /// The number of stores that failed.
    case failed
    /// How far it is.
    case phase

    /// What it is, in few words.
    public var meaning: String {
        switch self {
        case .best: "the distance of the nearest node that the broadcast knows"
        case .known: "the number of nodes that its lookup has heard of, while there is one"
        case .todo: "the number of its stores that are not sent yet"
        case .inflight: "the number of its requests that are awaited"
        case .stored: "the number of nodes that have its record"
        case .failed: "the number of its stores that failed"
        case .phase: "how far it is"
        }
    }

    /// The value of a running broadcast; `nil` if it has none. O(nodes of the broadcast).
    public func value(of broadcast: BroadcastView<NetworkNode>) -> WatchValue? {
        switch self {
        case .best:
            guard let target = broadcast.target else { return nil }
            let nearest = [broadcast.query?.candidates.first?.node, broadcast.stores.first?.node].compactMap {
                $0?.key.distance(to: target)
            }
            return nearest.min().map { .distance($0) }
        case .known: return broadcast.query.map { .count($0.candidates.count) }
        case .todo: return .count(broadcast.stores.count { $0.status == .todo })
        case .inflight:
            let asked = broadcast.query?.candidates.count { if case .waiting = $0.status { true } else { false } } ?? 0
            return .count(asked + broadcast.stores.count { if case .waiting = $0.status { true } else { false } })
        case .stored: return .count(broadcast.stores.count { $0.status == .stored })
        case .failed: return .count(broadcast.stores.count { if case .failed = $0.status { true } else { false } })
        case .phase: return .phase(broadcast.phase)
        }
    }

    /// The value of a broadcast that is just over, `nil` if it has none any more: what was not sent is still to do, and what has no
    /// answer is still awaited.
    func value(of outcome: BroadcastOutcome<NetworkNode>) -> WatchValue? {
        switch self {
        case .best, .known, .phase: nil
        case .todo: .count(outcome.notContacted.count)
        case .inflight: .count(outcome.unanswered.count)
        case .stored: .count(outcome.contacted.count - outcome.errors.count - outcome.unanswered.count)
        case .failed: .count(outcome.errors.count)
        }
    }
}
