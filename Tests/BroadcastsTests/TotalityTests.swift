import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("No event can trap")
struct TotalityTests {
    /// The ends of the ranges.
    private func configuration(using random: inout SplitMix64) -> PoolConfiguration {
        PoolConfiguration(
            queries: QueryPoolConfiguration(
                concurrency: random.pick([1, 2, .max]), timeout: random.pick([Nanoseconds(1), .seconds(9), Nanoseconds(.max)]),
                replication: random.pick([1, 2, .max]), queryConcurrency: random.pick([1, 2, .max]),
                requestTimeout: random.pick([Nanoseconds(1), .seconds(9), Nanoseconds(.max)])),
            maxBroadcasts: random.pick([nil, 1, .max]))
    }

    private func stores(using random: inout SplitMix64) -> StoreOptions {
        StoreOptions(
            storeTimeout: random.pick([nil, Nanoseconds(1), .seconds(5), Nanoseconds(.max)]), storeConcurrency: random.pick([nil, 1, .max]))
    }

    private func optimistic(using random: inout SplitMix64) -> OptimisticConfiguration {
        OptimisticConfiguration(
            individualCertainty: random.pick([.leastNonzeroMagnitude, 0.9, 1.0.nextDown]),
            setStrictness: random.pick([.leastNonzeroMagnitude, 0.1, 1.0.nextDown]),
            returnRatio: random.pick([.leastNonzeroMagnitude, 0.75, 1]), networkSize: random.pick([nil, 1, 50, .max]),
            stores: stores(using: &random))
    }

    private func event(using random: inout SplitMix64) -> PoolEvent<Key8, String> {
        let id: OperationID = random.pick(["", "a", "b", "c"])
        let node = Key8(UInt8(random.below(6)))
        let nodes = (0..<random.pick([0, 1, 3, 40])).map { Key8(UInt8(truncatingIfNeeded: $0 * 7)) }
        switch random.below(10) {
        case 0: return .follow(id, target: node, seed: nodes, stores: stores(using: &random))
        case 1: return .put(id, target: node, seed: nodes, stores: stores(using: &random))
        case 2: return .stopBroadcast(id: id)
        case 3: return .found(id, node, nodes)
        case 4: return .notFound(id, node)
        case 5: return .stored(id, node)
        case 6: return .notStored(id, node)
        case 7: return .hope(id, target: node, seed: nodes, optimistic(using: &random))
        default: return .poll
        }
    }

    @Test("Any event at any time, the clock jumping to both ends and back, with the largest and smallest numbers")
    func anything() throws {
        for seed in UInt64(0)..<150 {
            var random = SplitMix64(seed: seed)
            var pool = try BroadcastPool<Key8, String>(localNode: 3, configuration: configuration(using: &random))
            for _ in 0..<60 {
                let now = random.pick([
                    .start, .distantFuture, Instant(nanoseconds: .min), Instant(nanoseconds: Int64(random.below(9_000_000_000))),
                ])
                let before = pool.count
                let state = pool.advance(event(using: &random), at: now)
                #expect(abs(pool.count - before) <= 1)
                #expect((state == .idle) == (state.isAtRest && pool.count == 0))
            }
        }
    }

    @Test("Forward in time up to its end, the pool stays sound")
    func endOfTime() throws {
        for seed in UInt64(1_000)..<1_060 {
            var random = SplitMix64(seed: seed)
            var pool = try BroadcastPool<Key8, String>(localNode: 3, configuration: configuration(using: &random))
            var now = Instant(nanoseconds: .max - Int64(random.below(20)))
            for step in 0..<60 {
                let event = event(using: &random)
                _ = pool.advance(event, at: now)
                let problem = pool.brokenInvariant()
                #expect(problem == nil, "seed \(seed), step \(step): \(event)")
                now = now.advanced(by: Nanoseconds(Int64(random.below(2))))
            }
        }
    }
}
