/// The mean of a sample, and where the mean of the whole may lie.
public struct MeanInterval: Hashable, Sendable {
    /// The number of values.
    public let count: Int
    /// Their mean.
    public let mean: Double
    /// Half the width of the 95 % confidence interval, by Student's t; nil for fewer than two values.
    public let margin: Double?

    /// The mean of these values, nil without any.
    public init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        count = values.count
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        guard values.count > 1 else {
            margin = nil
            return
        }
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        margin = Self.studentT(degrees: values.count - 1) * (variance / Double(values.count)).squareRoot()
    }

    /// The 97.5 % quantile of Student's t with so many degrees of freedom, 1 or more: right to 6 digits.
    ///
    /// Source: up to 30 degrees the usual table; beyond, Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
    static func studentT(degrees: Int) -> Double {
        if degrees <= table.count { return table[max(1, degrees) - 1] }
        let z = 1.959963984540054
        let n = Double(degrees)
        let (z2, z3) = (z * z, z * z * z)
        let (z5, z7) = (z3 * z2, z3 * z2 * z2)
        let first = (z3 + z) / 4
        let second = (5 * z5 + 16 * z3 + 3 * z) / 96
        let third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
        let fourth = (79 * z7 * z2 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / 92160
        return z + (first + (second + (third + fourth / n) / n) / n) / n
    }

    private static let table = [
        12.7062047, 4.3026527, 3.1824463, 2.7764451, 2.5705818, 2.4469119, 2.3646243, 2.3060041, 2.2621572, 2.2281389,
        2.2009852, 2.1788128, 2.1603687, 2.1447867, 2.1314495, 2.1199053, 2.1098156, 2.1009220, 2.0930241, 2.0859634,
        2.0796138, 2.0738731, 2.0686576, 2.0638986, 2.0595386, 2.0555294, 2.0518305, 2.0484071, 2.0452296, 2.0422725,
    ]
}
