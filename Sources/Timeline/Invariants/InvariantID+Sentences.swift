extension InvariantID {
    /// What the law says.
    var sentence: String {
        switch self {
        case .p1:
            "A start is refused if its id is in use or empty, its configuration invalid, or the pool full, and for no other reason; "
                + "a broadcast that runs under the id stays as it is."
        case .p2: "An event for an id that does not run changes no broadcast, other than by polling."
        case .p3: "A state names a broadcast that runs, or refuses the start that was asked for."
        case .p4: "The pool is idle if and only if no broadcast runs."
        case .p5: "A broadcast is there until it has finished, and gone from then on."
        case .s1:
            "A FollowUp stores only with nodes that answered it, or, with resiliency set, with nodes it knows; an Optimistic with nodes it "
                + "knows, a Static with its seed."
        case .s2: "A broadcast stores with a node once at most."
        case .s3: "A broadcast asks a node once at most."
        case .s4: "A broadcast finishes once, and not while it awaits a store, but for an Optimistic or a stop."
        case .s5: "Contacted are exactly the nodes that were sent the record, closest first."
        case .s6: "Every chosen node has one place at the end, contacted or not contacted, and is left out only by a stop."
        case .s7: "An error belongs to a contacted node, one each, closest first, and is what the node's reply or its deadline said."
        case .s8: "The local node is never asked, and stored with only by a Static whose seed names it."
        case .s9:
            "No more requests, lookups and stores are in flight than the configuration allows, but for the requests of a follow-up, which "
                + "there is only with resiliency set."
        case .s10: "A broadcast stores with the k closest nodes that its lookup ended with, a FollowUp closest first."
        case .s11: "Stores go out only once the lookup has ended, but for an Optimistic that knows the network's size."
        case .s12: "A store carries the message of the start, a request its target."
        case .s13: "There is no request for a broadcast after its end."
        case .s14: "If nobody was contacted, nobody had answered, unless by a stop or because time ran out."
        case .s15: "If nobody was contacted, no request was in flight, unless by a stop or because time ran out."
        case .s16: "A stop is answered at once by the end of the broadcast, and nothing else ends as stopped."
        case .s17: "With a slot for each, a broadcast does what it would do alone with the same events and turns."
        case .s18: "A reply counts only if its node was asked for it by this broadcast and had not answered."
        case .s19: "The statistics of a lookup are the requests and answers that were seen; successes and failures never exceed requests."
        case .s20: "The pool waits only while a request or a store is in flight whose time is not over."
        case .s21: "An idle pool stays idle until a start."
        case .q1: "The distance of the closest known node never grows."
        case .q2: "A request goes to the closest known node that was not contacted; a Static makes none."
        case .q3:
            "A lookup ends only when its k closest nodes that did not fail have answered, nobody is left to wait for, or its time is over; "
                + "with resiliency set, it also ends once it has followed up, which begins when so many of the closest have answered."
        case .o1: "Before the end of its walk an Optimistic stores only with nodes nearer than the individual threshold."
        case .o2: "A walk ends early only with k stores awaited or done, or with the k closest nodes nearer than the set threshold."
        case .o3: "An Optimistic is over once its stores are sent and the return ratio of them answered, and it names the unanswered ones."
        case .o4: "An Optimistic stores with a node once at most, early or late."
        case .n1: "Time does not run backwards; a request has one reply at most, and none before it was sent."
        case .l1: "Every broadcast finishes once all replies have come or expired."
        case .l2: "The pool does not rest while a broadcast could send, ask or finish."
        }
    }
}
