import Broadcasts
import Coordination
import Kademlia
import Queries
import Timeline

/// A short run with keys of 8 bits, made by hand: for filters, breakpoints and watches.
///
///      1    0ms  start b1 to 00, seeds 40 80            find 40
///      2   30ms  closer 40 tells of 08 9f               find 08
///      3   40ms  start b2 (static) to ff, seed 9f       store 9f (b2)
///      4   60ms  closer-fail 08: refused                find 80
///      5  100ms  store-ok 9f (b2)                       finished b2
///      6  110ms  closer 80 tells of nobody              store 40
///      7  110ms  poll                                   store 80
///      8  110ms  poll                                   waiting
///      9  120ms  closer 08 tells of 01, ignored         waiting
///     10  150ms  store-ok 40                            waiting
///     11 1110ms  poll, for a deadline                   finished b1, 80 timed out
///     12    2s   start b1 (optimistic) to f0, no seed   finished b1, no nodes
///     13  2.1s   start my*put (optimistic) to 10        find 9f
///     14  2.2s   stop my*put                            finished my*put, stopped
///     15  2.3s   start without a name                   rejected
///     16  2.4s   poll                                   idle
struct HandMadeRun {
    private(set) var steps: [Step] = []
    private(set) var journal = Journal()
    /// The pool before the first step, then after each.
    private(set) var views: [NetworkPoolView]
    private var pool: BroadcastPool<NetworkNode, Record>

    init() throws {
        pool = try BroadcastPool(
            localNode: Self.node(0x7f), configuration: PoolConfiguration(queries: .init(replication: 2, queryConcurrency: 1)))
        views = [pool.view]
        let options = StoreOptions(storeTimeout: .seconds(1))
        let ff = Self.node(0xff).key
        add(0, start("b1", 0x00, [0x40, 0x80], .followUp(FollowUpConfiguration(stores: options))))
        add(30, closer("b1", 0x40, [0x08, 0x9f]), sent: 0)
        add(40, start("b2", 0xff, [0x9f], .static(StaticConfiguration())))
        add(60, .getCloserNodesFailure(id: "b1", node: Self.node(0x08), target: .zero, error: .failed("Refused")), sent: 30)
        add(100, stored("b2", 0x9f), sent: 40)
        // The target that a reply carries is a lie here.
        add(110, .getCloserNodesSuccess(id: "b1", node: Self.node(0x80), target: ff, closer: []), sent: 60)
        add(110, .poll, .continuation)
        add(110, .poll, .continuation)
        add(120, closer("b1", 0x08, [0x01]), sent: 30)
        add(150, stored("b1", 0x40), sent: 110)
        add(1111, .poll, .deadline)
        add(2000, start("b1", 0xf0, [], .optimistic(OptimisticConfiguration())))
        add(2100, start("my*put", 0x10, [0x9f], .optimistic(OptimisticConfiguration())))
        add(2200, .stopBroadcast(id: "my*put"))
        add(2300, start("", 0x00, [], .static(StaticConfiguration())))
        add(2400, .poll, .continuation)
    }

    static func node(_ key: UInt8) -> NetworkNode {
        NetworkNode(index: Int32(key), key: Key256(UInt64(key) << 56, 0, 0, 0))
    }

    private func start(_ id: OperationID, _ target: UInt8, _ seed: [UInt8], _ configuration: BroadcastConfiguration) -> NetworkEvent {
        .startBroadcast(
            id: id, target: Self.node(target).key, message: Record(name: "r"), seed: seed.map(Self.node), configuration: configuration)
    }

    private func closer(_ id: OperationID, _ from: UInt8, _ told: [UInt8]) -> NetworkEvent {
        .getCloserNodesSuccess(id: id, node: Self.node(from), target: .zero, closer: told.map(Self.node))
    }

    private func stored(_ id: OperationID, _ node: UInt8) -> NetworkEvent {
        .storeRecordSuccess(id: id, node: Self.node(node), request: Record(name: "r"), response: nil)
    }

    private mutating func add(_ milliseconds: Int64, _ event: NetworkEvent, sent: Int64) {
        add(milliseconds, event, .reply(sent: Instant.start.advanced(by: .milliseconds(sent))))
    }

    private mutating func add(_ milliseconds: Int64, _ event: NetworkEvent, _ trigger: Step.Trigger = .act) {
        let now = Instant.start.advanced(by: .milliseconds(milliseconds))
        let ignored = pool.ignoredEvents
        let state = pool.advance(event, at: now)
        let step = Step(
            number: steps.count + 1, time: now, event: event, trigger: trigger, state: state, isIgnored: pool.ignoredEvents > ignored)
        steps.append(step)
        journal.record(step)
        views.append(pool.view)
    }

    /// A step for a filter; step 8 breaks an invariant, and the text is `Line` and the number.
    func context(_ step: Step) -> FilterContext {
        let (before, after) = (views[step.number - 1], views[step.number])
        return FilterContext(
            step: step, keyBits: 8, journal: journal, isViolation: step.number == 8, text: "Line \(step.number)", viewBefore: before,
            viewAfter: after)
    }

    /// The numbers of the steps that a filter matches.
    func matches(_ filter: Filter) -> [Int] {
        steps.filter { filter.matches(context($0)) }.map(\.number)
    }
}
