import Kademlia
import Testing

/// What remains of preconditions in the libraries: places in a ranking, like those in an array, and what may be filled.
@Suite("What a ranking cannot do ends the program")
struct PreconditionTests {
    @Test("A rank must be one of a node")
    func ranks() async {
        await #expect(processExitsWith: .failure) {
            _ = DistanceRanking<Key8>(target: 0).node(atRank: 0)
        }
        await #expect(processExitsWith: .failure) {
            var ranking = DistanceRanking<Key8>(target: 0)
            ranking.insert(1)
            _ = ranking.node(atRank: 1)
        }
        await #expect(processExitsWith: .failure) {
            var ranking = DistanceRanking<Key8>(target: 0)
            ranking.insert(1)
            _ = ranking.slot(atRank: -1)
        }
    }

    @Test("A slot must be one of a node")
    func slots() async {
        await #expect(processExitsWith: .failure) {
            var ranking = DistanceRanking<Key8>(target: 0)
            ranking.insert(1)
            _ = ranking.node(atSlot: 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = DistanceRanking<Key8>(target: 0).node(atSlot: -1)
        }
    }

    @Test("Only an empty ranking can be filled")
    func filling() async {
        await #expect(processExitsWith: .failure) {
            var ranking = DistanceRanking<Key8>(target: 0)
            ranking.insert(1)
            ranking.fill(with: [2])
        }
        var ranking = DistanceRanking<Key8>(target: 0)
        ranking.insert(1)
        ranking.reset(target: 0)
        ranking.fill(with: [3, 2])
        #expect(Array(ranking) == [2, 3])
    }
}
