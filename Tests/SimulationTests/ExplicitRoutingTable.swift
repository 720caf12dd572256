import Coordination
import Kademlia
import Timeline

@testable import Simulation

/// The k-buckets of one node, filled and kept: what the implicit tables must answer like.
///
/// It knows nothing of ranges or indices: it looks at every node of the network, one after the other.
struct ExplicitRoutingTable {
    private let owner: NetworkNode
    private let nodes: [NetworkNode]
    /// The nodes of each bucket, by the length of the prefix that they share with the owner.
    let buckets: [Int: [NetworkNode]]

    init(
        of owner: NetworkNode, among nodes: [NetworkNode], bucketSize: Int, seed: UInt64,
        isKnown: (_ node: NetworkNode, _ bucket: Int) -> Bool = { _, _ in true }
    ) {
        self.owner = owner
        self.nodes = nodes
        let peers = Dictionary(grouping: nodes.filter { $0.key != owner.key }) { $0.key.commonPrefixLength(with: owner.key) }
        buckets = Dictionary(
            uniqueKeysWithValues: peers.map { bucket, peers in
                let known = peers.filter { isKnown($0, bucket) }
                guard known.count > bucketSize else { return (bucket, known) }
                var generator = SplitMix64(seed: SplitMix64.hash(seed, UInt64(UInt32(bitPattern: owner.index)), UInt64(bucket)))
                var drawn: [NetworkNode] = []
                while drawn.count < bucketSize {
                    let peer = peers[generator.next(below: peers.count)]
                    if isKnown(peer, bucket), !drawn.contains(peer) { drawn.append(peer) }
                }
                return (bucket, drawn)
            })
    }

    /// The nodes of the table that are closest to a target, closest first.
    func closest(to target: Key256, count: Int) -> [NetworkNode] {
        Array(buckets.values.joined().sorted { $0.key.isCloser(to: target, than: $1.key) }.prefix(count))
    }
}
