public import Broadcasts
public import Coordination

/// One incarnation of a broadcast, from its start to its end, as the steps of a history tell it.
public final class BroadcastRun<K: TestKey> {
    /// A find-closer request and what came of it.
    public struct Ask: Sendable {
        /// The node asked.
        public let node: K
        /// The step at which it was asked.
        public let step: Int
        /// The time until which it is awaited.
        public let deadline: Instant
        /// The step at which its reply was accepted.
        public var replyStep: Int?
        /// Whether that was a success.
        public var succeeded = false
    }

    /// A store and what came of it.
    public struct Store: Sendable {
        /// The node stored with.
        public let node: K
        /// The step at which the store went out.
        public let step: Int
        /// The time until which it is awaited; `nil` for ever.
        public let deadline: Instant?
        /// The step at which its reply was accepted.
        public var replyStep: Int?
        /// The error of that reply.
        public var error: RequestError?
    }

    /// The id.
    public let id: OperationID
    /// The step of its start.
    public let startStep: Int
    /// The key of the record.
    public let target: K
    /// The message.
    public let message: String
    /// The seed as given.
    public let seed: [K]
    /// Whether it is a Static.
    public let isStatic: Bool
    /// How its stores are sent.
    public let stores: StoreOptions
    /// The options of an Optimistic.
    public let optimistic: OptimisticConfiguration?

    init(
        id: OperationID, startStep: Int, target: K, message: String, seed: [K], localNode: K, isStatic: Bool, stores: StoreOptions,
        optimistic: OptimisticConfiguration?
    ) {
        self.id = id
        self.startStep = startStep
        self.target = target
        self.message = message
        self.seed = seed
        self.isStatic = isStatic
        self.stores = stores
        self.optimistic = optimistic
        known = Set(seed).subtracting([localNode])
    }

    /// The find-closer requests, in order.
    public internal(set) var asks: [Ask] = []
    /// The stores, in order.
    public internal(set) var sent: [Store] = []
    /// The nodes heard of, but for the local one.
    public internal(set) var known: Set<K>
    /// The nodes known to be bad before they were asked, with the step at which that became known.
    public internal(set) var failedUnasked: [K: Int] = [:]
    /// The step at which the lookup ended, as far as one can see from outside.
    public internal(set) var lookupEnd: Int?
    /// The thresholds of an Optimistic that knows the network's size, as its view shows them.
    public internal(set) var thresholds: OptimisticThresholds<K>?
    /// Why the walk of an Optimistic ended, if its view has ever shown that.
    public internal(set) var walkEnd: WalkEnd?
    /// The step of the stop.
    public internal(set) var stopStep: Int?
    /// The step and the outcome of the end.
    public internal(set) var end: (step: Int, outcome: BroadcastOutcome<K>)?

    /// The nodes whose find reply was accepted as a success.
    public var answered: [K] { asks.filter(\.succeeded).map(\.node) }

    /// Whether it stores while it looks: an Optimistic with thresholds.
    public var isEager: Bool { thresholds != nil }

    /// Whether its first request is a store, though it has a lookup.
    public var storesBeforeItAsks: Bool { isEager && sent.first?.step ?? .max < asks.first?.step ?? .max }

    /// Whether there is a step at which both go on.
    public func overlaps(_ other: BroadcastRun) -> Bool {
        startStep <= other.end?.step ?? .max && other.startStep <= end?.step ?? .max
    }

    /// The steps at which the run was going on, its end included.
    public func isRunning(at step: Int) -> Bool {
        startStep <= step && step <= end?.step ?? .max
    }

    /// The nodes to store with: what was sent to and what the end says was not.
    public var chosen: [K] {
        (sent.map(\.node) + (end?.outcome.notContacted ?? [])).withoutRepetitions
    }
}
