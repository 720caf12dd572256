import Coordination
import Testing
import Timeline

@Suite("Breakpoints")
struct BreakpointTests {
    private let run: HandMadeRun

    init() throws {
        run = try HandMadeRun()
    }

    /// The steps at which breakpoints stop on the way forward, with their numbers.
    private func stops(_ breakpoints: inout Breakpoints, from: Int = 1) -> [Int: [Int]] {
        var stops: [Int: [Int]] = [:]
        for step in run.steps where step.number >= from {
            let hits = breakpoints.hits(run.context(step)).map(\.id)
            if !hits.isEmpty { stops[step.number] = hits }
        }
        return stops
    }

    @Test("Each is numbered, counts its hits and stops")
    func several() throws {
        var breakpoints = Breakpoints()
        #expect(breakpoints.add(try Filter.parse("ev:closer")).id == 1)
        #expect(breakpoints.add(try Filter.parse("ignored")).id == 2)
        #expect(breakpoints.add(.anyViolation).id == 3)
        #expect(stops(&breakpoints) == [2: [1], 6: [1], 8: [3], 9: [1, 2]])
        #expect(breakpoints.all.map(\.hits) == [3, 1, 1])
        breakpoints.forgetHits()
        #expect(breakpoints.all.map(\.hits) == [0, 0, 0])
    }

    @Test("Hits that are passed over count")
    func conditions() throws {
        // Events of nodes are steps 2, 4, 5, 6, 9 and 10.
        for (condition, steps) in [
            (.always, [2, 4, 5, 6, 9, 10]), (.from(3), [5, 6, 9, 10]), (.from(0), [2, 4, 5, 6, 9, 10]), (.from(7), []),
            (.every(3), [5, 10]),
            (.every(0), [2, 4, 5, 6, 9, 10]), (.every(-4), [2, 4, 5, 6, 9, 10]), (.every(.max), []),
        ] as [(Breakpoint.HitCondition, [Int])] {
            var breakpoints = Breakpoints()
            breakpoints.add(try Filter.parse("ev:reply"), condition: condition)
            #expect(stops(&breakpoints).keys.sorted() == steps, "\(condition)")
            #expect(breakpoints[1]?.hits == 6)
        }
        #expect(Breakpoint.HitCondition.from(3).description == "from hit 3 on")
        #expect(Breakpoint.HitCondition.every(2).description == "at every 2 hits")
        #expect(Breakpoint.HitCondition.always.description == "at every hit")
    }

    @Test("A one-shot breakpoint is gone once it has stopped a run, and not before")
    func oneShot() throws {
        var breakpoints = Breakpoints()
        breakpoints.add(try Filter.parse("ev:reply"), isOneShot: true, condition: .from(2))
        breakpoints.add(try Filter.parse("ev:closer"))
        #expect(breakpoints.hits(run.context(run.steps[1])).map(\.id) == [2])
        #expect(breakpoints.all.map(\.id) == [1, 2])
        let hits = breakpoints.hits(run.context(run.steps[3]))
        #expect(hits.map(\.id) == [1] && hits.map(\.hits) == [2])
        #expect(breakpoints.all.map(\.id) == [2])
        #expect(breakpoints.add(.anyViolation).id == 3, "a number is given once")
    }

    @Test("Disabled: no stop, no count; enabled again it goes on")
    func enabling() throws {
        var breakpoints = Breakpoints()
        breakpoints.add(try Filter.parse("changes:best ev:reply"))
        #expect(breakpoints.needsView && breakpoints.needsViewBefore)
        #expect(breakpoints.toggle(1) == false)
        #expect(!breakpoints.needsView && !breakpoints.needsViewBefore)
        #expect(stops(&breakpoints) == [:] && breakpoints[1]?.hits == 0)
        #expect(breakpoints.matches(run.context(run.steps[1])) == [])
        #expect(breakpoints.toggle(1) == true)
        #expect(breakpoints.matches(run.context(run.steps[1])).map(\.id) == [1])
        #expect(breakpoints.toggle(9) == nil)
    }

    @Test("On the way back nothing is counted, removed or passed over")
    func backwards() throws {
        var breakpoints = Breakpoints()
        breakpoints.add(try Filter.parse("ev:closer"), isOneShot: true, condition: .from(100))
        breakpoints.add(try Filter.parse("ignored"))
        let before = breakpoints
        let stops = run.steps.reversed().compactMap { step in
            let ids = breakpoints.matches(run.context(step)).map(\.id)
            return ids.isEmpty ? nil : "\(step.number): \(ids)"
        }
        #expect(stops == ["9: [1, 2]", "6: [1]", "2: [1]"])
        #expect(breakpoints == before)
    }

    @Test("Added and removed by what is selected, changed by number")
    func editing() throws {
        var breakpoints = Breakpoints()
        #expect(breakpoints.toggle(.naming("b1"))?.id == 1)
        #expect(breakpoints.toggle(.naming("b2"))?.id == 2)
        #expect(breakpoints.toggle(try Filter.parse("bc:b1")) == nil)
        #expect(breakpoints.all.map(\.filter) == [.naming("b2")])
        breakpoints[2]?.condition = .every(2)
        breakpoints[2]?.filter = .anyViolation
        #expect(breakpoints[2]?.condition == .every(2) && breakpoints[2]?.filter == .anyViolation)
        breakpoints[7]?.isEnabled = false
        #expect(breakpoints[7] == nil)
        #expect(breakpoints.remove(2)?.id == 2 && breakpoints.remove(2) == nil && breakpoints.all.isEmpty)
    }
}
