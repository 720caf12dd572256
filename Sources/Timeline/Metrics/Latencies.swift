public import Coordination

/// Lengths of time, for their percentiles and their histogram.
public struct Latencies: Hashable, Sendable {
    /// The lengths, the shortest first.
    public let sorted: [Nanoseconds]

    /// Lengths in any order. O(n log n).
    public init(_ lengths: [Nanoseconds]) {
        sorted = lengths.sorted()
    }

    private init(sorted: [Nanoseconds]) {
        self.sorted = sorted
    }

    /// Both together. O(n).
    public func merged(with other: Latencies) -> Latencies {
        var all: [Nanoseconds] = []
        all.reserveCapacity(count + other.count)
        var rest = other.sorted[...]
        for length in sorted {
            while let first = rest.first, first < length {
                all.append(first)
                rest.removeFirst()
            }
            all.append(length)
        }
        return Latencies(sorted: all + rest)
    }

    /// The number of lengths.
    public var count: Int { sorted.count }

    /// The percentiles that people look at.
    public static let usualPercents = [50, 75, 90, 95, 99]

    /// A percentile by the nearest rank: the shortest length that at least this share of all lengths does not exceed. It is always one of
    /// the lengths; nothing is interpolated. `nil` without lengths.
    ///
    /// - Parameter percent: 1…100; other numbers count as the nearest of these.
    public func percentile(_ percent: Int) -> Nanoseconds? {
        guard !sorted.isEmpty else { return nil }
        let rank = (min(max(percent, 1), 100) * count + 99) / 100
        return sorted[rank - 1]
    }

    /// A bar of a histogram.
    public struct Bar: Hashable, Sendable {
        /// The longest length that counts here; the one of the bar before it does not any more.
        public let limit: Nanoseconds
        /// How many lengths count here.
        public let count: Int
    }

    /// How many lengths there are up to 1 ms, 2 ms, 5 ms, 10 ms and so on: from the first bar that is not empty to the last one.
    ///
    /// O(bars · log n).
    public var histogram: [Bar] {
        guard let shortest = sorted.first, let longest = sorted.last else { return [] }
        var bars: [Bar] = []
        var before = 0
        for limit in RoundLengths() {
            let upTo = sorted.partitioningIndex { $0 > limit }
            if limit >= shortest { bars.append(Bar(limit: limit, count: upTo - before)) }
            before = upTo
            if limit >= longest { break }
        }
        return bars
    }
}
