import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("Starts that are rejected, and configurations that are refused")
struct RejectionTests {
    @Test("A full pool rejects a start until a broadcast has ended")
    func full() throws {
        let bench = try PoolBench(maxBroadcasts: 2)
        bench.put("a", seed: [1])
        bench.follow("b", seed: [2])
        #expect(bench.put("c", seed: [3]) == .broadcastRejected(id: "c", reason: .poolFull(limit: 2)))
        #expect(bench.pool.count == 2)
        #expect(bench.stored("c", 3) == .waiting)
        bench.stored("a", 1)
        #expect(bench.put("c", seed: [3]) == .store("c", 3))
    }

    @Test("A rejected start changes nothing, and is not an ignored event")
    func untouched() throws {
        let bench = try PoolBench(maxBroadcasts: 1)
        bench.put("a", seed: [1, 2])
        let before = bench.pool.view
        bench.put("a", seed: [3])
        bench.put("b", seed: [3])
        bench.put("", seed: [3])
        #expect(bench.pool.view == before)
        #expect(bench.poll() == .store("a", 2))
    }

    /// Configurations with one field out of its range, and the field's name.
    static let strategies: [(BroadcastConfiguration, String)] = [
        (.followUp(.init(stores: .init(storeTimeout: .zero))), "storeTimeout"),
        (.followUp(.init(stores: .init(storeTimeout: Nanoseconds(-1)))), "storeTimeout"),
        (.followUp(.init(stores: .init(storeConcurrency: 0))), "storeConcurrency"),
        (.static(.init(stores: .init(storeTimeout: .zero))), "storeTimeout"),
        (.static(.init(stores: .init(storeConcurrency: -3))), "storeConcurrency"),
        (.optimistic(.init(individualCertainty: 0)), "individualCertainty"),
        (.optimistic(.init(individualCertainty: 1)), "individualCertainty"),
        (.optimistic(.init(individualCertainty: .nan)), "individualCertainty"),
        (.optimistic(.init(setStrictness: 0)), "setStrictness"), (.optimistic(.init(setStrictness: 1)), "setStrictness"),
        (.optimistic(.init(returnRatio: 0)), "returnRatio"), (.optimistic(.init(returnRatio: 1.01)), "returnRatio"),
        (.optimistic(.init(returnRatio: .infinity)), "returnRatio"), (.optimistic(.init(networkSize: 0)), "networkSize"),
        (.optimistic(.init(stores: .init(storeConcurrency: 0))), "storeConcurrency"),
    ]

    @Test("An invalid strategy is rejected, and the field is named", arguments: strategies)
    func invalid(configuration: BroadcastConfiguration, field: String) throws {
        let bench = try PoolBench()
        let state = bench.feed(.startBroadcast(id: "a", target: 0, message: "", seed: [1], configuration: configuration))
        guard case .broadcastRejected("a", .invalidConfiguration(let error)) = state else {
            Issue.record("\(state)")
            return
        }
        #expect(error.field == field)
        #expect(bench.poll() == .idle)
        #expect(try afterRoundTrip([state]) == [state])
    }

    @Test("The defaults are valid, and so are the ends of the ranges")
    func valid() throws {
        try OptimisticConfiguration().validate()
        try OptimisticConfiguration(returnRatio: 1, networkSize: 1).validate()
        try StoreOptions(storeTimeout: nil, storeConcurrency: nil).validate()
        try StoreOptions(storeTimeout: Nanoseconds(1), storeConcurrency: 1).validate()
        #expect(StoreOptions() == StoreOptions(storeTimeout: .seconds(60), storeConcurrency: nil))
        let defaults = OptimisticConfiguration(individualCertainty: 0.9, setStrictness: 0.1, returnRatio: 0.75, networkSize: nil)
        #expect(OptimisticConfiguration() == defaults)
    }

    @Test(
        "A pool's configuration out of range is refused, and the field is named",
        arguments: [
            (PoolConfiguration(maxBroadcasts: 0), "maxBroadcasts"), (PoolConfiguration(queries: .init(concurrency: 0)), "concurrency"),
            (PoolConfiguration(queries: .init(timeout: .zero)), "timeout"),
            (PoolConfiguration(queries: .init(replication: -1)), "replication"),
            (PoolConfiguration(queries: .init(queryConcurrency: 0)), "queryConcurrency"),
            (PoolConfiguration(queries: .init(requestTimeout: .zero)), "requestTimeout"),
        ])
    func pool(configuration: PoolConfiguration, field: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try BroadcastPool<Key8, String>(localNode: 0xff, configuration: configuration)
        }
        #expect(error?.field == field)
    }

    @Test("Omitted means the defaults")
    func defaults() {
        #expect(PoolConfiguration() == PoolConfiguration(queries: QueryPoolConfiguration(), maxBroadcasts: nil))
    }
}
