import Foundation
import Testing

@testable import Dashboard

@Suite("The pictures in the README")
struct ReadmePicturesTests {
    @Test(
        "Each is what the program shows",
        arguments: [
            ("swarm", ":step 58\r:pane log\r1"), ("swarm", ":layout teach\r:step 50\r:pane state\rsS"), ("by-hand", ":step 24\r6zvSs"),
            ("by-hand", ":pane ladder\rz:step 19\rs"), ("race", ":pane convergence\rz:step 149\rs"), ("swarm", "8z:step 119\rs"),
        ])
    func pictures(scenario: String, keys: String) throws {
        var dashboard = try Screens.dashboard(scenario)
        dashboard.type(keys)
        // The last line is the same in all: the keys.
        dashboard.message = nil
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains(dashboard.text()), "this picture is to stand in the README:\n\(dashboard.text())")
    }
}
