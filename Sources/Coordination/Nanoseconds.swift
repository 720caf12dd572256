/// A length of time in whole nanoseconds: what the machines reckon with.
///
/// 64 bits rather than the 128 of `Duration`, because deadlines are compared on every advance.
@frozen
public struct Nanoseconds: Hashable, Comparable, Sendable, Codable {
    /// The number of nanoseconds.
    public let count: Int64

    /// This many nanoseconds.
    @inlinable
    public init(_ count: Int64) {
        self.count = count
    }

    /// The duration in whole nanoseconds, rounded towards zero; beyond ± 292 years, the end of the range.
    public init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        count = overflow || carry ? (seconds < 0 ? .min : .max) : sum
    }

    /// This many microseconds.
    public static func microseconds(_ count: Int64) -> Nanoseconds { scaled(count, 1000) }

    /// This many milliseconds.
    public static func milliseconds(_ count: Int64) -> Nanoseconds { scaled(count, 1_000_000) }

    /// This many seconds.
    public static func seconds(_ count: Int64) -> Nanoseconds { scaled(count, 1_000_000_000) }

    /// This many minutes.
    public static func minutes(_ count: Int64) -> Nanoseconds { scaled(count, 60_000_000_000) }

    /// No time at all.
    public static var zero: Nanoseconds { Nanoseconds(0) }

    private static func scaled(_ count: Int64, _ unit: Int64) -> Nanoseconds {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return Nanoseconds(overflow ? (count < 0 ? .min : .max) : product)
    }

    /// Whether the first length is the shorter one.
    @inlinable
    public static func < (a: Nanoseconds, b: Nanoseconds) -> Bool {
        a.count < b.count
    }

    /// Encodes the length as its number of nanoseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }

    /// Decodes a length from its number of nanoseconds.
    public init(from decoder: any Decoder) throws {
        count = try decoder.singleValueContainer().decode(Int64.self)
    }
}
