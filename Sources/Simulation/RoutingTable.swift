internal import Kademlia
internal import Timeline

/// The k-buckets of one node: bucket b holds up to `bucketSize` of the nodes that share exactly b leading bits with it.
///
/// Where there are more than fit, the ones that are in were drawn by the network's seed.
///
/// Source: Maymounkov and Mazières 2002, section 2.2.
struct RoutingTable: Sendable {
    private let key: Key256
    /// The keys of all nodes of the network, ascending; shared by all tables.
    private let keys: [Key256]
    /// The indices of the nodes in each bucket, the bucket of the shortest common prefix first.
    private let buckets: [[Int32]]

    init(of node: NetworkNode, among keys: [Key256], _ configuration: NetworkConfiguration) {
        key = node.key
        self.keys = keys
        var buckets: [[Int32]] = []
        var peers = 0..<keys.count
        // All nodes that share `bit` bits stand together; those whose next bit differs are the bucket, the others go on.
        for bit in 0..<configuration.keyBits {
            guard peers.count > 1 || (peers.count == 1 && keys[peers.lowerBound] != node.key) else { break }
            let split = keys[peers].partitioningIndex { $0.hasBit(bit) }
            let far = node.key.hasBit(bit) ? peers.lowerBound..<split : split..<peers.upperBound
            buckets.append(Self.draw(configuration.bucketSize, of: far, for: node, bucket: bit, seed: configuration.seed))
            peers = node.key.hasBit(bit) ? split..<peers.upperBound : peers.lowerBound..<split
        }
        self.buckets = buckets
    }

    /// The nodes of the table that are closest to a target, closest first.
    func closest(to target: Key256, count: Int) -> [Int32] {
        let prefix = key.commonPrefixLength(with: target)
        // Bucket `prefix` shares more bits with the target than any other; the deeper ones share exactly `prefix`, the shallower fewer.
        var groups = prefix < buckets.count ? [buckets[prefix], buckets[(prefix + 1)...].flatMap { $0 }] : []
        for bucket in buckets.prefix(prefix).reversed() { groups.append(bucket) }
        var closest: [Int32] = []
        for group in groups where closest.count < count {
            closest += group.sorted { keys[Int($0)].isCloser(to: target, than: keys[Int($1)]) }
        }
        return Array(closest.prefix(count))
    }

    private static func draw(_ count: Int, of range: Range<Int>, for node: NetworkNode, bucket: Int, seed: UInt64) -> [Int32] {
        guard range.count > count else { return range.map(Int32.init) }
        var generator = SplitMix64(seed: SplitMix64.hash(seed, UInt64(UInt32(bitPattern: node.index)), UInt64(bucket)))
        var drawn = Set<Int>()
        while drawn.count < count { drawn.insert(range.lowerBound + generator.next(below: range.count)) }
        return drawn.sorted().map(Int32.init)
    }
}

extension Key256 {
    /// Whether the bit at this place is 1, counted from the most significant.
    fileprivate func hasBit(_ place: Int) -> Bool {
        let word = [word0, word1, word2, word3][place >> 6]
        return word >> UInt64(63 - place & 63) & 1 == 1
    }
}
