/// The axis of a plot that the values stand at, with round numbers at its ends, its ticks and the bounds of its bins.
struct PlotAxis: Sendable {
    /// Whether equal distances are equal ratios.
    let isLogarithmic: Bool
    /// From where to where it reaches.
    let range: ClosedRange<Double>
    /// The numbers that are written at it.
    let ticks: [Double]
    /// The bins of a histogram, next to each other over the whole axis.
    let bins: [ClosedRange<Double>]

    /// An axis for all of these values, of which there is at least one.
    init(_ measure: PutMeasure, _ tallies: [Tally]) {
        let low = tallies.map(\.min).min() ?? 0
        let high = tallies.map(\.max).max() ?? 1
        let least = tallies.flatMap(\.entries).map(\.value).filter { $0 > 0 }.min() ?? 1
        if measure == .duration, low > 0, high / least >= 15 {
            self.init(logarithmic: least, high)
        } else if measure.isCount, high - low <= 24 {
            self.init(whole: Int(low), Int(high))
        } else {
            self.init(linear: low, high, isShare: measure.isShare, isCount: measure.isCount)
        }
    }

    private init(logarithmic low: Double, _ high: Double) {
        // Bounds at 1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8, 10: ten in each power of ten.
        let steps = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8]
        var power = 1.0
        while power > low { power /= 10 }
        while power * 10 <= low { power *= 10 }
        var bounds: [Double] = []
        while bounds.last ?? 0 <= high {
            bounds += steps.map { ($0 * power).toThreeDigits }
            power *= 10
        }
        let first = bounds.lastIndex { $0 <= low } ?? 0
        let last = bounds.firstIndex { $0 > high } ?? bounds.count - 1
        isLogarithmic = true
        range = bounds[first]...bounds[last]
        bins = (first..<last).map { bounds[$0]...bounds[$0 + 1] }
        // Ticks at 1, 2 and 5; over more than three powers of ten at 1 only.
        let isWide = bounds[last] / bounds[first] > 1000
        ticks = zip(bounds, bounds.indices).filter { bound, place in
            place >= first && place <= last && (place % 10 == 0 || !isWide && (place % 10 == 3 || place % 10 == 7))
        }.map(\.0)
    }

    /// Every whole number has a bin of its own, in whose middle it stands.
    private init(whole low: Int, _ high: Int) {
        isLogarithmic = false
        range = Double(low) - 0.5...Double(high) + 0.5
        bins = (low...high).map { Double($0) - 0.5...Double($0) + 0.5 }
        let step = max(1, (high - low + 8) / 9)
        ticks = stride(from: low, through: high, by: step).map(Double.init)
    }

    private init(linear low: Double, _ high: Double, isShare: Bool, isCount: Bool) {
        // A tick has three digits at most, so that it is written as it is.
        let wanted = max((high - low) / 5, max(low.magnitude, high.magnitude) / 100, isCount ? 1 : 0)
        let step = RoundStep(atLeast: wanted > 0 ? wanted : 0.2)
        var first = Int((low / step.value).rounded(.down))
        // The last bin of counts ends below the end of the axis, so it holds what stands there.
        var last = isCount ? Int((high / step.value).rounded(.down)) + 1 : Int((high / step.value).rounded(.up))
        // Where a quotient was rounded to the wrong side.
        if step.times(first) > low { first -= 1 }
        if step.times(last) < high { last += 1 }
        if first == last { (first, last) = (low > 0 || !isShare ? first - 1 : first, isShare && high >= 1 ? last : last + 1) }
        if low >= 0 { first = max(first, 0) }
        isLogarithmic = false
        range = step.times(first)...step.times(last)
        ticks = (first...last).map { step.times($0) }
        // Four or five bins between two ticks; for counts of whole numbers.
        let parts = isCount ? [4, 5, 2].first { Int(step.value) % $0 == 0 } ?? 1 : 4
        bins = (first * parts..<last * parts).map { step.times($0, per: parts)...step.times($0 + 1, per: parts) }
    }

    /// 1, 2 or 5 times a power of ten.
    private struct RoundStep {
        private let digit: Int
        private let exponent: Int

        /// The least that is not less than a number above 0.
        init(atLeast step: Double) {
            var power = 0
            while Self.scaled(1, power) < step { power += 1 }
            while Self.scaled(1, power - 1) >= step { power -= 1 }
            let smaller = [2, 5].first { Self.scaled($0, power - 1) >= step }
            (digit, exponent) = smaller.map { ($0, power - 1) } ?? (1, power)
        }

        var value: Double { times(1) }

        /// So many times the step, or a part of it: 1, 2, 4 or 5 parts. Rounded once.
        func times(_ count: Int, per parts: Int = 1) -> Double { Self.scaled(count * digit * (100 / parts), exponent - 2) }

        private static func scaled(_ count: Int, _ exponent: Int) -> Double {
            var power = 1.0
            for _ in 0..<abs(exponent) { power *= 10 }
            return exponent < 0 ? Double(count) / power : Double(count) * power
        }
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper one; values beyond are at the ends.
    func place(of value: Double) -> Double {
        let value = min(max(value, range.lowerBound), range.upperBound)
        guard isLogarithmic else { return (value - range.lowerBound) / (range.upperBound - range.lowerBound) }
        return (value / range.lowerBound).binaryLogarithm / (range.upperBound / range.lowerBound).binaryLogarithm
    }

    /// The value that stands at a place of 0…1.
    func value(at place: Double) -> Double {
        guard isLogarithmic else { return range.lowerBound + place * (range.upperBound - range.lowerBound) }
        var (low, high) = (range.lowerBound, range.upperBound)
        for _ in 0..<40 {
            let middle = (low * high).squareRoot()
            if self.place(of: middle) < place { low = middle } else { high = middle }
        }
        return high
    }
}
