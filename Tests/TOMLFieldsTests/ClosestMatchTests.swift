import TOMLFields
import Testing

@Suite struct ClosestMatchTests {
    private let words = ["latency", "loss", "size", "seed", "network"]

    @Test(arguments: [
        ("latancy", "latency"), ("lattency", "latency"), ("altency", "latency"), ("LATENCY", "latency"), ("los", "loss"), ("sede", "seed"),
        ("netwrk", "network"),
    ])
    func near(word: String, match: String) {
        #expect(closestMatch(to: word, among: words) == match)
    }

    @Test(arguments: ["", "zebra", "x", "latencylatency"])
    func far(word: String) {
        #expect(closestMatch(to: word, among: words) == nil)
    }

    @Test func longWordsHaveNone() {
        let long = String(repeating: "a", count: 100_000)
        #expect(closestMatch(to: long, among: [long]) == nil)
        #expect(closestMatch(to: "a", among: []) == nil)
    }
}
