import Broadcasts
import Coordination
import DequeModule
import Kademlia

typealias BenchmarkPool = BroadcastPool<BenchmarkNode, UInt32>

/// What a driver counted: what any implementation must come to.
struct Totals: Equatable {
    var advances = 0
    var finds = 0
    var stores = 0
}

/// The driver of the workloads: a perfect network with one queue, and a clock that stands still.
///
/// All start events come first. Then, until all broadcasts have finished: poll until the pool is at rest, then answer the oldest request.
struct Driver {
    /// A request that is to be answered. A struct: an enum that holds an id takes longer to move.
    struct Request {
        let id: OperationID
        let node: BenchmarkNode
        let isStore: Bool
        /// What is looked for; zero for a store.
        let target: Key256
    }

    private(set) var totals = Totals()
    private var requests: Deque<Request> = []
    private var running = 0
    private let now = Instant.start

    /// Runs broadcasts to their end.
    ///
    /// - Parameter reply: the closer nodes that a node answers with.
    mutating func run(
        _ starts: [PoolEvent<BenchmarkNode, UInt32>], on pool: inout BenchmarkPool, reply: (BenchmarkNode, Key256) -> [BenchmarkNode]
    ) {
        running = starts.count
        requests.reserveCapacity(starts.count * 20)
        for start in starts { advance(start, on: &pool) }
        while running > 0 {
            while advance(.poll, on: &pool) {}
            guard running > 0, let request = requests.popFirst() else { continue }
            let (id, node, target) = (request.id, request.node, request.target)
            if request.isStore {
                advance(.storeRecordSuccess(id: id, node: node, request: 0, response: nil), on: &pool)
            } else {
                advance(.getCloserNodesSuccess(id: id, node: node, target: target, closer: reply(node, target)), on: &pool)
            }
        }
    }

    /// Advances the pool, and does what it asks for.
    ///
    /// - Returns: whether it asked for anything.
    @discardableResult
    private mutating func advance(_ event: consuming PoolEvent<BenchmarkNode, UInt32>, on pool: inout BenchmarkPool) -> Bool {
        totals.advances += 1
        switch pool.advance(event, at: now) {
        case .idle, .waiting: return false
        case .findCloser(let id, let target, let node):
            totals.finds += 1
            requests.append(Request(id: id, node: node, isStore: false, target: target))
        case .storeRecord(let id, let node, _):
            totals.stores += 1
            requests.append(Request(id: id, node: node, isStore: true, target: .zero))
        case .broadcastFinished: running -= 1
        case .broadcastRejected(let id, let reason): fatalError("\(id): \(reason)")
        }
        return true
    }
}
