import Broadcasts
import Coordination
import Queries
import Testing
import Timeline

/// A pool that does not hear replies for "b" while "a" runs.
private struct DistractedPool: BroadcastPoolMachine {
    typealias Node = NetworkNode
    typealias Message = Record
    typealias Event = NetworkEvent
    typealias State = NetworkState

    var pool: BroadcastPool<NetworkNode, Record>

    var nextDeadline: Instant? { pool.nextDeadline }
    var view: NetworkPoolView { pool.view }
    var ignoredEvents: Int { pool.ignoredEvents }

    mutating func advance(_ event: NetworkEvent, at now: Instant) -> NetworkState {
        if case .getCloserNodesSuccess("b", _, _, _) = event, view.broadcast("a") != nil { return pool.advance(.poll, at: now) }
        return pool.advance(event, at: now)
    }
}

@Suite("S17, judged apart")
struct IsolationTests {
    private let configuration = PoolConfiguration(queries: .init(replication: 2))

    private func steps(_ events: [NetworkEvent]) throws -> (DistractedPool, [Step]) {
        let start = DistractedPool(pool: try .init(localNode: ForgedRun.local, configuration: configuration))
        var pool = start
        let steps = events.enumerated().map { index, event in
            Step(
                number: index + 1, time: .start, event: event, trigger: .act, state: pool.advance(event, at: .start), isIgnored: false)
        }
        return (start, steps)
    }

    @Test("A broadcast that goes unheard because of another is found at the step where it would have gone on")
    func distracted() throws {
        let (pool, steps) = try steps([.follow("a", [1]), .follow("b", [2]), .found("b", 2)])
        let violations = isolationViolations(of: steps, in: pool, configuration: configuration, keyBits: 8)
        #expect(
            violations == [
                Violation(law: .s17, step: 3, broadcast: "b", node: nil, why: "b does nothing here; alone it stores with node 02.")
            ])
    }

    @Test("Alone nothing is wrong with it")
    func alone() throws {
        let (pool, steps) = try steps([.follow("b", [2]), .found("b", 2), .stored("b", 2), .follow("a", [1])])
        #expect(isolationViolations(of: steps, in: pool, configuration: configuration) == [])
    }

    @Test("Where there are fewer slots than broadcasts, nothing is asked of them")
    func crowded() throws {
        let (pool, steps) = try steps([.follow("a", [1]), .follow("b", [2]), .found("b", 2)])
        let narrow = PoolConfiguration(queries: .init(concurrency: 1, replication: 2))
        #expect(isolationViolations(of: steps, in: pool, configuration: narrow) == [])
    }
}
