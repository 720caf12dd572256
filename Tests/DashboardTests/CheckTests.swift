import Scenarios
import Testing
import Timeline

@testable import Dashboard

@Suite("Laws in the dashboard")
struct CheckTests {
    @Test(
        "No built-in scenario breaks a law, but for the one whose driver never looks at the clock",
        arguments: BuiltInScenario.all.map(\.name))
    func builtIn(name: String) throws {
        let dashboard = try Screens.dashboard(name)
        #expect(dashboard.history.isComplete)
        #expect(dashboard.history.violations.map(\.law) == (name == "once-per-reply" ? [.l1] : []))
    }
}
