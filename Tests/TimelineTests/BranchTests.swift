import Broadcasts
import Coordination
import Kademlia
import Simulation
import Testing
import Timeline

@Suite("Branches of a history")
struct BranchTests {
    private func history(at position: Int) throws -> History<PoolWorld> {
        var history = History(try busyWorld())
        history.lookAhead(upTo: 10_000)
        history.go(to: position)
        return history
    }

    /// A reply that is on its way and not the next to come.
    private func overtaker(_ history: History<PoolWorld>) throws -> MessageName {
        try #require(history.world.pending.filter { $0.obstacle == nil }.dropFirst().first?.name)
    }

    /// What one comes to by taking the choices of a branch afresh.
    private func replayed(_ history: History<PoolWorld>) throws -> (steps: [Step], view: NetworkPoolView) {
        var fresh = History(try busyWorld(), deviations: history.branch.deviations)
        fresh.go(to: history.position)
        #expect(fresh.failedDeviation == nil)
        return (fresh.steps, fresh.world.view)
    }

    @Test("A choice that differs makes a branch; the first one stays as it was", arguments: [70, 130, 200])
    func deviate(position: Int) throws {
        var history = try history(at: position)
        while history.world.pending.count(where: { $0.obstacle == nil }) < 2 { history.stepForward() }
        let place = history.position
        let (first, count) = (history.steps, history.stepCount)
        let step = try #require(try history.choose(.deliver(overtaker(history))))
        #expect(step.number == place + 1)
        #expect(history.branches.map(\.id) == [0, 1])
        #expect(history.branch.id == 1 && history.branch.parent == 0 && history.branch.fork == place)
        history.go(to: .max)
        #expect(history.isAtEnd)
        #expect(history.step(place + 1) != first[place])
        #expect(Array(history.steps.prefix(place)) == Array(first.prefix(place)))
        let fresh = try replayed(history)
        #expect(fresh.steps == history.steps && fresh.view == history.world.view)
        history.switchBranch(to: 0)
        #expect(history.steps == first && history.stepCount == count)
    }

    @Test("What would have happened anyway is no branch")
    func noDeviation() throws {
        var history = try history(at: 80)
        while history.next.map({ if case .reply = $0.trigger { false } else { true } }) ?? false { history.stepForward() }
        let next = history.next
        let name = try #require(history.world.pending.first?.name)
        #expect(try history.choose(.deliver(name)) == next)
        #expect(history.branches.count == 1)
    }

    @Test("Choices between two steps last, also after going away and coming back")
    func faults() throws {
        var history = try history(at: 100)
        let victim = try #require(history.world.pending.first?.node)
        #expect(try history.choose(.fail(victim.index, .crashed)) == nil)
        #expect(history.position == 100 && history.world.faults.map(\.node) == [victim.index])
        let view = history.world.view
        history.go(to: 150)
        #expect(history.world.faults.map(\.node) == [victim.index])
        history.go(to: 99)
        #expect(history.world.faults.isEmpty)
        history.stepForward()
        #expect(history.world.faults.map(\.node) == [victim.index] && history.world.view == view)
        history.switchBranch(to: 0)
        #expect(history.position == 100 && history.world.faults.isEmpty)
    }

    @Test("Choices at the tip of a branch go on it; after going back they make another one")
    func tip() throws {
        var history = try history(at: 60)
        try history.choose(.advanceClock(.milliseconds(1)))
        history.lookAhead(upTo: 10_000)
        try history.choose(.fail(3, .muted))
        try history.choose(.fail(4, .muted))
        try history.choose(.advanceClock(.milliseconds(2)))
        #expect(history.branches.count == 2)
        #expect(history.branch.ownDeviations.map(\.position) == [60, 61, 61, 61])
        #expect(history.position == 62)
        history.stepBack()
        try history.choose(.poll)
        #expect(history.branches.map(\.parent) == [nil, 0, 1])
        #expect(history.branch.fork == 61)
        #expect(history.branch.deviations.map(\.choice) == [.advanceClock(.milliseconds(1)), .fail(3, .muted), .fail(4, .muted), .poll])
        let fresh = try replayed(history)
        #expect(fresh.steps == history.steps && fresh.view == history.world.view)
    }

    @Test("A choice that cannot be taken changes nothing")
    func refused() throws {
        var history = try history(at: 60)
        #expect(throws: ChoiceError.self) { try history.choose(.deliver(MessageName(id: "none", node: 0, isStore: true))) }
        #expect(history.branches.count == 1 && history.position == 60)
    }

    @Test("Branches are walked, named, compared and deleted with what left them")
    func tree() throws {
        var history = try history(at: 50)
        try history.choose(.poll)
        history.lookAhead(upTo: 10_000)
        history.go(to: 90)
        history.go(to: 80)
        try history.choose(.poll)
        history.nameBranch(2, "late poll")
        #expect(history.branches.map(\.name) == ["", "", "late poll"] && history.branch.name == "late poll")
        #expect(history.difference(between: 0, and: 1)?.shared == 50)
        #expect(history.difference(between: 0, and: 2)?.shared == 50)
        let difference = try #require(history.difference(between: 1, and: 2))
        #expect(difference.shared == 80 && difference.first != difference.second && difference.second?.event == .poll)
        #expect(history.difference(between: 0, and: 9) == nil)
        let (found, first, second) = (history.switchBranch(to: 9), history.deleteBranch(0), history.deleteBranch(1))
        #expect(!found && first == 0 && second == 2)
        #expect(history.branches.map(\.id) == [0] && history.position == 50 && history.branch.id == 0)
        try history.choose(.poll)
        #expect(history.branch.id == 3)
    }

    @Test("A recorded choice that does not fit is told, and the run goes on by itself")
    func misfit() throws {
        let strange = Deviation(position: 10, choice: .deliver(MessageName(id: "none", node: 0, isStore: true)))
        var history = History(try busyWorld(), deviations: [strange])
        history.go(to: .max)
        #expect(history.failedDeviation?.deviation == strange)
        #expect(history.isAtEnd)
    }

    @Test("Checkpoints are thinned out: a long line keeps few, and any step stays near")
    func thinning() {
        let tally = Tally()
        var history = History(CountingWorld(end: 100_000, tally: tally))
        history.go(to: 100_000)
        #expect(history.stepCount == 100_000)
        for position in [99_999, 3, 50_000, 77_777, 0] {
            tally.steps = 0
            history.go(to: position)
            #expect(history.world.count == position)
            #expect(tally.steps <= 256)
        }
    }
}

/// A count that all copies of a world share.
private final class Tally: @unchecked Sendable {
    var steps = 0
}

/// A world that does nothing but count its steps.
private struct CountingWorld: World {
    let end: Int
    let tally: Tally
    var count = 0
    var now: Instant { Instant(nanoseconds: Int64(count)) }
    var view: NetworkPoolView { NetworkPoolView(broadcasts: [], heldSlots: 0, slots: 1, ignoredEvents: 0) }

    mutating func step() -> Step? {
        guard count < end else { return nil }
        count += 1
        tally.steps += 1
        return Step(number: count, time: now, event: .poll, trigger: .continuation, state: .idle, isIgnored: false)
    }
}
