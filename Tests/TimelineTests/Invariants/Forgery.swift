import Broadcasts
import Coordination
import Queries
import Testing
import Timeline

/// A run that breaks a law.
struct Forgery: Sendable, CustomTestStringConvertible {
    /// What is wrong in it.
    let title: String
    /// The laws that it breaks, in order.
    let laws: [InvariantID]
    /// Does it.
    let run: @Sendable () throws -> ForgedRun

    init(_ title: String, _ laws: InvariantID..., run: @escaping @Sendable () throws -> ForgedRun) {
        self.title = title
        self.laws = laws
        self.run = run
    }

    var testDescription: String { "\(laws.map(\.rawValue).joined(separator: ", ")): \(title)" }

    static let all = ofThePool + ofRequests + ofLookups + ofFollowUps + ofEnds + ofWalks
}

/// A run whose steps are told by a closure.
func telling(
    _ queries: QueryPoolConfiguration = .init(replication: 2), maxBroadcasts: Int? = nil, _ story: (inout ForgedRun) throws -> Void
) throws -> ForgedRun {
    var run = try ForgedRun(queries, maxBroadcasts: maxBroadcasts)
    try story(&run)
    return run
}

@Suite("Every law can fail")
struct ForgeryTests {
    @Test("A forged run breaks these laws and no others", arguments: Forgery.all)
    func forged(_ forgery: Forgery) throws {
        let run = try forgery.run()
        #expect(run.violations.map(\.law) == forgery.laws, "\(run.violations.map(\.description).joined(separator: "\n"))")
        #expect(run.violations.allSatisfy { $0.why.hasSuffix(".") && !$0.why.dropLast().contains("\n") })
    }

    @Test("There is a forged run for each law but S17, which is judged apart")
    func complete() {
        #expect(Set(Forgery.all.flatMap(\.laws)) == Set(InvariantID.allCases).subtracting([.s17]))
    }
}
