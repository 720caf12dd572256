extension Double {
    /// The logarithm of a number of 1 or more to base 2: the exponent, and the significand by repeated squaring. Right to 1e-12, and on
    /// every system the same.
    var binaryLogarithm: Double {
        var result = Double(exponent)
        var rest = significand
        var bit = 0.5
        while bit > 1e-12 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
