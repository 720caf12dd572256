import Broadcasts
import Canvas
import Coordination
import Scenarios
import Simulation
import Testing
import Theming
import Timeline

@testable import Dashboard

@Suite("Stopping, looking for and filtering steps")
struct StoppingTests {
    private func command(_ line: String, in dashboard: inout Dashboard) {
        dashboard.type(":\(line)")
        _ = dashboard.press(.enter)
    }

    /// Lets a search go on until it stops.
    private func settle(_ dashboard: inout Dashboard) {
        var ticks = 0
        while dashboard.nextTick == .zero, ticks < 10_000 {
            dashboard.tick(.zero)
            ticks += 1
        }
    }

    /// The steps that are stopped at on the way to the end, or back to the start.
    private func stops(_ key: String, in dashboard: inout Dashboard) -> [Int] {
        var found: [Int] = []
        while found.count < 1000 {
            dashboard.type(key)
            settle(&dashboard)
            guard dashboard.message?.hasPrefix("breakpoint") == true || dashboard.message?.hasPrefix("watch") == true else { break }
            found.append(dashboard.history.position)
        }
        return found
    }

    private func steps(_ dashboard: Dashboard, where fits: (Step) -> Bool) -> [Int] {
        (1...dashboard.history.stepCount).filter { fits(dashboard.history.step($0)) }
    }

    @Test("c stops at every step that a breakpoint matches, C at the same ones on the way back")
    func toAndFro() throws {
        var dashboard = try Screens.dashboard()
        command("break st:store", in: &dashboard)
        let expected = steps(dashboard) { if case .storeRecord = $0.state { true } else { false } }
        #expect(stops("c", in: &dashboard) == expected)
        #expect(dashboard.history.isAtEnd)
        #expect(stops("C", in: &dashboard) == expected.reversed())
        #expect(dashboard.history.position == 0)
        #expect(dashboard.breakpoints.all[0].hits == expected.count)
    }

    @Test("A condition on the hits, one that stops once, one that is off")
    func conditions() throws {
        var dashboard = try Screens.dashboard()
        let all = steps(dashboard) { if case .storeRecord = $0.state { true } else { false } }
        command("break every 3 st:store", in: &dashboard)
        #expect(stops("c", in: &dashboard) == all.enumerated().filter { $0.offset % 3 == 2 }.map(\.element))
        command("0", in: &dashboard)
        command("delete 1", in: &dashboard)
        command("once st:store", in: &dashboard)
        #expect(stops("c", in: &dashboard) == [all[0]])
        command("0", in: &dashboard)
        command("break st:store", in: &dashboard)
        dashboard.type("9")
        _ = dashboard.press(.enter)
        #expect(dashboard.message == "breakpoint 3 is off")
        #expect(stops("c", in: &dashboard).isEmpty)
    }

    @Test("b stops at the selected thing, and at it no more when pressed again")
    func selected() throws {
        var dashboard = try Screens.dashboard()
        for _ in 0..<20 { dashboard.type("s") }
        dashboard.type("1jb")
        #expect(dashboard.breakpoints.all.map(\.filter.description) == ["bc:b2"])
        dashboard.type("b")
        #expect(dashboard.breakpoints.all.isEmpty)
        dashboard.type("4b")
        #expect(dashboard.breakpoints.all.count == 1)
        dashboard.type("3t")
        #expect(dashboard.breakpoints.all.last?.isOneShot == true)
    }

    @Test("A watch stops where its value changes, both ways")
    func watch() throws {
        var dashboard = try Screens.dashboard("by-hand")
        command("watch stored", in: &dashboard)
        let there = stops("c", in: &dashboard)
        #expect(!there.isEmpty)
        #expect(stops("C", in: &dashboard) == there.reversed())
    }

    @Test("A run stops at a breakpoint, too")
    func running() throws {
        var dashboard = try Screens.dashboard()
        command("break st:store", in: &dashboard)
        dashboard.type(" ")
        while dashboard.isRunning { dashboard.tick(.seconds(1)) }
        #expect(dashboard.message?.hasPrefix("breakpoint 1") == true)
        guard case .storeRecord = dashboard.history.current?.state else { return #expect(Bool(false)) }
    }

    @Test("A run stops where a law is broken, and says which")
    func violation() throws {
        var dashboard = try Screens.dashboard("once-per-reply")
        dashboard.type("c")
        settle(&dashboard)
        #expect(dashboard.history.isAtEnd)
        #expect(dashboard.history.violations.map(\.law) == [.l1])
    }

    @Test("A search goes to the steps that match, forward and back, and says when there are no more")
    func search() throws {
        var dashboard = try Screens.dashboard()
        let expected = steps(dashboard) { if case .broadcastFinished = $0.state { true } else { false } }
        dashboard.type("/finished")
        _ = dashboard.press(.enter)
        var found = [dashboard.history.position]
        while dashboard.message == nil {
            dashboard.type("n")
            found.append(dashboard.history.position)
        }
        #expect(found == expected + [expected.last!])
        #expect(dashboard.message == "no later step matches finished")
        dashboard.type("N")
        #expect(dashboard.history.position == expected[expected.count - 2])
    }

    @Test("The log shows only what a filter lets through", arguments: ["bc:b2", "inflight>=3", "st:find | st:store"])
    func filter(text: String) throws {
        var dashboard = try Screens.dashboard()
        for _ in 0..<60 { dashboard.type("s") }
        dashboard.type("\\\(text)")
        _ = dashboard.press(.enter)
        let shown = Array(try #require(dashboard.logSteps))
        #expect(!shown.isEmpty && shown.count < 60)
        #expect(dashboard.rowCount(.log) == shown.count)
        for _ in 0..<30 { dashboard.type("s") }
        dashboard.type("r")
        for _ in 0..<60 { dashboard.type("s") }
        #expect(Array(try #require(dashboard.logSteps)) == shown)
        dashboard.type("4kk")
        #expect(dashboard.logStep(dashboard.selectedRow(.log)) == shown[shown.count - 3])
        dashboard.type("u")
        #expect(dashboard.history.position == shown[shown.count - 3])
        dashboard.type("\\")
        _ = dashboard.press(.control("u"))
        _ = dashboard.press(.enter)
        #expect(dashboard.filtered == nil)
    }

    @Test("e and E go over the events of the network, f to the end of the phase, . repeats")
    func steppingWide() throws {
        var dashboard = try Screens.dashboard()
        let events = steps(dashboard, where: \.isNetworkEvent)
        for step in events.prefix(40) {
            dashboard.type("e")
            #expect(dashboard.history.position == step)
        }
        for step in events.prefix(39).reversed() {
            dashboard.type("E")
            #expect(dashboard.history.position == step)
        }
        dashboard.type("f")
        #expect(dashboard.history.world.view.broadcast("b1")?.phase != .finding)
        dashboard.type("}.")
        let place = dashboard.history.position
        dashboard.type("{")
        #expect(dashboard.history.position == place - 10)
    }

    @Test("Ends are found forward and back: of a phase, of a broadcast")
    func ends() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("s")
        var changes: [Int] = []
        while dashboard.message == nil {
            dashboard.type("f")
            if dashboard.message == nil { changes.append(dashboard.history.position) }
        }
        #expect(changes.count >= 3 && dashboard.message == "the phase of b1 does not end any more")
        for step in changes.dropLast().reversed() {
            command("reverse-finish", in: &dashboard)
            #expect(dashboard.history.position == step)
        }
        let end = try #require(changes.last)
        for place in [1, end - 1, end, end + 5] {
            command("\(place)", in: &dashboard)
            command("finish b1", in: &dashboard)
            #expect(dashboard.history.position == end)
        }
    }

    @Test("The actions of a step: go there, stop at those like it")
    func stepActions() throws {
        var dashboard = try Screens.dashboard()
        for _ in 0..<12 { dashboard.type("s") }
        dashboard.type("4kka")
        #expect(dashboard.menu?.title == "step 10")
        dashboard.type("j")
        _ = dashboard.press(.enter)
        #expect(dashboard.breakpoints.all.count == 1 && dashboard.history.position == 12)
        dashboard.type("a")
        _ = dashboard.press(.enter)
        #expect(dashboard.history.position == 10)
    }

    @Test("A search shows where it goes while it is being typed; Esc leaves everything as it was, Enter goes there")
    func preview() throws {
        var dashboard = try Screens.dashboard(size: Screens.sizes[1])
        for _ in 0..<12 { dashboard.type("s") }
        dashboard.type("4kk/ev:store-o")
        #expect(dashboard.message == nil && dashboard.selectedRow(.log) == 9)
        dashboard.type("k")
        let found = try #require(dashboard.selectedStep)
        #expect(found > 12 && dashboard.history.position == 12)
        #expect(dashboard.text().contains("step \(found): StoreRecordSuccess b3"))
        _ = dashboard.press(.escape)
        #expect(dashboard.selectedStep == 10 && dashboard.history.position == 12 && dashboard.preview == nil)
        dashboard.type("/ev:store-ok\r")
        #expect(dashboard.history.position == found)
        let style = dashboard.canvas(Screens.look())
        let line = try #require((0..<40).first { style.text(row: $0).contains(" \(found) 0.") })
        let words = style.text(row: line).split(separator: " ", omittingEmptySubsequences: false)
        let place = words.prefix { $0 != "\(found)" }.reduce(0) { $0 + $1.count + 1 }
        let role = Screens.look().theme.style(.searchMatch)
        #expect(style[column: place, row: line].style.foreground == role.foreground)
    }
}
