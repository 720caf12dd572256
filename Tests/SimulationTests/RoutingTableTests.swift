import Coordination
import Kademlia
import Testing
import Timeline

@testable import Simulation

@Suite("Routing tables against a brute-force model")
struct RoutingTableTests {
    private func network(_ count: Int, keyBits: Int, bucketSize: Int, seed: UInt64) -> VirtualNetwork {
        VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: count), keyBits: keyBits, bucketSize: bucketSize, seed: seed, latency: .constant(.milliseconds(1))))
    }

    /// Checks the buckets of a node and its answers for these targets.
    private func check(_ node: NetworkNode, in network: VirtualNetwork, targets: [Key256]) {
        let keys = network.nodes.map(\.key)
        let table = RoutingTable(of: node, among: keys, network.configuration)
        let known = table.closest(to: node.key, count: .max).map { keys[Int($0)] }
        let bucketSize = network.configuration.bucketSize
        #expect(Set(known).count == known.count)
        #expect(!known.contains(node.key))
        let all = Dictionary(grouping: keys.filter { $0 != node.key }) { $0.commonPrefixLength(with: node.key) }
        let buckets = Dictionary(grouping: known) { $0.commonPrefixLength(with: node.key) }
        for (prefix, peers) in all {
            let bucket = Set(buckets[prefix] ?? [])
            #expect(bucket.count == min(bucketSize, peers.count), "bucket \(prefix)")
            #expect(bucket.isSubset(of: peers))
        }
        for target in targets {
            let sorted = known.sorted { $0 ^ target < $1 ^ target }
            #expect(table.closest(to: target, count: .max).map { keys[Int($0)] } == sorted)
            for count in [0, 1, bucketSize, known.count] {
                #expect(table.closest(to: target, count: count).map { keys[Int($0)] } == Array(sorted.prefix(count)))
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

    @Test("Keys of 160 and 256 bits", arguments: [160, 256], [1, 2, 100, 300])
    func wide(keyBits: Int, size: Int) {
        let network = network(size, keyBits: keyBits, bucketSize: 4, seed: 5)
        let other = self.network(6, keyBits: keyBits, bucketSize: 4, seed: 6)
        for node in [network.local, network.nodes[0], network.nodes[size / 2], network.nodes[size - 1]] {
            check(node, in: network, targets: other.nodes.map(\.key) + [node.key])
        }
        for node in network.nodes where keyBits == 160 {
            #expect(node.key.word2 & 0xffff_ffff == 0)
            #expect(node.key.word3 == 0)
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
        let keys = (0...255).map { key(UInt8($0)) }
        func far(_ seed: UInt64) -> [Int32] {
            let configuration = NetworkConfiguration(
                nodes: .keys(keys), keyBits: 8, bucketSize: 4, seed: seed, latency: .constant(.milliseconds(1)))
            let table = RoutingTable(of: NetworkNode(index: 0, key: keys[0]), among: keys, configuration)
            return table.closest(to: key(0xff), count: 4)
        }
        #expect(far(1) == far(1))
        #expect(Set((1...200).flatMap { far($0) }) == Set(128...255))
    }
}
