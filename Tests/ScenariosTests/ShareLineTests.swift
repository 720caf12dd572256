import Broadcasts
import Coordination
import Kademlia
import Simulation
import Testing
import Timeline

@testable import Scenarios

@Suite("Share lines")
struct ShareLineTests {
    private func scenario(_ name: String) throws -> Scenario { try #require(BuiltInScenario.named(name)).scenario() }

    /// A history of swarm with ten choices of many kinds.
    private func busy() throws -> (Scenario, History<Scenario.World>) {
        let scenario = try scenario("swarm")
        var history = History(try scenario.world())
        history.go(to: 20)
        for _ in 0..<5 {
            while history.world.pending.count(where: { $0.arrives != nil }) < 2 { history.stepForward() }
            let last = try #require(history.world.pending.last { $0.arrives != nil })
            try history.choose(.deliver(last.name))
            history.stepForward()
        }
        try history.choose(.fail(7, .muted))
        try history.choose(.advanceClock(.milliseconds(3)))
        try history.choose(.drop(try #require(history.world.pending.first { $0.arrives != nil }).name))
        try history.choose(.stop("b1"))
        try history.choose(.fireDeadline)
        return (scenario, history)
    }

    @Test("Ten choices in a built-in scenario take less than 200 characters and open the very same run")
    func small() throws {
        let (scenario, history) = try busy()
        #expect(history.branch.deviations.count >= 10)
        let line = try #require(ShareLine(history, of: scenario)).text
        #expect(line.count < 200 && line.hasPrefix("kbt1:") && line.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        let run = OpenedRun(try ShareLine(text: line + "~80x24"))
        var opened = try run.history()
        #expect(opened.position == history.position && opened.world.view == history.world.view)
        #expect((1...history.position).allSatisfy { opened.step($0) == history.step($0) })
        #expect(opened.branch.deviations == history.branch.deviations && run.scenario.name == "swarm")
        // At an earlier place of the same branch it is the same run, too.
        var earlier = history
        earlier.go(to: 22)
        let there = try #require(ShareLine(earlier, of: scenario))
        opened = try OpenedRun(try ShareLine(text: there.text)).history()
        #expect(opened.position == 22)
        opened.go(to: history.position)
        #expect(opened.world.view == history.world.view)
    }

    @Test("Every choice comes back, with any numbers and texts in it")
    func choices() throws {
        let scenario = try scenario("by-hand")
        let name = MessageName(id: "put", node: 3, isStore: true, copy: 5)
        let other = MessageName(id: "änother", node: -7, isStore: false)
        let target = Key256(0x2a << 56, 0, 0, 0)
        let optimistic = OptimisticConfiguration(
            individualCertainty: 0.25, setStrictness: -0.0, returnRatio: 1e-300, networkSize: .min,
            stores: .init(storeTimeout: Nanoseconds(.min), storeConcurrency: -1))
        let choices: [Choice] = [
            .deliver(name), .deliver(other), .fireDeadline, .advanceClock(Nanoseconds(.max)), .stop("put"), .stop(""), .actNow, .poll,
            .drop(name),
            .duplicate(other), .delay(name, Nanoseconds(.min)), .edit(name, .closer([1, 2, .max])), .edit(name, .from(.min)),
            .edit(name, .failure("no\n\u{0}")), .edit(name, .success), .fail(1, .crashed), .fail(2, .muted), .fail(3, .partitioned),
            .restart(1),
            .start(NewBroadcast(id: "n", target: target, record: Record(name: "r"), seed: nil, configuration: .optimistic(optimistic))),
            .start(NewBroadcast(id: "put", target: target, record: Record(name: ""), seed: [1], configuration: .static(.init()))),
            .start(
                NewBroadcast(
                    id: "n", target: .zero, record: Record(name: ""), seed: [],
                    configuration: .followUp(.init(stores: .init(storeTimeout: nil))))),
        ]
        let deviations = choices.enumerated().map { Deviation(position: $0.offset / 2, choice: $0.element) }
        let line = ShareLine(scenario, deviations: deviations, position: 9)
        let read = try ShareLine(text: line.text)
        #expect(read.deviations == deviations && read.position == 9)
        #expect(throws: RunError.self) { try OpenedRun(read).history() }
    }

    @Test("A scenario of one's own travels along; so does another seed")
    func texts() throws {
        let own = try read(network("size = 8"))
        let line = try ShareLine(text: ShareLine(own, deviations: [], position: 3).text)
        #expect(line.scenario.name == "test" && line.scenario.text == own.text && line.scenario.network.nodes == own.network.nodes)
        let builtIn = try #require(BuiltInScenario.named("swarm"))
        let seeded = try Scenario(text: builtIn.text, name: "swarm", source: "swarm", seed: 99)
        let short = ShareLine(seeded, deviations: [], position: 0).text
        #expect(short.count < 40)
        #expect(try ShareLine(text: short).scenario.network.nodes == seeded.network.nodes)
        #expect(try ShareLine(text: short).scenario.seed == 99)
    }

    @Test("A letter that is changed, missing or added is told; nothing crashes")
    func damaged() throws {
        let (scenario, history) = try busy()
        let line = Array(try #require(ShareLine(history, of: scenario)).text.utf8)
        for place in 5..<line.count {
            var changed = line
            changed[place] = changed[place] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            #expect(throws: ShareLineError.damaged) { try ShareLine(text: String(decoding: changed, as: UTF8.self)) }
            #expect(throws: ShareLineError.damaged) { try ShareLine(text: String(decoding: line[..<place], as: UTF8.self)) }
        }
        for text in ["kbt1:", "kbt1:A", "kbt1:ä", "kbt2:AAVz", "", "kbt1:====", "kbt1:" + String(repeating: "A", count: 100)] {
            #expect(throws: ShareLineError.damaged) { try ShareLine(text: text) }
        }
    }

    @Test("Bytes that are anything but carry a right sum: refused with a sentence, or read", arguments: 1...4)
    func hostile(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<100 {
            var writer = ByteWriter()
            writer.add(byte: UInt8(generator.next() % 3))
            writer.add(generator.next() % 2 == 0 ? "by-hand" : "nobody")
            for _ in 0..<(generator.next() % 60) { writer.add(byte: UInt8(truncatingIfNeeded: generator.next() >> (generator.next() % 8))) }
            var hash = FNV1a()
            for byte in writer.bytes { hash.add(byte) }
            let sum = hash.value >> 32 ^ hash.value & 0xFFFF_FFFF
            let bytes = writer.bytes + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
            #expect(throws: ShareLineError.self) { try ShareLine(text: ShareLine.prefix + Base64URL.text(of: bytes)) }
        }
    }

    @Test("Base 64 is that of RFC 4648")
    func base64() {
        let values = ["": "", "f": "Zg", "fo": "Zm8", "foo": "Zm9v", "foob": "Zm9vYg", "fooba": "Zm9vYmE", "foobar": "Zm9vYmFy"]
        for (text, letters) in values {
            #expect(Base64URL.text(of: Array(text.utf8)) == letters)
            #expect(Base64URL.bytes(of: letters) == Array(text.utf8))
        }
        #expect(Base64URL.text(of: [0xFB, 0xFF]) == "-_8")
        for wrong in ["Z", "Zh", "Zm9", "Z+==", "Zm9v\n"] { #expect(Base64URL.bytes(of: wrong) == nil) }
    }
}
