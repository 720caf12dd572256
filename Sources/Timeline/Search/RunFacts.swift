internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// What has happened in a run, without the order in which it has: two runs of the same facts differ in their order only.
///
/// A fold over steps. The facts are the events and the answers, polls and rests apart; and how long each lookup had run when it ended,
/// as that tells whether its time was over, which no view shows.
struct RunFacts: Sendable {
    /// The sum of the hashes of the facts.
    private(set) var sum = 0
    /// The sum of the hashes of those facts that are the end of a broadcast.
    private(set) var outcomes = 0
    /// The broadcasts in the order of their start, one that was started twice twice.
    private var starts: [OperationID] = []
    /// The place in `starts` of the broadcast that the last answer was for.
    private var lastServed = -1
    private var endedLookups = 0
    /// Whether the order in which lookups end is a fact, too: it is if a broadcast takes the network's size from earlier lookups.
    let countsLookups: Bool

    /// Nothing has happened yet.
    init(countsLookups: Bool) {
        self.countsLookups = countsLookups
    }

    /// The number of broadcasts that were started.
    var startCount: Int { starts.count }

    /// Takes a step into account.
    mutating func record(_ step: Step, before: NetworkPoolView, after: NetworkPoolView) {
        if step.event != .poll {
            add {
                $0.combine(step.isIgnored)
                $0.combine(step.event)
            }
        }
        if case .startBroadcast(let id, _, _, _, _) = step.event, !step.state.isRejection { starts.append(id) }
        if !step.state.isAtRest {
            let hash = add { $0.combine(step.state) }
            switch step.state {
            case .broadcastFinished, .broadcastRejected: outcomes &+= hash
            case .idle, .waiting, .findCloser, .storeRecord: break
            }
            if let id = step.state.id, !step.state.isRejection, let place = starts.lastIndex(of: id) { lastServed = place }
        }
        for broadcast in before.broadcasts {
            guard let query = broadcast.query, after.broadcast(broadcast.id)?.query == nil else { continue }
            endedLookups += 1
            let order = countsLookups ? endedLookups : 0
            add {
                $0.combine(broadcast.id)
                $0.combine(query.statistics.start?.duration(to: step.time))
                $0.combine(order)
            }
        }
    }

    /// Which of these broadcasts is the first one to be served next, if all have work.
    func turn(among running: [BroadcastView<NetworkNode>]) -> OperationID? {
        let places = running.compactMap { broadcast in starts.lastIndex(of: broadcast.id) }
        return (places.filter { $0 > lastServed }.min() ?? places.min()).map { starts[$0] }
    }

    @discardableResult
    private mutating func add(_ feed: (inout Hasher) -> Void) -> Int {
        var hasher = Hasher()
        feed(&hasher)
        let hash = hasher.finalize()
        sum &+= hash
        return hash
    }
}

extension Hasher {
    /// Takes an event, all that observers see of it included.
    mutating func combine(_ event: NetworkEvent) {
        combine(event.id)
        switch event {
        case .startBroadcast(_, let target, let record, let seed, let configuration):
            combine(0)
            combine(target)
            combine(record)
            combine(seed)
            combine(configuration)
        case .stopBroadcast: combine(1)
        case .getCloserNodesSuccess(_, let node, _, let closer):
            combine(2)
            combine(node)
            combine(closer)
        case .getCloserNodesFailure(_, let node, _, let error):
            combine(3)
            combine(node)
            combine(error)
        case .storeRecordSuccess(_, let node, _, _):
            combine(4)
            combine(node)
        case .storeRecordFailure(_, let node, _, let error):
            combine(5)
            combine(node)
            combine(error)
        case .poll: combine(6)
        }
    }

    /// Takes an answer.
    fileprivate mutating func combine(_ state: NetworkState) {
        combine(state.id)
        switch state {
        case .idle: combine(0)
        case .waiting: combine(1)
        case .findCloser(_, let target, let node):
            combine(2)
            combine(target)
            combine(node)
        case .storeRecord(_, let node, let record):
            combine(3)
            combine(node)
            combine(record)
        case .broadcastFinished(_, let outcome):
            combine(4)
            combine(outcome)
        case .broadcastRejected(_, let reason):
            combine(5)
            combine(reason)
        }
    }
}
