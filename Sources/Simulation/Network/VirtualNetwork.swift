public import Coordination
public import Kademlia
public import Timeline

/// A network of nodes that answer find-closer and store requests: who they are, whom they know, how they behave, how far away they are.
///
/// It does not change while a run goes on: what it is like at a moment can be asked for any moment. Everything random in it depends on
/// the seed and on what it is for, not on when it is asked. It keeps nothing of a node but its key.
public struct VirtualNetwork: Sendable {
    /// How a node answers.
    public enum Behaviour: String, Hashable, Sendable, CaseIterable {
        /// With closer nodes, or by storing.
        case honest
        /// Never: it takes requests and answers none.
        case silent
        /// With an error.
        case failing
        /// Not at all: it is gone, and nobody can connect to it.
        case dead
    }

    /// What the network was built from.
    public let configuration: NetworkConfiguration

    /// The node that broadcasts. It is a client: no other node knows it.
    public let local: NetworkNode

    /// The other nodes, in ascending order of their keys; a node's index is its place here.
    public let nodes: NodeList

    let tables: RoutingTables
    let book: ConditionBook

    var space: KeySpace { nodes.space }
    var seed: UInt64 { configuration.seed }

    /// Builds a network. O(n) for n nodes with random keys of 160 or 256 bits, else O(n log n).
    public init(_ configuration: NetworkConfiguration) {
        self.configuration = configuration
        let planted = Self.plantedKeys(configuration)
        let drawn: (space: KeySpace, other: Key256)
        switch configuration.nodes {
        case .keys(let given):
            drawn = KeySpace.random(
                0, bits: configuration.keyBits, planted: Array(Set(given + planted.joined())), reserved: configuration.localKey,
                seed: configuration.seed)
        case .random(let count):
            drawn = KeySpace.random(
                count, bits: configuration.keyBits, planted: Array(Set(planted.joined())), reserved: configuration.localKey,
                seed: configuration.seed)
        }
        let space = drawn.space
        nodes = NodeList(space: space)
        local = NetworkNode(index: Int32(space.count), key: drawn.other)
        tables = RoutingTables(
            space: space, bucketSize: configuration.bucketSize, keyBits: configuration.keyBits, seed: configuration.seed)
        var keysOfGroups = planted.makeIterator()
        book = ConditionBook(configuration) { members in
            switch members {
            case .all, .share: return []
            case .prefixes(let prefixes): return prefixes.map { space.range(sharing: $0.bits, with: $0.key) }
            case .planted:
                return (keysOfGroups.next() ?? []).map { key in
                    let place = space.place(of: key)
                    return place..<place + 1
                }
            }
        }
    }

    /// The keys of the nodes that groups plant, group by group: each once, and none that somebody chose for another node.
    private static func plantedKeys(_ configuration: NetworkConfiguration) -> [[Key256]] {
        var taken: Set<Key256> = []
        if case .keys(let keys) = configuration.nodes { taken = Set(keys) }
        if let local = configuration.localKey { taken.insert(local) }
        return configuration.groups.enumerated().compactMap { index, group in
            guard case .planted(let count, let near, let bits) = group.members else { return nil }
            var generator = SplitMix64(seed: SplitMix64.hash(configuration.seed, 0x70_6c61_6e74, UInt64(index)))
            // Where fewer keys are free than asked for, the draws come to an end all the same.
            var (keys, misses) = ([Key256](), 0)
            while keys.count < count, misses < 1_000_000 {
                let key = near.keepingBits(bits, else: generator.nextKey(bits: configuration.keyBits))
                if taken.insert(key).inserted { keys.append(key) } else { misses += 1 }
            }
            return keys
        }
    }

    /// The node with this index, the local one included; `nil` if there is none.
    public func node(_ index: Int32) -> NetworkNode? {
        if index == local.index { return local }
        return nodes.indices.contains(Int(index)) ? nodes[Int(index)] : nil
    }

    /// The node with this key, the local one included; `nil` if there is none. O(1) in the mean for random keys.
    public func node(withKey key: Key256) -> NetworkNode? {
        if key == local.key { return local }
        let place = space.place(of: key)
        return place < nodes.count && nodes[place].key == key ? nodes[place] : nil
    }

    /// The nodes whose keys share at least so many leading bits with a key, 0…256, in ascending order. O(1) in the mean for random keys.
    public func nodes(sharing bits: Int, with key: Key256) -> NodeList.SubSequence {
        nodes[space.range(sharing: bits, with: key)]
    }

    // MARK: Whom a node knows

    /// The nodes of the local node's routing table that are closest to a target, closest first: where a lookup starts.
    public func localClosest(to target: Key256, at moment: Instant = .start) -> [NetworkNode] {
        known(to: local, closestTo: target, at: moment)
    }

    /// The nodes that a node names as the closest to a target that it knows, closest first: its answer. A node that lies names others.
    public func closest(to target: Key256, knownBy node: NetworkNode, at moment: Instant = .start) -> [NetworkNode] {
        guard nodes.indices.contains(Int(node.index)) else { return [] }
        return lie(of: node, about: target, at: moment) ?? known(to: node, closestTo: target, at: moment)
    }

    /// The nodes of a node's routing table that are closest to a target, closest first.
    func known(to node: NetworkNode, closestTo target: Key256, at moment: Instant) -> [NetworkNode] {
        let (owner, count) = (RoutingTables.Owner(node), configuration.bucketSize)
        guard book.isSelective else { return tables.closest(to: target, of: owner, count: count, FullListing()) }
        return tables.closest(to: target, of: owner, count: count, NoticedListing(by: node, in: self, at: moment))
    }

    /// The nodes in a bucket of a node's routing table, in ascending order of their keys.
    public func bucket(_ bucket: Int, of node: NetworkNode, at moment: Instant = .start) -> [NetworkNode] {
        let owner = RoutingTables.Owner(node)
        let places =
            book.isSelective
            ? tables.bucket(bucket, of: owner, NoticedListing(by: node, in: self, at: moment))
            : tables.bucket(bucket, of: owner, FullListing())
        return places.map { nodes[Int($0)] }
    }
}

extension Key256 {
    /// The key whose first bits are this one's, and the others another one's.
    fileprivate func keepingBits(_ bits: Int, else other: Key256) -> Key256 {
        func word(_ index: Int, _ own: UInt64, _ other: UInt64) -> UInt64 {
            let count = Swift.min(64, Swift.max(0, bits - 64 * index))
            let mask: UInt64 = count == 64 ? .max : count == 0 ? 0 : .max << UInt64(64 - count)
            return own & mask | other & ~mask
        }
        return Key256(word(0, word0, other.word0), word(1, word1, other.word1), word(2, word2, other.word2), word(3, word3, other.word3))
    }
}
