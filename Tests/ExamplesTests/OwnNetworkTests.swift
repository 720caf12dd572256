import Foundation
import Kademlia
import Testing

@testable import own_network

@Suite("The example own-network")
struct OwnNetworkTests {
    @Test("It prints what came of two puts, and who has which record")
    func output() throws {
        #expect(
            try Example.run() == [
                "poem: completed after 300 ms", "list: completed after 1000 ms, host-5.example timed out", "list is with host-0.example",
                "poem is with host-11.example", "poem is with host-18.example", "poem is with host-19.example",
                "poem is with host-32.example",
            ])
    }

    @Test("The nodes with the poem are the closest ones that answer")
    func closest() throws {
        let network = OwnNetwork(size: 40)
        let target = digest(of: "poem")
        let hosts = network.contacts.keys.filter { $0 != network.broken }.sorted { $0.key.isCloser(to: target, than: $1.key) }
        let expected = hosts.prefix(4).map { "poem is with \($0.name)" }.sorted()
        #expect(try Example.run().filter { $0.hasPrefix("poem is") } == expected)
    }

    @Test("A node type, a message type and a network take less than a hundred lines")
    func size() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../Examples/own-network")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let lines = try files.reduce(0) { try $0 + String(contentsOf: $1, encoding: .utf8).count { $0.isNewline } }
        #expect((10..<100).contains(lines))
    }
}
