public import Broadcasts
public import Coordination

/// One advance of the pool: one event in, one state out.
public struct Step: Equatable, Sendable {
    /// What brought the event about.
    public enum Trigger: Equatable, Sendable {
        /// Somebody started or stopped a broadcast.
        case act
        /// A reply arrived; the request was sent at this time.
        case reply(sent: Instant)
        /// The pool was not at rest, so it is polled on.
        case continuation
        /// A deadline has passed.
        case deadline
        /// Somebody moved the clock on, or polled the pool.
        case choice
    }

    /// The number of the step, from 1 on.
    public let number: Int
    /// When it was taken.
    public let time: Instant
    /// What went in.
    public let event: NetworkEvent
    /// What brought the event about.
    public let trigger: Trigger
    /// What came out.
    public let state: NetworkState
    /// Whether the event made no sense and changed nothing: it came late, twice, or from a stranger.
    public let isIgnored: Bool

    /// A step.
    public init(number: Int, time: Instant, event: NetworkEvent, trigger: Trigger, state: NetworkState, isIgnored: Bool) {
        self.number = number
        self.time = time
        self.event = event
        self.trigger = trigger
        self.state = state
        self.isIgnored = isIgnored
    }

    /// Whether the event or the state is about this broadcast.
    public func names(_ id: OperationID) -> Bool {
        event.id == id || state.id == id
    }
}
