import Broadcasts
import Coordination
import Simulation
import Testing

@testable import Timeline

@Suite("Steps to come are learnt a little at a time")
struct LookAheadTests {
    private func history() throws -> History<PoolWorld> {
        let world = try busyWorld()
        return History(world, checker: InvariantChecker(localNode: world.network.local, configuration: world.pool.configuration))
    }

    private func learn(_ steps: Int, _ history: inout History<PoolWorld>) {
        var left = steps
        history.lookAhead(upTo: .max) {
            left -= 1
            return left < 0
        }
    }

    @Test("Slices of any length learn the same steps, wherever one moves meanwhile", arguments: [1, 7, 64, 1000])
    func slices(length: Int) throws {
        var whole = try history()
        whole.lookAhead(upTo: .max)
        var sliced = try history()
        var place = 0
        while !sliced.isComplete {
            let known = sliced.stepCount
            learn(length, &sliced)
            #expect(sliced.position == place)
            #expect(sliced.stepCount == known + length || sliced.isComplete)
            // Somebody moves to and fro, over the end of what is known, too.
            place = (place * 7 + 13) % (sliced.stepCount + 3)
            sliced.go(to: place)
            place = sliced.position
        }
        #expect(sliced.stepCount == whole.stepCount)
        for number in 1...whole.stepCount { #expect(sliced.step(number) == whole.step(number)) }
        #expect(sliced.violations == whole.violations)
        for place in stride(from: whole.stepCount, through: 0, by: -9) {
            sliced.go(to: place)
            whole.go(to: place)
            #expect(sliced.world.view == whole.world.view)
            #expect(sliced.look() == whole.world.view)
            #expect(sliced.journal == whole.journal)
        }
        #expect(sliced.coverage() == whole.coverage())
    }

    @Test("Looking at the pool after each step shows what there is, forward, back and on a branch")
    func looking() throws {
        var history = try history()
        for _ in 0..<120 {
            history.stepForward()
            #expect(history.look() == history.world.view)
        }
        for _ in 0..<40 {
            let before = history.step(history.position)
            history.stepBack()
            #expect(history.look() == history.world.view)
            let view = history.world.view
            history.stepForward()
            #expect(history.step(history.position) == before && history.lookBefore() == view)
            history.stepBack()
            #expect(history.position == 0 || history.lookBefore() != nil)
        }
        try history.choose(.fireDeadline)
        for _ in 0..<40 {
            #expect(history.look() == history.world.view)
            #expect(history.pending == history.world.pending)
            history.stepForward()
        }
    }

    @Test("A choice at the end of what is known is not forgotten by what is learnt beyond it")
    func choiceAtTheFrontier() throws {
        var history = try history()
        learn(50, &history)
        history.go(to: 50)
        let victim = try #require(history.world.pending.first { $0.obstacle == nil })
        try history.choose(.drop(victim.name))
        learn(.max, &history)
        var again = try self.history()
        again.go(to: 50)
        try again.choose(.drop(victim.name))
        while again.stepForward() != nil {}
        #expect(history.stepCount == again.stepCount)
        for number in 1...again.stepCount { #expect(history.step(number) == again.step(number)) }
    }
}
