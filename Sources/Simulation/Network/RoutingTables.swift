internal import Coordination
internal import Kademlia
internal import Timeline

/// The k-buckets of all nodes of a network: bucket b of a node holds up to `bucketSize` of those that share exactly b leading bits with it.
///
/// No table is kept anywhere. The nodes of a bucket stand together in the ``KeySpace``; where there are more than fit, the ones that are
/// in are drawn by a hash of the network's seed, the node and the bucket, so a bucket is the same whenever it is looked at.
///
/// Source: Maymounkov and Mazières 2002, section 2.2.
struct RoutingTables: Sendable {
    /// The keys of all nodes.
    let space: KeySpace
    /// The most nodes in a bucket (Kademlia's k).
    let bucketSize: Int
    /// The width of the keys in bits.
    let keyBits: Int
    /// Where the draws come from.
    let seed: UInt64

    /// Whose table is meant.
    struct Owner {
        /// The node's index; that of the local node is the number of keys.
        let index: Int32
        /// The node's key.
        let key: Key256

        init(_ node: NetworkNode) {
            index = node.index
            key = node.key
        }
    }

    /// The nodes of a node's table that are closest to a target, closest first.
    ///
    /// The bucket of the target shares more bits with it than any other; the deeper ones share as many as the node itself, the shallower
    /// ones fewer.
    ///
    /// - Parameter listing: which of the nodes that could be in a bucket are known to the owner.
    func closest<Listing: TableListing>(to target: Key256, of owner: Owner, count: Int, _ listing: Listing) -> [NetworkNode] {
        guard count > 0 else { return [] }
        var found = RankedPlaces(target: target)
        let prefix = min(keyBits, owner.key.commonPrefixLength(with: target))
        if prefix < keyBits {
            addBucket(prefix, space.range(sharing: prefix + 1, with: target), of: owner, listing, to: &found)
            found.rankGroup(in: space, alike: prefix + 1, wanted: count)
            if found.count < count {
                addBuckets(deeperThan: prefix, of: owner, listing, to: &found)
                found.rankGroup(in: space, alike: prefix + 1, wanted: count)
            }
        }
        var bucket = prefix
        while found.count < count, bucket > 0 {
            bucket -= 1
            addBucket(bucket, range(ofBucket: bucket, of: owner), of: owner, listing, to: &found)
            found.rankGroup(in: space, alike: bucket + 1, wanted: count)
        }
        let result = found.nodes(count, in: space)
        found.deallocate()
        return result
    }

    /// The nodes in a bucket, in ascending order of their keys.
    func bucket<Listing: TableListing>(_ bucket: Int, of owner: Owner, _ listing: Listing) -> [Int32] {
        var found = RankedPlaces(target: owner.key)
        addBucket(bucket, range(ofBucket: bucket, of: owner), of: owner, listing, to: &found)
        let places = found.places.sorted()
        found.deallocate()
        return places
    }

    /// The places of all nodes that share exactly so many bits with a node.
    func range(ofBucket bucket: Int, of owner: Owner) -> Range<Int> {
        space.range(sharing: bucket + 1, with: owner.key.flippingBit(bucket))
    }

    // MARK: Filling a bucket

    @inline(__always)
    private func addBucket<Listing: TableListing>(
        _ bucket: Int, _ range: Range<Int>, of owner: Owner, _ listing: Listing, to found: inout RankedPlaces
    ) {
        guard range.count > bucketSize else {
            for place in range where listing.lists(place, inBucket: bucket) { found.append(place) }
            return
        }
        // Where the eligible ones can be counted in a glance and fit, all are in; else enough of them will be drawn.
        if Listing.isSelective, range.count <= 16 * bucketSize {
            let eligible = range.reduce(into: 0) { count, place in if listing.lists(place, inBucket: bucket) { count += 1 } }
            guard eligible > bucketSize else {
                for place in range where listing.lists(place, inBucket: bucket) { found.append(place) }
                return
            }
        }
        draw(from: range, bucket, of: owner, listing, to: &found)
    }

    /// Draws as many nodes as fit, each one once.
    private func draw<Listing: TableListing>(
        from range: Range<Int>, _ bucket: Int, of owner: Owner, _ listing: Listing, to found: inout RankedPlaces
    ) {
        var generator = SplitMix64(seed: SplitMix64.hash(seed, UInt64(UInt32(bitPattern: owner.index)), UInt64(bucket)))
        let first = found.count
        var missing = bucketSize
        // In a range far larger than the bucket eligible nodes are never rare enough for this to be reached.
        var tries = 1024 * bucketSize
        // One bit for each offset modulo 256: where it is not set, the node is new.
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4) { seen in
            for word in 0..<4 { seen[word] = 0 }
            while missing > 0, tries > 0 {
                tries &-= 1
                let offset = generator.next(below: range.count)
                let place = range.lowerBound &+ offset
                if Listing.isSelective, !listing.lists(place, inBucket: bucket) { continue }
                let (word, bit) = (offset &>> 6 & 3, UInt64(1) &<< UInt64(truncatingIfNeeded: offset & 63))
                if seen[word] & bit != 0, range.count <= 256 || found.contains(place, from: first) { continue }
                seen[word] |= bit
                found.append(place)
                missing &-= 1
            }
        }
    }

    /// All buckets that share more bits with the node than this one.
    private func addBuckets<Listing: TableListing>(
        deeperThan bucket: Int, of owner: Owner, _ listing: Listing, to found: inout RankedPlaces
    ) {
        var bits = bucket + 1
        while bits < keyBits {
            let peers = space.range(sharing: bits, with: owner.key)
            guard peers.count > bucketSize else {
                // So few share these bits that each bucket among them holds all of its own.
                for place in peers where Int32(truncatingIfNeeded: place) != owner.index {
                    if Listing.isSelective, !listing.lists(place, inBucket: owner.key.commonPrefixLength(with: space.keys[place])) {
                        continue
                    }
                    found.append(place)
                }
                return
            }
            addBucket(bits, range(ofBucket: bits, of: owner), of: owner, listing, to: &found)
            bits += 1
        }
    }
}

/// Which nodes are known to the owner of a routing table, among those that could be in one of its buckets.
protocol TableListing {
    /// Whether some may not be known.
    static var isSelective: Bool { get }

    /// Whether the node with this place is known.
    func lists(_ place: Int, inBucket bucket: Int) -> Bool
}

/// Every node that could be in a bucket is known.
struct FullListing: TableListing {
    static var isSelective: Bool { false }

    @inline(__always)
    func lists(_ place: Int, inBucket bucket: Int) -> Bool { true }
}

extension Key256 {
    /// The key with one bit changed, counted from the most significant.
    func flippingBit(_ place: Int) -> Key256 {
        let bit = UInt64(1) << UInt64(63 - place & 63)
        return switch place >> 6 {
        case 0: Key256(word0 ^ bit, word1, word2, word3)
        case 1: Key256(word0, word1 ^ bit, word2, word3)
        case 2: Key256(word0, word1, word2 ^ bit, word3)
        default: Key256(word0, word1, word2, word3 ^ bit)
        }
    }
}
