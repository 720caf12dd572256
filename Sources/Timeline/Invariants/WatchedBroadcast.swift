internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// What a checker remembers of a running broadcast.
struct WatchedBroadcast: Sendable {
    /// The operation's id.
    let id: OperationID
    /// The key that the record is stored under.
    let target: Key256
    /// What is stored.
    let record: Record
    /// The seed as it was given.
    let seed: [NetworkNode]
    /// The strategy.
    let strategy: BroadcastStrategy
    /// How the stores are sent.
    let options: StoreOptions
    /// The options of an Optimistic.
    let optimistic: OptimisticConfiguration?
    /// `nil` for a Static.
    var lookup: WatchedLookup?
    /// Whether the lookup has ended, as far as one can see from outside.
    var isLookupOver: Bool
    /// Whether it ended because its time was over, once it has.
    var hasTimedOut = false
    /// The stores.
    var stores = WatchedStores()
    /// The nodes that its lookup ended with, closest first, once it has.
    var chosen: [NetworkNode]?
    /// The thresholds of an Optimistic that knows the network's size, as the view shows them.
    var thresholds: OptimisticThresholds<Key256>?
    /// Why the walk of such an Optimistic has ended, as the view says, once it has.
    var walkEnd: WalkEnd?
    /// Until then nothing changes unless an event or an answer names the broadcast.
    var quietUntil: Instant?
    /// The laws that were found broken and go on being so: one report is enough.
    var reported: Set<InvariantID> = []

    /// A broadcast that has just been started.
    init(
        id: OperationID, target: Key256, record: Record, seed: [NetworkNode], configuration: BroadcastConfiguration, localKey: Key256
    ) {
        self.id = id
        self.target = target
        self.record = record
        self.seed = seed
        strategy = configuration.strategy
        switch configuration {
        case .followUp(let configuration): (options, optimistic) = (configuration.stores, nil)
        case .static(let configuration): (options, optimistic) = (configuration.stores, nil)
        case .optimistic(let configuration): (options, optimistic) = (configuration.stores, configuration)
        }
        lookup = strategy == .static ? nil : WatchedLookup(target: target, seed: seed, localKey: localKey)
        isLookupOver = strategy == .static
    }

    /// Whether it stores while it looks: an Optimistic that knows the network's size.
    var isEager: Bool { thresholds != nil }

    /// Whether its lookup holds a slot: from its first request to its end.
    var holdsSlot: Bool { !isLookupOver && lookup?.firstAsked != nil }

    /// Whether its lookup is in line for a slot.
    var isInLine: Bool { !isLookupOver && lookup?.firstAsked == nil }

    /// Forgets what is overdue.
    mutating func expire(at now: Instant) {
        lookup?.expire(at: now)
        stores.expire(at: now)
    }

    /// Whether one more store may go out.
    var maySend: Bool { stores.inFlight.count < options.storeConcurrency ?? .max }

    /// The number of stores, of those sent, that must be answered before the end: min(⌈ratio · k⌉, sent); all but for an Optimistic that
    /// knows the network's size.
    func answersNeeded(_ k: Int) -> Int {
        guard isEager, let ratio = optimistic?.returnRatio else { return stores.sent.count }
        // A ratio is meant as it is written in decimals: 0.07 of 100 is 7, though the nearest `Double` is a little more.
        let share = (ratio * Double(k) - 1e-9).rounded(.up)
        return min(max(1, Int(exactly: share) ?? k), stores.sent.count)
    }

    /// The first moment at which time changes anything; `nil` if it does not.
    func nextChange(_ limits: QueryPoolConfiguration) -> Instant? {
        let lookup = isLookupOver ? nil : lookup?.nextChange(limits)
        guard let stores = stores.nextChange else { return lookup }
        return lookup.map { min($0, stores) } ?? stores
    }
}
