internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries
internal import Timeline

/// Measures the puts of a run that nobody steps through.
struct PutMeter: RunMeter, Sendable {
    /// A put that runs.
    private struct Put: Sendable {
        let id: OperationID
        let strategy: BroadcastStrategy
        let target: Key256
        let start: Instant
        let storeTimeout: Nanoseconds?
        var finds = 0
        var stores = 0
        /// When the first store was sent.
        var firstStore: Instant?
        /// When the last answer came that the lookup took.
        var lastAnswer: Instant
        /// When the requests time out whose answers do not come in time.
        var deadlinesOfFinds: [Instant] = []
        var deadlinesOfStores: [Instant] = []
        /// The number of answers between the seed and each node heard of.
        var hops: [Int32: UInt8]
    }

    /// A put that has ended, but for where its record is.
    struct Ended: Sendable {
        let result: PutResult
        let target: Key256
    }

    /// The answer that the pool is about to take, if it does not ignore it.
    private var answer: (put: Int, node: Int32, closer: [NetworkNode])?
    private var running: [Put] = []
    private var places: [OperationID: Int] = [:]
    private var vacant: [Int] = []
    private let requestTimeout: Nanoseconds
    /// The puts that have ended since somebody took them.
    private(set) var ended: [Ended] = []

    init(requestTimeout: Nanoseconds) {
        self.requestTimeout = requestTimeout
    }

    mutating func note(_ event: borrowing NetworkEvent, at now: Instant) {
        switch copy event {
        case .poll, .stopBroadcast: answer = nil
        case .startBroadcast(let id, let target, _, let seed, let configuration):
            answer = nil
            // One that is refused because of its id changes nothing of the one that runs.
            guard places[id] == nil else { return }
            var hops: [Int32: UInt8] = [:]
            hops.reserveCapacity(512)
            for node in seed { hops[node.index] = 0 }
            let put = Put(
                id: id, strategy: configuration.strategy, target: target, start: now, storeTimeout: configuration.stores.storeTimeout,
                lastAnswer: now, hops: hops)
            if let place = vacant.popLast() {
                running[place] = put
                places[id] = place
            } else {
                places[id] = running.count
                running.append(put)
            }
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            answer = places[id].map { ($0, node.index, closer) }
        case .getCloserNodesFailure(let id, let node, _, _):
            answer = places[id].map { ($0, node.index, []) }
        case .storeRecordSuccess, .storeRecordFailure: answer = nil
        }
    }

    mutating func settle(isIgnored: Bool, at now: Instant) {
        guard let (place, node, closer) = answer, !isIgnored else { return }
        answer = nil
        running[place].lastAnswer = now
        let hops = (running[place].hops[node] ?? 0) &+ 1
        for other in closer where running[place].hops[other.index] == nil { running[place].hops[other.index] = hops }
    }

    mutating func send(_ id: OperationID, to node: NetworkNode, isStore: Bool, at now: Instant, answeredAfter: Nanoseconds?) {
        guard let place = places[id] else { return }
        if isStore {
            running[place].stores += 1
            if running[place].firstStore == nil { running[place].firstStore = now }
            guard let timeout = running[place].storeTimeout, (answeredAfter ?? Nanoseconds(.max)) > timeout else { return }
            running[place].deadlinesOfStores.append(now.advanced(by: timeout))
        } else {
            running[place].finds += 1
            guard (answeredAfter ?? Nanoseconds(.max)) > requestTimeout else { return }
            running[place].deadlinesOfFinds.append(now.advanced(by: requestTimeout))
        }
    }

    mutating func refuse(_ id: OperationID) { remove(id) }

    mutating func finish(_ id: OperationID, _ outcome: BroadcastOutcome<NetworkNode>, at now: Instant) {
        guard let place = places[id] else { return }
        let put = running[place]
        remove(id)
        let walkEnd: Instant =
            switch put.strategy {
            case .static: put.start
            case .followUp: put.firstStore ?? now
            case .optimistic: put.finds == 0 ? put.start : put.lastAnswer
            }
        let timeouts =
            put.deadlinesOfFinds.count { $0.hasPassed(at: walkEnd) } + put.deadlinesOfStores.count { $0.hasPassed(at: now) }
        ended.append(
            Ended(
                result: PutResult(
                    id: id, strategy: put.strategy, start: put.start, end: now, walkEnd: walkEnd, reason: outcome.reason,
                    finds: put.finds, stores: put.stores, timeouts: timeouts,
                    hops: outcome.contacted.map { Int(put.hops[$0.index] ?? 0) }, holders: 0, overlap: 0, regret: nil),
                target: put.target))
    }

    private mutating func remove(_ id: OperationID) {
        if let place = places.removeValue(forKey: id) { vacant.append(place) }
    }

    /// The puts that have ended since the last time.
    mutating func takeEnded() -> [Ended] {
        defer { ended.removeAll(keepingCapacity: true) }
        return ended
    }
}
