public import Coordination

/// A request of a run: what was asked of whom, and what came of it as far as the run is known.
public struct Call: Hashable, Sendable {
    /// What a request asks for.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// Closer nodes: `GetCloserNodes`.
        case find
        /// To keep a record: `StoreRecord`.
        case store
    }

    /// A reply that was taken.
    public struct Answer: Hashable, Sendable {
        /// The step with the reply as its event.
        public let moment: Moment
        /// What went wrong; `nil` if nothing did.
        public let error: RequestError?
    }

    /// A step and its time.
    public struct Moment: Hashable, Sendable {
        /// The number of the step.
        public let step: Int
        /// When it was taken.
        public let time: Instant
    }

    /// The place of its broadcast in ``CallLedger/puts``.
    public let put: Int
    /// The id of its broadcast.
    public let id: OperationID
    /// The node that is asked.
    public let node: NetworkNode
    /// What it asks for.
    public let kind: Kind
    /// The step that sent it: no other request has the same one.
    public let sent: Moment
    /// Until when it is waited for; `nil` for ever.
    public let deadline: Instant?
    /// The first reply that the broadcast took notice of.
    public internal(set) var answer: Answer?

    /// How far a request is at a position.
    public enum Fate: Hashable, Sendable {
        /// Its reply is awaited.
        case waiting
        /// The node answered well.
        case answered
        /// The node answered with an error, or could not be reached.
        case failed(RequestError)
        /// No reply came before the deadline.
        case timedOut
        /// Nobody waits for its reply any more: the lookup or the broadcast is over.
        case abandoned
    }

    /// A request as it stands at a position.
    public struct Standing: Hashable, Sendable {
        /// The request.
        public let call: Call
        /// How far it is.
        public let fate: Fate
        /// The time from its sending to its end; while it waits, to the time of the position.
        public let duration: Nanoseconds
        /// The step at which it ended; `nil` while it waits, and where its deadline passed without a step so far.
        public let end: Int?
    }
}
