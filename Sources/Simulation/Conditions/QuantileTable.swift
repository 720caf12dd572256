internal import Coordination

/// A distribution as a table of its quantiles.
///
/// A draw interpolates between two quantiles in whole numbers, and a table is made with the four operations of arithmetic alone,
/// so a run is the same on every system: library functions such as `log` differ in their last bit.
struct QuantileTable: Sendable {
    /// The times, in nanoseconds, that 0/256, 1/256, … 256/256 of all stay below.
    let quantiles: [Int64]

    /// A table of these quantiles, which are 257 in ascending order.
    init(quantiles: [Int64]) {
        self.quantiles = quantiles
    }

    /// Always the same time.
    init(constant time: Nanoseconds) {
        self.init(quantiles: Array(repeating: time.count, count: 257))
    }

    /// Any time between two, each as likely as the other.
    init(from minimum: Nanoseconds, to maximum: Nanoseconds) {
        let span = Double(maximum.count - minimum.count)
        self.init(quantiles: (0...256).map { minimum.count + Int64(span * Double($0) / 256) })
    }

    /// A lognormal distribution.
    init(median: Nanoseconds, p95: Nanoseconds) {
        let sigma = Self.logarithm(Double(p95.count) / Double(median.count)) / 1.6448536269514722
        self.init(quantiles: Self.normalQuantiles.map { Int64(Double(median.count) * Self.exponential(sigma * $0)) })
    }

    /// The time for a random number.
    func draw(_ random: UInt64) -> Nanoseconds {
        let index = Int(random >> 56)
        let fraction = Int64(random >> 32 & 0xff_ffff)
        let (low, high) = (quantiles[index], quantiles[index + 1])
        return Nanoseconds(low + Int64((Double(high - low) * Double(fraction) * 0x1p-24).rounded(.down)))
    }

    /// The quantiles of the standard normal distribution at 0/256…256/256; the outermost stand for 1/1024 and 1023/1024.
    private static let normalQuantiles: [Double] = {
        var positive: [Double] = []
        for step in 0...128 {
            let share = step == 128 ? 1023.0 / 1024 : 0.5 + Double(step) / 256
            var z = positive.last ?? 0
            for _ in 0..<8 { z -= (normalShare(below: z) - share) / normalDensity(at: z) }
            positive.append(z)
        }
        return positive.dropFirst().reversed().map { -$0 } + positive
    }()

    private static func normalDensity(at z: Double) -> Double {
        0.3989422804014327 * exponential(-z * z / 2)
    }

    /// The series Φ(z) = 1/2 + φ(z) · (z + z³/3 + z⁵/15 + …).
    private static func normalShare(below z: Double) -> Double {
        var term = z
        var sum = z
        for odd in stride(from: 3.0, through: 101, by: 2) {
            term *= z * z / odd
            sum += term
        }
        return 0.5 + normalDensity(at: z) * sum
    }

    /// e to the power of x: (e^(x/1024))^1024, with the series for the small exponent.
    static func exponential(_ x: Double) -> Double {
        let small = x / 1024
        var term = 1.0
        var sum = 1.0
        for n in 1...10 {
            term *= small / Double(n)
            sum += term
        }
        for _ in 0..<10 { sum *= sum }
        return sum
    }

    /// The natural logarithm of a positive number, by Newton's method on the exponential.
    static func logarithm(_ x: Double) -> Double {
        let exponent = Double(x.exponent)
        let significand = x.significand
        var y = significand - 1
        for _ in 0..<8 { y += significand / exponential(y) - 1 }
        return y + exponent * 0.6931471805599453
    }
}
