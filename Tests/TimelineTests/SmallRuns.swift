import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation

@testable import Timeline

/// The key of 8 bits with this value, where a network keeps it.
func key(_ value: UInt8) -> Key256 { Key256(UInt64(value) << 56, 0, 0, 0) }

/// A node with a key of 8 bits whose index is that key.
func node(_ value: UInt8) -> NetworkNode { NetworkNode(index: Int32(value), key: key(value)) }

func nodes(_ values: [UInt8]) -> [NetworkNode] { values.map(node) }

/// A pool that is fed event by event, and all that an observer sees of it. The target of its broadcasts is 0, so a key is a distance.
struct SmallRun {
    typealias Pool = BroadcastPool<NetworkNode, Record>

    private(set) var pool: Pool
    private(set) var steps: [Step] = []
    private(set) var views: [NetworkPoolView]
    private(set) var journal = Journal()
    private var now = Instant.start
    /// What the world would say of the requests.
    var pending: [PendingMessage] = []

    static let names = Names(keyBits: 8)

    /// The local node is ff; 3 slots, α = 2, k = 2, requests time out after a second, lookups after five, unless told otherwise.
    init(_ queries: QueryPoolConfiguration = .small(), maxBroadcasts: Int? = nil) throws {
        pool = try Pool(localNode: node(0xff), configuration: PoolConfiguration(queries: queries, maxBroadcasts: maxBroadcasts))
        views = [pool.view]
    }

    /// Feeds an event, at this many milliseconds if given.
    @discardableResult
    mutating func feed(_ event: NetworkEvent, at milliseconds: Int64? = nil, _ trigger: Step.Trigger? = nil) -> Step {
        if let milliseconds { now = Instant.start.advanced(by: .milliseconds(milliseconds)) }
        let ignored = pool.ignoredEvents
        let state = pool.advance(event, at: now)
        let step = Step(
            number: steps.count + 1, time: now, event: event, trigger: trigger ?? (event == .poll ? .continuation : .act), state: state,
            isIgnored: pool.ignoredEvents > ignored)
        steps.append(step)
        views.append(pool.view)
        journal.record(step)
        return step
    }

    mutating func start(
        _ id: OperationID, _ seed: [UInt8], _ configuration: BroadcastConfiguration = .followUp(.init()), at milliseconds: Int64? = nil
    ) {
        feed(
            .startBroadcast(id: id, target: .zero, message: Record(name: "r"), seed: nodes(seed), configuration: configuration),
            at: milliseconds)
    }

    mutating func found(_ id: OperationID, _ from: UInt8, _ closer: [UInt8] = [], at milliseconds: Int64? = nil) {
        feed(.getCloserNodesSuccess(id: id, node: node(from), target: .zero, closer: nodes(closer)), at: milliseconds, .reply(sent: .start))
    }

    mutating func findFailed(_ id: OperationID, _ from: UInt8, at milliseconds: Int64? = nil) {
        feed(
            .getCloserNodesFailure(id: id, node: node(from), target: .zero, error: .failed("refused")), at: milliseconds,
            .reply(sent: .start))
    }

    mutating func stored(_ id: OperationID, _ from: UInt8, at milliseconds: Int64? = nil) {
        feed(
            .storeRecordSuccess(id: id, node: node(from), request: Record(name: "r"), response: nil), at: milliseconds,
            .reply(sent: .start))
    }

    mutating func storeFailed(_ id: OperationID, _ from: UInt8, at milliseconds: Int64? = nil) {
        feed(
            .storeRecordFailure(id: id, node: node(from), request: Record(name: "r"), error: .failed("refused")), at: milliseconds,
            .reply(sent: .start))
    }

    mutating func poll(at milliseconds: Int64? = nil) { feed(.poll, at: milliseconds, milliseconds == nil ? .continuation : .deadline) }

    mutating func stop(_ id: OperationID, at milliseconds: Int64? = nil) { feed(.stopBroadcast(id: id), at: milliseconds) }

    /// What the last step changed, a line for each change.
    var changes: [String] { changes(of: steps.count) }

    func changes(of number: Int) -> [String] {
        let difference = Difference(of: steps[number - 1], before: views[number - 1], after: views[number])
        return difference.parts.flatMap { part in part.changes.map { "\(part.machine.shown) \($0.text(Self.names))" } }
    }

    /// The messages of the last step, a line for each.
    var messages: [String] {
        explainer.microSteps(of: steps.count).map { $0.all.map { "\($0.number) \($0.text(Self.names))" } } ?? []
    }

    /// An explainer for the end of the run, or for an earlier position.
    var explainer: Explainer { explainer(at: steps.count) }

    func explainer(at position: Int, knowsPast: Bool = true) -> Explainer {
        var journal = Journal()
        for step in steps.prefix(position) { journal.record(step) }
        return Explainer(
            position: position, step: { steps[$0 - 1] }, journal: journal, view: views[position],
            viewBefore: { knowsPast ? views[$0 - 1] : nil }, pending: pending,
            nextDeadline: position == steps.count ? pool.nextDeadline : nil, names: Self.names)
    }
}

extension QueryPoolConfiguration {
    static func small(concurrency: Int = 3, k: Int = 2, α: Int = 2) -> Self {
        Self(
            concurrency: concurrency, timeout: .seconds(5), replication: k, queryConcurrency: α, requestTimeout: .seconds(1))
    }
}

extension MachineName {
    /// The machine in a word or two.
    var shown: String {
        switch self {
        case .pool: "pool"
        case .broadcast(let id, let strategy): "\(strategy) \(id)"
        case .lookup(let id): "lookup \(id)"
        }
    }
}

extension Explanation {
    /// The causes, as in `3: 20 was asked`.
    var shownCauses: [String] { causes.map { "\($0.step): \($0.what)" } }
}
