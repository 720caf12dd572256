import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

@Suite("State hashes")
struct StateHashTests {
    private func view(_ broadcasts: [BroadcastView<NetworkNode>] = [], ignored: Int = 0) -> NetworkPoolView {
        NetworkPoolView(broadcasts: broadcasts, heldSlots: 0, slots: 1, ignoredEvents: ignored)
    }

    private func broadcast(_ id: String, _ stores: [StoreView<NetworkNode>] = []) -> BroadcastView<NetworkNode> {
        BroadcastView(id: OperationID(id), strategy: .static, target: .zero, phase: .storing, query: nil, stores: stores)
    }

    @Test("The bytes are those of the definition: FNV-1a over four numbers, and over a store that is awaited")
    func definition() {
        func number(_ value: Int64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * Int64($0))) } }
        func text(_ text: String) -> [UInt8] { number(Int64(text.utf8.count)) + text.utf8 }
        func fnv(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } }
        #expect(fnv(Array("foobar".utf8)) == 0x8594_4171_f739_67e8, "a value of the algorithm's authors")
        #expect(StateHash(of: view(), at: .start).value == fnv(number(0) + number(1) + number(0) + number(0)))
        let store = StoreView(
            node: NetworkNode(index: 3, key: Key256(1, 0, 0, 2)),
            status: .waiting(sent: Instant(nanoseconds: 10), deadline: Instant(nanoseconds: 500)))
        let bytes =
            number(0) + number(1) + number(0) + number(1) + text("é") + text("static") + text("storing") + [1] + Key256.zero.bytes + [0]
            + number(1) + Key256(1, 0, 0, 2).bytes + [1] + number(-90) + [1] + number(400) + [0]
        #expect(StateHash(of: view([broadcast("é", [store])]), at: Instant(nanoseconds: 100)).value == fnv(bytes))
    }

    @Test("A lookup that follows up: its final set comes after all else of it")
    func followUp() throws {
        func number(_ value: Int64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * Int64($0))) } }
        func text(_ text: String) -> [UInt8] { number(Int64(text.utf8.count)) + text.utf8 }
        func fnv(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } }
        var query = try Query(
            target: .zero, seed: nodes([1, 2, 3]), localNode: node(0xff),
            configuration: QueryConfiguration(concurrency: 2, numResults: 2, requestTimeout: Nanoseconds(50), resiliency: 1))
        for _ in 0..<2 { _ = query.advance(.poll, at: .start) }
        _ = query.advance(.nodeResponse(node: node(1), closer: []), at: .start)
        #expect(query.isFollowingUp)  // 2 is awaited, 3 left out
        let broadcast = BroadcastView(
            id: "a", strategy: .followUp, target: .zero, phase: .finding, query: QueryView(query), stores: [])
        let bytes =
            number(0) + number(1) + number(0) + number(1) + text("a") + text("followUp") + text("finding") + [1] + Key256.zero.bytes + [1]
            + number(3) + key(1).bytes + [2] + key(2).bytes + [1] + number(50) + key(3).bytes + [0] + number(2) + number(1) + number(0)
            + [1] + number(0) + number(2) + key(1).bytes + key(2).bytes + number(0) + [0]
        #expect(StateHash(of: view([broadcast]), at: .start).value == fnv(bytes))
    }

    @Test("The order of broadcasts and the time of day do not matter; what is left until a deadline does")
    func relative() {
        let (a, b) = (broadcast("a"), broadcast("b"))
        #expect(StateHash(of: view([a, b]), at: .start) == StateHash(of: view([b, a]), at: Instant(nanoseconds: 7)))
        #expect(StateHash(of: view([a]), at: .start) != StateHash(of: view([b]), at: .start))
        #expect(StateHash(of: view(ignored: 1), at: .start) != StateHash(of: view(), at: .start))
    }

    @Test("Two runs of the same world have the same hashes; they are written and read as sixteen digits")
    func runs() throws {
        var (one, other, seen) = (try busyWorld(), try busyWorld(), Set<StateHash>())
        while one.step() != nil {
            _ = other.step()
            let hash = StateHash(of: one.view, at: one.now)
            #expect(hash == StateHash(of: other.view, at: other.now))
            #expect(StateHash(hex: hash.description) == hash && hash.description.count == 16)
            seen.insert(hash)
        }
        #expect(seen.count > 150)
        #expect(
            StateHash(0x1f).description == "000000000000001f" && StateHash(hex: "1f") == nil && StateHash(hex: "+00000000000001f") == nil)
    }

    @Test("The small run's hashes are what they always were")
    func golden() throws {
        var (world, all) = (try smallWorld(), FNV1a())
        while world.step() != nil { all.add(StateHash(of: world.view, at: world.now).value) }
        #expect(StateHash(all.value).description == "c55fd6272e7b5250")
    }
}
