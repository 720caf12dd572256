extension InvariantID {
    /// The sentence of the documentation that the law comes from.
    var source: Invariant.Source {
        switch self {
        case .p1: .init(.reference, "the unique ID for this operation")
        case .p2:
            .init(
                .reference,
                "If either the state machine wasn't found (shouldn't happen) or there's no corresponding broadcast event "
                    + "(EventPoolPoll for example) don't do anything and instead try to advance the other broadcast state machines.")
        case .p3: .init(.reference, "the id of the broadcast operation that wants to send the message")
        case .p4:
            .init(.reference, "StatePoolIdle means that the broadcast Pool is not managing any broadcast operations at this time.")
        case .p5: .init(.semantics, "A finished broadcast is removed; its id may be used again.")
        case .s1:
            .init(
                .reference,
                "Conceptually, a broadcast consists of finding the closest nodes to a certain key and then storing the record with them.")
        case .s2: .init(.semantics, "store with each of the closest nodes, closest first")
        case .s3:
            .init(.semantics, "Each is in one state: `notContacted → waiting(deadline) → succeeded | failed | unresponsive`")
        case .s4: .init(.semantics, "then `waiting` until every reply is in, then `finished`")
        case .s5:
            .init(
                .reference,
                "The Contacted slice does not contain the nodes we have queried to find the closest nodes to the target key - only the "
                    + "ones that we eventually contacted to store the record.")
        case .s6:
            .init(
                .semantics,
                "which chosen nodes were never sent to (`notContacted`), and which nodes in `contacted` have not answered "
                    + "(`unanswered`: empty but for Optimistic's early end), so that nothing is silently dropped.")
        case .s7:
            .init(
                .reference,
                "The Errors map maps the string representation of any node N in the Contacted slice to a potential error struct that "
                    + "contains the original Node and error.")
        case .s8: .init(.semantics, "add every seed node except self as `notContacted`")
        case .s9: .init(.reference, "A query pool limits the number of concurrent queries")
        case .s10:
            .init(
                .reference,
                "It first queries the closest nodes to a certain target key, and after they were discovered, it \"follows up\" with "
                    + "storing the record with these closest nodes.")
        case .s11: .init(.reference, "after they were discovered, it \"follows up\" with storing the record with these closest nodes")
        case .s12:
            .init(.reference, "the message that we want to send to the closest peers (this encapsulates the payload we want to store)")
        case .s13: .init(.reference, "The last meaningful state will be StateBroadcastFinished.")
        case .s14: .init(.semantics, "Both empty when nothing could be stored.")
        case .s15:
            .init(.semantics, "requests in flight → **waitingWithCapacity** (at capacity: **waitingAtCapacity**); none → **finished**.")
        case .s16:
            .init(
                .reference,
                "EventBroadcastStop notifies a Broadcast state machine to stop the operation. This comprises all in-flight queries.")
        case .s17:
            .init(.semantics, "Advancing a broadcast advances its own query only, so its answer never belongs to another.")
        case .s18:
            .init(
                .semantics,
                "An event for an unknown id, a node never asked, a reply that comes late, twice, or from a stranger changes nothing")
        case .s19:
            .init(
                .semantics,
                "Statistics: an expiry counts one failure; a late success moves it to the successes; a failure after an expiry, or "
                    + "unasked, counts nothing.")
        case .s20:
            .init(.reference, "It means the Pool isn't idle, but there are operations in-flight that it is waiting on to finish.")
        case .s21:
            .init(.reference, "StateBroadcastIdle means that a Broadcast state machine has finished all of its operation.")
        case .q1: .init(.semantics, "Known nodes are ordered by distance to the target.")
        case .q2: .init(.semantics, "walk the known nodes from the closest outward")
        case .q3:
            .init(.semantics, "a `succeeded` node that makes the count reach k with no `waiting` node passed → **finished**")
        case .o1: .init(.semantics, "nearer than the individual threshold, and never stored with, is queued for a store, closest first")
        case .o2:
            .init(
                .semantics,
                "The walk ends if stores outstanding or succeeded ≥ k (failed ones do not count), or at least k such nodes are known and "
                    + "the mean distance of the k closest is below the set threshold, or the query finishes or times out.")
        case .o3: .init(.semantics, "the answered stores (success, failure, timeout) ≥ min(⌈returnRatio · k⌉, stores sent)")
        case .o4: .init(.semantics, "No node is stored with twice.")
        case .n1: .init(.semantics, "A request is identified by (broadcast id, node, kind).")
        case .l1: .init(.semantics, "a store with no reply by then fails with `timedOut`")
        case .l2: .init(.semantics, "`waiting` only if none has work and at least one is running.")
        }
    }
}

extension Invariant.Source {
    fileprivate init(_ document: Document, _ quote: String) {
        self.init(document: document, quote: quote)
    }
}
