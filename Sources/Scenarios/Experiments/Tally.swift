/// How often each value came: a distribution that takes little room and can be added to others.
///
/// Values are kept to three significant digits; their number, sum, least and greatest are exact.
public struct Tally: Hashable, Sendable {
    /// A value and how often it came.
    public struct Entry: Hashable, Sendable {
        /// The value, to three significant digits.
        public let value: Double
        /// How often it came: 1 or more.
        public var count: Int
    }

    /// The values, the least first.
    public private(set) var entries: [Entry] = []
    /// The number of values.
    public private(set) var count = 0
    /// The sum of the values, as they came.
    public private(set) var sum = 0.0
    /// The least value, as it came; 0 without values.
    public private(set) var min = 0.0
    /// The greatest value, as it came; 0 without values.
    public private(set) var max = 0.0

    /// No values.
    public init() {}

    /// Values in any order.
    public init(_ values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    /// A tally as it was written down; nil if its parts do not fit each other.
    init?(entries: [Entry], sum: Double, min: Double, max: Double) {
        let values = entries.map(\.value)
        var count = 0
        for entry in entries {
            let (total, overflow) = count.addingReportingOverflow(entry.count)
            guard entry.count > 0, !overflow else { return nil }
            count = total
        }
        guard values.allSatisfy(\.isFinite), zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }), sum.isFinite, min.isFinite,
            max.isFinite, min <= max
        else { return nil }
        (self.entries, self.count, self.sum, self.min, self.max) = (entries, count, sum, min, max)
    }

    /// Adds a value, which is finite. O(log d), and O(d) for one that is new, for d different values.
    public mutating func add(_ value: Double) {
        add(Entry(value: value.toThreeDigits, count: 1))
        (min, max) = count == 0 ? (value, value) : (Swift.min(min, value), Swift.max(max, value))
        count += 1
        sum += value
    }

    private mutating func add(_ entry: Entry) {
        let place = place(of: entry.value)
        if place < entries.count, entries[place].value == entry.value {
            entries[place].count += entry.count
        } else {
            entries.insert(entry, at: place)
        }
    }

    /// The first place whose value is not less.
    private func place(of value: Double) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].value < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Adds the values of another tally.
    public mutating func merge(_ other: Tally) {
        guard other.count > 0 else { return }
        for entry in other.entries { add(entry) }
        (min, max) = count == 0 ? (other.min, other.max) : (Swift.min(min, other.min), Swift.max(max, other.max))
        count += other.count
        sum += other.sum
    }

    /// The mean; nil without values.
    public var mean: Double? { count > 0 ? sum / Double(count) : nil }

    /// A quantile by the nearest rank: the least value that at least this share of all values does not exceed. Nothing is interpolated;
    /// the first and the last are exact, those between to three digits. Nil without values. O(d).
    ///
    /// - Parameter share: 0…1; other numbers count as the nearest of these.
    public func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        // A hair less, so that 0.07 of 100 values is the seventh.
        let exact = Swift.min(Swift.max(share, 0), 1) * Double(count)
        let rank = Swift.max(1, Int((exact - exact * 1e-12).rounded(.up)))
        if rank == 1 { return min }
        if rank >= count { return max }
        var passed = 0
        for entry in entries {
            passed += entry.count
            if passed >= rank { return Swift.min(Swift.max(entry.value, min), max) }
        }
        return max
    }

    /// The share of the values that are not greater than this one: 0…1; 0 without values. O(d).
    public func share(atOrBelow value: Double) -> Double {
        guard count > 0 else { return 0 }
        if value >= max { return 1 }
        return Double(entries.reduce(0) { $0 + ($1.value <= value ? $1.count : 0) }) / Double(count)
    }
}

extension Double {
    /// The number to three significant digits, halves away from zero. Beyond 1e±25 it stays as it is.
    var toThreeDigits: Double {
        let size = magnitude
        guard size >= 1e-25, size < 1e25 else { return self }
        var exponent = 0
        // The power of ten by which three digits stand before the point.
        if size < 100 { while Self.scaled(size, -exponent) < 100 { exponent -= 1 } }
        if size >= 1000 { while Self.scaled(size, -exponent) >= 1000 { exponent += 1 } }
        let digits = Self.scaled(size, -exponent).rounded(.toNearestOrAwayFromZero)
        return (self < 0 ? -1 : 1) * Self.scaled(digits, exponent)
    }

    /// The number times a power of ten, rounded once where that power is exact.
    private static func scaled(_ value: Double, _ exponent: Int) -> Double {
        var power = 1.0
        for _ in 0..<abs(exponent) { power *= 10 }
        return exponent < 0 ? value / power : value * power
    }
}
