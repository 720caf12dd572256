import Kademlia
import Testing

/// What remains of preconditions in the libraries: places in a ranking, like those in an array.
@Suite("Places outside a ranking end the program")
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
}
