import Broadcasts
import Canvas
import Coordination
import Scenarios
import Simulation
import Testing
import Timeline

@testable import Dashboard

/// Time for so many steps.
private struct Budget {
    var left: Int

    init(_ steps: Int) { left = steps }

    mutating func isOver() -> Bool {
        left -= 1
        return left < 0
    }
}

@Suite("Long work goes in slices, and a key is never kept waiting")
struct WorkingTests {
    /// A dashboard that has learnt nothing yet of the steps to come.
    private func fresh(_ scenario: String = "swarm") throws -> Dashboard {
        guard let builtIn = BuiltInScenario.named(scenario) else { throw Screens.NoSuchScenario() }
        return try Dashboard(try builtIn.scenario(), size: Screens.sizes[1], isOver: { true })
    }

    private func press(_ key: KeyPress, _ dashboard: inout Dashboard, steps: Int) {
        var budget = Budget(steps)
        _ = dashboard.press(key, isOver: { budget.isOver() })
    }

    private func enter(_ line: String, _ dashboard: inout Dashboard, steps: Int) {
        for character in line { _ = dashboard.press(.character(character), isOver: { true }) }
        press(.enter, &dashboard, steps: steps)
    }

    private func tick(_ dashboard: inout Dashboard, _ elapsed: Duration = .zero, steps: Int) {
        var budget = Budget(steps)
        dashboard.tick(elapsed, isOver: { budget.isOver() })
    }

    /// Lets everything come to its end that goes on without a key; counts the slices.
    private func settle(_ dashboard: inout Dashboard, steps: Int = 20) -> Int {
        var slices = 0
        while dashboard.nextTick == .zero, slices < 10_000 {
            tick(&dashboard, steps: steps)
            slices += 1
        }
        return slices
    }

    // MARK: The start

    @Test("The first frame does not wait for the steps to come; they are learnt a slice at a time, and then nothing is done any more")
    func start() throws {
        var dashboard = try fresh()
        #expect(dashboard.history.stepCount == 0 && !dashboard.history.isComplete)
        #expect(dashboard.text().contains("step 0/0+"))
        #expect(dashboard.nextTick == .zero)
        tick(&dashboard, steps: 30)
        #expect(dashboard.history.stepCount == 30 && dashboard.history.position == 0)
        #expect(dashboard.text().contains("step 0/30+"))
        _ = settle(&dashboard)
        let whole = try Screens.dashboard(size: Screens.sizes[1])
        #expect(dashboard.nextTick == nil)
        #expect(dashboard.text() == whole.text())
        #expect(dashboard.history.stepCount == whole.history.stepCount && dashboard.history.isComplete)
        #expect(dashboard.history.violations.map(\.step) == whole.history.violations.map(\.step))
    }

    @Test("The timeline grows by doubling while the end is not known, so that what stands on it seldom moves")
    func timeline() throws {
        var dashboard = try fresh()
        var lengths: [Int] = []
        while !dashboard.history.isComplete {
            tick(&dashboard, steps: 7)
            if lengths.last != dashboard.timelineLength { lengths.append(dashboard.timelineLength) }
        }
        #expect(lengths.last == dashboard.history.stepCount)
        #expect(lengths.dropLast() == [64, 128, 256, 512].prefix(lengths.count - 1)[...])
    }

    @Test("Keys work while the steps to come are learnt, and come to the same")
    func keysMeanwhile() throws {
        var dashboard = try fresh()
        var whole = try Screens.dashboard(size: Screens.sizes[1])
        for key in "sssss}}SSs{sseo}}}}sS" {
            press(.character(key), &dashboard, steps: 3)
            _ = dashboard.nextTick == .zero && dashboard.work != nil ? settle(&dashboard) : 0
            _ = whole.press(.character(key))
            #expect(dashboard.history.position == whole.history.position)
            #expect(dashboard.history.current == whole.history.current)
        }
        _ = settle(&dashboard)
        #expect(dashboard.text() == whole.text())
    }

    // MARK: Running

    @Test("A tick takes no more steps than there is time for, whatever is due")
    func tickWithinBudget() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type(" " + String(repeating: "+", count: 20))
        #expect(dashboard.message == "100000 events a second")
        for number in 1...5 {
            tick(&dashboard, .milliseconds(10), steps: 12)
            #expect(dashboard.history.position == 12 * number)
            #expect(dashboard.nextTick == .zero)
        }
        // A key comes between two slices.
        dashboard.type(" ")
        #expect(!dashboard.isRunning && dashboard.history.position == 60)
        #expect(dashboard.nextTick == nil)
    }

    @Test("What was due and not taken is never caught up with; the header says which rate is reached")
    func rate() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[2])
        dashboard.type("++++++")
        dashboard.type(" ")
        #expect(dashboard.text().contains("RUNNING 1000/s"))
        // 1000 a second are wanted, 2 in 10 ms are possible: 200 a second.
        for _ in 0..<50 { tick(&dashboard, .milliseconds(10), steps: 2) }
        #expect(dashboard.history.position == 100)
        #expect(dashboard.text().contains("RUNNING 200 of 1000/s"))
        // Where all can be taken again, the rate is the one that is wanted.
        for _ in 0..<13 { tick(&dashboard, .milliseconds(40), steps: 1000) }
        #expect(!dashboard.isRunning || dashboard.text().contains("RUNNING 1000/s"))
    }

    @Test("Steps without a frame of their own are counted on the screen, and told at the pause")
    func notDrawn() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        dashboard.type("++ ")
        tick(&dashboard, .milliseconds(20), steps: 100)
        _ = dashboard.frame(Screens.look())
        #expect(dashboard.history.position == 1)
        #expect(!dashboard.text().contains("not drawn"))
        tick(&dashboard, .milliseconds(100), steps: 100)
        tick(&dashboard, .milliseconds(100), steps: 100)
        _ = dashboard.frame(Screens.look())
        #expect(dashboard.history.position == 11)
        #expect(dashboard.text().contains("9 not drawn"))
        dashboard.type(" ")
        #expect(dashboard.message == "paused at step 11; 9 steps had no frame of their own")
    }

    @Test("A rate is two digits, and is shown only where it is notably less than wanted")
    func pace() {
        var pace = Pace()
        #expect(pace.slowness(wanted: 100_000) == nil)
        for _ in 0..<10 { pace.note(taken: 1717, missed: 1, in: .milliseconds(50)) }
        #expect(pace.slowness(wanted: 100_000) == 34_000)
        for _ in 0..<10 { pace.note(taken: 4900, missed: 1, in: .milliseconds(50)) }
        #expect(pace.slowness(wanted: 100_000) == 66_000, "half way from one to the other")
        for _ in 0..<10 { pace.note(taken: 5000, missed: 0, in: .milliseconds(50)) }
        #expect(pace.slowness(wanted: 100_000) == nil)
    }

    // MARK: Walking and searching

    @Test("c goes on in slices; its progress is in the header, and any key stops it where it has come to")
    func continueAndStop() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        enter(":break step=9000", &dashboard, steps: 0)
        press(.character("c"), &dashboard, steps: 20)
        #expect(dashboard.history.position == 20 && dashboard.work != nil && dashboard.nextTick == .zero)
        let total = dashboard.history.stepCount
        #expect(dashboard.text().contains("CONTINUING \(2000 / total)%"))
        tick(&dashboard, .seconds(2), steps: 20)
        #expect(dashboard.history.position == 40)
        #expect(dashboard.text().contains("s left"))
        _ = dashboard.press(.character("q"))
        #expect(dashboard.work == nil && dashboard.history.position == 40)
        #expect(dashboard.message?.hasPrefix("stopped at step 40, after ") == true)
        #expect(dashboard.nextTick == nil)
        press(.character("c"), &dashboard, steps: 20)
        #expect(dashboard.interrupt(isSecond: false) == .draw)
        #expect(dashboard.work == nil && dashboard.history.position == 60)
    }

    @Test("Whatever the slices, walks and searches come to the same place with the same words", arguments: [1, 3, 50])
    func sameAsAtOnce(slice: Int) throws {
        var (dashboard, whole) = (try fresh(), try Screens.dashboard(size: Screens.sizes[1]))
        enter(":break st:store", &dashboard, steps: 0)
        enter(":break st:store", &whole, steps: .max)
        let lines = [
            "c", "c", "e", "o", "f", ":finish b2", "/finished", "n", "n", "N", "C", "E", "O", ":watch stored", "C", "c", ":t 700ms", ":150",
            ":9999",
            "n", "N", ":reverse-finish", "\\inflight>3", "S", "{", ":5", ":120", "C", "C", "C", "C", "C", "C",
        ]
        for line in lines {
            for character in line.dropLast() { _ = dashboard.press(.character(character), isOver: { true }) }
            for character in line.dropLast() { _ = whole.press(.character(character)) }
            let last = KeyPress.character(line.last ?? " ")
            press(last, &dashboard, steps: slice)
            _ = whole.press(last)
            if line.count > 1 {
                press(.enter, &dashboard, steps: slice)
                _ = whole.press(.enter)
            }
            _ = settle(&dashboard, steps: slice)
            #expect(dashboard.history.position == whole.history.position, "\(line)")
            #expect(dashboard.message == whole.message, "\(line)")
            #expect(dashboard.logSteps == whole.logSteps, "\(line)")
        }
        #expect(dashboard.text() == whole.text())
    }

    @Test("A search that is stopped leaves the position where it began; so does the way back")
    func stoppedSearch() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        dashboard.type("}}}")
        enter("/nowhere", &dashboard, steps: 10)
        #expect(dashboard.history.position == 40 && dashboard.work != nil)
        #expect(dashboard.text().contains("LOOKING "))
        dashboard.type("s")
        #expect(dashboard.history.position == 30 && dashboard.work == nil)
        #expect(dashboard.message?.hasSuffix("still at step 30") == true)
        press(.character("C"), &dashboard, steps: 5)
        #expect(dashboard.text().contains("GOING BACK "))
        #expect(dashboard.history.position == 30)
        dashboard.type("x")
        #expect(dashboard.history.position == 30 && dashboard.work == nil)
    }

    @Test("A filter of the log finds its steps in slices; keys work meanwhile, and ^C gives it up")
    func filtering() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        dashboard.type("}}}}}}")
        enter("\\inflight>2", &dashboard, steps: 10)
        #expect(dashboard.filtered?.seen == 10 && dashboard.nextTick == .zero)
        #expect(dashboard.text().contains("FILTERING 16%"))
        press(.character("j"), &dashboard, steps: 10)
        #expect(dashboard.filtered?.seen == 20)
        #expect(dashboard.interrupt(isSecond: false) == .draw)
        #expect(dashboard.filtered == nil && dashboard.nextTick == nil)
        #expect(dashboard.message == "stopped filtering at step 20; the log shows all steps")
        enter("\\inflight>2", &dashboard, steps: 10)
        _ = settle(&dashboard)
        let count = try #require(dashboard.filtered?.steps.count)
        #expect(dashboard.message == "\(count) of 60 steps; \\ and Enter shows all again")
    }

    @Test("A far place is gone to in slices, with a share of the way and the time that is left")
    func far() throws {
        var dashboard = try fresh()
        enter(":140", &dashboard, steps: 35)
        #expect(dashboard.history.position == 35)
        #expect(dashboard.text().contains("GOING TO 140 25%"))
        tick(&dashboard, .seconds(3), steps: 35)
        #expect(dashboard.text().contains("GOING TO 140 50% 3s left"))
        _ = settle(&dashboard)
        #expect(dashboard.history.position == 140)
    }

    @Test("The time left is told in seconds, then in minutes, and not before a second has passed")
    func timeLeft() {
        func words(_ done: Int, _ total: Int?, _ seconds: Double) -> String {
            Progress(done: done, total: total, elapsed: .seconds(seconds)).words
        }
        #expect(words(10, 100, 0.9) == "10%")
        #expect(words(10, 100, 1) == "10% 9s left")
        #expect(words(1, 1000, 1) == "0% 17min left")
        #expect(words(1200, nil, 5) == "1200 steps")
        #expect(words(0, 0, 5) == "100%")
    }
}

@Suite("An unchanged frame costs nothing")
struct FrameTests {
    @Test("Nothing differs between two frames without a key; after a digit only that place does")
    func unchanged() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[2])
        dashboard.type("}}}}}")
        let before = dashboard.frame(Screens.look())
        #expect(dashboard.frame(Screens.look()).changes(since: before).isEmpty)
        dashboard.tick(.seconds(5))
        #expect(dashboard.frame(Screens.look()).changes(since: before).isEmpty)
        #expect(dashboard.nextTick == nil, "nothing wakes the program")
    }

    @Test("The nodes of a broadcast are worked out once for all panes, and are never out of date")
    func nodesOnce() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[2])
        for key in "sssss}}}j>>s<S2>{1kc" {
            dashboard.type(String(key))
            let entry = dashboard.shownBroadcast
            let rows = entry.map { dashboard.sorted(dashboard.observation.nodes(of: $0)) } ?? []
            #expect(dashboard.shownNodes.map(\.node.index) == rows.map(\.node.index))
            #expect(dashboard.shownNodes.map(\.status) == rows.map(\.status))
            if entry != nil { #expect(dashboard.nodesSeen?.rows.count == rows.count) }
        }
    }
}
