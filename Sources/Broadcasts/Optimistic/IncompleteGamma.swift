/// The regularised incomplete gamma functions of shape a > 0: P(a, x), the lower one, and Q(a, x) = 1 − P(a, x), the upper one.
///
/// P(a, x) = 1/Γ(a) · ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt is the probability that the a-th of random arrivals (one per unit of time on average) has come
/// by time x.
/// In a network of n random keys the distance of the k-th closest to a target, in units of 1/n, is about such an arrival.
///
/// Every call returns, after at most ``maximumTerms`` terms of a series, and is never NaN for valid input. For a ≥ ½ the relative error
/// of P and Q is below 1e-11 (1e-12 in the tables of the tests). For smaller a Q loses digits where it is itself small and x < 1.
///
/// Sources: DLMF sections 8.7, 8.9, 8.11 and 8.12; Press et al., "Numerical Recipes", third edition, section 6.2.
enum IncompleteGamma {
    /// Both functions of one argument. The smaller of the two has all its digits.
    struct Tails {
        /// P(a, x).
        let lower: Double
        /// Q(a, x).
        let upper: Double
        /// xᵃ e⁻ˣ / Γ(a): the derivative of P by ln x, 0 where a tail is 0.
        var slope = 0.0
    }

    /// The greatest number of terms of a series or a continued fraction. The most that any input was seen to need is 272 (a = 998, x ≈ a).
    static let maximumTerms = 500

    /// From this shape on, the expansion for large shapes is used around x = a.
    static let largeShape = 1000.0

    /// P(a, x): 0 for x = 0, 1 for x = infinity; NaN unless 0 < a < infinity and x ≥ 0.
    static func lower(_ a: Double, _ x: Double) -> Double {
        tails(a, x).lower
    }

    /// P(a, x) and Q(a, x); both NaN unless 0 < a < infinity and x ≥ 0.
    static func tails(_ a: Double, _ x: Double) -> Tails {
        guard a > 0, a.isFinite, x >= 0 else { return Tails(lower: .nan, upper: .nan) }
        if x == 0 { return Tails(lower: 0, upper: 1) }
        if x == .infinity { return Tails(lower: 1, upper: 0) }
        let factor = leadingFactor(a, x)
        // One of the tails is too small for a `Double`.
        if factor == 0 { return x < a ? Tails(lower: 0, upper: 1) : Tails(lower: 1, upper: 0) }
        let slope = a * factor
        if a >= largeShape, (x - a).magnitude <= a / 4 { return tailsOfLargeShape(a, x, slope: slope) }
        if x < a + 1 {
            let lower = min(factor * series(a, x), 1)
            return Tails(lower: lower, upper: 1 - lower, slope: slope)
        }
        let upper = min(slope * continuedFraction(a, x), 1)
        return Tails(lower: 1 - upper, upper: upper, slope: slope)
    }

    /// xᵃ e⁻ˣ / Γ(a + 1): the first term of the series.
    ///
    /// For large a by its distance from the peak at x = a, so that the huge powers never meet.
    static func leadingFactor(_ a: Double, _ x: Double) -> Double {
        if a < 16 { return PortableMath.exp(a * PortableMath.log(x) - x - logGammaOfNext(a)) }
        let exponent = -a * PortableMath.logGap(x, a) - stirlingError(a)
        return PortableMath.exp(exponent) / ((2 * Double.pi).squareRoot() * a.squareRoot())
    }

    /// ln Γ(a + 1), with Stirling's series far enough up, and down again by Γ(a + 1) = aΓ(a).
    static func logGammaOfNext(_ a: Double) -> Double {
        var raised = a
        var product = 1.0
        while raised < 16 {
            raised += 1
            product *= raised
        }
        let halfLogOfTwoPi = 0.91893853320467274178
        return (raised + 0.5) * PortableMath.log(raised) - raised + halfLogOfTwoPi + stirlingError(raised) - PortableMath.log(product)
    }

    /// What Stirling's formula misses of ln Γ(a + 1), for a ≥ 16. DLMF 5.11.1.
    private static func stirlingError(_ a: Double) -> Double {
        let t = 1 / (a * a)
        return (1.0 / 12 - t * (1.0 / 360 - t * (1.0 / 1260 - t * (1.0 / 1680 - t / 1188)))) / a
    }

    /// 1 + x/(a+1) + x²/((a+1)(a+2)) + …: P without its leading factor. DLMF 8.7.1. Converges fast enough for x < a + 1.
    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        for index in 1...maximumTerms {
            term *= x / (a + Double(index))
            sum += term
            if term <= sum * 0x1p-54 { break }
        }
        return sum
    }

    /// 1/(x+1−a− 1(1−a)/(x+3−a− 2(2−a)/(x+5−a− …))): Q without its leading factor. DLMF 8.9.2.
    ///
    /// By the modified Lentz method, for x ≥ a + 1: there all denominators are positive.
    private static func continuedFraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 0x1p-1000
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var fraction = d
        for index in 1...maximumTerms {
            let numerator = Double(index) * (a - Double(index))
            b += 2
            d = 1 / atLeast(tiny, numerator * d + b)
            c = atLeast(tiny, b + numerator / c)
            fraction *= c * d
            if (c * d - 1).magnitude <= 0x1p-52 { break }
        }
        return fraction
    }

    /// The value, or `limit` where it is so close to 0 that nothing can be divided by it.
    private static func atLeast(_ limit: Double, _ value: Double) -> Double {
        value.magnitude < limit ? limit : value
    }
}
