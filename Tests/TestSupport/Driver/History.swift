public import Broadcasts
public import Coordination
internal import Kademlia
internal import Queries

/// One advance of a pool: what went in, what came out, and how the pool looked afterwards.
///
/// A class because the checker hands steps around by the million.
public final class Step<K: TestKey>: Sendable {
    /// Why an event came in.
    public enum Origin: String, Sendable {
        /// The driver's own doing: a start, a stop, a poll.
        case driver
        /// The one reply to a request.
        case reply
        /// A reply that came before.
        case duplicate
        /// A reply that nobody asked for.
        case rogue
    }

    /// Why the event came in.
    public let origin: Origin
    /// The event.
    public let event: PoolEvent<K, String>
    /// The time.
    public let now: Instant
    /// The answer.
    public let state: PoolState<K, String>
    /// The pool after it.
    public let view: PoolView<K>
    /// The pool's next deadline after it.
    public let nextDeadline: Instant?
    /// What the pool found wrong with itself after it.
    public let problem: String?
    /// What a poll would have answered instead of the event, and the pool then; for events of ids that don't run.
    public let pollInstead: (state: PoolState<K, String>, view: PoolView<K>)?

    /// A step.
    public init(
        origin: Origin = .driver, event: PoolEvent<K, String>, now: Instant, state: PoolState<K, String>, view: PoolView<K>,
        nextDeadline: Instant?, problem: String? = nil, pollInstead: (state: PoolState<K, String>, view: PoolView<K>)? = nil
    ) {
        self.origin = origin
        self.event = event
        self.now = now
        self.state = state
        self.view = view
        self.nextDeadline = nextDeadline
        self.problem = problem
        self.pollInstead = pollInstead
    }
}

extension Step {
    /// The step as it might have been, to see whether the checker notices.
    public func forged(
        now: Instant? = nil, state: PoolState<K, String>? = nil, view: PoolView<K>? = nil, problem: String? = nil,
        pollInstead: PoolState<K, String>? = nil
    ) -> Step {
        Step(
            origin: origin, event: event, now: now ?? self.now, state: state ?? self.state, view: view ?? self.view,
            nextDeadline: nextDeadline, problem: problem ?? self.problem,
            pollInstead: pollInstead.map { ($0, self.view) } ?? self.pollInstead)
    }
}

extension Step: CustomStringConvertible {
    public var description: String { "\(now.nanoseconds) \(origin.rawValue) \(event) -> \(state)" }
}

/// A run of a pool, step by step.
public struct History<K: TestKey>: Sendable {
    /// The seed that it was made from.
    public var seed: UInt64
    /// The node that broadcasts.
    public var localNode: K
    /// How the pool was configured.
    public var configuration: PoolConfiguration
    /// The steps.
    public var steps: [Step<K>]
    /// Whether the run went on until every request was answered or had expired, so that all broadcasts must have ended.
    public var isDrained: Bool
    /// A copy of the pool as it was before the step of this number.
    public var copy: (step: Int, pool: BroadcastPool<K, String>)?

    /// A history.
    public init(seed: UInt64 = 0, localNode: K, configuration: PoolConfiguration, steps: [Step<K>] = [], isDrained: Bool = false) {
        self.seed = seed
        self.localNode = localNode
        self.configuration = configuration
        self.steps = steps
        self.isDrained = isDrained
    }

    /// The empty view that the run began with.
    public var emptyView: PoolView<K> {
        PoolView(broadcasts: [], heldSlots: 0, slots: configuration.queries.concurrency, ignoredEvents: 0)
    }

    /// The pool before the step of this number.
    public func viewBefore(_ step: Int) -> PoolView<K> {
        step == 0 ? emptyView : steps[step - 1].view
    }
}

extension History: CustomStringConvertible {
    /// The header and the schedule, a line a step.
    public var description: String {
        let header = "seed \(seed), \(K.bitCount)-bit keys, local \(localNode), \(configuration)"
        return ([header] + steps.enumerated().map { "\($0.offset): \($0.element)" }).joined(separator: "\n")
    }
}
