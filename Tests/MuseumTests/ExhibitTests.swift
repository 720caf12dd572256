import Broadcasts
import Coordination
import Kademlia
import Museum
import Simulation
import Testing
import Timeline

@Suite("Exhibits")
struct ExhibitTests {
    /// What a run comes to.
    private struct Run: Equatable {
        /// A store that was sent.
        struct Store: Equatable {
            let id: OperationID
            let key: String
            let record: String
            let second: Double
        }

        var stores: [Store] = []
        /// How each broadcast ended, in order.
        var ends: [String] = []
        var running: [OperationID] = []
        var steps: [Step] = []

        init<Machine>(_ world: SimulatedWorld<Machine>) {
            var world = world
            while steps.count < 1_000, let step = world.step() {
                steps.append(step)
                switch step.state {
                case .storeRecord(let id, let node, let record):
                    stores.append(Store(id: id, key: key(node), record: record.name, second: Double(step.time.nanoseconds) / 1e9))
                case .broadcastFinished(let id, let outcome):
                    let errors = outcome.errors.map { " \(key($0.node)): \($0.error)" }.joined()
                    ends.append("\(id) \(outcome.reason) \(outcome.contacted.map(key).joined(separator: ","))\(errors)")
                case .broadcastRejected(let id, let reason): ends.append("\(id) \(reason)")
                case .idle, .waiting, .findCloser: break
                }
            }
            running = world.view.broadcasts.map(\.id)
        }

        /// Who stored what where, in order.
        var places: [String] { stores.map { "\($0.id) \($0.key)" } }
    }

    private static func key(_ node: NetworkNode) -> String { String(node.key.hex.prefix(2)) }

    private func runs(_ id: String) throws -> (reference: Run, ours: Run) {
        let exhibit = try #require(Exhibit.named(id))
        return (Run(try exhibit.referenceWorld()), Run(try exhibit.world()))
    }

    @Test("T1: A gets nothing of what it found, B hangs; with our pool A stores, and B is told that there is nobody")
    func emptySeed() throws {
        let (reference, ours) = try runs("T1")
        #expect(reference.ends == ["A noNodesFound "])
        #expect(reference.stores.isEmpty)
        #expect(reference.running == ["B"])
        #expect(reference.steps.count == 4)
        #expect(ours.ends == ["B noNodesFound ", "A completed 03,04"])
        #expect(ours.running.isEmpty)
    }

    @Test("T2: A and B store with each other's nodes and are content; with our pool each stores with its own")
    func swappedResults() throws {
        let (reference, ours) = try runs("T2")
        #expect(reference.places == ["A 81", "B 03", "B 05", "B 04"])
        #expect(reference.ends == ["A completed 81", "B completed 03,05,04"])
        #expect(reference.running.isEmpty)
        #expect(ours.places == ["B 81", "A 03", "A 05", "A 04"])
        #expect(ours.ends == ["B completed 81", "A completed 03,05,04"])
    }

    @Test("T3: three stores in three seconds; with our pool in one")
    func starvedStores() throws {
        let (reference, ours) = try runs("T3")
        #expect(reference.stores.map(\.second) == [1, 2, 3])
        #expect(ours.stores.map(\.second) == [1, 1, 1])
        #expect(reference.places == ours.places)
        #expect(reference.ends == ["A completed 03,02,04", "B noNodesFound "])
        #expect(ours.ends == reference.ends)
    }

    @Test("T4: a node that was never asked counts as contacted, another counts twice; with our pool neither")
    func believedStrangers() throws {
        let (reference, ours) = try runs("T4")
        #expect(reference.ends == ["A completed 02,77", "B completed 03,02,02 02: made up"])
        #expect(ours.ends == ["A completed 02", "B completed 03,02"])
        #expect(ours.steps.count { $0.isIgnored } == 2)
        #expect(reference.steps.count { $0.isIgnored } == 0)
        #expect(reference.places == ours.places)
    }

    @Test("T5: the second record at the nodes of the first target; with our pool the first record, and a rejection")
    func replacedBroadcast() throws {
        let (reference, ours) = try runs("T5")
        #expect(reference.stores.map(\.record) == ["second record", "second record"])
        #expect(reference.places == ["A 03", "A 02"])
        #expect(reference.ends == ["A completed 03,02"])
        #expect(ours.stores.map(\.record) == ["first record", "first record"])
        #expect(ours.places == ["A 03", "A 02"])
        #expect(ours.ends == ["A \(BroadcastRejection.idInUse)", "A completed 03,02"])
    }

    @Test("T6: a contact and an error without a store; with our pool neither")
    func claimedContacts() throws {
        let (reference, ours) = try runs("T6")
        #expect(reference.stores.isEmpty)
        #expect(reference.ends == ["A stopped 02 02: cancelled"])
        #expect(ours.ends == ["A stopped "])
    }

    @Test("Every exhibit tells what it shows, names nodes that there are, and runs alike each time", arguments: Exhibit.all.map(\.id))
    func allTold(id: String) throws {
        let exhibit = try #require(Exhibit.named(id))
        #expect(Exhibit.named(id.lowercased())?.id == id)
        #expect([exhibit.title, exhibit.story, exhibit.quotation].allSatisfy { !$0.isEmpty && !$0.contains("\n") && !$0.contains("  ") })
        #expect(!exhibit.invariants.isEmpty)
        #expect(Run(try exhibit.referenceWorld()) == Run(try exhibit.referenceWorld()))
        #expect(Run(try exhibit.world()) == Run(try exhibit.world()))
        #expect(Run(try exhibit.world()).running.isEmpty)
    }

    @Test("There are six, in order")
    func order() {
        #expect(Exhibit.all.map(\.id) == ["T1", "T2", "T3", "T4", "T5", "T6"])
        #expect(Exhibit.all.map(\.flaw) == ["D1", "D1", "D2", "D7", "D3", "D8"])
        #expect(Exhibit.named("T7") == nil)
    }

    @Test("A history goes back and forth in it", arguments: Exhibit.all.map(\.id))
    func history(id: String) throws {
        let exhibit = try #require(Exhibit.named(id))
        var history = History(try exhibit.referenceWorld())
        history.go(to: .max)
        let (steps, pool) = ((1...history.stepCount).map { history.step($0) }, history.world.pool)
        history.go(to: 1)
        history.go(to: .max)
        #expect((1...history.stepCount).map { history.step($0) } == steps)
        #expect(history.world.pool == pool)
    }
}
