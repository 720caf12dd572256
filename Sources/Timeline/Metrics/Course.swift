public import Coordination

/// How a number went over a run, in bars of equal lengths of time from the start on.
///
/// The length is round, and stays while a run goes on until the bars are too many; then it is about doubled. So nothing moves from one step to the next.
public struct Course: Hashable, Sendable {
    /// The time that each bar stands for; a moment belongs to the bar that it begins or is in.
    public let length: Nanoseconds
    /// The bars, the one of the start first: at least one.
    public internal(set) var bars: [Int]

    /// Bars of nothing from the start to a moment, at most so many (1 or more).
    init(to end: Instant, limit: Int) {
        let stretch = Instant.start.duration(to: end)
        length = RoundLengths.covering(stretch, in: limit)
        bars = Array(repeating: 0, count: Int(max(0, stretch.count) / length.count) + 1)
    }

    /// The bar of a moment of the run.
    func bar(of time: Instant) -> Int {
        min(max(0, Int(time.nanoseconds / length.count)), bars.count - 1)
    }

    /// The highest bar.
    public var highest: Int { bars.max() ?? 0 }
}
