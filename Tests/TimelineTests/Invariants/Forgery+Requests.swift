import Broadcasts
import Coordination
import Kademlia
import Queries
import Timeline

extension Forgery {
    /// Stores that should not be, and replies that should not count.
    static let ofRequests: [Forgery] = [
        Forgery("a FollowUp stores with a node that did not answer", .s1, .s10) {
            try telling { run in
                run.feed(.follow("a", [1]))
                run.forge(.found("a", 1), .store("a", 2)) { $0.with(query: .some(nil)) }
            }
        },
        Forgery("a Static stores with a node that is not in its seed", .s1) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.forge(.poll, .store("a", 9))
            }
        },
        Forgery("an Optimistic stores with a node that nobody told of", .s1) {
            try telling { run in
                run.feed(.eager("a", [9]))
                run.forge(.poll, .store("a", 5))
            }
        },
        Forgery("a Static stores twice with a node", .s2) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.poll, .store("a", 1))
            }
        },
        Forgery("an Optimistic stores twice with a node", .o4) {
            try telling { run in
                run.feed(.eager("a", [9]))
                run.forge(.poll, .store("a", 9))
            }
        },
        Forgery("a FollowUp stores with the local node", .s8, .s1, .s10) {
            try telling { run in
                run.feed(.follow("a", [1]))
                run.forge(.found("a", 1), .store("a", 255)) { $0.with(query: .some(nil)) }
            }
        },
        Forgery("more stores in flight than storeConcurrency", .s9) {
            try telling { run in
                run.feed(.put("a", [1, 2], StoreOptions(storeConcurrency: 1)))
                run.forge(.poll, .store("a", 2))
            }
        },
        Forgery("the farther node first", .s10) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.feed()
                run.feed(.found("a", 1))
                run.forge(.found("a", 2), .store("a", 2)) { $0.with(query: .some(nil)) }
            }
        },
        Forgery("a FollowUp stores while it looks", .s11) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.feed()
                run.feed(.found("a", 1))
                run.forge(.poll, .store("a", 1))
            }
        },
        Forgery("a FollowUp asks once it stores", .s11) {
            try telling { run in
                run.feed(.follow("a", [1]))
                run.feed(.found("a", 1))
                run.forgeQuestion("a", to: 1)
            }
        },
        Forgery("another record", .s12) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.forge(.poll, .storeRecord(id: "a", node: node(2), message: Record(name: "other")))
            }
        },
        Forgery("another target", .s12) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.forgeQuestion("a", to: 2, near: node(7).key)
            }
        },
        Forgery("a request after the end", .s13) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.feed(.stored("a", 1))
                run.forge(.poll, .store("a", 1))
            }
        },
        Forgery("a store reply of a stranger is believed", .s18) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forge(.stored("a", 7), .waiting) { $0.with(stores: [(1, .waiting(sent: .start, deadline: nil)), (7, .stored)]) }
            }
        },
        Forgery("a second store reply is believed", .s18) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.feed()
                run.feed(.stored("a", 1))
                run.forge(.refused("a", 1), .waiting) {
                    $0.with(stores: [(1, .failed(.failed("refused"))), (2, .waiting(sent: .start, deadline: nil))])
                }
            }
        },
        Forgery("a store reply is believed after the store was given up", .s18) {
            try telling { run in
                run.feed(.put("a", [1, 2]))
                run.wait(30_000)
                run.feed()
                run.wait(30_001)
                run.feed()
                run.forge(.stored("a", 1), .waiting) { $0.with(stores: [(1, .stored), (2, .waiting(sent: .start, deadline: nil))]) }
            }
        },
        Forgery("an answer of a node that was not asked is believed", .s18, .s19) {
            try telling(.init(replication: 2, queryConcurrency: 1)) { run in
                run.feed(.follow("a", [1, 2]))
                var query = try lookup([1, 2], asking: 2)
                _ = query.advance(.nodeResponse(node: node(2), closer: []), at: run.now)
                let view = QueryView(query)
                run.forge(.found("a", 2), .waiting) { $0.with(query: view) }
            }
        },
        Forgery("a stranger's closer nodes are taken in", .s18) {
            try telling(.init(replication: 2, queryConcurrency: 1)) { run in
                run.feed(.follow("a", [1, 2]))
                let view = QueryView(try lookup([1, 2, 3], asking: 1))
                run.forge(.found("a", 9, [3]), .waiting) { $0.with(query: view) }
            }
        },
    ]

    /// Lookups that go wrong.
    static let ofLookups: [Forgery] = [
        Forgery("a node is asked twice", .s3) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.forgeQuestion("a", to: 1)
            }
        },
        Forgery("the local node is asked", .s8, .q2) {
            try telling { run in
                run.feed(.follow("a", [1]))
                run.forgeQuestion("a", to: 255)
            }
        },
        Forgery("more requests than queryConcurrency", .s9) {
            try telling(.init(replication: 2, queryConcurrency: 1)) { run in
                run.feed(.follow("a", [1, 2]))
                run.forgeQuestion("a", to: 2)
            }
        },
        Forgery("more lookups than slots", .s9) {
            try telling(.init(concurrency: 1, replication: 2)) { run in
                run.feed(.follow("a", [1]))
                run.feed(.follow("b", [2]))
                run.forgeQuestion("b", to: 2)
            }
        },
        Forgery("requests are not counted", .s19) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                let view = QueryView(try lookup([1, 2], asking: 0))
                run.forge(.poll, .findCloser(id: "a", target: .zero, node: node(2))) { $0.with(query: view) }
            }
        },
        Forgery("the closest node is forgotten", .q1) {
            try telling(.init(replication: 2, queryConcurrency: 1)) { run in
                run.feed(.follow("a", [1, 2]))
                let view = QueryView(try lookup([2], asking: 1))
                run.forge(.found("a", 9), .waiting) { $0.with(query: view) }
            }
        },
        Forgery("a closer node is passed over", .q2) {
            try telling { run in
                run.feed(.follow("a", [1, 2, 3]))
                run.forgeQuestion("a", to: 3)
            }
        },
        Forgery("a node known to be bad is asked", .q2) {
            try telling { run in
                run.feed(.follow("a", [1, 2, 3]))
                run.feed(.getCloserNodesFailure(id: "a", node: node(2), target: .zero, error: .failed("gone")))
                run.forgeQuestion("a", to: 2)
            }
        },
        Forgery("a Static asks", .q2) {
            try telling { run in
                run.feed(.put("a", [1]))
                run.forgeQuestion("a", to: 1)
            }
        },
        Forgery("a lookup ends while it awaits a node", .q3) {
            try telling { run in
                run.feed(.follow("a", [1, 2]))
                run.feed()
                run.feed(.found("a", 1))
                run.forge(.poll, .store("a", 1)) { $0.with(query: .some(nil)) }
            }
        },
        Forgery("a lookup ends without asking a node", .q3) {
            try telling(.init(replication: 2, queryConcurrency: 1)) { run in
                run.feed(.follow("a", [1, 2]))
                run.forge(.found("a", 1), .store("a", 1)) { $0.with(query: .some(nil)) }
            }
        },
    ]

    /// A lookup that has asked so many nodes.
    private static func lookup(_ seed: [UInt8], asking count: Int) throws -> Query<NetworkNode> {
        var query = try Query(target: .zero, seed: seed.map(node), localNode: ForgedRun.local)
        for _ in 0..<count { _ = query.advance(.poll, at: .start) }
        return query
    }
}
