import Coordination
import Testing
import Timeline

@Suite("The table of laws")
struct LawTests {
    @Test("Each law has an id, a sentence of its own and a source")
    func table() {
        let laws = Invariant.all
        #expect(laws.map(\.id) == InvariantID.allCases)
        #expect(Set(laws.map(\.sentence)).count == laws.count)
        for law in laws {
            #expect(law.sentence.hasSuffix("."))
            #expect(law.source.quote.count > 20)
            #expect(!law.source.quote.contains("  ") && !law.source.quote.contains("\n"))
        }
    }

    @Test("A breach tells the law, the step and what happened")
    func description() {
        let violation = Violation(law: .s2, step: 7, broadcast: "a", node: nil, why: "a stores with node 01 a second time.")
        #expect(violation.description == "S2 at step 7: a stores with node 01 a second time.")
        #expect(violation.law.law.sentence == "A broadcast stores with a node once at most.")
    }
}
