/// The steps of a branch after its fork, with worlds to go back to.
struct Line<Source: World>: Sendable {
    /// A world on its arrival at a position: before the choices made there that are no steps.
    struct Checkpoint: Sendable {
        let position: Int
        let world: Source
        let memory: RunMemory
    }

    /// The most checkpoints that a line keeps.
    static var checkpointLimit: Int { 512 }

    /// The number of steps before the first one of this line.
    let fork: Int
    private(set) var steps: [Step] = []
    /// The laws that its steps break, in the order of the steps.
    private(set) var violations: [Violation] = []
    /// Whether nothing comes after the steps.
    var isComplete = false
    /// How things are after the last step, if that was left for an earlier one.
    var frontier: Standpoint<Source>?
    /// By position; each at a multiple of `interval`, but for the first one of the first line.
    private(set) var checkpoints: [Checkpoint] = []
    /// The number of steps between two checkpoints: doubled when there are too many of them.
    private(set) var interval: Int

    init(fork: Int, interval: Int) {
        self.fork = fork
        self.interval = interval
    }

    /// The number of steps before the end of this line.
    var end: Int { fork + steps.count }

    mutating func append(_ step: Step) {
        steps.append(step)
        frontier = nil
    }

    mutating func append(_ violations: [Violation]) {
        self.violations += violations
    }

    /// Keeps a world, if its position is one to keep. Positions only rise.
    mutating func keep(_ checkpoint: @autoclosure () -> Checkpoint, at position: Int) {
        guard position % interval == 0, position > checkpoints.last?.position ?? -1 else { return }
        checkpoints.append(checkpoint())
        guard checkpoints.count > Self.checkpointLimit else { return }
        interval *= 2
        checkpoints.removeAll { $0.position % interval != 0 }
    }

    /// The last checkpoint at or before a position. O(log n).
    func checkpoint(at position: Int) -> Checkpoint? {
        let later = checkpoints.partitioningIndex { $0.position > position }
        return later == 0 ? nil : checkpoints[later - 1]
    }

    /// Forgets what comes after a position.
    mutating func cut(at position: Int) {
        steps.removeLast(max(0, end - max(position, fork)))
        checkpoints.removeAll { $0.position > position }
        violations.removeAll { $0.step > position }
        isComplete = false
        frontier = nil
    }
}
