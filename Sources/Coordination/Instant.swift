/// A moment of a run, in nanoseconds since its start.
///
/// Machines read no clock: whoever drives them says what time it is. Arithmetic saturates at the ends of the range (± 292 years).
@frozen
public struct Instant: Hashable, Comparable, Sendable, Codable {
    /// Nanoseconds since the start of the run.
    public let nanoseconds: Int64

    /// The moment this many nanoseconds after the start.
    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The start of the run.
    @inlinable
    public static var start: Instant { Instant(nanoseconds: 0) }

    /// The last moment there is.
    @inlinable
    public static var distantFuture: Instant { Instant(nanoseconds: .max) }

    /// The moment this much later, or the end of the range.
    @inlinable
    public func advanced(by duration: Nanoseconds) -> Instant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.count)
        return Instant(nanoseconds: overflow ? (duration.count < 0 ? .min : .max) : sum)
    }

    /// The time from this moment to another, negative if the other is earlier.
    @inlinable
    public func duration(to other: Instant) -> Nanoseconds {
        let (difference, overflow) = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
        return Nanoseconds(overflow ? (other < self ? .min : .max) : difference)
    }

    /// Whether a deadline at this moment has passed at `now`: only when `now` is later.
    @inlinable
    public func hasPassed(at now: Instant) -> Bool {
        now > self
    }

    /// The first moment at which a deadline at this moment has passed: one nanosecond later.
    @inlinable
    public var firstMomentPast: Instant { advanced(by: Nanoseconds(1)) }

    /// Whether the first moment is the earlier one.
    @inlinable
    public static func < (a: Instant, b: Instant) -> Bool {
        a.nanoseconds < b.nanoseconds
    }

    /// Encodes the moment as its number of nanoseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }

    /// Decodes a moment from its number of nanoseconds.
    public init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
    }
}
