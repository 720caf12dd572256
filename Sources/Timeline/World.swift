public import Broadcasts
public import Coordination

/// What makes the steps of a run: a simulated network, a recorded run, later a live source.
///
/// A world is a value, so a copy is a snapshot: from equal worlds come equal steps.
public protocol World: Sendable {
    /// The time of the last step.
    var now: Instant { get }

    /// What an observer sees of the pool.
    var view: NetworkPoolView { get }

    /// Takes the next step.
    ///
    /// - Returns: the step, or `nil` when nothing will happen any more.
    mutating func step() -> Step?
}
