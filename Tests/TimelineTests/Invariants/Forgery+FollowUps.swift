import Broadcasts
import Coordination
import Kademlia
import Queries
import Timeline

/// Lookups with resiliency set: k = 2, β = 1. Where nothing is forged, 1 answers and is followed up with 2.
extension Forgery {
    private static let queries = QueryPoolConfiguration(replication: 2, queryConcurrency: 1, resiliency: 1)

    static let ofFollowUps: [Forgery] = [
        Forgery("a follow-up asks a node outside its final set", .q2) {
            try telling(queries) { run in
                run.feed(.follow("a", [1, 2, 3]))
                run.feed(.found("a", 1))
                run.forgeQuestion("a", to: 3)
            }
        },
        Forgery("the final set is not asked", .q3, .s19, .s20, .l2) {
            try telling(queries) { run in
                run.feed(.follow("a", [1, 2, 3]))
                run.forge(.found("a", 1), .waiting)
            }
        },
        Forgery("a lookup ends while a node of its final set is awaited", .q3) {
            try telling(queries) { run in
                run.feed(.follow("a", [1, 2, 3]))
                run.feed(.found("a", 1))
                run.forge(.poll, .store("a", 1)) { $0.with(query: .some(nil)) }
            }
        },
        Forgery("a node is stored with that nobody knows", .s1, .s10) {
            try telling(queries) { run in
                run.feed(.follow("a", [1, 2, 3]))
                run.feed(.found("a", 1))
                run.feed(.found("a", 2))
                run.forge(.poll, .store("a", 9))
            }
        },
        Forgery("a node of the final set that failed is passed over", .s10) {
            try telling(queries) { run in
                run.feed(.follow("a", [1, 2, 3]))
                run.feed(.found("a", 1))
                run.feed(.getCloserNodesFailure(id: "a", node: node(2), target: .zero, error: .failed("gone")))
                run.forge(.poll, .store("a", 3))
            }
        },
    ]
}
