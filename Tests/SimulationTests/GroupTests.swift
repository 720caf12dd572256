import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing
import Timeline

@testable import Simulation

@Suite("Groups of nodes, and what they do to a put")
struct GroupTests {
    private func group(_ members: NodeGroup.Members, _ change: (inout NodeGroup) -> Void) -> NodeGroup {
        var group = NodeGroup(members)
        change(&group)
        return group
    }

    @Test("A crash of a share at a time, and the restart: who is there, what happens, what is answered")
    func crash() {
        let network = network {
            $0.groups = [
                group(.share(0.2)) {
                    ($0.from, $0.until) = (.seconds(2), .seconds(6))
                    $0.change.behaviour = .dead
                }
            ]
        }
        func gone(_ moment: Instant) -> [NetworkNode] { network.nodes.filter { !network.isPresent($0, at: moment) } }
        #expect(gone(.start).isEmpty && gone(.seconds(6)).isEmpty)
        let crashed = gone(.seconds(2))
        #expect(near(crashed.count, of: 2000, share: 0.2))
        #expect(gone(.start.advanced(by: Nanoseconds(5_999_999_999))) == crashed)
        for node in network.nodes {
            let happenings = network.happenings(to: node, after: .start, upTo: .seconds(60))
            #expect(happenings.map(\.what) == (crashed.contains(node) ? [.left, .joined] : []))
            #expect(happenings.map(\.time) == (crashed.contains(node) ? [.seconds(2), .seconds(6)] : []))
        }
        #expect(network.exchange(with: crashed[0].index, .store, of: "a", at: .seconds(3)).keptAfter == nil)
        // On its way when the node crashes.
        let moment = Instant.seconds(2).advanced(by: .milliseconds(-5))
        #expect(network.exchange(with: crashed[0].index, .store, of: "a", at: moment).reply == .never(.crashed))
        #expect(network.exchange(with: crashed[0].index, .store, of: "a", at: .seconds(6)).keptAfter == .milliseconds(10))
    }

    @Test("Nodes that are cut off by their keys: nothing gets to them while it lasts")
    func cutOff() {
        let network = network {
            $0.groups = [
                group(.prefixes([.init(key(0x40), bits: 4), .init(key(0x50), bits: 4)])) {
                    ($0.from, $0.until, $0.isCutOff) = (.seconds(3), .seconds(9), true)
                }
            ]
        }
        let names: [VirtualNetwork.Happening] = [.cutOff, .reconnected]
        for node in network.nodes {
            let isInside = (4...5).contains(node.key.word0 >> 60)
            #expect((network.exchange(with: node.index, .findCloser, of: "a", at: .seconds(4)).reply == .never(.partitioned)) == isInside)
            #expect(network.exchange(with: node.index, .findCloser, of: "a", at: .seconds(9)).reply != .never(.partitioned))
            #expect(network.happenings(to: node, after: .start, upTo: .seconds(60)).map(\.what) == (isInside ? names : []))
            #expect(network.wouldKeep(node, at: .seconds(4)) == !isInside)
        }
    }

    @Test("The last group that says something counts; beyond its time it says nothing")
    func order() {
        let network = network(50) {
            $0.conditions.slowness = 2
            $0.groups = [
                group(.all) { $0.change.slowness = 3 },
                group(.all) { ($0.until, $0.change.slowness) = (.seconds(1), 4) },
                group(.all) { $0.change.loss = 0 },
            ]
        }
        for (moment, time) in [(0, 80), (1, 60)] as [(Int64, Int64)] {
            #expect(
                network.exchange(with: network.nodes[3].index, .findCloser, of: "a", at: .seconds(moment)).reply
                    == .success(after: .milliseconds(time), reaching: .milliseconds(time / 2)))
        }
    }

    @Test("Planted nodes: each with a key of its own that begins like the target's, and none that somebody has", arguments: [8, 256])
    func planted(keyBits: Int) {
        let target = key(0x2a)
        let network = VirtualNetwork(
            {
                var configuration = NetworkConfiguration(
                    nodes: .random(count: 100), keyBits: keyBits, latency: .constant(.milliseconds(1)), localKey: key(0x2b))
                configuration.groups = [
                    group(.planted(count: 7, near: target, sharing: 5)) { $0.change.behaviour = .failing },
                    group(.planted(count: 8, near: key(0x20), sharing: 5)) { $0.change.behaviour = .silent },
                ]
                return configuration
            }())
        #expect(network.nodes.count == 115)
        #expect(!network.nodes.contains { $0.key == network.local.key })
        let failing = network.nodes.filter { network.behaviour(of: $0) == .failing }
        #expect(failing.count == 7 && failing.allSatisfy { $0.key.commonPrefixLength(with: target) >= 5 })
        #expect(network.nodes.count { network.behaviour(of: $0) == .silent } == 8)
    }

    // MARK: Lies

    @Test("Strangers: any nodes, and closer ones only by chance")
    func strangers() {
        let network = network { $0.groups = [group(.share(0.3)) { $0.change.lie = .strangers }] }
        let target = network.nodes[777].key
        let truth = network.nodes.filter {
            network.closest(to: target, knownBy: $0) == network.known(to: $0, closestTo: target, at: .start)
        }
        #expect(near(2000 - truth.count, of: 2000, share: 0.3))
        for liar in network.nodes where !truth.contains(liar) {
            let named = network.closest(to: target, knownBy: liar)
            #expect((1...8).contains(named.count))
            #expect(zip(named, named.dropFirst()).allSatisfy { $0.key.isCloser(to: target, than: $1.key) })
            #expect(network.wouldKeep(liar, at: .start), "they store what they are given")
        }
    }

    @Test("Promotion: they name each other only, and keep nothing")
    func promotion() {
        let network = network { $0.groups = [group(.share(0.1)) { $0.change.lie = .promotion }] }
        let target = network.nodes[777].key
        let liars = network.nodes.filter { !network.wouldKeep($0, at: .start) }
        #expect(near(liars.count, of: 2000, share: 0.1))
        let best = Array(liars.sorted { $0.key.isCloser(to: target, than: $1.key) }.prefix(8))
        for liar in liars {
            #expect(network.closest(to: target, knownBy: liar) == best)
            let store = network.exchange(with: liar.index, .store, of: "a")
            #expect(store.keptAfter == nil && store.reply == .success(after: .milliseconds(20), reaching: .milliseconds(10)))
        }
    }

    @Test("Promotion by nodes that are named: the same as by a search among all")
    func namedPromotion() {
        let prefixes = [(UInt8(0x10), 8), (0x10, 9), (0xe0, 7)].map { NodeGroup.KeyPrefix(key($0.0), bits: $0.1) }
        let network = network { $0.groups = [group(.prefixes(prefixes)) { $0.change.lie = .promotion }] }
        let target = network.nodes[777].key
        let liars = network.nodes.filter { !network.wouldKeep($0, at: .start) }
        let best = liars.sorted { $0.key.isCloser(to: target, than: $1.key) }.prefix(8)
        #expect(liars.count > 8 && network.closest(to: target, knownBy: liars[0]) == Array(best))
    }

    @Test("An eclipse by planted nodes diverts the put of its victim, and no other")
    func eclipse() throws {
        let victim = Key256(0x1234_5678_9abc_def0, 1, 2, 3)
        let network = network(5000) {
            $0.groups = [group(.planted(count: 20, near: victim, sharing: 24)) { $0.change.lie = .eclipse(of: victim) }]
        }
        for (target, isDiverted) in [(victim, true), (network.nodes[1].key, false)] {
            var world = try PoolWorld.over(
                network, [.follow("a", target: target, seed: network.localClosest(to: target))], .init(replication: 8))
            let outcomes = world.run().compactMap { step -> BroadcastOutcome<NetworkNode>? in
                if case .broadcastFinished(_, let outcome) = step.state { outcome } else { nil }
            }
            let contacted = try #require(outcomes.first).contacted
            let quality = world.quality(of: "a", target: target, count: 8)
            #expect(contacted.count == 8)
            #expect(contacted.allSatisfy { $0.key.commonPrefixLength(with: victim) >= 24 } == isDiverted)
            #expect(quality.holders.isEmpty == isDiverted)
            #expect(quality.overlap == (isDiverted ? 0 : 1))
        }
    }

    @Test("Records that are kept for a while: the holders are gone then")
    func lifetime() throws {
        let network = network(500) {
            $0.conditions.recordLifetime = .seconds(30)
            $0.groups = [group(.prefixes([.init(key(0x80), bits: 1)])) { $0.change.recordLifetime = .seconds(60) }]
        }
        let target = network.nodes.first { $0.key.word0 >> 63 == 1 }?.key ?? .zero
        let seed = Array(network.nodes.prefix(4)) + network.nodes.suffix(3)
        var world = try PoolWorld.over(network, [.put("a", seed: seed)])
        _ = world.run()
        func holders() -> Int { world.quality(of: "a", target: target, count: 8).holders.count }
        #expect(holders() == 7)
        _ = try world.take(.advanceClock(.seconds(29)))
        #expect(holders() == 7)
        _ = try world.take(.advanceClock(.seconds(2)))
        #expect(holders() == 3)
        _ = try world.take(.advanceClock(.seconds(30)))
        #expect(holders() == 0)
    }
}
