public import Broadcasts
public import Coordination
public import Kademlia

/// What an observer remembers of one broadcast.
public struct JournalEntry: Equatable, Sendable {
    /// How a broadcast ended.
    public enum End: Equatable, Sendable {
        /// It ran to an end.
        case finished(BroadcastOutcome<NetworkNode>)
        /// It was never started.
        case rejected(BroadcastRejection)
    }

    /// The operation's id.
    public let id: OperationID
    /// The strategy.
    public let strategy: BroadcastStrategy
    /// The key that the record is stored under.
    public let target: Key256
    /// What is stored.
    public let record: Record
    /// The nodes that the broadcast began with.
    public let seed: [NetworkNode]
    /// When it was started.
    public let started: Instant
    /// When it ended, and after which step, once it has.
    public private(set) var ended: (time: Instant, step: Int)?
    /// How it ended, once it has.
    public private(set) var end: End?
    /// When the lookup was over: at the first store, or at the end.
    public private(set) var lookupEnded: Instant?

    /// The way of each node that the broadcast asked or stored with, by index.
    public private(set) var trails: [Int32: NodeTrail] = [:]

    /// Who first told of each node: the index of that node, or `nil` for a seed.
    private var teller: [Int32: Int32?] = [:]

    init(id: OperationID, strategy: BroadcastStrategy, target: Key256, record: Record, seed: [NetworkNode], started: Instant) {
        self.id = id
        self.strategy = strategy
        self.target = target
        self.record = record
        self.seed = seed
        self.started = started
        for node in seed where teller[node.index] == nil { teller[node.index] = .some(nil) }
    }

    /// The number of nodes that were asked for closer ones.
    public var askedCount: Int { trails.values.count { $0.asked != nil } }

    /// The number of nodes that answered with closer ones.
    public var answeredCount: Int { trails.values.count { $0.answered != nil && $0.findError == nil } }

    /// The nodes that the broadcast was told of, those that it began with included: their indices in ascending order.
    public var heardOf: [Int32] { teller.keys.sorted() }

    /// How the broadcast came to know a node: the node that told it, or `nil` for a seed or an unknown node.
    public func teller(of node: NetworkNode) -> Int32? {
        teller[node.index] ?? nil
    }

    /// The number of answers between the seed and a node: 0 for a seed, `nil` for a node that nobody told of.
    public func hops(to node: NetworkNode) -> Int? {
        guard var step = teller[node.index] else { return nil }
        var hops = 0
        while let index = step {
            hops += 1
            guard let next = teller[index], hops <= teller.count else { return hops }
            step = next
        }
        return hops
    }

    mutating func ask(_ node: NetworkNode, at now: Instant) {
        trails[node.index, default: NodeTrail()].asked = now
        lookupEnded = nil  // an Optimistic stores while it looks
    }

    mutating func store(with node: NetworkNode, at now: Instant) {
        trails[node.index, default: NodeTrail()].storeSent = now
        lookupEnded = lookupEnded ?? now
    }

    mutating func receiveCloser(from node: NetworkNode, closer: [NetworkNode], at now: Instant) {
        trails[node.index, default: NodeTrail()].answered = now
        for other in closer where teller[other.index] == nil { teller[other.index] = .some(node.index) }
    }

    mutating func receiveFindFailure(from node: NetworkNode, error: RequestError, at now: Instant) {
        trails[node.index, default: NodeTrail()].answered = now
        trails[node.index]?.findError = error
    }

    mutating func receiveStoreReply(from node: NetworkNode, at now: Instant) {
        trails[node.index, default: NodeTrail()].storeAnswered = now
    }

    mutating func end(_ end: End, at step: Step) {
        self.end = end
        lookupEnded = lookupEnded ?? step.time
        ended = (step.time, step.number)
    }

    public static func == (a: JournalEntry, b: JournalEntry) -> Bool {
        a.id == b.id && a.strategy == b.strategy && a.target == b.target && a.record == b.record && a.seed == b.seed
            && a.started == b.started
            && a.ended?.step == b.ended?.step && a.end == b.end && a.trails == b.trails && a.teller == b.teller
    }
}

/// When a broadcast dealt with a node.
public struct NodeTrail: Equatable, Sendable {
    /// When the node was asked for closer nodes.
    public internal(set) var asked: Instant?
    /// When it answered, or failed.
    public internal(set) var answered: Instant?
    /// What went wrong with the question.
    public internal(set) var findError: RequestError?
    /// When it was sent the record.
    public internal(set) var storeSent: Instant?
    /// When it answered to that.
    public internal(set) var storeAnswered: Instant?

    /// The time from the store to its answer, else from the question to its answer; `nil` before there is one.
    public var roundTrip: Nanoseconds? {
        if let storeSent { return storeAnswered.map { storeSent.duration(to: $0) } }
        if let asked { return answered.map { asked.duration(to: $0) } }
        return nil
    }
}
