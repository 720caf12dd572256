public import Coordination

/// Which request and its reply are meant, in words that hold for every run that differs little: a broadcast asks a node for closer
/// nodes once, and stores with it once.
public struct MessageName: Hashable, Sendable, Codable {
    /// The broadcast that sent the request.
    public let id: OperationID
    /// The index of the node that it was sent to.
    public let node: Int32
    /// Whether it is a store; else it asks for closer nodes.
    public let isStore: Bool
    /// Which of those that are on their way with this broadcast, node and kind: 0 is the first; more there are after a duplicate.
    public let copy: Int

    /// The name of a message.
    public init(id: OperationID, node: Int32, isStore: Bool, copy: Int = 0) {
        self.id = id
        self.node = node
        self.isStore = isStore
        self.copy = copy
    }
}

/// A request that a world has sent and whose reply has not arrived: on its way, or lost for good.
public struct PendingMessage: Sendable, Equatable {
    /// Why a reply cannot come.
    public enum Obstacle: String, Sendable, Codable, CaseIterable {
        /// The network lost it.
        case lost
        /// The node never answers.
        case silent
        /// The node had crashed when the request reached it.
        case crashed
        /// The node was mute when it should have answered.
        case muted
        /// The node was cut off.
        case partitioned
        /// The node took the store, but kept nothing and said nothing.
        case vanished
        /// Somebody dropped it.
        case dropped
    }

    /// What it is called.
    public let name: MessageName
    /// The node that was asked.
    public let node: NetworkNode
    /// When the request was sent, if the world knows.
    public let sent: Instant?
    /// When the reply arrives, if nobody interferes; `nil` if it cannot come.
    public let arrives: Instant?
    /// What the reply will tell the pool; `nil` if it cannot come.
    public let event: NetworkEvent?
    /// Why it cannot come; `nil` if it can.
    public let obstacle: Obstacle?

    /// A pending message.
    public init(
        name: MessageName, node: NetworkNode, sent: Instant?, arrives: Instant?, event: NetworkEvent?, obstacle: Obstacle?
    ) {
        self.name = name
        self.node = node
        self.sent = sent
        self.arrives = arrives
        self.event = event
        self.obstacle = obstacle
    }
}

/// What is wrong with a node.
public enum NodeFault: String, Hashable, Sendable, Codable, CaseIterable {
    /// It is gone: requests that reach it are lost. What it sent before still travels.
    case crashed
    /// It takes requests and answers none.
    case muted
    /// No message gets to it or from it; those on their way are lost.
    case partitioned
}

extension PendingMessage.Obstacle {
    /// Why a message cannot come, in a sentence without its end.
    public var sentence: String {
        switch self {
        case .lost: "the network lost it"
        case .silent: "the node never answers"
        case .crashed: "the node had crashed when the request reached it"
        case .muted: "the node was mute when it should have answered"
        case .partitioned: "the node was cut off"
        case .vanished: "the node took the store and forgot about it"
        case .dropped: "somebody dropped it"
        }
    }
}
