internal import Coordination

/// Round lengths of time, each about twice the one before: 1 ms, 2 ms, 5 ms, 10 ms and so on. The last one is the longest that there is.
struct RoundLengths: Sequence, IteratorProtocol {
    private var power: Int64? = 1_000_000
    private var digits = [1, 2, 5][...]

    mutating func next() -> Nanoseconds? {
        guard let power else { return nil }
        guard let digit = digits.popFirst() else {
            let (following, overflow) = power.multipliedReportingOverflow(by: 10)
            self.power = overflow ? nil : following
            digits = [1, 2, 5]
            return overflow ? Nanoseconds(.max) : next()
        }
        let (length, overflow) = power.multipliedReportingOverflow(by: Int64(digit))
        guard overflow else { return Nanoseconds(length) }
        self.power = nil
        return Nanoseconds(.max)
    }

    /// The shortest round length of which at most so many cover a stretch of time.
    ///
    /// - Parameter count: 1 or more.
    static func covering(_ stretch: Nanoseconds, in count: Int) -> Nanoseconds {
        RoundLengths().first { stretch.count / $0.count < Int64(count) } ?? Nanoseconds(.max)
    }
}
