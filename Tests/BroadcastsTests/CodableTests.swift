import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("Everything that flows in or out can be written down and read again")
struct CodableTests {
    static let configurations: [BroadcastConfiguration] = [
        .followUp(.init()), .static(.init(stores: .init(storeTimeout: nil, storeConcurrency: 3))),
        .optimistic(.init(individualCertainty: 0.5, networkSize: 1000)),
    ]

    static let outcomes: [BroadcastOutcome<Key8>] = BroadcastOutcome<Key8>.Reason.allCases.map { reason in
        BroadcastOutcome(
            reason: reason, contacted: [1, 2, 3], errors: [.init(node: 2, error: .failed("no route")), .init(node: 3, error: .timedOut)],
            notContacted: [4], unanswered: [1])
    }

    static let rejections: [BroadcastRejection] = [
        .idInUse, .emptyID, .invalidConfiguration(ConfigurationError(field: "a", problem: "b", remedy: "c")), .poolFull(limit: 3),
    ]

    @Test("Events of the pool")
    func poolEvents() throws {
        let events: [PoolEvent<Key8, String>] =
            [
                .poll, .stopBroadcast(id: "a"), .getCloserNodesSuccess(id: "a", node: 1, target: 2, closer: [3, 4]),
                .getCloserNodesFailure(id: "a", node: 1, target: 2, error: .cancelled),
                .storeRecordSuccess(id: "a", node: 1, request: "put", response: nil),
                .storeRecordSuccess(id: "a", node: 1, request: "put", response: "done"),
                .storeRecordFailure(id: "a", node: 1, request: "put", error: .timedOut),
            ]
            + Self.configurations.map { .startBroadcast(id: "a", target: 1, message: "put", seed: [2, 3], configuration: $0) }
        #expect(try afterRoundTrip(events) == events)
        #expect(events.map(\.id) == [nil] + [OperationID?](repeating: "a", count: events.count - 1))
    }

    @Test("States of the pool")
    func poolStates() throws {
        let states: [PoolState<Key8, String>] =
            [.idle, .waiting, .findCloser(id: "a", target: 1, node: 2), .storeRecord(id: "a", node: 1, message: "put")]
            + Self.outcomes.map { .broadcastFinished(id: "a", outcome: $0) }
            + Self.rejections.map { .broadcastRejected(id: "a", reason: $0) }
        #expect(try afterRoundTrip(states) == states)
        #expect(states.filter(\.isAtRest) == [.idle, .waiting])
        #expect(states.compactMap(\.id).count == states.count - 2)
    }

    @Test("Events and states of a broadcast")
    func broadcast() throws {
        let events: [BroadcastEvent<Key8, String>] = [
            .start(target: 1, seed: [2]), .stop, .poll, .nodeResponse(node: 1, closer: [2]), .nodeFailure(node: 1, error: .timedOut),
            .storeRecordSuccess(node: 1, request: "put", response: "done"), .storeRecordFailure(node: 1, request: "put", error: .cancelled),
        ]
        #expect(try afterRoundTrip(events) == events)
        let states: [BroadcastState<Key8, String>] =
            [
                .idle, .findCloser(id: "a", node: 1, target: 2), .storeRecord(id: "a", node: 1, message: "put"), .waiting(id: "a"),
            ] + Self.outcomes.map { .finished(id: "a", outcome: $0) }
        #expect(try afterRoundTrip(states) == states)
    }

    @Test("Configurations")
    func configurations() throws {
        #expect(try afterRoundTrip(Self.configurations) == Self.configurations)
        let pools = [PoolConfiguration(), PoolConfiguration(queries: .init(concurrency: 9, timeout: .seconds(1)), maxBroadcasts: 4)]
        #expect(try afterRoundTrip(pools) == pools)
        #expect(try afterRoundTrip(BroadcastStrategy.allCases) == BroadcastStrategy.allCases)
        #expect(Self.configurations.map(\.strategy) == [.followUp, .static, .optimistic])
    }

    @Test("An outcome finds the error of a node")
    func errorOfNode() {
        #expect(Self.outcomes[0].error(for: 2) == .failed("no route"))
        #expect(Self.outcomes[0].error(for: 1) == nil)
    }
}

@Suite("A pool is a value")
struct ValueTests {
    @Test("A copy goes its own way, and both go on as if alone")
    func copies() throws {
        let bench = try PoolBench()
        bench.follow("a", seed: [1, 2])
        bench.put("b", seed: [3, 4])
        let copy = bench.pool
        let view = copy.view
        let states = [bench.poll(), bench.poll(), bench.found("a", 1, [0]), bench.stop("b"), bench.poll()]
        #expect(copy.view == view)
        #expect(copy.nextDeadline != nil)
        bench.pool = copy
        #expect([bench.poll(), bench.poll(), bench.found("a", 1, [0]), bench.stop("b"), bench.poll()] == states)
    }
}
