import Kademlia
import Testing
import Timeline

@Suite("How well a record is placed")
struct PutQualityTests {
    /// Nodes at the distances 0, 1, 2, … of the key 0.
    private let nodes = (0..<2000).map { NetworkNode(index: $0, key: Key256(UInt64($0), 0, 0, 0)) }

    private func quality(_ holders: [Int], keepers: [NetworkNode]? = nil) -> PutQuality {
        let keepers = keepers ?? nodes
        return PutQuality(of: holders.map { nodes[$0] }, around: .zero, count: 4) { Array(keepers.prefix($0)) }
    }

    @Test("Overlap and regret, by hand")
    func byHand() {
        let best = quality([3, 1, 0, 2])
        #expect(best.overlap == 1 && best.regret == 0 && best.holders == Array(nodes[0..<4]) && best.trueClosest == Array(nodes[0..<4]))
        // The ranks 0, 5 and 10 instead of 0, 1 and 2.
        let far = quality([10, 0, 5])
        #expect(far.overlap == 0.25 && far.regret == 4)
        let nobody = quality([])
        #expect(nobody.overlap == 0 && nobody.regret == nil)
    }

    @Test("Ranks are told apart up to a limit")
    func limit() {
        #expect(quality([300]).regret == 300 && quality([PutQuality.rankLimit - 1]).regret == Double(PutQuality.rankLimit - 1))
        #expect(quality([1500]).regret == Double(PutQuality.rankLimit))
    }

    @Test("A holder that would not keep the record now stands where its distance says")
    func unreachable() {
        // The three closest hold the record and are cut off.
        let cut = quality([0, 1, 2], keepers: Array(nodes[3...]))
        #expect(cut.overlap == 0 && cut.regret == 0 && cut.trueClosest == Array(nodes[3..<7]))
        let one = quality([1, 9], keepers: nodes.filter { $0.index != 1 })
        #expect(one.overlap == 0 && one.regret == 4)
    }
}
