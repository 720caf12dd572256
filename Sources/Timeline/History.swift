/// The steps of a run, with a position that moves to and fro.
///
/// A step that was taken once stays. To go back, the history takes the nearest earlier checkpoint (a copy of the world: a value)
/// and steps forward from it; so any step is at most `checkpointInterval` steps away.
public struct History<Source: World>: Sendable {
    private struct Checkpoint: Sendable {
        let world: Source
        let journal: Journal
    }

    /// The number of steps between two checkpoints.
    public static var checkpointInterval: Int { 64 }

    /// The world at the position.
    public private(set) var world: Source

    /// What was observed up to the position.
    public private(set) var journal = Journal()

    /// All steps that were ever taken, also those after the position.
    public private(set) var steps: [Step] = []

    /// The number of steps before the position: 0 is the start.
    public private(set) var position = 0

    /// Whether the last step of the run is known: nothing comes after `steps`.
    public private(set) var isComplete = false

    /// The worlds at every `checkpointInterval`-th position.
    private var checkpoints: [Checkpoint]

    /// A history that begins with this world.
    public init(_ world: Source) {
        self.world = world
        checkpoints = [Checkpoint(world: world, journal: Journal())]
    }

    /// The step before the position, or `nil` at the start.
    public var current: Step? { position == 0 ? nil : steps[position - 1] }

    /// Whether there is no step after the position.
    public var isAtEnd: Bool { isComplete && position == steps.count }

    /// Takes the next step, for the first time or again.
    ///
    /// - Returns: the step, or `nil` at the end of the run.
    @discardableResult
    public mutating func stepForward() -> Step? {
        guard !isAtEnd else { return nil }
        guard let step = world.step() else {
            isComplete = true
            return nil
        }
        journal.record(step)
        position += 1
        if position > steps.count { steps.append(step) }
        if position == checkpoints.count * Self.checkpointInterval { checkpoints.append(Checkpoint(world: world, journal: journal)) }
        return step
    }

    /// Goes to a position, or to the end of the run if that comes first.
    ///
    /// - Complexity: a known position is at most `checkpointInterval` steps away from a checkpoint.
    public mutating func go(to target: Int) {
        let target = max(0, target)
        let nearest = min(target / Self.checkpointInterval, checkpoints.count - 1)
        if target < position || nearest * Self.checkpointInterval > position {
            world = checkpoints[nearest].world
            journal = checkpoints[nearest].journal
            position = nearest * Self.checkpointInterval
        }
        while position < target, stepForward() != nil {}
    }

    /// Goes back one step. At the start nothing happens.
    public mutating func stepBack() {
        go(to: position - 1)
    }

    /// Learns the steps to come, up to a number of them, without moving.
    public mutating func lookAhead(upTo limit: Int) {
        let place = position
        while steps.count < limit, !isComplete {
            go(to: steps.count)
            stepForward()
        }
        go(to: place)
    }
}
