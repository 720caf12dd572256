import Broadcasts
import Coordination
import Simulation
import Testing

@testable import Timeline

@Suite("Watches over a run")
struct WatchCourseTests {
    private func course(_ text: String, _ run: HandMadeRun) throws -> WatchCourse {
        var course = WatchCourse(of: try Watch.parse(text))
        for view in run.views.dropFirst() { course.record(view) }
        return course
    }

    private func text(_ course: WatchCourse) -> [String] {
        course.lines.map { line in
            "\(line.id): " + line.points.map { "\($0.step) \($0.value?.text(keyBits: 8) ?? "none")" }.joined(separator: ", ")
        }
    }

    @Test("A value is kept where it changes; a broadcast that is over has none")
    func changes() throws {
        let run = try HandMadeRun()
        #expect(try text(course("best b1", run)) == ["b1: 1 40, 2 08, 6 40, 11 none"])
        #expect(try text(course("stored", run)) == ["b1: 1 0, 10 1, 11 none", "b2: 3 0, 5 none", "my*put: 13 0, 14 none"])
        #expect(try text(course("stored nobody", run)) == [])
    }

    @Test("Which value holds at a position, and which one before")
    func places() throws {
        let line = try #require(try course("best b1", try HandMadeRun()).lines.first)
        #expect((0...12).map { line.place(at: $0) } == [nil, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3])
    }

    @Test("Cut and followed again, it is the same")
    func cut() throws {
        let run = try HandMadeRun()
        let whole = try course("inflight", run)
        for position in 0...run.steps.count {
            var course = whole
            course.cut(at: position)
            #expect(course.position == position)
            for view in run.views.dropFirst(position + 1) { course.record(view) }
            #expect(course == whole)
        }
    }

    @Test("A history follows watches up to its position, by jumps and step by step alike")
    func following() throws {
        var history = History(try busyWorld())
        history.go(to: .max)
        let end = history.position
        var whole = [WatchCourse(of: Watch(.inflight)), WatchCourse(of: Watch(.phase))]
        history.follow(&whole, effort: .max)
        #expect(whole.map(\.position) == [end, end])
        #expect(history.position == end)

        history.go(to: 0)
        var slow = [WatchCourse(of: Watch(.inflight)), WatchCourse(of: Watch(.phase))]
        while history.position < 40 {
            history.stepForward()
            history.follow(&slow, effort: 1)
        }
        #expect(slow.map(\.position) == [40, 40])
        history.go(to: end)
        history.follow(&slow, effort: 0)
        #expect(slow.map(\.position) == [41, 41], "always one step, and no more than it is told")
        slow.append(WatchCourse(of: Watch(.stored)))
        history.follow(&slow, effort: .max)
        #expect(Array(slow.prefix(2)) == whole)
        #expect(slow[2].position == end)
    }

    @Test("Two branches agree up to the first choice that differs")
    func agreement() throws {
        var history = History(try busyWorld())
        history.go(to: 30)
        #expect(history.branch.agreement(with: []) == .max)
        try history.choose(.poll)
        let first = history.branch
        #expect(first.agreement(with: []) == 30)
        history.go(to: 33)
        try history.choose(.advanceClock(.seconds(1)))
        #expect(history.branch.agreement(with: first.deviations) == 33)
        #expect(first.agreement(with: history.branch.deviations) == 33)
    }
}
