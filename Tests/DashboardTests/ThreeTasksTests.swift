import Canvas
import Testing

@testable import Dashboard

@Suite("What a person wants to do, done with keys alone and judged by the screen")
struct ThreeTasksTests {
    /// Whether each of some texts stands on the screen.
    private func shows(_ dashboard: Dashboard, _ texts: String..., at place: SourceLocation = #_sourceLocation) {
        let screen = dashboard.text()
        for text in texts { #expect(screen.contains(text), "\(text) is not on the screen:\n\(screen)", sourceLocation: place) }
    }

    // MARK: Which node made a put slow?

    @Test("Metrics leads to the slowest request, Enter to where it ended, w to what happened")
    func slowNode() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type(":150\r8")
        shows(dashboard, "8 Metrics · overview, v: others", "max 2.0s")
        // Whoever asks at once is told the way.
        dashboard.type("w")
        shows(dashboard, "v shows the slowest requests; w explains one")
        dashboard.type("vvv")
        shows(dashboard, "8 Metrics · slowest", "▌   2.0s b3 STORE 4a8d…2a ✗ timed out  99.9%")
        dashboard.type("\r")
        shows(dashboard, "step 145/167", "b3 STORE 4a8d62bb, sent at step 22, after 2.0s", "▌   2.0s b3 STORE 4a8d…2a ✗ timed out")
        dashboard.type("w")
        shows(
            dashboard, "4a8d62bb for b3: not stored (timed out)", "It did not answer in time.", "step 22: 4a8d62bb was sent the record",
            "Enter: go to the step")
        dashboard.type("jj\r")
        shows(dashboard, "step 145/167")
    }

    // MARK: Stop when any store fails: why did it?

    /// The first store that fails in this run, as its explanation has it.
    private let failure = ["42505957", "refused", "step 23: 42505957 was sent the record"]

    @Test("Whoever does not know the filter finds it among the actions of the pane Breakpoints")
    func failureWithoutFilter() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("9")
        shows(dashboard, "a lists what else to stop at")
        dashboard.type("a")
        shows(dashboard, "▌stop when a node says that a store failed: ev:store-fail", "by time-out too", "Enter: take it")
        dashboard.type("\r")
        shows(dashboard, "breakpoint 1: ev:store-fail; c continues", "●   1 on      0 ev:store-fail")
        dashboard.type("c")
        shows(dashboard, "step 36/167", "breakpoint 1: ev:store-fail; w explains", "●   1 on      1 ev:store-fail")
        dashboard.type("w")
        shows(dashboard, "Step 36: StoreRecordFailure")
        for text in failure { shows(dashboard, text) }
    }

    @Test("Where another thing is selected, the sentence names the keys that lead to the reason")
    func failureWithFilter() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type(":break ev:store-fail\rc")
        shows(dashboard, "step 36/167", "breakpoint 1: ev:store-fail; 4, then w explains")
        dashboard.type("4w")
        for text in failure { shows(dashboard, text) }
        dashboard.type("qkk:30\rc")
        shows(dashboard, "breakpoint 1: ev:store-fail; G, then w explains")
        dashboard.type("Gw")
        shows(dashboard, "StoreRecordFailure")
    }

    @Test("A store in the log offers it, too")
    func failureFromAStore() throws {
        var dashboard = try Screens.dashboard()
        dashboard.type("/st:store\r4a")
        shows(dashboard, "stop at every step like it", "stop when a node says that a store failed: ev:store-fail")
        dashboard.type("jj\rc")
        shows(dashboard, "step 36/167", "breakpoint 1: ev:store-fail; w explains")
    }

    // MARK: How does FollowUp differ from Static?

    @Test("The layout for teaching shows that a FollowUp looks first, and that a Static is told where to store")
    func strategies() throws {
        var dashboard = try Screens.dashboard("strategies", size: Screens.sizes[1])
        var help = dashboard
        help.type("?/teach")
        shows(help, "the next layout: debug, teach")
        dashboard.type("p")
        shows(dashboard, "7 State", "6 Map", "3 Closest")
        dashboard.type("ssssssssssss")
        shows(
            dashboard, "State · FollowUp look", "┌ FIND", "┌ STORE", "out: asks 61 for closer nodes, for look", "path of 28: seed ▸ e7 ▸ 2e"
        )
        dashboard.type(":23\r1j")
        shows(
            dashboard, "▌told Static", "State · Static told", "┌ STORE", "out: stores with 28, for told",
            "A Static stores with exactly its seed nodes", "asks nobody", "path of 28: given", "0 seed")
        #expect(!dashboard.text().contains("┌ FIND"))
        dashboard.type("k")
        shows(dashboard, "▌look FollowUp", "┌ FIND")
        // The messages of both, one after the other.
        dashboard.type(":pane ladder\rz")
        shows(dashboard, "Ladder · look", "FIND", "STORE")
        dashboard.type("z1j:pane ladder\rz")
        shows(dashboard, "Ladder · told", "told starts: Static of \"2a\", 3 seeds", "STORE")
        #expect(!dashboard.text().contains("FIND"))
    }
}
