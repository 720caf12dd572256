/// A rule of the machines that an explanation cites: the section of the page `semantics`, and what it says in a sentence.
public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// Section 1, ground rules.
    case ignored, clock
    /// Section 3, a lookup.
    case heardOf, answer, failure, expiry, walk, capacity, enough, exhausted
    /// A lookup with resiliency set.
    case resiliency, finalSet
    /// Section 4, the pool's queries.
    case slots, lookupTimeout
    /// Section 5, the strategies.
    case staticSeed, followUp, nothingFound, storedAnyway, stop, storeTimeout, storeConcurrency, storeReply, contacted
    /// Section 5, of Optimistic alone.
    case earlyStore, walkEnd, theRest, returnRatio
    /// Section 6, the pool of broadcasts.
    case rejection, namedFirst, turns, waiting, idle, finished

    /// The section, as in `semantics, section 3, step 2`.
    public var section: String {
        switch self {
        case .ignored, .clock: "semantics, section 1"
        case .heardOf, .answer, .failure: "semantics, section 3"
        case .expiry: "semantics, section 3, step 1"
        case .walk, .capacity, .enough: "semantics, section 3, step 2"
        case .exhausted: "semantics, section 3, step 3"
        case .resiliency, .finalSet: "go-libp2p-kad-dht v1, lookup with follow-up"
        case .slots, .lookupTimeout: "semantics, section 4"
        case .storeReply, .contacted, .storeTimeout, .storeConcurrency: "semantics, section 5"
        case .staticSeed: "semantics, section 5, Static"
        case .followUp, .nothingFound, .storedAnyway, .stop: "semantics, section 5, FollowUp"
        case .earlyStore, .walkEnd, .theRest, .returnRatio: "semantics, section 5, Optimistic"
        case .rejection, .namedFirst, .turns, .waiting, .idle, .finished: "semantics, section 6"
        }
    }

    /// What the rule says.
    public var sentence: String {
        switch self {
        case .ignored:
            "A reply that comes late, twice or from a stranger, or an event for an unknown id, changes nothing; it is counted, and the "
                + "machine then does what a poll would do."
        case .clock: "A deadline has passed when now is later than it; nothing happens at a deadline unless somebody polls."
        case .heardOf:
            "A lookup knows the seed and every node that an answer names, except the local node; nodes with equal keys are one."
        case .answer: "A response from a node that is waiting or unresponsive marks it as succeeded and adds its closer nodes."
        case .failure: "A failure of a node that has not answered marks it as failed; a node known to be bad is not asked."
        case .expiry: "Every waiting node whose deadline is before now becomes unresponsive and frees its request."
        case .walk:
            "The walk goes from the closest known node outward: the first one not contacted is asked, if fewer than α requests are in "
                + "flight."
        case .capacity: "A node not contacted has to wait while α requests are in flight."
        case .enough:
            "The lookup is finished when, from the closest outward, k nodes have succeeded and no awaited node stands before the last "
                + "of them."
        case .exhausted: "With nothing left to contact, the lookup waits for the requests in flight; without any, it is finished."
        case .resiliency:
            "With resiliency set, fewer than k end the lookup: so many of the closest nodes have succeeded, and no node that is awaited or "
                + "not contacted stands before the last of them."
        case .finalSet:
            "The final set is the k closest nodes known at that moment that have not failed: those not contacted are asked at once, other "
                + "requests are abandoned, and when nobody of it is left to wait for, the lookup is finished with all of it."
        case .slots:
            "A lookup holds one of the slots from its first request to its end; free slots go to the others in order of arrival."
        case .lookupTimeout:
            "A lookup runs out of time when its time since the first request is over and it has no request to send."
        case .staticSeed: "A Static stores with exactly its seed nodes, in their order, and asks nobody."
        case .followUp: "Once the lookup has finished, the record is stored with each of the closest nodes, closest first."
        case .nothingFound: "Without any closest node the broadcast is finished, and nothing was contacted."
        case .storedAnyway: "A lookup that runs out of time does not throw its work away: the nodes that answered are stored with."
        case .stop: "A stop ends the lookup; stores still awaited are cancelled, and nodes not yet sent to are not contacted."
        case .storeTimeout: "A store with no reply by its deadline fails with timedOut; a reply after that is ignored."
        case .storeConcurrency: "No more stores are in flight at once than storeConcurrency allows."
        case .storeReply: "A store succeeds or fails with the reply of its node; a reply for a node that is not awaited is ignored."
        case .contacted: "A broadcast is finished when all its stores are sent and each has been answered or has failed."
        case .earlyStore: "A known node nearer than the individual threshold is stored with while the lookup still goes on."
        case .walkEnd:
            "The walk ends when k stores are outstanding or have succeeded, when the k closest known are near enough together, or with "
                + "the lookup."
        case .theRest: "Once the walk has ended, those of the k closest that were never stored with are stored with, closest first."
        case .returnRatio:
            "Once the walk has ended and nothing is queued, the broadcast is finished when the share returnRatio of k stores is answered."
        case .rejection: "A start with an id in use, an empty id, an invalid configuration or into a full pool is refused."
        case .namedFirst: "The event first advances the broadcast that it names; if that gives work, that is the answer."
        case .turns:
            "Otherwise the broadcasts with work are served in the order of their start, as a ring that begins after the last one served."
        case .waiting: "The pool waits only if no broadcast has work and at least one is running."
        case .idle: "The pool is idle when no broadcast is running."
        case .finished: "A finished broadcast is removed; its id may be used again."
        }
    }

    /// The section with what it says.
    public var text: String { "\(section): \(sentence)" }
}
