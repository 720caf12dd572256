import Broadcasts
import Coordination
import Kademlia

/// What is known of a pool from its events and states alone, and what must hold of the next state.
struct Record<Key: KademliaKey> {
    typealias Node = FuzzNode<Key>

    /// A broadcast that runs.
    struct Running {
        let target: Key
        let message: UInt8
        let seed: Set<Key>
        let configuration: BroadcastConfiguration
        var asked: Set<Key> = []
        var sent: Set<Key> = []
    }

    let localKey: Key
    let configuration: PoolConfiguration
    var running: [OperationID: Running] = [:]
    /// Their ids, in the order of their start.
    var order: [OperationID] = []
    var lastState = PoolState<Node, UInt8>.idle

    init(localKey: Key, configuration: PoolConfiguration) {
        self.localKey = localKey
        self.configuration = configuration
    }

    var isAtRest: Bool { lastState.isAtRest }

    /// Takes note of an advance, after which so many more events were ignored.
    mutating func note(_ event: PoolEvent<Node, UInt8>, _ state: PoolState<Node, UInt8>, ignored: Int) {
        checkIgnored(event, ignored)
        var expected: BroadcastRejection?
        var isStart = false
        if case .startBroadcast(let id, let target, let message, let seed, let configuration) = event {
            expected = rejection(of: id, configuration)
            isStart = true
            var isRejected = false
            if case .broadcastRejected(id, _) = state { isRejected = true }
            if !isRejected {
                require(expected == nil, "a start is not rejected: \(id)")
                running[id] = Running(target: target, message: message, seed: Set(seed.map(\.key)), configuration: configuration)
                order.append(id)
            }
        }
        switch state {
        case .idle: require(running.isEmpty, "the pool is idle, and broadcasts run")
        case .waiting: require(!running.isEmpty, "the pool waits, and no broadcast runs")
        case .findCloser(let id, let target, let node): noteRequest(id, target, node)
        case .storeRecord(let id, let node, let message): noteStore(id, node, message)
        case .broadcastFinished(let id, let outcome):
            let isStopped = if case .stopBroadcast(id) = event { true } else { false }
            noteEnd(id, outcome, isStopped: isStopped)
        case .broadcastRejected(let id, let reason):
            require(isStart && event.id == id, "a broadcast is rejected that was not started: \(id)")
            require(reason == expected, "\(id) is rejected because of \(reason), not of \(String(describing: expected))")
        }
        if case .stopBroadcast(let id) = event { require(running[id] == nil, "\(id) runs on after its stop") }
        lastState = state
    }

    /// Why a start must be rejected.
    private func rejection(of id: OperationID, _ configuration: BroadcastConfiguration) -> BroadcastRejection? {
        if id.isEmpty { return .emptyID }
        if running[id] != nil { return .idInUse }
        if let limit = self.configuration.maxBroadcasts, running.count >= limit { return .poolFull(limit: limit) }
        do { try configuration.validate() } catch { return .invalidConfiguration(error) }
        return nil
    }

    /// Checks that what can make no sense was ignored, and what always makes sense was not.
    private func checkIgnored(_ event: PoolEvent<Node, UInt8>, _ ignored: Int) {
        let allowed: ClosedRange<Int>
        switch event {
        case .poll, .startBroadcast: allowed = 0...0
        case .stopBroadcast(let id): allowed = running[id] == nil ? 1...1 : 0...0
        case .getCloserNodesSuccess(let id, let node, _, _), .getCloserNodesFailure(let id, let node, _, _):
            let hasQuery = running[id].map { $0.configuration.strategy != .static } ?? false
            allowed = hasQuery && node.key != localKey ? 0...1 : 1...1
        case .storeRecordSuccess(let id, let node, _, _), .storeRecordFailure(let id, let node, _, _):
            allowed = running[id]?.sent.contains(node.key) == true ? 0...1 : 1...1
        }
        require(allowed.contains(ignored), "\(event) made \(ignored) ignored events")
    }
}
