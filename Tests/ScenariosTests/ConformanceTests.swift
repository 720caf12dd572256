import Foundation
import Scenarios
import Testing

@Suite("Conformance vectors")
struct ConformanceTests {
    @Test("All 390 scenarios of the reference pass")
    func reference() throws {
        let url = try #require(Bundle.module.url(forResource: "single-broadcast", withExtension: "jsonl", subdirectory: "Vectors"))
        let file = try ConformanceFile(text: String(contentsOf: url, encoding: .utf8), source: url.lastPathComponent)
        #expect(file.scenarios.count == 390)
        for scenario in file.scenarios {
            if let failure = scenario.run() { Issue.record("\(failure)") }
        }
    }
}
