internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Simulation
internal import Timeline

/// What the exhibits are built from: a network with keys of 8 bits, and acts that name nodes by these keys.
///
/// A bucket holds one node, and a node answers with one: so a lookup hears of next to nothing but its seed, and stays small enough
/// to be followed by eye.
struct Stage {
    /// Something done from outside.
    typealias Act = SimulatedWorld<ReferencePool>.Act

    /// The network.
    let network: VirtualNetwork

    /// A network of nodes with these keys. The local node's is ff.
    ///
    /// - Parameters:
    ///   - keys: the nodes.
    ///   - silent: those of them that never answer.
    ///   - roundTrip: the time from each request to its answer.
    init(_ keys: [UInt8], silent: Set<UInt8> = [], roundTrip: Nanoseconds) {
        network = VirtualNetwork(
            NetworkConfiguration(
                nodes: .keys(keys.map(Self.key)), keyBits: 8, bucketSize: 1, latency: .constant(Nanoseconds(roundTrip.count / 2)),
                silentKeys: Set(silent.map(Self.key)), localKey: Self.key(0xff)))
    }

    /// The start of a FollowUp.
    func followUp(_ id: OperationID, at time: Nanoseconds = .zero, target: UInt8, seed: [UInt8], record: String? = nil) -> Act {
        start(id, at: time, target: target, seed: seed, record: record, .followUp(FollowUpConfiguration()))
    }

    /// The start of a Static.
    func `static`(_ id: OperationID, at time: Nanoseconds = .zero, target: UInt8, seed: [UInt8]) -> Act {
        start(id, at: time, target: target, seed: seed, record: nil, .static(StaticConfiguration()))
    }

    /// A stop.
    func stop(_ id: OperationID, at time: Nanoseconds) -> Act {
        Act(time: .start.advanced(by: time), event: .stopBroadcast(id: id))
    }

    /// A store reply that comes from nowhere: stored, or not with this error.
    func storeReply(_ id: OperationID, at time: Nanoseconds, from key: UInt8, error: RequestError? = nil) -> [Act] {
        nodes([key]).map { node in
            let record = Self.record(of: id)
            let event: NetworkEvent =
                if let error {
                    .storeRecordFailure(id: id, node: node, request: record, error: error)
                } else {
                    .storeRecordSuccess(id: id, node: node, request: record, response: nil)
                }
            return Act(time: .start.advanced(by: time), event: event)
        }
    }

    private func start(
        _ id: OperationID, at time: Nanoseconds, target: UInt8, seed: [UInt8], record: String?, _ configuration: BroadcastConfiguration
    ) -> Act {
        Act(
            time: .start.advanced(by: time),
            event: .startBroadcast(
                id: id, target: Self.key(target), message: record.map(Record.init) ?? Self.record(of: id), seed: nodes(seed),
                configuration: configuration))
    }

    private func nodes(_ keys: [UInt8]) -> [NetworkNode] {
        keys.compactMap { key in network.nodes.first { $0.key == Self.key(key) } }
    }

    private static func record(of id: OperationID) -> Record {
        Record(name: "record of \(id)")
    }

    private static func key(_ value: UInt8) -> Key256 {
        Key256(UInt64(value) << 56, 0, 0, 0)
    }
}
