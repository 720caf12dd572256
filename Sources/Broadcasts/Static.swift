public import Coordination
public import Kademlia

/// A put to a given set of nodes: the seed. There is no lookup, so find replies mean nothing here.
///
/// Each advance hands out one store until none is left; then the machine waits for the replies, and finishes.
public struct Static<Node: NodeID, Message: Sendable>: Sendable {
    private enum Phase: UInt8, Sendable {
        /// Not started; goes to `storing`.
        case idle
        /// Stores are sent and awaited; goes to `finished`.
        case storing
        /// The outcome was told.
        case finished
    }

    /// The operation's id.
    public let id: OperationID
    /// The message that stores the record.
    public let message: Message
    /// How the broadcast goes about it.
    public let configuration: StaticConfiguration
    /// The number of events that made no sense and changed nothing.
    public private(set) var ignoredEvents = 0

    private var phase = Phase.idle
    private var stores: StoreRound<Node>?
    private(set) var target: Node.Key?

    /// A broadcast that waits for its start.
    ///
    /// - Throws: an error that names the field of the configuration that is out of its range.
    public init(id: OperationID, message: Message, configuration: StaticConfiguration = .init()) throws(ConfigurationError) {
        try configuration.validate()
        self.id = id
        self.message = message
        self.configuration = configuration
    }

    /// The first moment at which a poll could change anything, or `nil`.
    public var nextDeadline: Instant? { phase == .storing ? stores?.nextDeadline : nil }

    /// Feeds one event to the broadcast.
    public mutating func advance(_ event: consuming BroadcastEvent<Node, Message>, at now: Instant) -> BroadcastState<Node, Message> {
        switch (phase, event) {
        case (.idle, .start(let target, let seed)):
            self.target = target
            stores = StoreRound(nodes: seed, target: target, options: configuration.stores)
            phase = .storing
        case (.idle, .poll), (.finished, .poll), (.idle, .stop), (.finished, .stop):
            return .idle
        case (.idle, _), (.finished, _):
            ignoredEvents += 1  // not started yet, or a reply that was too late
            return .idle
        case (.storing, .poll):
            break
        case (.storing, .stop):
            stores?.cancel()
            return finish(.stopped)
        case (.storing, .storeRecordSuccess(let node, _, _)):
            receiveReply(from: node, error: nil)
        case (.storing, .storeRecordFailure(let node, _, let error)):
            receiveReply(from: node, error: error)
        case (.storing, .start), (.storing, .nodeResponse), (.storing, .nodeFailure):
            ignoredEvents += 1  // started before; nobody was asked for closer nodes
        }
        return proceed(at: now)
    }

    private mutating func receiveReply(from node: Node, error: RequestError?) {
        guard stores?.receiveReply(from: node, error: error) == true else {
            ignoredEvents += 1  // from a stranger, a second time, or after the store had expired
            return
        }
    }

    private mutating func proceed(at now: Instant) -> BroadcastState<Node, Message> {
        stores?.expire(at: now)
        if let node = stores?.sendNext(at: now) { return .storeRecord(id: id, node: node, message: message) }
        return stores?.isComplete == true ? finish(.completed) : .waiting(id: id)
    }

    private mutating func finish(_ reason: BroadcastOutcome<Node>.Reason) -> BroadcastState<Node, Message> {
        phase = .finished
        defer { stores = nil }
        return .finished(id: id, outcome: stores?.outcome(reason: reason) ?? BroadcastOutcome(reason: reason))
    }

    /// What an observer sees of the stores, closest node first.
    var storeViews: [StoreView<Node>] { stores?.views ?? [] }

    /// Whether stores are left to send.
    var hasTodo: Bool { stores?.hasTodo ?? false }

    /// What is wrong inside, or `nil`. For tests.
    func brokenInvariant() -> String? { stores?.brokenInvariant() }
}
