import Coordination
import Kademlia
import Testing
import Timeline

@testable import Simulation

@Suite("Nodes that are looked up")
struct RegistryTests {
    @Test("Counts, lists and names are those of a list of all nodes", arguments: [8, 160, 256])
    func lookedUp(keyBits: Int) {
        let network = VirtualNetwork(
            NetworkConfiguration(nodes: .random(count: keyBits == 8 ? 100 : 3_000), keyBits: keyBits, latency: .constant(.zero)))
        let all = Array(network.nodes)
        for digits in ["", "0", "a", "7f", "00", keyBits == 8 ? "7" : "7f3"] {
            let expected = all.filter { $0.key.shown(keyBits).hasPrefix(digits) }
            #expect(network.countOfNodes(beginning: digits.uppercased(), keyBits: keyBits) == expected.count)
            #expect(network.nodes(beginning: digits, keyBits: keyBits, atMost: .max) == expected)
            #expect(network.nodes(beginning: digits, keyBits: keyBits, atMost: 3).count == min(3, expected.count))
        }
        for digits in ["x", "7g", String(repeating: "0", count: keyBits / 4 + 1)] {
            #expect(network.countOfNodes(beginning: digits, keyBits: keyBits) == 0)
            #expect(network.nodes(beginning: digits, keyBits: keyBits, atMost: 9).isEmpty)
        }
        for node in all.prefix(50) {
            let name = network.shortName(of: node, keyBits: keyBits)
            #expect(network.nodes(beginning: name, keyBits: keyBits, atMost: 2) == [node])
            #expect(name.count == 2 || network.countOfNodes(beginning: String(name.dropLast()), keyBits: keyBits) > 1)
            #expect(network.node(withKey: node.key) == node && network.node(node.index) == node)
        }
        let target = Key256(0x7f << 56, 0, 0, 0)
        #expect(network.closestNodes(to: target, count: 5) == Array(all.sorted { $0.key.isCloser(to: target, than: $1.key) }.prefix(5)))
    }

    @Test("Elements that are spread: the first, the last, and some between")
    func spread() {
        #expect(Array(0..<10).spread(over: 4) == [0, 3, 6, 9])
        #expect(Array(0..<3).spread(over: 4) == [0, 1, 2])
        #expect(Array(0..<10)[2..<9].spread(over: 2) == [2, 8])
        #expect(Array(0..<10).spread(over: 1) == [0] && Array(0..<10).spread(over: 0).isEmpty)
    }
}
