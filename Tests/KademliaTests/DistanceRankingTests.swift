import Kademlia
import TestSupport
import Testing

@Suite("DistanceRanking against a sorted list")
struct DistanceRankingTests {
    /// Compares the ranking with the nodes in order of arrival.
    private func expectSame<K: TestKey>(_ ranking: DistanceRanking<K>, _ arrived: [K], strangers: [K]) {
        let sorted = arrived.byDistance(to: ranking.target)
        #expect(Array(ranking) == sorted)
        #expect(ranking.nodes == arrived)
        #expect(ranking.count == arrived.count)
        #expect(ranking.isEmpty == arrived.isEmpty)
        for (rank, node) in sorted.enumerated() {
            #expect(ranking.node(atRank: rank) == node)
            #expect(ranking.rank(of: node) == rank)
            #expect(ranking.slot(of: node) == arrived.firstIndex(of: node))
            #expect(ranking.slot(atRank: rank) == arrived.firstIndex(of: node))
        }
        for node in strangers where !arrived.contains(node) {
            #expect(ranking.rank(of: node) == nil)
            #expect(ranking.slot(of: node) == nil)
        }
        #expect(ranking.brokenInvariant() == nil)
    }

    @Test("Every order of arrival of four nodes, around every one of some targets")
    func allOrders() {
        let nodes: [Key8] = [0x01, 0x02, 0x80, 0xc1]
        for target in [0x00, 0x01, 0x03, 0x81, 0xff] as [Key8] {
            for order in permutations(nodes) {
                var ranking = DistanceRanking<Key8>(target: target)
                var arrived: [Key8] = []
                for node in order {
                    arrived.append(node)
                    #expect(ranking.insert(node) == arrived.byDistance(to: target).firstIndex(of: node))
                    expectSame(ranking, arrived, strangers: nodes)
                    #expect(ranking.insert(node) == nil)
                }
            }
        }
    }

    @Test("All 256 keys, in random order, twice")
    func allKeys() {
        var random = SplitMix64(seed: 1)
        let keys = random.shuffled((0...255).map { Key8($0) })
        var ranking = DistanceRanking<Key8>(target: 0x5a)
        for key in keys { ranking.insert(key) }
        for key in keys.reversed() { #expect(ranking.insert(key) == nil) }
        expectSame(ranking, keys, strangers: [])
    }

    @Test("Keys that share their 64 leading bits")
    func sharedPrefixes() {
        func check<K: TestKey>(_: K.Type, seeds: Range<UInt64>) {
            for seed in seeds {
                var random = SplitMix64(seed: seed)
                let keys = K.distinct(24, using: &random)
                let target = K.random(near: keys[0], using: &random)
                var ranking = DistanceRanking<K>(target: target)
                for key in keys.dropLast(4) { ranking.insert(key) }
                expectSame(ranking, Array(keys.dropLast(4)), strangers: keys)
            }
        }
        check(Key160.self, seeds: 0..<40)
        check(Key256.self, seeds: 100..<140)
    }

    @Test("Of nodes with equal keys the first one stays")
    func firstWins() {
        struct Named: NodeID {
            let key: Key8
            let name: String
        }
        var ranking = DistanceRanking<Named>(target: 0)
        #expect(ranking.insert(Named(key: 3, name: "first")) == 0)
        #expect(ranking.insert(Named(key: 3, name: "second")) == nil)
        #expect(ranking.nodes.map(\.name) == ["first"])
    }

    private func permutations<T>(_ elements: [T]) -> [[T]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let element = rest.remove(at: index)
            return permutations(rest).map { [element] + $0 }
        }
    }
}
