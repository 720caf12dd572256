/// How well a run keeps up with the speed that is wanted, and how much of it is seen.
struct Pace: Equatable, Sendable {
    /// The time over which a rate is measured: shorter, and it would jump; longer, and it would lag behind.
    private static let window = Duration.milliseconds(500)

    /// The number of steps that had no frame of their own since the run was started.
    private(set) var undrawn = 0
    /// Whether the last slice was over before all steps were taken that were due.
    private(set) var isLate = false
    /// The steps a second that are reached where they are fewer than wanted, smoothed.
    private(set) var rate: Double?

    private var stepsSinceFrame = 0
    private var steps = 0
    private var time = Duration.zero
    private var wasLate = false

    /// Notes a slice of a run.
    ///
    /// - Parameters:
    ///   - taken: the steps that were taken.
    ///   - missed: the steps that were due and were not taken; they never will be.
    ///   - elapsed: the time since the slice before.
    mutating func note(taken: Int, missed: Int, in elapsed: Duration) {
        isLate = missed > 0
        stepsSinceFrame += taken
        steps += taken
        time += elapsed
        wasLate = wasLate || isLate
        guard time >= Self.window else { return }
        let measured = Double(steps) / (time / .seconds(1))
        rate = wasLate ? rate.map { ($0 + measured) / 2 } ?? measured : nil
        (steps, time, wasLate) = (0, .zero, false)
    }

    /// Notes that the screen has been drawn.
    mutating func noteFrame() {
        undrawn += max(0, stepsSinceFrame - 1)
        stepsSinceFrame = 0
    }

    /// The rate in two digits, if it is notably less than the one that is wanted.
    func slowness(wanted: Int) -> Int? {
        guard let rate, rate < 0.95 * Double(wanted) else { return nil }
        var (whole, scale) = (Int(rate.rounded()), 1)
        while whole >= 100 { (whole, scale) = ((whole + 5) / 10, scale * 10) }
        return whole * scale
    }
}
