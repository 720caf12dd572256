public import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

extension Change {
    /// The change in few words.
    public func text(_ names: Names) -> String {
        switch self {
        case .began(let id, let strategy): "\(strategy.title) \(id) began"
        case .ended(let id, let reason): "\(id) ended: \(reason?.words ?? "nothing was said of it")"
        case .slots(let from, let to, let count): "slots held: \(from) -> \(to) of \(count)"
        case .ignored(let count): "\(count.of("event")) ignored"
        case .phase(let from, let to): "phase: \(from?.rawValue ?? "none") -> \(to?.rawValue ?? "ended")"
        case .chosen(let nodes): "\(nodes.count) chosen: \(names.list(nodes))"
        case .unchosen(let nodes): "\(nodes.count) no longer chosen: \(names.list(nodes))"
        case .store(let node, let status): "\(names.node(node)): \(Self.words(status, names))"
        case .thresholds(let thresholds): "thresholds for \(Int(clamping: thresholds.networkSize)) nodes"
        case .walkEnded(let end): "the walk ended: \(end.words)"
        case .lookupBegan: "began"
        case .lookupEnded: "ended"
        case .followUpBegan(let nodes): "follows up \(nodes.count.of("node")): \(names.list(nodes))"
        case .learned(let nodes): "\(nodes.count) learned: \(names.list(nodes))"
        case .forgotten(let nodes): "\(nodes.count) forgotten: \(names.list(nodes))"
        case .candidate(let node, let status): "\(names.node(node)): \(Self.words(status, names))"
        case .nearest(let from, let to): "nearest known: \(from.map { names.node($0) } ?? "none") -> \(names.node(to))"
        case .statistics(let from, let to): Self.words(from, to)
        }
    }

    private static func words(_ status: StoreView<NetworkNode>.Status, _ names: Names) -> String {
        switch status {
        case .todo: "todo"
        case .waiting(_, let deadline): "sent" + (deadline.map { ", awaited until \(names.time($0))" } ?? "")
        case .stored: "stored"
        case .failed(let error): "failed, \(error)"
        }
    }

    private static func words(_ status: QueryCandidate<NetworkNode>.Status, _ names: Names) -> String {
        switch status {
        case .notContacted: "not asked"
        case .waiting(let deadline): "asked, awaited until \(names.time(deadline))"
        case .succeeded: "answered"
        case .failed: "failed"
        case .unresponsive: "no answer in time"
        case .abandoned: "no longer awaited"
        }
    }

    private static func words(_ from: QueryStatistics, _ to: QueryStatistics) -> String {
        let counts = [
            ("requests", from.requests, to.requests), ("answers", from.successes, to.successes), ("failures", from.failures, to.failures),
        ]
        let changed = counts.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) -> \($0.2)" }
        return changed.isEmpty ? "times noted" : changed.joined(separator: ", ")
    }
}

extension Int {
    /// The nearest number there is.
    fileprivate init(clamping value: Double) {
        self = Int(exactly: value.rounded()) ?? (value > 0 ? .max : 0)
    }
}

extension BroadcastStrategy {
    /// The name as the reference writes it.
    public var title: String {
        switch self {
        case .followUp: "FollowUp"
        case .static: "Static"
        case .optimistic: "Optimistic"
        }
    }
}

extension BroadcastOutcome.Reason {
    /// Why a broadcast ended, in words.
    public var words: String {
        switch self {
        case .completed: "completed"
        case .stopped: "stopped"
        case .queryTimedOut: "the lookup ran out of time"
        case .noNodesFound: "no node was found to store with"
        }
    }
}

extension WalkEnd {
    /// Why a walk ended, in words.
    var words: String {
        switch self {
        case .enoughStores: "k stores are awaited or have succeeded"
        case .nearEnough: "the k closest known are near enough together"
        case .queryFinished: "the lookup finished by itself"
        case .queryTimedOut: "the lookup ran out of time"
        }
    }
}
