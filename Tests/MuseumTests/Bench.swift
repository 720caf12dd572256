import Broadcasts
import Coordination
import Kademlia
import Queries
import Timeline

/// The node with this key of 8 bits; its index is the same number.
func node(_ key: UInt8) -> NetworkNode {
    NetworkNode(index: Int32(key), key: Key256(UInt64(key) << 56, 0, 0, 0))
}

/// A pool of either kind, driven by hand, with a clock. Nodes and targets are keys of 8 bits; the local node is ff.
struct Bench<Machine: BroadcastPoolMachine> where Machine.Node == NetworkNode, Machine.Message == Record {
    var pool: Machine
    var now = Instant.start

    init(_ pool: Machine) {
        self.pool = pool
    }

    /// The ids of the running broadcasts.
    var running: [OperationID] { pool.view.broadcasts.map(\.id) }

    mutating func wait(_ time: Nanoseconds) {
        now = now.advanced(by: time)
    }

    mutating func feed(_ event: NetworkEvent) -> NetworkState {
        pool.advance(event, at: now)
    }

    mutating func poll() -> NetworkState { feed(.poll) }

    mutating func stop(_ id: OperationID) -> NetworkState { feed(.stopBroadcast(id: id)) }

    /// Starts a FollowUp; the record is named after the id unless told otherwise.
    mutating func follow(_ id: OperationID, target: UInt8, seed: [UInt8], record: String? = nil) -> NetworkState {
        start(id, target, seed, Record(name: record ?? id.name), .followUp(FollowUpConfiguration()))
    }

    /// Starts a Static; the record is named after the id.
    mutating func put(_ id: OperationID, target: UInt8, seed: [UInt8]) -> NetworkState {
        start(id, target, seed, Record(name: id.name), .static(StaticConfiguration()))
    }

    /// A node answers a lookup.
    mutating func found(_ id: OperationID, by key: UInt8, closer: [UInt8] = []) -> NetworkState {
        feed(.getCloserNodesSuccess(id: id, node: node(key), target: .zero, closer: closer.map(node)))
    }

    /// A node has stored the record.
    mutating func stored(_ id: OperationID, by key: UInt8) -> NetworkState {
        feed(.storeRecordSuccess(id: id, node: node(key), request: Record(name: id.name), response: nil))
    }

    /// A node has not stored the record.
    mutating func notStored(_ id: OperationID, by key: UInt8) -> NetworkState {
        feed(.storeRecordFailure(id: id, node: node(key), request: Record(name: id.name), error: .failed("refused")))
    }

    private mutating func start(
        _ id: OperationID, _ target: UInt8, _ seed: [UInt8], _ record: Record, _ configuration: BroadcastConfiguration
    ) -> NetworkState {
        feed(.startBroadcast(id: id, target: node(target).key, message: record, seed: seed.map(node), configuration: configuration))
    }
}

extension NetworkState {
    static func ask(_ id: OperationID, _ key: UInt8, target: UInt8) -> Self {
        .findCloser(id: id, target: MuseumTests.node(target).key, node: MuseumTests.node(key))
    }

    static func store(_ id: OperationID, _ key: UInt8, _ record: String? = nil) -> Self {
        .storeRecord(id: id, node: MuseumTests.node(key), message: Record(name: record ?? id.name))
    }

    static func finished(
        _ id: OperationID, _ reason: BroadcastOutcome<NetworkNode>.Reason, _ contacted: [UInt8] = [], errors: [UInt8: RequestError] = [:]
    ) -> Self {
        .broadcastFinished(id: id, outcome: outcome(reason, contacted, errors: errors))
    }

    /// An outcome; its errors stand in the order of the contacted nodes.
    static func outcome(
        _ reason: BroadcastOutcome<NetworkNode>.Reason, _ contacted: [UInt8] = [], errors: [UInt8: RequestError] = [:]
    ) -> BroadcastOutcome<NetworkNode> {
        var left = errors
        return BroadcastOutcome(
            reason: reason, contacted: contacted.map(MuseumTests.node),
            errors: contacted.compactMap { key in left.removeValue(forKey: key).map { .init(node: MuseumTests.node(key), error: $0) } })
    }
}
