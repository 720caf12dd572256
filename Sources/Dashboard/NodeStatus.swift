internal import Broadcasts
internal import Canvas
internal import Coordination
internal import Queries
internal import Theming
internal import Timeline

/// How a broadcast stands with a node, as the pane Closest shows it: a glyph, a word and a colour for each.
enum NodeStatus: Equatable, Sendable {
    // While the lookup runs, and after it for nodes that were only asked.
    case known, asked, answered, noAnswer, unneeded
    case findFailed(RequestError?)
    // Of nodes that were chosen to store with.
    case todo, storing, stored, notSent, unanswered
    case storeFailed(RequestError)
    // Of the true closest nodes, where they are shown.
    case unheard

    init(_ status: QueryCandidate<NetworkNode>.Status) {
        self =
            switch status {
            case .notContacted: .known
            case .waiting: .asked
            case .succeeded: .answered
            case .failed: .findFailed(nil)
            case .unresponsive: .noAnswer
            case .abandoned: .unneeded
            }
    }

    init(_ status: StoreView<NetworkNode>.Status) {
        self =
            switch status {
            case .todo: .todo
            case .waiting: .storing
            case .stored: .stored
            case .failed(let error): .storeFailed(error)
            }
    }

    /// What became of a node that was asked, once the lookup is over.
    ///
    /// - Parameter wasOverdue: whether its time to answer had passed before the end of the lookup.
    init(_ trail: NodeTrail, wasOverdue: Bool) {
        if trail.answered == nil {
            self = wasOverdue ? .noAnswer : .unneeded
        } else {
            self = trail.findError == nil ? .answered : .findFailed(trail.findError)
        }
    }

    /// Whether an answer of the node is awaited.
    var isAwaited: Bool { self == .asked || self == .storing }

    /// What became of each node that was chosen, by index, once the broadcast is over.
    static func statuses(after outcome: BroadcastOutcome<NetworkNode>) -> [Int32: NodeStatus] {
        var status: [Int32: NodeStatus] = [:]
        for node in outcome.contacted { status[node.index] = .stored }
        for failure in outcome.errors { status[failure.node.index] = .storeFailed(failure.error) }
        for node in outcome.unanswered { status[node.index] = .unanswered }
        for node in outcome.notContacted { status[node.index] = .notSent }
        return status
    }

    /// The word for it, nine letters at most where it is one of ours.
    var word: String {
        switch self {
        case .known: "known"
        case .asked: "asked"
        case .answered: "answered"
        case .noAnswer: "no answer"
        case .unneeded: "unneeded"
        case .findFailed(let error): error.map(\.description) ?? "failed"
        case .todo: "todo"
        case .storing: "waiting"
        case .stored: "stored"
        case .notSent: "not sent"
        case .unanswered: "unanswered"
        case .storeFailed(let error): error.description
        case .unheard: "unheard of"
        }
    }

    /// What it means, for the help.
    var meaning: String {
        switch self {
        case .known: "heard of, not asked yet"
        case .asked: "asked for closer nodes, its answer is awaited"
        case .answered: "told which closer nodes it knows"
        case .noAnswer: "was asked and did not answer in time"
        case .unneeded: "was asked, but the lookup ended without its answer"
        case .findFailed: "was asked and answered with an error"
        case .todo: "chosen, will be sent the record"
        case .storing: "was sent the record, its answer is awaited"
        case .stored: "has the record"
        case .notSent: "was chosen, but the broadcast was stopped before it was sent to"
        case .unanswered: "was sent the record; the broadcast ended before it answered"
        case .storeFailed: "could not be stored with; the word says why"
        case .unheard: "should hold the record, and was never heard of"
        }
    }

    /// One of each, in the order in which a node goes through them: for the help.
    static let examples: [NodeStatus] = ofBroadcast + [.unheard]

    /// One of each that a node can have which the broadcast deals with.
    static let ofBroadcast: [NodeStatus] = [
        .known, .asked, .answered, .noAnswer, .findFailed(nil), .unneeded, .todo, .storing, .stored, .storeFailed(.timedOut), .notSent,
        .unanswered,
    ]

    /// What the glyphs mean, in a word or two each: for the legends of drawings that have no room for words.
    static func legend(_ glyphs: Glyphs, style: (Role) -> Style) -> [Span] {
        let words: [(NodeStatus, String)] = [
            (.known, "known"), (.asked, "awaited"), (.answered, "answered"), (.stored, "stored"), (.noAnswer, "failed"),
        ]
        return words.map { status, word in Span("\(status.glyph(glyphs)) \(word)", style(status.role)) }
    }

    /// The glyph for it.
    func glyph(_ glyphs: Glyphs) -> Unicode.Scalar {
        switch self {
        case .known, .todo, .notSent, .unneeded: glyphs.todo
        case .asked, .storing, .unanswered: glyphs.waiting
        case .answered: glyphs.answered
        case .stored: glyphs.stored
        case .noAnswer, .findFailed, .storeFailed: glyphs.failed
        case .unheard: glyphs.known
        }
    }

    /// The role that it is drawn in.
    var role: Role {
        switch self {
        case .known, .todo, .notSent, .unneeded: .stateTodo
        case .asked, .storing, .unanswered: .stateWaiting
        case .answered: .stateAnswered
        case .stored: .stateStored
        case .noAnswer, .findFailed, .storeFailed: .stateFailed
        case .unheard: .textDim
        }
    }
}
