internal import Broadcasts
internal import Coordination
internal import Theming
internal import Timeline

/// A line of the ladder: a message between the local node and another one, a reply that did not come, or something that the local node
/// was told or came to.
struct LadderRow: Equatable, Sendable {
    /// What happened.
    enum Kind: Equatable, Sendable {
        /// The local node asks for closer nodes.
        case find
        /// The local node sends the record.
        case store
        /// A node names so many closer ones.
        case closer(Int)
        /// A node has stored the record.
        case stored
        /// A node answers with an error.
        case failed(String)
        /// The time for a reply is over.
        case expired
        /// A broadcast begins, ends, is stopped, or is refused: a line of text.
        case note(String, isTrouble: Bool)
    }

    let kind: Kind
    /// The number of the step.
    let step: Int
    /// The broadcast that it is about.
    let id: OperationID
    /// The place of the other node among the columns; `nil` for a note.
    let column: Int?
    /// The number of requests to that node that are open afterwards.
    var open: UInt8 = 0
    /// Whether a reply came in vain.
    var isIgnored = false

    /// Whether the message goes to the other node.
    var isRequest: Bool { kind == .find || kind == .store }

    /// What stands on the arrow, in ten columns at most where the words are ours.
    var label: String {
        if isIgnored { return "ignored" }
        return switch kind {
        case .find: "FIND"
        case .store: "STORE"
        case .closer(let count): "\(count) closer"
        case .stored: "stored"
        case .failed(let reason): reason
        case .expired: "no answer"
        case .note(let text, _): text
        }
    }

    /// The role that it is drawn in.
    var role: Role {
        if isIgnored { return .textDim }
        return switch kind {
        case .find: .phaseFind
        case .store: .phaseStore
        case .closer: .stateAnswered
        case .stored: .stateStored
        case .failed, .expired: .stateFailed
        case .note(_, let isTrouble): isTrouble ? .stateFailed : .textStrong
        }
    }
}
