import Broadcasts
import Coordination
import Foundation
import Kademlia
import Testing

@Suite("The article Drive a pool yourself")
struct DriveAPoolYourselfTests {
    private func driver(silent: Set<Key8> = []) throws -> Driver {
        let neighbours: [Key8: [Key8]] = [0x50: [0x11, 0x30], 0x30: [0x12, 0x50], 0x11: [0x12, 0x50], 0x12: [0x11]]
        return Driver(pool: try BroadcastPool(localNode: 0xff), network: Network(neighbours: neighbours, silent: silent))
    }

    @Test("Its driver stores with the closest nodes, and an id is free again after the end")
    func run() throws {
        var driver = try driver()
        startTwice(&driver)
        #expect(driver.outcomes["put 1"]?.report == ["completed, 4 contacted"])
        #expect(driver.outcomes["put 1"]?.contacted == [0x11, 0x12, 0x30, 0x50])
        #expect(driver.pool.count == 1)
    }

    @Test("Its driver wakes up at deadlines, and the report names who did not answer")
    func deadline() throws {
        var driver = try driver()
        driver.feed(
            .startBroadcast(id: "put", target: 0x10, message: "hello", seed: [0x50, 0x30], configuration: .static(.init())), at: .start)
        driver.network.answers.removeAll()
        driver.run()
        #expect(driver.outcomes["put"]?.report == ["completed, 2 contacted", "30: timed out", "50: timed out"])
        var silent = try self.driver(silent: [0x50])
        startTwice(&silent)
        #expect(silent.outcomes["put 1"]?.report == ["noNodesFound, 0 contacted"])
    }

    @Test("What it says about errors and ignored events is so")
    func rest() throws {
        var driver = try driver()
        #expect(ignoredAnswer(&driver) == 1)
        #expect(wrongConfiguration() == "maxBroadcasts: 0 is too small; use 1 or more")
    }

    @Test("Its code is that of the tests")
    func text() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let source = try String(contentsOf: tests.appending(path: "DriveAPoolYourself.swift"), encoding: .utf8)
        let article = try String(
            contentsOf: tests.appending(path: "../../Sources/Broadcasts/Broadcasts.docc/DriveAPoolYourself.md"), encoding: .utf8)
        let snippets = parts(of: source, from: "// snippet", to: "// end of snippet")
        #expect(snippets.count == 7)
        #expect(parts(of: article, from: "```swift", to: "```") == snippets)
    }

    /// The lines between the markers, moved to the left.
    private func parts(of text: String, from begin: String, to end: String) -> [[String]] {
        var parts: [[String]] = []
        var part: [String]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.trimmingCharacters(in: .whitespaces)
            if words == begin {
                part = []
            } else if words == end, let lines = part {
                let indentation = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
                parts.append(lines.map { String($0.dropFirst(indentation)) })
                part = nil
            } else {
                part?.append(String(line))
            }
        }
        return parts
    }
}
