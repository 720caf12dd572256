internal import Kademlia
internal import Scenarios
internal import Simulation
internal import Timeline

/// The nodes around the target of a broadcast, in buckets: nodes of one bucket share equally many leading bits with the target.
///
/// A bucket is also a subtree of the binary trie of all keys: the one that leaves the target's path at that depth.
struct NodeMap: Sendable {
    /// The nodes that share so many leading bits with the target, and no more.
    struct Bucket: Equatable, Sendable {
        /// The number of bits, 0 up to the width of the keys.
        let prefixLength: Int
        /// The places in ``NodeMap/nodes`` of those that the broadcast knows.
        let known: Range<Int>
        /// The number of nodes of the network in it that the broadcast has not heard of.
        let others: Int

        /// The number of nodes in it.
        var total: Int { known.count + others }
    }

    /// The key that the record is stored under.
    let target: Key256
    /// The nodes that the broadcast knows, the closest first.
    let nodes: [Observation.NodeRow]
    /// The buckets, the closest first; empty ones stand between others.
    let buckets: [Bucket]
    /// The number of bits that the local node shares with the target.
    let localPrefix: Int
    /// The number of the network's nodes by the number of bits that they share with the target.
    let totals: [Int]

    /// The map of a broadcast.
    ///
    /// - Parameters:
    ///   - nodes: the nodes that the broadcast knows, in any order.
    ///   - totals: what ``totals(around:in:)`` tells of the target.
    ///   - local: the node that broadcasts.
    init(around target: Key256, _ nodes: [Observation.NodeRow], totals: [Int], local: NetworkNode) {
        let keyBits = totals.count - 1
        func prefix(_ key: Key256) -> Int { min(key.commonPrefixLength(with: target), keyBits) }
        self.target = target
        self.totals = totals
        self.nodes = nodes.sorted { $0.node.key.isCloser(to: target, than: $1.node.key) }
        localPrefix = prefix(local.key)
        let known = self.nodes.map { prefix($0.node.key) }
        let deepest = max(totals.lastIndex { $0 > 0 } ?? 0, localPrefix, known.first ?? 0)
        var (buckets, start): ([Bucket], Int) = ([], 0)
        for prefix in stride(from: deepest, through: 0, by: -1) {
            let end = known[start...].firstIndex { $0 < prefix } ?? known.endIndex
            buckets.append(Bucket(prefixLength: prefix, known: start..<end, others: max(0, totals[prefix] - (end - start))))
            start = end
        }
        self.buckets = buckets
    }

    /// The number of a network's nodes by the number of bits that they share with a target: 0 up to the width of the keys.
    ///
    /// - Complexity: O(keyBits), however many nodes there are.
    static func totals(around target: Key256, in network: VirtualNetwork) -> [Int] {
        let keyBits = network.configuration.keyBits
        var totals = [Int](repeating: 0, count: keyBits + 1)
        var (prefix, count) = (0, network.nodes.count)
        while prefix < keyBits, count > 0 {
            let deeper = network.countOfNodes(sharing: prefix + 1, with: target)
            (totals[prefix], count) = (count - deeper, deeper)
            prefix += 1
        }
        totals[prefix] += count
        return totals
    }

    /// The place in ``buckets`` of the bucket of a known node; the closest one for a place that is none.
    func bucket(of place: Int) -> Int {
        buckets.firstIndex { $0.known.contains(place) } ?? 0
    }

    /// Whether a request to a node of this bucket is awaited.
    func isAwaited(_ bucket: Bucket) -> Bool {
        nodes[bucket.known].contains { $0.status.isAwaited }
    }
}

/// The map of the broadcast that is shown, at a position.
struct ShownMap: Sendable {
    /// The branch and the position that it is about.
    let branch: Int
    let position: Int
    /// The broadcast.
    let entry: JournalEntry
    let map: NodeMap
}

/// The ways to look at the map.
enum MapView: CaseIterable, Sendable {
    /// A line for each bucket, the closest on top.
    case buckets
    /// The trie of all keys, from the root down to the target.
    case trie

    /// The other one.
    var next: MapView { self == .buckets ? .trie : .buckets }

    /// The word for it.
    var name: String { self == .buckets ? "buckets" : "trie" }

    /// What it shows.
    var help: String {
        switch self {
        case .buckets: "a line for each number of leading bits that nodes share with the target; the top is closest"
        case .trie: "the target's bits downward from the root, and the subtree that is left at each of them"
        }
    }

    /// What the lines mean, for somebody who sees it for the first time.
    var introduction: String {
        switch self {
        case .buckets: "Each line: the nodes that share so many leading bits with the target. The top is closest to it."
        case .trie: "Down the left: the target's bits. To the right of each: the nodes with the other bit there. The lower, the closer."
        }
    }
}
