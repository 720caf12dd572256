import Broadcasts
import Coordination
import Kademlia
import Queries
import Timeline

extension Forgery {
    /// Wrong ends.
    static let ofEnds: [Forgery] = [
        Forgery("an end twice", .s4) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.feed(.stored("a", 1))
                run.forge(.poll, .end("a", [1]))
            }
        },
        Forgery("an end while a store is awaited", .s4) { try ending { .end("a", [1, 2]) } },
        Forgery("an end while a store is awaited, as it says itself", .s4) { try ending { .end("a", [1, 2], unanswered: [2]) } },
        Forgery("a stranger is contacted", .s5, .s6) { try ending(replies: [1, 2]) { .end("a", [1, 2, 9]) } },
        Forgery("contacted are not in order", .s5) { try ending(replies: [1, 2]) { .end("a", [2, 1]) } },
        Forgery("a node that was only queried is contacted", .s5) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.feed()
                run.feed(.found("a", 1))
                run.forge(.stopBroadcast(id: "a"), .end("a", [1], .stopped, errors: [(1, .cancelled)])) { $0.without("a") }
            }
        },
        Forgery("a node is contacted twice", .s5, .s6) { try ending(replies: [1, 2]) { .end("a", [1, 2, 2]) } },
        Forgery("a node is left out without a stop", .s6) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.forge(.stored("a", 1), .end("a", [1], notContacted: [2])) { $0.without("a") }
            }
        },
        Forgery("a chosen node is dropped by a stop", .s6, .s10) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.feed()
                run.feed(.found("a", 1))
                run.feed(.found("a", 2))
                run.forge(.stopBroadcast(id: "a"), .end("a", [1], .stopped, errors: [(1, .cancelled)])) { $0.without("a") }
            }
        },
        Forgery("an error of a node that is not contacted", .s7) {
            try ending(replies: [1, 2]) { .end("a", [1, 2], errors: [(9, .timedOut)]) }
        },
        Forgery("an error of a node that stored", .s7) {
            try ending(replies: [1, 2]) { .end("a", [1, 2], errors: [(1, .timedOut)]) }
        },
        Forgery("a store failed before its time", .s7, .s4) {
            try ending { .end("a", [1, 2], errors: [(2, .timedOut)]) }
        },
        Forgery("an error is not the one that the node told", .s7) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.refused("a", 1), .end("a", [1], errors: [(1, .cancelled)])) { $0.without("a") }
            }
        },
        Forgery("one of the closest nodes gets no store", .s6, .s10) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.feed()
                run.feed(.found("a", 1))
                run.feed(.found("a", 2))
                run.forge(.stored("a", 1), .end("a", [1])) { $0.without("a") }
            }
        },
        Forgery("nobody is contacted though one answered", .s14) {
            try telling { run in
                run.feed(.follow("a", [1]))
                run.forge(.found("a", 1), .end("a", [], .noNodesFound)) { $0.without("a") }
            }
        },
        Forgery("nobody is contacted, and it is called completed", .s14) {
            try telling { run in
                run.feed(.follow("a", [1]))
                let failure = NetworkEvent.getCloserNodesFailure(id: "a", node: node(1), target: .zero, error: .failed("refused"))
                run.forge(failure, .end("a", [], .completed)) { $0.without("a") }
            }
        },
        Forgery("nobody is contacted while a node is awaited", .q3, .s15) {
            try telling { run in
                run.feed(.follow("a", [1]))
                run.forge(.poll, .end("a", [], .noNodesFound)) { $0.without("a") }
            }
        },
        Forgery("time is said to have run out", .q3) {
            try telling { run in
                run.feed(.follow("a", [1]))
                run.feed(.found("a", 1))
                run.forge(.stored("a", 1), .end("a", [1], .queryTimedOut)) { $0.without("a") }
            }
        },
        Forgery("a stop does not stop", .s16) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.stopBroadcast(id: "a"), .waiting)
            }
        },
        Forgery("a stop is not called one", .s16) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.stopBroadcast(id: "a"), .end("a", [1], .completed, errors: [(1, .cancelled)])) { $0.without("a") }
            }
        },
        Forgery("a stop that nobody ordered", .s16) { try ending(replies: [1, 2]) { .end("a", [1, 2], .stopped) } },
    ]

    /// A Static with two stores that ends like this when the last of these replies comes.
    private static func ending(replies: [UInt8] = [1], _ end: () -> NetworkState) throws -> ForgedRun {
        try telling { run in
            run.feed(.put("a", [1, 2]))
            run.feed()
            for reply in replies.dropLast() { run.feed(.stored("a", reply)) }
            run.forge(.stored("a", replies[replies.count - 1]), end()) { $0.without("a") }
        }
    }

    /// Walks of an Optimistic that go wrong.
    static let ofWalks: [Forgery] = [
        Forgery("a far node is stored with early", .o1) {
            try telling { run in
                run.feed(.eager("a", [90, 200]))
                run.forge(.poll, .store("a", 90))
            }
        },
        Forgery("the thresholds are not those of the configuration", .o1) {
            try telling { run in
                let other = OptimisticThresholds<Key256>(networkSize: 11, replication: 2)
                run.feed(.eager("a", [90, 200])) { $0.with(thresholds: other) }
            }
        },
        Forgery("too few stores to end the walk", .o2) {
            try telling { run in
                run.feed(.eager("a", [90, 200]))
                run.forge(.poll, .store("a", 90)) { $0.with(walkEnd: .enoughStores) }
            }
        },
        Forgery("nodes too far away to end the walk", .o2) {
            try telling { run in
                run.feed(.eager("a", [90, 200]))
                run.forge(.poll, .store("a", 90)) { $0.with(walkEnd: .nearEnough) }
            }
        },
        Forgery("a walk ends for no reason in the step in which all is over", .o2, .s10, .s14, .s15) {
            try telling { run in
                run.feed(.eager("a", [90, 200]))
                run.feed()
                run.feed(.found("a", 90))
                run.forge(.poll, .end("a", [], .noNodesFound)) { $0.without("a") }
            }
        },
        Forgery("a query is said to have finished", .q3) {
            try telling { run in
                run.feed(.eager("a", [90, 200]))
                run.feed()
                run.feed(.found("a", 90))
                run.forge(.poll, .store("a", 90)) { $0.with(walkEnd: .queryFinished) }
            }
        },
        Forgery("an Optimistic asks after its walk", .s11) {
            try telling { run in
                run.feed(.eager("a", [5, 6]))
                run.forgeQuestion("a", to: 6)
            }
        },
        Forgery("an Optimistic stores with a node that is neither near nor chosen", .s10) {
            try telling { run in
                run.feed(.eager("a", [5, 6, 200]))
                run.feed()
                run.forge(.poll, .store("a", 200))
            }
        },
        Forgery("too few answers for the return ratio", .o3) {
            try telling { run in
                run.feed(.eager("a", [5, 6]))
                run.feed()
                run.forge(.stored("a", 5), .end("a", [5, 6], unanswered: [6])) { $0.without("a") }
            }
        },
        Forgery("an unanswered store is not named", .o3) {
            try telling { run in
                run.feed(.eager("a", [5, 6], returnRatio: 0.5))
                run.feed()
                run.forge(.stored("a", 5), .end("a", [5, 6])) { $0.without("a") }
            }
        },
        Forgery("a near node gets no store", .l2) {
            try telling(.init(replication: 2, queryConcurrency: 2)) { run in
                run.feed(.eager("a", [90, 200]))
                run.feed()
                run.forge(.found("a", 90, [4]), .findCloser(id: "a", target: .zero, node: node(4))) { $0.with(query: .some(nil)) }
                run.forge(.poll, .waiting)
            }
        },
    ]
}
