import Coordination
import Kademlia
import Testing
import Timeline

@testable import Simulation

@Suite("The virtual network")
struct NetworkTests {
    private func network(
        _ count: Int = 2000, seed: UInt64 = 8, loss: Double = 0, silent: Double = 0, failing: Double = 0,
        latency: Latency = .constant(.milliseconds(10))
    ) -> VirtualNetwork {
        VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: count), bucketSize: 4, seed: seed, latency: latency, loss: loss, silentShare: silent,
                failingShare: failing))
    }

    private func near(_ count: Int, of total: Int, share: Double) -> Bool {
        // Five standard deviations.
        abs(Double(count) / Double(total) - share) <= 5 * (share * (1 - share) / Double(total)).squareRoot()
    }

    @Test("Nodes are in the order of their keys, and their index is their place")
    func order() {
        let network = network(300)
        #expect(network.nodes.map(\.index) == Array(0..<300))
        #expect(zip(network.nodes, network.nodes.dropFirst()).allSatisfy { $0.key < $1.key })
        #expect(network.local.index == 300)
        #expect(network.node(300) == network.local)
        #expect(network.node(299) == network.nodes[299])
        #expect(network.node(301) == nil)
        #expect(network.node(-1) == nil)
        #expect(network.closest(to: .zero, knownBy: network.local) == [], "the local node is no server")
        #expect(network.behaviour(of: network.local) == .honest)
    }

    @Test("Keys given twice or out of order make one node each")
    func givenKeys() {
        let network = VirtualNetwork.small([9, 3, 200, 3, 9])
        #expect(network.nodes.map(\.key) == [key(3), key(9), key(200)])
    }

    @Test("Silent and failing nodes have their shares", arguments: [(0, 0), (0.3, 0.2), (0.05, 0.6), (1, 0), (0, 1), (0.4, 0.6)])
    func behaviours(silent: Double, failing: Double) {
        let network = network(silent: silent, failing: failing)
        let behaviours = network.nodes.map { network.behaviour(of: $0) }
        #expect(near(behaviours.count { $0 == .silent }, of: 2000, share: silent))
        #expect(near(behaviours.count { $0 == .failing }, of: 2000, share: failing))
    }

    @Test("Keys name more silent and failing nodes")
    func namedBehaviours() throws {
        let network = VirtualNetwork.small([1, 2, 3], silent: [1], failing: [3])
        #expect(network.nodes.map { network.behaviour(of: $0) } == [.silent, .honest, .failing])
        #expect(network.exchange(with: try network.node(key: 1).index, .store, of: "a").reply == .never(.silent))
        #expect(
            network.exchange(with: try network.node(key: 2).index, .store, of: "a").reply
                == .success(after: .milliseconds(20), reaching: .milliseconds(10)))
        #expect(
            network.exchange(with: try network.node(key: 3).index, .findCloser, of: "a").reply
                == .refusal(after: .milliseconds(20), reaching: .milliseconds(10)))
    }

    @Test("A message is lost with the share of loss; a request needs two", arguments: [0, 0.01, 0.1, 0.5, 1])
    func loss(share: Double) {
        let network = network(500, loss: share)
        var lost = 0
        for node in network.nodes {
            for id in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] as [OperationID] {
                if network.exchange(with: node.index, .findCloser, of: id).reply == .never(.lost) { lost += 1 }
                if network.exchange(with: node.index, .store, of: id).reply == .never(.lost) { lost += 1 }
            }
        }
        #expect(near(lost, of: 10_000, share: 1 - (1 - share) * (1 - share)))
    }

    @Test("A draw depends on seed, broadcast, node and kind, and on nothing else")
    func draws() {
        let latency = Latency.uniform(minimum: Nanoseconds(1), maximum: .seconds(1000))
        let (network, same, other) = (
            network(60, latency: latency), network(60, latency: latency), network(60, seed: 9, latency: latency)
        )
        func replies(_ network: VirtualNetwork, _ ids: [OperationID], _ kinds: [VirtualNetwork.RequestKind]) -> [String] {
            network.nodes.flatMap { node in ids.flatMap { id in kinds.map { "\(network.exchange(with: node.index, $0, of: id).reply)" } } }
        }
        let all = replies(network, ["a", "b"], [.findCloser, .store])
        #expect(Set(all).count == all.count, "each request has a draw of its own")
        #expect(replies(same, ["a", "b"], [.findCloser, .store]) == all)
        #expect(Set(replies(other, ["a", "b"], [.findCloser, .store])).isDisjoint(with: all))
        // Asked backwards, twice, and among others: the same.
        for node in same.nodes.reversed() {
            _ = same.exchange(with: node.index, .store, of: "c")
            #expect(same.exchange(with: node.index, .store, of: "a").reply == network.exchange(with: node.index, .store, of: "a").reply)
        }
    }
}
