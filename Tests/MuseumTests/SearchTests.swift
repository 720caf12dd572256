import Broadcasts
import Coordination
import Museum
import Simulation
import TestSupport
import Testing
import Timeline

@Suite("Searching the museum, and our pool")
struct SearchTests {
    /// The searches of a set-up: small ones, and the whole if it was asked for.
    private func strategies(_ setup: Setup) -> [SearchOptions.Strategy] {
        if longRunsWanted { return [.allOrders(.equalStates), .random(runs: 2_000), .priorities(runs: 2_000, changes: 3)] }
        return setup.isTiny ? [.allOrders(.equalStates)] : [.random(runs: 25), .priorities(runs: 25, changes: 3)]
    }

    @Test("In the reference, orders that nobody thought of break laws, in a few choices each", arguments: Setup.all.indices)
    func reference(index: Int) throws {
        let setup = Setup.all[index]
        var found: Set<InvariantID> = []
        for strategy in strategies(setup) {
            let result = setup.search(try setup.reference(), strategy)
            #expect(result.ending == .complete)
            found.formUnion(result.findings.map(\.id))
            for finding in result.findings {
                // As it goes by itself nothing is wrong.
                #expect((1...8).contains(finding.deviations.count) && finding.isShrunk, "\(finding)")
                try replays(finding, in: setup)
            }
        }
        #expect(found.isSuperset(of: setup.laws), "\(setup.finding): \(setup.laws.subtracting(found)) not among \(found)")
    }

    /// A history that takes the choices breaks the law at the same step.
    private func replays(_ finding: Exploration.Finding, in setup: Setup) throws {
        guard finding.id != .s17 else { return }  // a history does not judge it
        let checker = InvariantChecker(localNode: setup.network.local, configuration: setup.pool, keyBits: 8)
        let world = setup.world(try setup.reference())
        var history = finding.history(in: world, checker: checker)
        #expect(history.position == finding.violation.step)
        if finding.id == .l1 { history.go(to: .max) }
        #expect(history.failedDeviation == nil)
        #expect(history.violations.contains { $0.law == finding.id && $0.step == finding.violation.step }, "\(finding)")
    }

    @Test("In our pool the same searches find nothing", arguments: Setup.all.indices)
    func ours(index: Int) throws {
        let setup = Setup.all[index]
        for strategy in strategies(setup) + (longRunsWanted ? [.allOrders(.equalStatesAndOrders)] : []) {
            let result = setup.search(try setup.ours(), strategy)
            #expect(result.ending == .complete && result.cut == 0)
            #expect(result.findings.isEmpty, "\(setup.finding), \(strategy): \(result.findings)")
        }
    }

    @Test("To leave out what follows a known state leaves out no broken law", arguments: [0, 5])
    func merging(index: Int) throws {
        let setup = Setup.all[index]
        let (every, merged) = (
            setup.search(try setup.reference(), .allOrders(.none)), setup.search(try setup.reference(), .allOrders(.equalStates))
        )
        #expect(every.findings == merged.findings && every.outcomes == merged.outcomes && every.states == merged.states)
        #expect(every.ending == .complete && merged.ending == .complete && merged.steps < every.steps)
    }

    @Test("Equal seeds find equal runs")
    func determinism() throws {
        let setup = Setup.all[1]
        let results = try (0..<2).map { _ in setup.search(try setup.reference(), .random(runs: 20), seed: 1) }
        #expect(results[0].findings == results[1].findings && !results[0].findings.isEmpty)
        #expect(results[0].coverage == results[1].coverage && results[0].states == results[1].states)
    }

    @Test("A search that is ended while it makes runs smaller keeps what it has found")
    func interrupted() throws {
        let setup = Setup.all[5]
        let options = SearchOptions(.random(runs: 50))
        let pool = try setup.reference()
        let result = Explorer(setup.world(pool), judge: setup.judge(pool), options: options).explore { !$0.isShrinking }
        #expect(result.findings.map(\.id) == [.s5] && result.findings.allSatisfy { !$0.isShrunk })
    }
}
