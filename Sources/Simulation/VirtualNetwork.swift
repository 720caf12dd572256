internal import Coordination
public import Kademlia
public import Timeline

/// A network of nodes that answer find-closer and store requests: who they are, whom they know, how they behave, how far away they are.
///
/// It does not change while a run goes on. Everything random in it depends on the seed and on what it is for, not on when it is asked.
public struct VirtualNetwork: Sendable {
    /// How a node answers.
    public enum Behaviour: String, Hashable, Sendable, CaseIterable {
        /// With closer nodes, or by storing.
        case honest
        /// Never.
        case silent
        /// With an error.
        case failing
    }

    /// The kinds of request.
    enum RequestKind: UInt64, Sendable {
        case findCloser = 1
        case store = 2
    }

    /// What becomes of a request: the reply arrives after a while, or never. `reaching` is the part of the while until the request
    /// has reached the node.
    enum Reply: Equatable, Sendable {
        case success(after: Nanoseconds, reaching: Nanoseconds)
        case failure(after: Nanoseconds, reaching: Nanoseconds, reason: String)
        case never(PendingMessage.Obstacle)
    }

    /// What the network was built from.
    public let configuration: NetworkConfiguration

    /// The node that broadcasts. It is a client: no other node knows it.
    public let local: NetworkNode

    /// The other nodes, in ascending order of their keys; a node's index is its place here.
    public let nodes: [NetworkNode]

    private let behaviours: [Behaviour]
    private let tables: [RoutingTable]
    private let localTable: RoutingTable
    private let latency: LatencyTable

    /// Builds a network. O(n log n) for n nodes.
    public init(_ configuration: NetworkConfiguration) {
        self.configuration = configuration
        var generator = SplitMix64(seed: configuration.seed)
        var keys: [Key256]
        switch configuration.nodes {
        case .keys(let given): keys = Array(Set(given))
        case .random(let count): keys = Self.randomKeys(count, configuration, from: &generator)
        }
        keys.sort()
        nodes = keys.enumerated().map { NetworkNode(index: Int32($0.offset), key: $0.element) }
        let known = Set(keys)
        local = NetworkNode(
            index: Int32(keys.count),
            key: configuration.localKey ?? Self.randomKey(bits: configuration.keyBits, notIn: known, from: &generator))
        behaviours = nodes.map { Self.behaviour(of: $0, configuration) }
        tables = nodes.map { RoutingTable(of: $0, among: keys, configuration) }
        localTable = RoutingTable(of: local, among: keys, configuration)
        latency = LatencyTable(configuration.latency)
    }

    /// The node with this index, the local one included; `nil` if there is none.
    public func node(_ index: Int32) -> NetworkNode? {
        if index == local.index { return local }
        return nodes.indices.contains(Int(index)) ? nodes[Int(index)] : nil
    }

    /// How a node behaves.
    public func behaviour(of node: NetworkNode) -> Behaviour {
        behaviours.indices.contains(Int(node.index)) ? behaviours[Int(node.index)] : .honest
    }

    /// The nodes of the local node's routing table that are closest to a target, closest first: where a lookup starts.
    public func localClosest(to target: Key256) -> [NetworkNode] {
        localTable.closest(to: target, count: configuration.bucketSize).map { nodes[Int($0)] }
    }

    /// The nodes of a node's routing table that are closest to a target, closest first: its answer.
    public func closest(to target: Key256, knownBy node: NetworkNode) -> [NetworkNode] {
        guard tables.indices.contains(Int(node.index)) else { return [] }
        return tables[Int(node.index)].closest(to: target, count: configuration.bucketSize).map { nodes[Int($0)] }
    }

    /// What becomes of a request of this kind to a node, for this broadcast.
    func reply(from node: NetworkNode, to kind: RequestKind, of id: OperationID) -> Reply {
        let stream = SplitMix64.hash(configuration.seed, SplitMix64.hash(id.name), UInt64(UInt32(bitPattern: node.index)), kind.rawValue)
        func draw(_ purpose: UInt64) -> UInt64 { SplitMix64.hash(stream, purpose) }
        let behaviour = behaviour(of: node)
        if behaviour == .silent { return .never(.silent) }
        let isLost = draw(1).asShare < configuration.loss || draw(2).asShare < configuration.loss
        if isLost { return .never(.lost) }
        let there = latency.draw(draw(3))
        let time = Nanoseconds(there.count + latency.draw(draw(4)).count)
        return behaviour == .honest
            ? .success(after: time, reaching: there) : .failure(after: time, reaching: there, reason: "refused")
    }

    private static func behaviour(of node: NetworkNode, _ configuration: NetworkConfiguration) -> Behaviour {
        if configuration.silentKeys.contains(node.key) { return .silent }
        if configuration.failingKeys.contains(node.key) { return .failing }
        let draw = SplitMix64.hash(configuration.seed, 0xbe4a, UInt64(UInt32(bitPattern: node.index))).asShare
        if draw < configuration.silentShare { return .silent }
        return draw < configuration.silentShare + configuration.failingShare ? .failing : .honest
    }

    /// Keys of which none is the local node's.
    private static func randomKeys(_ count: Int, _ configuration: NetworkConfiguration, from generator: inout SplitMix64) -> [Key256] {
        var taken = Set(configuration.localKey.map { [$0] } ?? [])
        var keys: [Key256] = []
        while keys.count < count {
            let key = randomKey(bits: configuration.keyBits, notIn: taken, from: &generator)
            taken.insert(key)
            keys.append(key)
        }
        return keys
    }

    private static func randomKey(bits: Int, notIn taken: Set<Key256>, from generator: inout SplitMix64) -> Key256 {
        while true {
            let words = (0..<4).map { word in generator.next() & ones(bits - 64 * word) }
            let key = Key256(words[0], words[1], words[2], words[3])
            if !taken.contains(key) { return key }
        }
    }

    /// A word whose first `count` bits are 1.
    private static func ones(_ count: Int) -> UInt64 {
        count >= 64 ? .max : count <= 0 ? 0 : .max << UInt64(64 - count)
    }
}
