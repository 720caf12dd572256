internal import Broadcasts
internal import Coordination
internal import Kademlia

/// What a checker reckons of the stores of one broadcast, from those that it has seen go out and from their replies.
struct WatchedStores: Sendable {
    /// What a node answered.
    enum Reply: Equatable, Sendable {
        case none, stored
        case failed(RequestError)
    }

    /// A store that went out.
    struct Sent: Sendable {
        let node: NetworkNode
        let deadline: Instant?
        var reply = Reply.none
    }

    /// In order of sending.
    private(set) var sent: [Sent] = []
    /// The index of each node's store.
    private var places: [Key256: Int] = [:]
    /// The indices of the stores without a reply whose time is not over, ascending.
    private(set) var inFlight: [Int] = []
    /// The number of nodes that said that they have the record.
    private(set) var successes = 0

    /// Whether this node was stored with.
    func hasSent(to node: NetworkNode) -> Bool { places[node.key] != nil }

    /// The store with a node.
    func store(with node: NetworkNode) -> Sent? { places[node.key].map { sent[$0] } }

    /// Whether the store with a node is in flight.
    func isInFlight(_ node: NetworkNode) -> Bool { places[node.key].map(inFlight.contains) ?? false }

    /// Takes note of a store.
    mutating func send(to node: NetworkNode, at now: Instant, timeout: Nanoseconds?) {
        places[node.key] = sent.count
        inFlight.append(sent.count)
        sent.append(Sent(node: node, deadline: timeout.map { now.advanced(by: $0) }))
    }

    /// Takes a reply that makes sense.
    mutating func receive(from node: NetworkNode, error: RequestError?) {
        guard let place = places[node.key] else { return }
        sent[place].reply = error.map { .failed($0) } ?? .stored
        if error == nil { successes += 1 }
        inFlight.removeAll { $0 == place }
    }

    /// Forgets the stores whose time is over.
    mutating func expire(at now: Instant) {
        guard let first = inFlight.first, let deadline = sent[first].deadline, deadline.hasPassed(at: now) else { return }
        inFlight.removeAll { sent[$0].deadline?.hasPassed(at: now) ?? false }
    }

    /// The number of stores that are in flight or done.
    var hopeful: Int { inFlight.count + successes }

    /// The first moment at which a store expires; `nil` if none can.
    var nextChange: Instant? { inFlight.first.flatMap { sent[$0].deadline }?.firstMomentPast }
}
