public import Broadcasts
public import Coordination
public import Kademlia

/// Something that a person, a search or a recorded run decides, where the world would have gone its own way.
///
/// Some choices are a step: something happens to the pool. The others change what will happen, between two steps.
public enum Choice: Hashable, Sendable {
    /// The reply arrives next: when it was due, or, if something else would have come before, at the time of that. A step.
    case deliver(MessageName)
    /// The clock moves to the pool's next deadline, whatever is on its way; what was due before arrives right after. A step.
    case fireDeadline
    /// The clock moves on by this time, more than 0, and the pool is polled; what was due before arrives right after. A step.
    case advanceClock(Nanoseconds)
    /// A broadcast is started by hand. A step.
    case start(NewBroadcast)
    /// A broadcast is stopped. A step.
    case stop(OperationID)
    /// The next act of the plan happens now. A step.
    case actNow
    /// The pool is polled. A step.
    case poll
    /// The reply never arrives.
    case drop(MessageName)
    /// The reply arrives twice.
    case duplicate(MessageName)
    /// The reply arrives later by this time, more than 0.
    case delay(MessageName, Nanoseconds)
    /// The reply says something else.
    case edit(MessageName, MessageEdit)
    /// A node fails in this way from now on.
    case fail(Int32, NodeFault)
    /// A node works again, whatever had happened to it; what was lost stays lost.
    case restart(Int32)
}

/// How a reply is changed on its way.
public enum MessageEdit: Hashable, Sendable {
    /// It names these nodes as closer ones, by index.
    case closer([Int32])
    /// It comes from this node instead.
    case from(Int32)
    /// It is an error, in these words.
    case failure(String)
    /// It is no error: the store went well, or the node names no closer node.
    case success
}

/// A broadcast that is started by hand.
public struct NewBroadcast: Hashable, Sendable {
    /// The operation's id.
    public let id: OperationID
    /// The key that the record is stored under.
    public let target: Key256
    /// What is stored.
    public let record: Record
    /// The nodes to begin with, by index; `nil` for those that the local routing table names.
    public let seed: [Int32]?
    /// The strategy and its options.
    public let configuration: BroadcastConfiguration

    /// A broadcast.
    public init(id: OperationID, target: Key256, record: Record, seed: [Int32]?, configuration: BroadcastConfiguration) {
        self.id = id
        self.target = target
        self.record = record
        self.seed = seed
        self.configuration = configuration
    }
}

extension Choice {
    /// Whether taking it is a step of the run; else it changes what comes, and the run stands where it is.
    public var isStep: Bool {
        switch self {
        case .deliver, .fireDeadline, .advanceClock, .start, .stop, .actNow, .poll: true
        case .drop, .duplicate, .delay, .edit, .fail, .restart: false
        }
    }

    /// The message that it is about, if it is about one.
    public var message: MessageName? {
        switch self {
        case .deliver(let name), .drop(let name), .duplicate(let name), .delay(let name, _), .edit(let name, _): name
        case .fireDeadline, .advanceClock, .start, .stop, .actNow, .poll, .fail, .restart: nil
        }
    }
}

/// Why a choice cannot be taken.
public struct ChoiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence: what is in the way, and where there is one, the remedy.
    public let description: String

    /// An error with this sentence.
    public init(_ sentence: String) {
        description = sentence
    }
}

/// A choice at a place of a run.
public struct Deviation: Hashable, Sendable {
    /// The number of steps before it.
    public let position: Int
    /// What was chosen.
    public let choice: Choice

    /// A choice after this many steps.
    public init(position: Int, choice: Choice) {
        self.position = position
        self.choice = choice
    }
}
