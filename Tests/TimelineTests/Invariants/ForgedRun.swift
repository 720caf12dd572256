import Broadcasts
import Coordination
import Kademlia
import Queries
import Timeline

/// A pool that does as it should, and a checker that is told something else at chosen steps.
///
/// Nodes have keys of 8 bits and are called by them; the target is 0, so the distance of a node is its key. The local node is 255.
struct ForgedRun {
    typealias Pool = BroadcastPool<NetworkNode, Record>

    static let local = node(255)
    static let record = Record(name: "r")

    private(set) var pool: Pool
    private(set) var checker: InvariantChecker
    let configuration: PoolConfiguration
    /// The laws that the steps broke.
    private(set) var violations: [Violation] = []
    private(set) var milliseconds: Int64 = 0
    private var number = 0

    /// A run of a pool that looks for two nodes, three requests at once, unless told otherwise.
    init(_ queries: QueryPoolConfiguration = .init(replication: 2), maxBroadcasts: Int? = nil) throws {
        configuration = PoolConfiguration(queries: queries, maxBroadcasts: maxBroadcasts)
        pool = try Pool(localNode: Self.local, configuration: configuration)
        checker = InvariantChecker(localNode: Self.local, configuration: configuration, keyBits: 8)
    }

    var now: Instant { Instant.start.advanced(by: .milliseconds(milliseconds)) }

    /// Lets time pass.
    mutating func wait(_ length: Int64) { milliseconds += length }

    /// A step as it should be.
    @discardableResult
    mutating func feed(_ event: NetworkEvent = .poll, trigger: Step.Trigger = .act) -> NetworkState {
        let before = pool.view
        let state = pool.advance(event, at: now)
        check(event, state, before, pool.view, trigger)
        return state
    }

    /// Polls until the pool rests.
    mutating func settle() {
        while !feed().isAtRest {}
    }

    /// A step that did not happen like that: the pool knows nothing of it.
    mutating func forge(
        _ event: NetworkEvent, _ state: NetworkState, trigger: Step.Trigger = .act,
        view: (NetworkPoolView) -> NetworkPoolView = { $0 }
    ) {
        check(event, state, pool.view, view(pool.view), trigger)
    }

    /// A question that the pool does not ask: what its lookup counts is not shown, for it would not count this one.
    mutating func forgeQuestion(_ id: OperationID, to value: UInt8, near target: Key256 = .zero) {
        forge(.poll, .findCloser(id: id, target: target, node: node(value))) { $0.with(id, query: .some(nil)) }
    }

    /// A step whose view is not what the pool shows.
    mutating func feed(_ event: NetworkEvent, shown view: (NetworkPoolView) -> NetworkPoolView) {
        let before = pool.view
        let state = pool.advance(event, at: now)
        check(event, state, before, view(pool.view), .act)
    }

    /// The end of the run: nothing is on its way, and nobody polls.
    mutating func end() {
        violations += checker.check(report())
    }

    /// What the broadcasts wait for.
    func report(travelling: [StuckReport.Message] = [], nextDeadline: Instant? = nil) -> StuckReport {
        StuckReport(
            view: pool.view, configuration: configuration, travelling: travelling, nextDeadline: nextDeadline, at: now, step: number,
            keyBits: 8)
    }

    private mutating func check(
        _ event: NetworkEvent, _ state: NetworkState, _ before: NetworkPoolView, _ after: NetworkPoolView, _ trigger: Step.Trigger
    ) {
        number += 1
        let step = Step(
            number: number, time: now, event: event, trigger: trigger, state: state, isIgnored: after.ignoredEvents > before.ignoredEvents)
        violations += checker.check(step, before: before, after: after)
    }
}

// MARK: - Short names

extension NetworkEvent {
    static func follow(_ id: OperationID, _ seed: [UInt8], _ stores: StoreOptions = .init()) -> Self {
        start(id, seed, .followUp(FollowUpConfiguration(stores: stores)))
    }

    static func put(_ id: OperationID, _ seed: [UInt8], _ stores: StoreOptions = .init()) -> Self {
        start(id, seed, .static(StaticConfiguration(stores: stores)))
    }

    /// An Optimistic in a network of ten nodes: with two results nodes up to 13 are near, and two nodes of a mean up to 99 near enough.
    static func eager(_ id: OperationID, _ seed: [UInt8], returnRatio: Double = 1) -> Self {
        start(id, seed, .optimistic(OptimisticConfiguration(returnRatio: returnRatio, networkSize: 10)))
    }

    private static func start(_ id: OperationID, _ seed: [UInt8], _ configuration: BroadcastConfiguration) -> Self {
        .startBroadcast(id: id, target: .zero, message: ForgedRun.record, seed: seed.map(TimelineTests.node), configuration: configuration)
    }

    static func found(_ id: OperationID, _ from: UInt8, _ closer: [UInt8] = []) -> Self {
        .getCloserNodesSuccess(id: id, node: TimelineTests.node(from), target: .zero, closer: closer.map(TimelineTests.node))
    }

    static func stored(_ id: OperationID, _ by: UInt8) -> Self {
        .storeRecordSuccess(id: id, node: TimelineTests.node(by), request: ForgedRun.record, response: nil)
    }

    static func refused(_ id: OperationID, _ by: UInt8) -> Self {
        .storeRecordFailure(id: id, node: TimelineTests.node(by), request: ForgedRun.record, error: .failed("refused"))
    }
}

extension NetworkState {
    static func store(_ id: OperationID, _ value: UInt8) -> Self {
        .storeRecord(id: id, node: TimelineTests.node(value), message: ForgedRun.record)
    }

    static func end(
        _ id: OperationID, _ contacted: [UInt8] = [], _ reason: BroadcastOutcome<NetworkNode>.Reason = .completed,
        errors: [(UInt8, RequestError)] = [], notContacted: [UInt8] = [], unanswered: [UInt8] = []
    ) -> Self {
        .broadcastFinished(
            id: id,
            outcome: BroadcastOutcome(
                reason: reason, contacted: contacted.map(TimelineTests.node),
                errors: errors.map { .init(node: TimelineTests.node($0.0), error: $0.1) },
                notContacted: notContacted.map(TimelineTests.node), unanswered: unanswered.map(TimelineTests.node)))
    }
}

extension NetworkPoolView {
    /// The same view without this broadcast.
    func without(_ id: OperationID) -> NetworkPoolView {
        NetworkPoolView(
            broadcasts: broadcasts.filter { $0.id != id }, heldSlots: heldSlots, slots: slots, ignoredEvents: ignoredEvents)
    }

    /// The same view with another query, other stores, or another end of the walk in this broadcast.
    func with(
        _ id: OperationID = "a", query: QueryView<NetworkNode>?? = .none, stores: [(UInt8, StoreView<NetworkNode>.Status)]? = nil,
        walkEnd: WalkEnd? = nil, thresholds: OptimisticThresholds<Key256>? = nil
    ) -> NetworkPoolView {
        let changed = broadcasts.map { broadcast in
            guard broadcast.id == id else { return broadcast }
            return BroadcastView(
                id: id, strategy: broadcast.strategy, target: broadcast.target, phase: broadcast.phase, query: query ?? broadcast.query,
                stores: stores?.map { StoreView(node: TimelineTests.node($0.0), status: $0.1) } ?? broadcast.stores,
                optimistic: broadcast.optimistic.map {
                    OptimisticView(
                        thresholds: thresholds ?? $0.thresholds, walkEnd: walkEnd ?? $0.walkEnd, earlyStores: $0.earlyStores,
                        answersNeeded: $0.answersNeeded)
                })
        }
        return NetworkPoolView(broadcasts: changed, heldSlots: heldSlots, slots: slots, ignoredEvents: ignoredEvents)
    }
}
