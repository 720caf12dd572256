internal import TOMLFields

/// The seeds of an experiment: `1..10`, `7`, or several of these with commas between them.
public struct Seeds: Hashable, Sendable, CustomStringConvertible {
    /// The largest number of seeds.
    public static let limit = 100_000_000

    private let ranges: [ClosedRange<Int>]

    /// The number of seeds: 1 or more.
    public let count: Int

    /// Reads seeds.
    ///
    /// - Throws: a sentence with the option, what is wrong, and what would be right.
    public init(_ text: String) throws(RunError) {
        let remedy = "give two numbers from 0 on, such as 1..10, or single ones, such as 1,2,5"
        var ranges: [ClosedRange<Int>] = []
        var count = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = String(part).split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first >= 0, last >= 0 else {
                throw RunError("--seeds \(text): \(String(part).quoted) is no seed and no range of seeds; \(remedy)")
            }
            guard first <= last else {
                throw RunError("--seeds \(text): the range \(first)..\(last) goes backwards; give \(last)..\(first)")
            }
            guard !ranges.contains(where: { $0.overlaps(first...last) }) else {
                throw RunError("--seeds \(text): a seed stands there twice; give each once")
            }
            guard last - first < Self.limit - count else {
                throw RunError("--seeds \(text): these are more than \(Self.limit) seeds; give fewer")
            }
            count += last - first + 1
            ranges.append(first...last)
        }
        self.ranges = ranges
        self.count = count
    }

    /// The seed at a place, from 0 on. O(ranges).
    public subscript(place: Int) -> UInt64 {
        var rest = place
        for range in ranges {
            if rest < range.count { return UInt64(range.lowerBound + rest) }
            rest -= range.count
        }
        preconditionFailure("there are \(count) seeds")
    }

    /// The seeds as they are written.
    public var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)" }.joined(separator: ",")
    }
}
