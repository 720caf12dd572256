import Broadcasts
import Coordination
import Museum
import Queries
import Simulation
import Testing
import Timeline

@Suite("The laws, and the exhibits that break them")
struct LawTests {
    /// The laws that a world breaks up to its end.
    private func laws<Machine>(_ world: SimulatedWorld<Machine>, _ configuration: PoolConfiguration, from pool: Machine) -> Set<InvariantID>
    {
        var world = world
        var checker = InvariantChecker(localNode: world.network.local, configuration: configuration, keyBits: 8)
        var violations: [Violation] = []
        var steps: [Step] = []
        var before = world.view
        while let step = world.step() {
            let after = world.view
            violations += checker.check(step, before: before, after: after)
            steps.append(step)
            before = after
        }
        violations += checker.check(
            StuckReport(
                view: before, configuration: configuration, travelling: [], nextDeadline: nil, at: world.now, step: steps.count, keyBits: 8)
        )
        violations += isolationViolations(of: steps, in: pool, configuration: configuration, keyBits: 8)
        return Set(violations.map(\.law))
    }

    @Test("Each exhibit breaks the laws that it names; our pool breaks none in it", arguments: Exhibit.all.map(\.id))
    func exhibit(_ id: String) throws {
        let exhibit = try #require(Exhibit.named(id))
        let reference = try ReferencePool(localNode: exhibit.network.local, configuration: exhibit.pool)
        let broken = laws(try exhibit.referenceWorld(), exhibit.pool, from: reference)
        let named = try exhibit.invariants.map { try #require(InvariantID(rawValue: $0)) }
        #expect(broken.isSuperset(of: named), "\(broken.map(\.rawValue).sorted())")
        let ours = try BroadcastPool<NetworkNode, Record>(localNode: exhibit.network.local, configuration: exhibit.pool)
        #expect(laws(try exhibit.world(), exhibit.pool, from: ours) == [])
    }
}
