import Broadcasts
import Coordination
import Kademlia
import Queries
import Timeline

extension Forgery {
    /// Wrong answers of the pool.
    static let ofThePool: [Forgery] = [
        Forgery("a second start under the same id is taken", .p1) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.forge(.put("a", [3]), .store("a", 2))
            }
        },
        Forgery("a refused start changes the running broadcast", .p1) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.forge(.put("a", [3]), .broadcastRejected(id: "a", reason: .idInUse)) { $0.with(stores: [(3, .todo)]) }
            }
        },
        Forgery("a start is refused for no reason", .p1) {
            try telling { $0.forge(.put("a", [1]), .broadcastRejected(id: "a", reason: .poolFull(limit: 1))) }
        },
        Forgery("a start is refused for the wrong reason", .p1) {
            try telling { $0.forge(.put("", [1]), .broadcastRejected(id: "", reason: .idInUse)) }
        },
        Forgery("an empty id is taken", .p1, .p5) {
            try telling { $0.forge(.put("", [1]), .store("", 1)) }
        },
        Forgery("one more than maxBroadcasts is taken", .p1, .p5) {
            try telling(maxBroadcasts: 1) { run in
                run.feed(.put("a", [1]))
                run.forge(.put("b", [2]), .store("b", 2))
            }
        },
        Forgery("a reply for nobody is booked on somebody", .p2) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.stored("x", 1), .waiting) { $0.with(stores: [(1, .stored)]) }
            }
        },
        Forgery("an answer for nobody teaches somebody", .p2) {
            try telling { run in
                run.feed(.follow("a", [3]))
                let wiser = QueryView(try query([3, 2]))
                run.forge(.found("x", 3, [2]), .waiting) { $0.with(query: wiser) }
            }
        },
        Forgery("a state for a broadcast that never was", .p3) { try telling { $0.forgeQuestion("x", to: 1) } },
        Forgery("an end of a broadcast that never was", .p3) { try telling { $0.forge(.poll, .end("x")) } },
        Forgery("a refusal that nobody asked for", .p3) {
            try telling { $0.forge(.poll, .broadcastRejected(id: "x", reason: .idInUse)) }
        },
        Forgery("idle while one runs", .p4) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.poll, .idle)
            }
        },
        Forgery("waiting while none runs", .p4) { try telling { $0.forge(.poll, .waiting) } },
        Forgery("a broadcast is lost", .p5) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.poll, .waiting) { $0.without("a") }
            }
        },
        Forgery("a broadcast is kept after its end", .p5) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.stored("a", 1), .end("a", [1]))
            }
        },
        Forgery("an idle pool stirs", .s21, .p4) {
            try telling { run in
                run.feed()
                run.forge(.poll, .waiting)
            }
        },
        Forgery("a reply without a request", .n1) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.feed(.stored("a", 2), trigger: .reply(sent: .start))
            }
        },
        Forgery("a second reply to a request", .n1) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.feed(.stored("a", 1), trigger: .reply(sent: .start))
                run.feed(.stored("a", 1), trigger: .reply(sent: .start))
            }
        },
        Forgery("a reply before its request", .n1) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.feed(.stored("a", 1), trigger: .reply(sent: run.now.advanced(by: .seconds(1))))
            }
        },
        Forgery("the clock is turned back", .n1) {
            try telling { run in
                run.feed()
                run.wait(-1)
                run.feed()
            }
        },
        Forgery("a store is not sent though nothing hinders it", .l2) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.forge(.poll, .waiting)
                run.forge(.poll, .waiting)
            }
        },
        Forgery("a question is not asked though nothing hinders it", .l2) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.forge(.poll, .waiting)
            }
        },
        Forgery("a free slot is given to nobody", .l2) {
            try telling(.init(concurrency: 1, replication: 2)) { run in
                run.feed(.follow("a", [1]))
                run.feed(.follow("b", [2]))
                run.feed(.put("c", [3]))
                run.forge(.stopBroadcast(id: "a"), .end("a", [], .stopped)) { $0.without("a") }
                run.forge(.poll, .waiting) { $0.without("a") }
            }
        },
        Forgery("a store that expired is awaited on", .s20, .l2) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.wait(60_001)
                run.forge(.poll, .waiting)
            }
        },
        Forgery("the run ends while a store is awaited for ever", .l1) {
            try telling { run in
                run.feed(.put("a", [1], StoreOptions(storeTimeout: nil)))
                run.feed()
                run.end()
            }
        },
    ]

    /// A lookup that starts from these nodes and has asked nobody.
    private static func query(_ seed: [UInt8]) throws -> Query<NetworkNode> {
        try Query(target: .zero, seed: seed.map(node), localNode: ForgedRun.local)
    }
}
