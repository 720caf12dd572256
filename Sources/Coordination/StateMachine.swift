/// A deterministic machine: events flow in, states flow out.
///
/// A *state* is what the machine answers to an event: an instruction or a status. It is not the machine's memory.
/// Machines are values: a copy is a snapshot, and the same events at the same moments give the same states on every run.
/// They have no clock, no randomness and do no I/O. No event can trap: one that makes no sense (late, twice, from a stranger)
/// changes nothing but a counter, and the machine then answers what a poll would.
public protocol StateMachine<Event, State> {
    /// What flows into the machine.
    associatedtype Event
    /// What flows out of it.
    associatedtype State

    /// Feeds one event to the machine.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - now: the time at which it happened, not earlier than that of the event before.
    /// - Returns: what the machine wants done, or what it waits for.
    mutating func advance(_ event: consuming Event, at now: Instant) -> State
}
