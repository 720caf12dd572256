import Coordination
import Kademlia
import Testing
import Timeline

@testable import Simulation

@Suite("Implicit routing tables against explicit ones")
struct RoutingTableTests {
    private func network(_ count: Int, keyBits: Int, bucketSize: Int, seed: UInt64) -> VirtualNetwork {
        VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: count), keyBits: keyBits, bucketSize: bucketSize, seed: seed, latency: .constant(.milliseconds(1))))
    }

    /// Checks the buckets of a node and its answers for these targets, at these moments.
    private func check(_ node: NetworkNode, in network: VirtualNetwork, targets: [Key256], at moments: [Instant] = [.start]) {
        for moment in moments {
            let listing = NoticedListing(by: node, in: network, at: moment)
            let table = ExplicitRoutingTable(
                of: node, among: Array(network.nodes), bucketSize: network.configuration.bucketSize, seed: network.configuration.seed,
                isKnown: { network.book.isSelective ? listing.lists(Int($0.index), inBucket: $1) : true })
            for bucket in 0..<network.configuration.keyBits {
                let expected = (table.buckets[bucket] ?? []).sorted()
                #expect(network.bucket(bucket, of: node, at: moment) == expected, "bucket \(bucket)")
                if bucket > (table.buckets.keys.max() ?? 0) + 1 { break }
            }
            for target in targets {
                #expect(
                    network.known(to: node, closestTo: target, at: moment)
                        == table.closest(to: target, count: network.configuration.bucketSize))
            }
        }
    }

    @Test("Every size from 1 to 40, keys of 8 bits: every node, every target for the local one", arguments: 1...40)
    func exhaustive(size: Int) {
        for bucketSize in [1, 4] {
            let network = network(size, keyBits: 8, bucketSize: bucketSize, seed: UInt64(size))
            #expect(network.nodes.count == size)
            check(network.local, in: network, targets: stride(from: 0, to: 256, by: 15).map { key(UInt8($0)) } + [network.local.key])
            for node in network.nodes {
                check(node, in: network, targets: [node.key, key(0), key(0xff), key(0x2a), key(UInt8(node.index) &* 37)])
            }
        }
    }

    @Test("Every target of 8 bits")
    func everyTarget() {
        let network = network(30, keyBits: 8, bucketSize: 3, seed: 77)
        check(network.nodes[11], in: network, targets: (0...255).map { key(UInt8($0)) })
    }

    @Test("Keys of 160 and 256 bits", arguments: [160, 256], [1, 2, 100, 300, 2000])
    func wide(keyBits: Int, size: Int) {
        let network = network(size, keyBits: keyBits, bucketSize: size == 2000 ? 20 : 4, seed: 5)
        let other = self.network(6, keyBits: keyBits, bucketSize: 4, seed: 6)
        for node in [network.local, network.nodes[0], network.nodes[size / 2], network.nodes[size - 1]] {
            let near = network.closestKeepers(to: node.key, count: 3, at: .start)
            check(node, in: network, targets: other.nodes.map(\.key) + [node.key] + near.map(\.key))
        }
        for node in network.nodes where keyBits == 160 {
            #expect(node.key.word2 & 0xffff_ffff == 0)
            #expect(node.key.word3 == 0)
        }
    }

    @Test("With nodes that are gone, that come and go, and that were never heard of", arguments: 1...6 as ClosedRange<UInt64>)
    func selective(seed: UInt64) {
        var configuration = NetworkConfiguration(
            nodes: .random(count: 600), bucketSize: 8, seed: seed, latency: .constant(.milliseconds(1)))
        configuration.deadShare = 0.3
        configuration.conditions.staleness = [0.04, 0.1, 0.2]
        configuration.conditions.ignorance = 0.2
        configuration.conditions.sessions = SessionModel(
            session: .weibull(shape: 0.7, scale: .minutes(60)), absence: .exponential(mean: .minutes(20)))
        let network = VirtualNetwork(configuration)
        for node in [network.local, network.nodes[17], network.nodes[300]] {
            check(
                node, in: network, targets: [node.key, .zero, network.nodes[301].key, network.nodes[599].key],
                at: [.start, .start.advanced(by: .minutes(15)), .start.advanced(by: .minutes(300))])
        }
    }

    @Test("Keys that somebody chose share prefixes longer than a word")
    func deep() {
        let base = Key256(sha256Like: 5)
        let keys = (0..<60).map { Key256(base.word0, base.word1, base.word2 &+ UInt64($0 / 7), UInt64($0)) } + [.zero, key(9)]
        let network = VirtualNetwork(
            NetworkConfiguration(nodes: .keys(keys), bucketSize: 5, seed: 3, latency: .constant(.milliseconds(1)), localKey: key(0xfe)))
        for node in [network.local] + network.nodes.prefix(20) {
            check(node, in: network, targets: [base, node.key, keys[33], .zero])
        }
        for bits in [0, 1, 63, 64, 65, 128, 180, 190, 192, 250, 256] {
            for key in [keys[0], keys[59], .zero] {
                let expected = network.nodes.filter { $0.key.commonPrefixLength(with: key) >= bits }
                #expect(Array(network.nodes(sharing: bits, with: key)) == expected, "\(bits) bits")
            }
        }
    }

    @Test("All 256 keys of 8 bits are the local node's and the 255 others'")
    func full() {
        let network = network(255, keyBits: 8, bucketSize: 255, seed: 4)
        #expect(Set(network.nodes.map(\.key)).union([network.local.key]).count == 256)
        #expect(network.localClosest(to: key(0x2a)).count == 255)
    }

    @Test("No random node has the key that the local node was given")
    func ownKey() {
        for value in 0...255 as ClosedRange<UInt8> {
            let network = VirtualNetwork(
                NetworkConfiguration(
                    nodes: .random(count: value.isMultiple(of: 16) ? 255 : 100), keyBits: 8, latency: .constant(.milliseconds(1)),
                    localKey: key(value)))
            #expect(!network.nodes.contains { $0.key == key(value) })
        }
    }

    @Test("A full bucket's nodes come from the seed, and from anywhere in the bucket")
    func drawn() {
        let keys = (0...254).map { key(UInt8($0)) }
        func far(_ seed: UInt64) -> [Int32] {
            let network = VirtualNetwork(
                NetworkConfiguration(
                    nodes: .keys(keys), keyBits: 8, bucketSize: 4, seed: seed, latency: .constant(.milliseconds(1)),
                    localKey: key(0xff)))
            return network.bucket(0, of: network.nodes[0]).map(\.index)
        }
        #expect(far(1) == far(1))
        #expect(Set((1...200).flatMap { far($0) }) == Set(128...254))
    }
}

extension Key256 {
    fileprivate init(sha256Like seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        self = generator.nextKey(bits: 256)
    }
}
