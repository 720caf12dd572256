public import Coordination
public import Kademlia

/// A put to a given set of nodes: the seed. There is no lookup, so find replies mean nothing here.
///
/// Each advance hands out one store until none is left; then the machine waits for the replies, and finishes.
public struct Static<Node: NodeID, Message: Sendable>: Sendable {
    @usableFromInline enum Phase: UInt8, Sendable {
        /// Not started; goes to `storing`.
        case idle
        /// Stores are sent and awaited; goes to `finished`.
        case storing
        /// The outcome was told.
        case finished
    }

    /// The operation's id.
    public var id: OperationID { ownID }
    /// The message that stores the record.
    public var message: Message { ownMessage }
    /// How the broadcast goes about it.
    public var configuration: StaticConfiguration { rules }
    /// The number of events that made no sense and changed nothing.
    public var ignoredEvents: Int { ignored }

    @usableFromInline var ownID: OperationID
    @usableFromInline var ownMessage: Message
    @usableFromInline var rules: StaticConfiguration
    @usableFromInline var ignored = 0
    @usableFromInline var phase = Phase.idle
    @usableFromInline var stores = StoreRound<Node>(target: .zero, options: StoreOptions())

    /// A broadcast that waits for its start.
    ///
    /// - Throws: an error that names the field of the configuration that is out of its range.
    @inlinable
    public init(id: OperationID, message: Message, configuration: StaticConfiguration = .init()) throws(ConfigurationError) {
        try configuration.validate()
        self.init(id: id, message: message, validated: configuration)
    }

    @inlinable
    init(id: OperationID, message: Message, validated configuration: StaticConfiguration) {
        ownID = id
        ownMessage = message
        rules = configuration
    }

    /// Becomes another broadcast that waits for its start.
    @inlinable
    mutating func become(id: OperationID, message: Message, configuration: StaticConfiguration) {
        ownID = id
        ownMessage = message
        rules = configuration
        ignored = 0
        phase = .idle
    }

    /// The first moment at which a poll could change anything, or `nil`.
    @inlinable
    public var nextDeadline: Instant? {
        @inline(__always) get { phase == .storing ? stores.nextDeadline : nil }
    }

    /// Feeds one event to the broadcast.
    @inlinable
    public mutating func advance(_ event: consuming BroadcastEvent<Node, Message>, at now: Instant) -> BroadcastState<Node, Message> {
        let work = perform(event, at: now)
        return switch work {
        case .store: .storeRecord(id: ownID, node: stores.lastSent, message: ownMessage)
        case .ask, .wait: .waiting(id: ownID)
        case .finish(let reason): .finished(id: ownID, outcome: outcome(reason: reason))
        case .rest: .idle
        }
    }

    /// Does what `advance` does.
    @inlinable
    mutating func perform(_ event: consuming BroadcastEvent<Node, Message>, at now: Instant) -> BroadcastWork<Node> {
        guard phase == .storing else { return startOrRest(event, at: now) }
        switch stores.receive(event) {
        case .taken: break
        case .ignored: ignored &+= 1
        case .stop:
            stores.cancel()
            return finish(.stopped)
        }
        return proceed(at: now)
    }

    @inlinable
    mutating func startOrRest(_ event: consuming BroadcastEvent<Node, Message>, at now: Instant) -> BroadcastWork<Node> {
        switch consume event {
        case .start(let target, let seed):
            guard phase == .idle else {
                ignored &+= 1  // a broadcast runs once
                return .rest
            }
            stores = StoreRound(target: target, options: rules.stores)
            stores.choose(seed)
            phase = .storing
            return proceed(at: now)
        case .poll, .stop:
            return .rest
        case .nodeResponse, .nodeFailure, .storeRecordSuccess, .storeRecordFailure:
            ignored &+= 1  // not started yet, or a reply that was too late
            return .rest
        }
    }

    @inlinable
    mutating func proceed(at now: Instant) -> BroadcastWork<Node> {
        stores.expire(at: now)
        if stores.sendNext(at: now) { return .store }
        return stores.isComplete ? finish(.completed) : .wait
    }

    @inlinable
    mutating func finish(_ reason: BroadcastOutcome<Node>.Reason) -> BroadcastWork<Node> {
        phase = .finished
        return .finish(reason)
    }
}
