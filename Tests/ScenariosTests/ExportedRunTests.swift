// swift-format-ignore-file
// Printed by kadscope trace export --to swift.
import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing

@Test("by-hand, seed 1: 24 steps")
func recordedRun() throws {
    // Keys of 8 bits sit in the most significant bits.
    func key(_ digits: String) -> Key256 { Key256(hex: digits + String(repeating: "0", count: 64 - digits.count)) ?? .zero }
    let queries = QueryPoolConfiguration(
        concurrency: 1, timeout: Nanoseconds(10000000000), replication: 3,
        queryConcurrency: 2, requestTimeout: Nanoseconds(100000000))
    var pool = try BroadcastPool<Key256, String>(
        localNode: key("c3"), configuration: PoolConfiguration(queries: queries, maxBroadcasts: nil))
    func expect(
        _ step: Int, at nanoseconds: Int64, _ event: PoolEvent<Key256, String>, gives state: PoolState<Key256, String>
    ) {
        #expect(pool.advance(event, at: Instant(nanoseconds: nanoseconds)) == state, "step \(step)")
    }
    expect(
        1, at: 0, .startBroadcast(id: "put", target: key("2a"), message: "2a", seed: [key("8c"), key("e7")], configuration: .followUp(FollowUpConfiguration(stores: StoreOptions(storeTimeout: Nanoseconds(100000000))))),
        gives: .findCloser(id: "put", target: key("2a"), node: key("8c")))
    expect(
        2, at: 0, .poll,
        gives: .findCloser(id: "put", target: key("2a"), node: key("e7")))
    expect(
        3, at: 0, .poll,
        gives: .waiting)
    expect(
        4, at: 20000000, .getCloserNodesSuccess(id: "put", node: key("8c"), target: key("2a"), closer: [key("2e"), key("61")]),
        gives: .findCloser(id: "put", target: key("2a"), node: key("2e")))
    expect(
        5, at: 20000000, .poll,
        gives: .waiting)
    expect(
        6, at: 20000000, .getCloserNodesSuccess(id: "put", node: key("e7"), target: key("2a"), closer: [key("2e"), key("55")]),
        gives: .findCloser(id: "put", target: key("2a"), node: key("61")))
    expect(
        7, at: 20000000, .poll,
        gives: .waiting)
    expect(
        8, at: 40000000, .getCloserNodesSuccess(id: "put", node: key("2e"), target: key("2a"), closer: [key("28"), key("22")]),
        gives: .findCloser(id: "put", target: key("2a"), node: key("28")))
    expect(
        9, at: 40000000, .poll,
        gives: .waiting)
    expect(
        10, at: 40000000, .getCloserNodesSuccess(id: "put", node: key("61"), target: key("2a"), closer: [key("28"), key("2e")]),
        gives: .findCloser(id: "put", target: key("2a"), node: key("22")))
    expect(
        11, at: 40000000, .poll,
        gives: .waiting)
    expect(
        12, at: 60000000, .getCloserNodesSuccess(id: "put", node: key("28"), target: key("2a"), closer: [key("2e"), key("22")]),
        gives: .findCloser(id: "put", target: key("2a"), node: key("55")))
    expect(
        13, at: 60000000, .poll,
        gives: .waiting)
    expect(
        14, at: 80000000, .getCloserNodesSuccess(id: "put", node: key("55"), target: key("2a"), closer: [key("22"), key("3b")]),
        gives: .findCloser(id: "put", target: key("2a"), node: key("3b")))
    expect(
        15, at: 80000000, .poll,
        gives: .waiting)
    expect(
        16, at: 100000000, .getCloserNodesSuccess(id: "put", node: key("3b"), target: key("2a"), closer: [key("28"), key("2e")]),
        gives: .waiting)
    expect(
        17, at: 140000001, .poll,
        gives: .storeRecord(id: "put", node: key("28"), message: "2a"))
    expect(
        18, at: 140000001, .poll,
        gives: .storeRecord(id: "put", node: key("2e"), message: "2a"))
    expect(
        19, at: 140000001, .poll,
        gives: .storeRecord(id: "put", node: key("3b"), message: "2a"))
    expect(
        20, at: 140000001, .poll,
        gives: .waiting)
    expect(
        21, at: 160000001, .storeRecordSuccess(id: "put", node: key("28"), request: "2a", response: nil),
        gives: .waiting)
    expect(
        22, at: 160000001, .storeRecordSuccess(id: "put", node: key("2e"), request: "2a", response: nil),
        gives: .waiting)
    expect(
        23, at: 160000001, .storeRecordSuccess(id: "put", node: key("3b"), request: "2a", response: nil),
        gives: .broadcastFinished(id: "put", outcome: BroadcastOutcome(reason: .completed, contacted: [key("28"), key("2e"), key("3b")])))
    expect(
        24, at: 160000001, .poll,
        gives: .idle)
}
