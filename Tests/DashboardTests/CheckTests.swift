import Scenarios
import Testing
import Timeline

@testable import Dashboard

@Suite("Laws in the dashboard")
struct CheckTests {
    // All but the workload, whose 30,000 steps take too long here.
    @Test(
        "No built-in scenario breaks a law, but for the one whose driver never looks at the clock",
        arguments: BuiltInScenario.all.map(\.name).filter { $0 != "experiment" })
    func builtIn(name: String) throws {
        let dashboard = try Screens.dashboard(name)
        #expect(dashboard.history.isComplete)
        #expect(dashboard.history.violations.map(\.law) == (name == "once-per-reply" ? [.l1] : []))
    }
}
