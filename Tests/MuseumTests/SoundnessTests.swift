import Broadcasts
import Coordination
import Kademlia
import Museum
import Queries
import TestSupport
import Testing
import Timeline

@Suite("Flawed, but a machine")
struct SoundnessTests {
    private typealias Random = TestSupport.SplitMix64

    private func configuration(using random: inout Random) -> PoolConfiguration {
        PoolConfiguration(
            queries: QueryPoolConfiguration(
                concurrency: random.pick([1, 2, .max]), timeout: random.pick([Nanoseconds(1), .seconds(9), Nanoseconds(.max)]),
                replication: random.pick([1, 2, .max]), queryConcurrency: random.pick([1, 2, .max]),
                requestTimeout: random.pick([Nanoseconds(1), .seconds(9), Nanoseconds(.max)])))
    }

    private func event(using random: inout Random) -> NetworkEvent {
        let id: OperationID = random.pick(["", "a", "b", "c"])
        let one = node(UInt8(random.below(6)))
        let many = (0..<random.pick([0, 1, 3, 40])).map { node(UInt8(truncatingIfNeeded: $0 * 7)) }
        let record = Record(name: id.name)
        let configuration: BroadcastConfiguration = random.pick([
            .followUp(FollowUpConfiguration()), .followUp(FollowUpConfiguration()), .static(StaticConfiguration()),
            .optimistic(OptimisticConfiguration()),
        ])
        switch random.below(10) {
        case 0, 1: return .startBroadcast(id: id, target: one.key, message: record, seed: many, configuration: configuration)
        case 2: return .stopBroadcast(id: id)
        case 3, 4: return .getCloserNodesSuccess(id: id, node: one, target: .zero, closer: many)
        case 5: return .getCloserNodesFailure(id: id, node: one, target: .zero, error: .failed("no"))
        case 6: return .storeRecordSuccess(id: id, node: one, request: record, response: nil)
        case 7: return .storeRecordFailure(id: id, node: one, request: record, error: .failed("no"))
        default: return .poll
        }
    }

    @Test("No event can trap, whatever the clock does")
    func anything() throws {
        for seed in UInt64(0)..<150 {
            var random = Random(seed: seed)
            var pool = try ReferencePool(localNode: node(3), configuration: configuration(using: &random))
            for _ in 0..<80 {
                let now = random.pick([
                    .start, .distantFuture, Instant(nanoseconds: .min), Instant(nanoseconds: Int64(random.below(9_000_000_000))),
                ])
                _ = pool.advance(event(using: &random), at: now)
                let view = pool.view
                #expect(view.broadcasts.allSatisfy { Set($0.stores.map(\.node)).count == $0.stores.count })
            }
        }
    }

    @Test("Equal events make equal pools, and a copy is a snapshot")
    func determinism() throws {
        for seed in UInt64(0)..<60 {
            var random = Random(seed: seed)
            let configuration = configuration(using: &random)
            var first = try ReferencePool(localNode: node(3), configuration: configuration)
            var second = first
            var now = Instant.start
            for step in 0..<80 {
                let event = event(using: &random)
                let copy = first
                #expect(first.advance(event, at: now) == second.advance(event, at: now), "seed \(seed), step \(step)")
                #expect(first == second, "seed \(seed), step \(step)")
                var again = copy
                _ = again.advance(event, at: now)
                #expect(again == first)
                now = now.advanced(by: .milliseconds(Int64(random.below(3_000))))
            }
        }
    }

    /// Otherwise a driver that waits for the next deadline would poll at the same moment for ever.
    @Test("Polls come to rest, and a deadline that has come is past after them")
    func deadlinesMove() throws {
        for seed in UInt64(0)..<150 {
            var random = Random(seed: seed)
            var pool = try ReferencePool(localNode: node(3), configuration: configuration(using: &random))
            var now = Instant.start
            for step in 0..<60 {
                var state = pool.advance(event(using: &random), at: now)
                var polls = 0
                while polls < 1_000, !state.isAtRest || pool.nextDeadline.map({ $0 <= now }) ?? false {
                    state = pool.advance(.poll, at: now)
                    polls += 1
                }
                #expect(polls < 1_000, "seed \(seed), step \(step)")
                let isJump = random.chance(percent: 30)
                now = isJump ? max(now, min(pool.nextDeadline ?? now, Instant(nanoseconds: .max - 1_000_000_000_000))) : now
                now = now.advanced(by: Nanoseconds(Int64(random.below(500_000_000))))
            }
        }
    }

    /// What `nextDeadline` promises: before it, a pool at rest stays as it is.
    @Test("Before the next deadline a poll changes nothing")
    func nothingBefore() throws {
        for seed in UInt64(0)..<100 {
            var random = Random(seed: seed)
            var pool = try ReferencePool(localNode: node(3), configuration: configuration(using: &random))
            var now = Instant.start
            for step in 0..<60 {
                var state = pool.advance(event(using: &random), at: now)
                while !state.isAtRest { state = pool.advance(.poll, at: now) }
                state = pool.advance(.poll, at: now)
                while !state.isAtRest { state = pool.advance(.poll, at: now) }
                let before = pool
                let eve = pool.nextDeadline.map { $0.advanced(by: Nanoseconds(-1)) } ?? .distantFuture
                if eve >= now {
                    #expect(pool.advance(.poll, at: eve).isAtRest, "seed \(seed), step \(step)")
                    #expect(pool == before, "seed \(seed), step \(step)")
                }
                now = now.advanced(by: Nanoseconds(Int64(random.below(2_000_000_000))))
            }
        }
    }
}
