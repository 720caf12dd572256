import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

@Suite("Faults that somebody chose")
struct ChosenFaultTests {
    /// The laws that a Static with two stores breaks when this is chosen after its second step.
    private func laws(_ choice: Choice, isExpected: Bool) throws -> [InvariantID] {
        let network = VirtualNetwork(
            NetworkConfiguration(nodes: .keys([1, 2, 3].map { node($0).key }), keyBits: 8, latency: .constant(.milliseconds(10))))
        let start = NetworkEvent.startBroadcast(
            id: "a", target: .zero, message: ForgedRun.record, seed: Array(network.nodes.prefix(2)),
            configuration: .static(StaticConfiguration()))
        let configuration = PoolConfiguration()
        let pool = try ForgedRun.Pool(localNode: network.local, configuration: configuration)
        var world = PoolWorld(network: network, pool: pool, plan: [.init(time: .start, event: start)])
        var checker = InvariantChecker(localNode: network.local, configuration: configuration, keyBits: 8)
        var violations: [Violation] = []
        var before = world.view
        for number in 1... {
            guard let step = world.step() else { break }
            violations += checker.check(step, before: before, after: world.view)
            before = world.view
            guard number == 2 else { continue }
            #expect(try world.take(choice) == nil)
            if isExpected { checker.expect(choice) }
        }
        return violations.map(\.law)
    }

    private let message = MessageName(id: "a", node: 0, isStore: true)

    @Test("A reply that arrives twice breaks N1, unless it was expected")
    func duplicate() throws {
        #expect(try laws(.duplicate(message), isExpected: false) == [.n1])
        #expect(try laws(.duplicate(message), isExpected: true) == [])
    }

    @Test("So does a reply from another node")
    func impostor() throws {
        #expect(try laws(.edit(message, .from(2)), isExpected: false) == [.n1])
        #expect(try laws(.edit(message, .from(2)), isExpected: true) == [])
    }

    @Test("Other changes break no law")
    func others() throws {
        for choice in [.drop(message), .delay(message, .seconds(70)), .edit(message, .failure("no")), .fail(0, .crashed)] as [Choice] {
            #expect(try laws(choice, isExpected: false) == [])
        }
    }
}
