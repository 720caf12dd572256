extension IncompleteGamma {
    /// The greatest number of values of P that ``inverseLower(_:_:)`` looks at: 8, and then at least every second one halves the
    /// interval, which holds fewer than 2⁶³ numbers.
    static let maximumRounds = 8 + 2 * 64

    /// P⁻¹(a, p): the x with P(a, x) = p.
    ///
    /// 0 for p = 0, infinity for p = 1; NaN unless 0 < a < infinity and 0 ≤ p ≤ 1. Where x is too small for a `Double`, 0.
    /// Returns after at most ``maximumRounds`` values of P, of at most ``maximumTerms`` terms each. Two to four do for a ≥ 1 and
    /// the usual probabilities.
    ///
    /// Newton's method for ln P (for p > ½: ln Q) as a function of ln x, kept between a lower and an upper bound. Where it strays
    /// or dawdles, the interval is halved, by the number of floating-point values in it.
    static func inverseLower(_ a: Double, _ p: Double) -> Double {
        guard a > 0, a.isFinite, p >= 0, p <= 1 else { return .nan }
        if p == 0 { return 0 }
        if p == 1 { return .infinity }
        let isUpper = p > 0.5
        let share = isUpper ? 1 - p : p
        var low = 0.0
        var high = Double.greatestFiniteMagnitude
        var x = firstGuess(a, p)
        for round in 1...maximumRounds {
            if !(x > low && x < high) || (round > 8 && round.isMultiple(of: 2)) { x = middle(low, high) }
            guard x > low else { return low }  // neighbours: nothing is between them
            let tails = tails(a, x)
            let value = isUpper ? tails.upper : tails.lower
            if value == share { return x }
            if (value > share) == isUpper { low = x } else { high = x }
            let slope = (isUpper ? -tails.slope : tails.slope) / value
            let step = -PortableMath.log(value / share) / slope
            if step.magnitude < 1e-10 { return x + x * step }
            x *= PortableMath.exp(step)
        }
        return middle(low, high)
    }

    /// The number in the middle of two positive ones, by the count of floating-point numbers between them; `low` for neighbours.
    private static func middle(_ low: Double, _ high: Double) -> Double {
        Double(bitPattern: low.bitPattern + (high.bitPattern - low.bitPattern) / 2)
    }

    /// Where to start: the Wilson-Hilferty approximation by a cube of a normal variable, or the first term of the series, the larger.
    private static func firstGuess(_ a: Double, _ p: Double) -> Double {
        let root = 1 - 1 / (9 * a) + normalQuantile(p) / (3 * a.squareRoot())
        let cube = root > 0 ? a * root * root * root : 0
        if a >= largeShape { return cube }
        let ofSeries = PortableMath.exp((PortableMath.log(p) + logGammaOfNext(a)) / a)
        return a < 0.5 ? ofSeries : max(cube, ofSeries)
    }

    /// The p-quantile of the normal distribution to three digits. Abramowitz and Stegun 26.2.23.
    private static func normalQuantile(_ p: Double) -> Double {
        let t = (-2 * PortableMath.log(min(p, 1 - p))).squareRoot()
        let numerator = 2.515517 + (0.802853 + 0.010328 * t) * t
        let denominator = 1 + (1.432788 + (0.189269 + 0.001308 * t) * t) * t
        let z = t - numerator / denominator
        return p < 0.5 ? -z : z
    }
}
