/// `exp` and `log` from the four basic operations alone, which IEEE 754 defines to the last bit.
///
/// The functions of the system's library differ in their last bit between systems. With these the thresholds of a run, and so the run,
/// are the same everywhere.
enum PortableMath {
    /// ln 2, split in two so that small multiples of the first part are exact.
    private static let ln2High = 0x1.62e42feep-1
    private static let ln2Low = 0x1.a39ef35793c76p-33

    /// e to the power of `x`, to a few units in the last place: 0 where that is too small for a `Double`, infinity where too large.
    ///
    /// Reduces `x` to |r| ≤ ln 2 / 2 and sums the Taylor series of r.
    static func exp(_ x: Double) -> Double {
        guard x > -746 else { return x.isNaN ? x : 0 }
        guard x < 710 else { return .infinity }
        let power = (x / (ln2High + ln2Low)).rounded()
        let rest = (x - power * ln2High) - power * ln2Low
        // The powers up to the fourteenth: the next term is less than half a unit in the last place.
        var high = 1.0 / 479_001_600 + rest * (1.0 / 6_227_020_800 + rest / 87_178_291_200)
        high = 1.0 / 3_628_800 + rest * (1.0 / 39_916_800 + rest * high)
        high = 1.0 / 5040 + rest * (1.0 / 40_320 + rest * (1.0 / 362_880 + rest * high))
        let middle = 1.0 / 24 + rest * (1.0 / 120 + rest * (1.0 / 720 + rest * high))
        let sum = 1 + rest * (1 + rest * (0.5 + rest * (1.0 / 6 + rest * middle)))
        return Double(sign: .plus, exponent: Int(power), significand: sum)
    }

    /// The natural logarithm, to a few units in the last place: -infinity at 0, NaN below.
    ///
    /// Takes the power of two off and sums the series of the inverse hyperbolic tangent.
    static func log(_ x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x.isFinite else { return x }
        var power = Double(x.exponent)
        var mantissa = x.significand
        if mantissa > 1.4142135623730951 {
            mantissa /= 2
            power += 1
        }
        let s = (mantissa - 1) / (mantissa + 1)
        return power * ln2High + (2 * s + (power * ln2Low + 2 * s * s * s * atanhTail(s * s)))
    }

    /// x/a − 1 − ln(x/a) for x and a > 0, without the loss of digits that the difference has around x = a.
    static func logGap(_ x: Double, _ a: Double) -> Double {
        let d = (x - a) / a
        guard d.magnitude < 0.3 else { return d - log(x / a) }
        let s = d / (2 + d)
        return s * (d - 2 * s * s * atanhTail(s * s))
    }

    /// 1/3 + t/5 + t²/7 + …: what remains of (artanh s)/s for t = s² after its first term, divided by t. For t ≤ 0.035.
    private static func atanhTail(_ t: Double) -> Double {
        let high = 1.0 / 19 + t * (1.0 / 21 + t * (1.0 / 23 + t * (1.0 / 25 + t / 27)))
        let middle = 1.0 / 11 + t * (1.0 / 13 + t * (1.0 / 15 + t * (1.0 / 17 + t * high)))
        return 1.0 / 3 + t * (1.0 / 5 + t * (1.0 / 7 + t * (1.0 / 9 + t * middle)))
    }
}
