import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing
import Timeline

@testable import Simulation

@Suite("Choices in a simulated world")
struct ChoiceTests {
    private let network = VirtualNetwork.small([1, 2, 3, 4], silent: [4])

    private func name(_ value: UInt8, store: Bool = false, copy: Int = 0) throws -> MessageName {
        MessageName(id: "b", node: try network.node(key: value).index, isStore: store, copy: copy)
    }

    /// A put that has asked its three nearest nodes and waits.
    private func asking(_ seeds: [UInt8] = [1, 2, 3]) throws -> PoolWorld {
        var world = try PoolWorld.over(
            network, [.follow("b", seed: try seeds.map { try network.node(key: $0) })], .init(concurrency: 1, replication: 4))
        while let step = world.step(), !step.state.isAtRest {}
        return world
    }

    private func take(_ choice: Choice, in world: inout PoolWorld) throws -> Step? {
        #expect(world.obstacle(to: choice) == nil)
        return try world.take(choice)
    }

    @Test("The replies on their way are listed in the order of arrival, each as what it will be")
    func listing() throws {
        var world = try asking()
        #expect(world.pending.map(\.node.key) == [key(1), key(2), key(3)])
        #expect(world.pending.allSatisfy { $0.arrives == Instant.start.advanced(by: .milliseconds(20)) && $0.sent == .start })
        var arrived = 0
        while let message = world.pending.first, message.obstacle == nil {
            var step = world.step()
            while let other = step, other.event == .poll { step = world.step() }
            #expect(step?.event == message.event && step?.time == message.arrives)
            arrived += 1
        }
        #expect(arrived == 3)
    }

    @Test("A reply that is chosen comes first, at the time at which another one was due")
    func deliver() throws {
        var world = try asking()
        let step = try #require(try take(.deliver(name(3)), in: &world))
        guard case .getCloserNodesSuccess(_, let node, _, _) = step.event else { return #expect(Bool(false)) }
        #expect(node.key == key(3))
        #expect(step.time == Instant.start.advanced(by: .milliseconds(20)))
        #expect(step.number == 5)
        #expect(!world.pending.contains { $0.node.key == key(3) && !$0.name.isStore })
    }

    @Test("The reply that comes next anyway is the step that would have come")
    func deliverNext() throws {
        var (chosen, usual) = (try asking(), try asking())
        #expect(try chosen.take(.deliver(name(1))) == usual.step())
        #expect(chosen.view == usual.view)
    }

    @Test("A dropped reply never comes, and is listed with the reason")
    func drop() throws {
        var world = try asking()
        #expect(try take(.drop(name(1)), in: &world) == nil)
        let last = try #require(world.pending.last)
        #expect(last.node.key == key(1) && last.obstacle == .dropped && last.arrives == nil && last.event == nil)
        #expect(world.obstacle(to: .deliver(try name(1)))?.description.contains("somebody dropped it") == true)
        let steps = world.run()
        #expect(!steps.contains { $0.event.node?.key == key(1) && !$0.event.isStoreReply })
        #expect(steps.contains { $0.trigger == .deadline })
    }

    @Test("A silent node is listed as one that cannot answer")
    func silent() throws {
        let world = try asking([4])
        #expect(world.pending.map(\.obstacle) == [.silent])
    }

    @Test("A duplicate comes right after the original, and is ignored")
    func duplicate() throws {
        var world = try asking([1])
        _ = try take(.duplicate(name(1)), in: &world)
        #expect(world.pending.map(\.name.copy) == [0, 1])
        #expect(world.step()?.isIgnored == false)
        var second = world.step()
        while let step = second, step.event.node == nil { second = world.step() }
        #expect(second?.event.node?.key == key(1) && second?.isIgnored == true)
    }

    @Test("A delayed reply comes later by that time")
    func delay() throws {
        var world = try asking([1])
        _ = try take(.delay(name(1), .milliseconds(5)), in: &world)
        #expect(world.step()?.time == Instant.start.advanced(by: .milliseconds(25)))
        #expect(world.obstacle(to: .delay(try name(2), .zero)) != nil)
    }

    @Test("An edited reply says what somebody wants it to say")
    func edit() throws {
        var world = try asking([1, 2, 3])
        let two = try network.node(key: 2).index
        _ = try take(.edit(name(1), .closer([two])), in: &world)
        _ = try take(.edit(name(3), .failure("full")), in: &world)
        _ = try take(.edit(name(2), .from(network.node(key: 4).index)), in: &world)
        let events = world.pending.compactMap(\.event)
        #expect(
            events == [
                .getCloserNodesSuccess(id: "b", node: try network.node(key: 1), target: .zero, closer: [try network.node(key: 2)]),
                .getCloserNodesSuccess(
                    id: "b", node: try network.node(key: 4), target: .zero,
                    closer: network.closest(to: .zero, knownBy: try network.node(key: 2))),
                .getCloserNodesFailure(id: "b", node: try network.node(key: 3), target: .zero, error: .failed("full")),
            ])
        #expect(
            world.obstacle(to: .edit(try name(1), .closer([99])))?.description == "there is no node of index 99: this network's are 0…4")
        #expect(world.obstacle(to: .edit(try name(1), .success))?.description == "this reply is a success already")
        _ = try take(.edit(name(3), .success), in: &world)
        #expect(world.pending.count == 3)
    }

    @Test("Edits of a store's reply")
    func editStore() throws {
        var world = try PoolWorld.over(network, [.put("b", seed: [try network.node(key: 1)])])
        while let step = world.step(), !step.state.isAtRest {}
        _ = try take(.edit(name(1, store: true), .failure("full")), in: &world)
        #expect(world.obstacle(to: .edit(try name(1, store: true), .closer([]))) != nil)
        _ = try take(.edit(name(1, store: true), .success), in: &world)
        _ = try take(.edit(name(1, store: true), .failure("full")), in: &world)
        let end = try #require(world.run().last { $0.state.id == "b" })
        guard case .broadcastFinished(_, let outcome) = end.state else { return #expect(Bool(false)) }
        #expect(outcome.errors.map(\.error) == [.failed("full")])
    }

    @Test("The clock can go to the next deadline, past replies that are on their way; they come right after")
    func fireDeadline() throws {
        var world = try asking([1])
        let step = try #require(try take(.fireDeadline, in: &world))
        #expect(step.event == .poll && step.trigger == .deadline)
        #expect(step.time == Instant.start.advanced(by: .seconds(60)).firstMomentPast)
        let reply = try #require(world.run().first { $0.event.node != nil })
        #expect(reply.time == step.time)
    }

    @Test("The clock moves on by a time")
    func advanceClock() throws {
        var world = try asking([1])
        #expect(try take(.advanceClock(.milliseconds(7)), in: &world)?.time == Instant.start.advanced(by: .milliseconds(7)))
        #expect(world.obstacle(to: .advanceClock(.zero)) != nil)
        #expect(try take(.poll, in: &world)?.event == .poll)
    }

    @Test("A node that crashes loses what has not reached it; what it has sent still comes", arguments: [5, 15])
    func crash(afterMilliseconds: Int64) throws {
        var world = try asking([1, 2])
        _ = try take(.advanceClock(.milliseconds(afterMilliseconds)), in: &world)
        _ = try take(.fail(network.node(key: 1).index, .crashed), in: &world)
        #expect(world.faults.map(\.fault) == [.crashed])
        let hopeless = world.pending.filter { $0.obstacle == .crashed }
        #expect(hopeless.count == (afterMilliseconds < 10 ? 1 : 0))
        #expect(world.obstacle(to: .fail(try network.node(key: 1).index, .crashed)) != nil)
        _ = try take(.restart(network.node(key: 1).index), in: &world)
        #expect(world.obstacle(to: .restart(try network.node(key: 1).index)) != nil)
        #expect(world.pending.filter { $0.obstacle == .crashed }.count == hopeless.count)
    }

    @Test("A partition loses what is under way, and what is sent while it lasts")
    func partition() throws {
        var world = try asking([1])
        _ = try take(.advanceClock(.milliseconds(15)), in: &world)
        _ = try take(.fail(network.node(key: 1).index, .partitioned), in: &world)
        #expect(world.pending.map(\.obstacle) == [.partitioned])
        #expect(world.obstacle(to: .fail(network.local.index, .muted))?.description.contains("local node") == true)
    }

    @Test("A request to a mute node is lost")
    func mute() throws {
        var world = try PoolWorld.over(network, [.put("b", seed: [try network.node(key: 1)])])
        _ = try take(.fail(network.node(key: 1).index, .muted), in: &world)
        while let step = world.step(), !step.state.isAtRest {}
        #expect(world.pending.map(\.obstacle) == [.muted])
        let end = try #require(world.run().last { $0.state.id == "b" })
        guard case .broadcastFinished(_, let outcome) = end.state else { return #expect(Bool(false)) }
        #expect(outcome.errors.map(\.error) == [.timedOut])
    }

    @Test("Broadcasts are started and stopped by hand; the plan can be hurried")
    func byHand() throws {
        var world = try PoolWorld.over(
            network, [.put("b", at: .seconds(9), seed: [try network.node(key: 1)])])
        let new = NewBroadcast(
            id: "c", target: .zero, record: Record(name: "r"), seed: nil, configuration: .static(StaticConfiguration()))
        let start = try #require(try take(.start(new), in: &world))
        guard case .startBroadcast(_, _, _, let seed, _) = start.event else { return #expect(Bool(false)) }
        #expect(seed == network.localClosest(to: .zero))
        #expect(try take(.actNow, in: &world)?.event.id == "b")
        #expect(world.obstacle(to: .actNow) != nil)
        guard case .broadcastFinished(let id, _)? = try take(.stop("c"), in: &world)?.state else { return #expect(Bool(false)) }
        #expect(id == "c")
        let wrong = NewBroadcast(id: "d", target: .zero, record: Record(name: "r"), seed: [77], configuration: new.configuration)
        #expect(world.obstacle(to: .start(wrong)) != nil)
    }

    @Test("What cannot be done changes nothing and says why")
    func refused() throws {
        var world = try asking()
        let before = (world.view, world.pending, world.now)
        let nobody = MessageName(id: "x", node: 0, isStore: false)
        for choice: Choice in [.deliver(nobody), .drop(nobody), .duplicate(nobody), .delay(nobody, .seconds(1)), .fail(77, .muted)] {
            #expect(throws: ChoiceError.self) { try world.take(choice) }
        }
        #expect(world.view == before.0 && world.pending == before.1 && world.now == before.2)
        #expect(world.obstacle(to: .deliver(nobody))?.description.contains("is not on its way") == true)
    }
}

extension PoolEvent {
    /// Whether a reply to a store.
    fileprivate var isStoreReply: Bool {
        switch self {
        case .storeRecordSuccess, .storeRecordFailure: true
        case .startBroadcast, .stopBroadcast, .getCloserNodesSuccess, .getCloserNodesFailure, .poll: false
        }
    }

    /// The node that a reply comes from.
    fileprivate var node: Node? {
        switch self {
        case .getCloserNodesSuccess(_, let node, _, _), .getCloserNodesFailure(_, let node, _, _), .storeRecordSuccess(_, let node, _, _),
            .storeRecordFailure(_, let node, _, _):
            node
        case .startBroadcast, .stopBroadcast, .poll: nil
        }
    }
}
