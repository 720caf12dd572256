import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport

extension Forgery {
    /// A forgery with one other answer.
    init(_ id: String, _ honest: History<Key8>, step: Int, says state: PoolState<Key8, String>) {
        self.init(id, honest) { $0.steps[step] = $0.steps[step].forged(state: state) }
    }

    /// A forgery with one other view.
    init(_ id: String, _ honest: History<Key8>, step: Int, shows change: (PoolView<Key8>) -> PoolView<Key8>) {
        self.init(id, honest) { $0.steps[step] = $0.steps[step].forged(view: change($0.steps[step].view)) }
    }

    static let all = pool + runs + outcomes + lookups + optimistic + turns

    private static let pool = [
        Forgery("P1", Honest.doubled, step: 1, says: .waiting),
        Forgery("P2", Honest.stopped) { $0.steps[3] = $0.steps[3].forged(pollInstead: .ask("b", 1)) },
        Forgery("P3", Honest.single, step: 1, says: .ask("ghost", 4)),
        Forgery("P4", Honest.single, step: 2, says: .idle),
        Forgery("P5", Honest.single, step: 6) { $0.with(broadcasts: Honest.single.steps[5].view.broadcasts) },
        Forgery("S9", Honest.single) { $0.configuration.queries.queryConcurrency = 1 },
        Forgery("S9", Honest.lookups) { $0.configuration.queries.concurrency = 1 },
        Forgery("S16", Honest.stopped, step: 1, says: .waiting),
        Forgery("S18", Honest.single, step: 4) { $0.with(ignoredEvents: 1) },
        Forgery("S20", Honest.single, step: 7, says: .waiting),
        Forgery("S21", Honest.stopped, step: 3, says: .store("a", 3)),
        Forgery("N1", Honest.single) { $0.steps[3] = $0.steps[3].forged(now: Instant(nanoseconds: -1)) },
        Forgery("N1", Honest.single) { $0.steps.swapAt(0, 2) },
        Forgery("INNER", Honest.single) { $0.steps[3] = $0.steps[3].forged(problem: "broken") },
        Forgery("DUE", Honest.single, step: 1) { $0.with(broadcasts: []) },
    ]

    private static let runs = [
        Forgery("S1", Honest.single, step: 3, says: .store("a", 9)),
        Forgery("S1", Honest.pair, step: 3, says: .store("b", 2)),
        Forgery("S2", Honest.single, step: 4, says: .store("a", 3)),
        Forgery("S3", Honest.single, step: 1, says: .ask("a", 3)),
        Forgery("S8", Honest.single, step: 1, says: .ask("a", 0xff)),
        Forgery("S11", Honest.single, step: 4, says: .ask("a", 4)),
        Forgery("S12", Honest.single, step: 1, says: .ask("a", 4, target: 1)),
        Forgery("S12", Honest.single, step: 4, says: .storeRecord(id: "a", node: 4, message: "another")),
        Forgery("S13", Honest.single, step: 7, says: .store("a", 3)),
        Forgery("L6", Honest.stopped, step: 2, says: .store("a", 3)),
    ]

    private static let outcomes = [
        Forgery("S4", Honest.single, step: 7, says: .end("a", .completed, [3, 4])),
        Forgery("S4b", Honest.single, step: 5, says: .end("a", .completed, [3, 4])),
        Forgery("S5", Honest.single, step: 6, says: .end("a", .completed, [3, 4, 9])),
        Forgery("S5", Honest.stopped, step: 1, says: .end("a", .stopped, [3], errors: [(3, .cancelled)])),
        Forgery("S6", Honest.single, step: 6, says: .end("a", .completed, [3, 4], notContacted: [9])),
        Forgery("S6", Honest.single, step: 6, says: .end("a", .completed, [3, 4, 4])),
        Forgery("S7", Honest.single, step: 6, says: .end("a", .completed, [3, 4], errors: [(9, .broken)])),
        Forgery("S7", Honest.single, step: 6, says: .end("a", .completed, [3, 4], errors: [(3, .broken)])),
        Forgery("S10", Honest.single, step: 4, says: .end("a", .completed, [3])),
        Forgery("S14", Honest.single, step: 3, says: .end("a", .noNodesFound)),
        Forgery("S15", Honest.single, step: 2, says: .end("a", .noNodesFound)),
        Forgery("REASON", Honest.stopped, step: 1, says: .end("a", .completed)),
        Forgery("REASON", Honest.single, step: 6, says: .end("a", .queryTimedOut, [3, 4])),
        Forgery("REASON", Honest.single, step: 6, says: .end("a", .noNodesFound, [3, 4])),
    ]

    private static let lookups = [
        Forgery("S19", Honest.single, step: 1) { $0.withFreshQueries(seed: [4, 3]) },
        Forgery("Q1", Honest.single, step: 1) { $0.withFreshQueries(seed: [4]) },
        Forgery("Q2", Honest.single, step: 0, says: .ask("a", 4)),
        Forgery("Q3", Honest.single, step: 2, says: .store("a", 3)),
        Forgery("L5", Honest.lookups) { $0.steps[4] = $0.steps[4].forged(now: Instant.start.advanced(by: .minutes(6))) },
        Forgery("N2", Honest.single, step: 0, says: .ask("a", 4)),
        Forgery("S17", Honest.lookups, step: 0, says: .ask("a", 4)),
    ]

    private static let optimistic = [
        Forgery("O1", Honest.eager, step: 0, says: .store("a", 40)),
        Forgery("O2", Honest.eager, step: 1) { $0.withWalkEnd(.nearEnough) },
        Forgery("O2", Honest.eager, step: 1) { $0.withWalkEnd(.enoughStores) },
        Forgery("O3", Honest.eager, step: 4, says: .end("a", .completed, [2, 20])),
        Forgery("O3", Honest.eager, step: 3, says: .end("a", .completed, [2], unanswered: [2])),
        Forgery("CHOICE", Honest.eager, step: 3, says: .store("a", 40)),
        Forgery("SIZE", Honest.eager, step: 0) { $0.withWalkEnd(nil) },
    ]

    private static let turns = [
        Forgery("L1", Honest.pair) { $0.isDrained = true },
        Forgery("L2", Honest.single) { $0.steps[3] = $0.steps[3].forged(state: .waiting) },
        Forgery("L3", Honest.pair) { history in
            history.steps[3] = history.steps[3].forged(state: .store("a", 3), view: history.steps[2].view)
        },
        Forgery("L4", Honest.pair) { history in
            let view = history.steps[1].view
            for step in 2...6 { history.steps[step] = history.steps[step].forged(state: .waiting, view: view) }
        },
        Forgery("TURN", Honest.pair, step: 2, says: .store("b", 5)),
    ]
}

extension PoolView<Key8> {
    func with(broadcasts: [BroadcastView<Key8>]? = nil, ignoredEvents: Int? = nil) -> PoolView {
        PoolView(
            broadcasts: broadcasts ?? self.broadcasts, heldSlots: heldSlots, slots: slots,
            ignoredEvents: ignoredEvents ?? self.ignoredEvents)
    }

    /// The view with lookups that have ended for this reason; if there is none, with broadcasts that know no size of the network.
    func withWalkEnd(_ end: WalkEnd?) -> PoolView {
        with(
            broadcasts: broadcasts.map { broadcast in
                BroadcastView(
                    id: broadcast.id, strategy: broadcast.strategy, target: broadcast.target, phase: .awaitingStores, query: nil,
                    stores: broadcast.stores,
                    optimistic: end.flatMap { end in
                        broadcast.optimistic.map {
                            OptimisticView(
                                thresholds: $0.thresholds, walkEnd: end, earlyStores: $0.earlyStores, answersNeeded: $0.answersNeeded)
                        }
                    })
            })
    }

    /// The view with lookups that have not asked anybody yet.
    func withFreshQueries(seed: [Key8]) -> PoolView {
        with(
            broadcasts: broadcasts.map { broadcast in
                BroadcastView(
                    id: broadcast.id, strategy: broadcast.strategy, target: broadcast.target, phase: broadcast.phase,
                    query: (try? Query<Key8>(target: 0, seed: seed, localNode: 0xff)).map { QueryView($0) }, stores: broadcast.stores)
            })
    }
}
