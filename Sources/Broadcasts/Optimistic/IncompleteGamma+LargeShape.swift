extension IncompleteGamma {
    /// P(a, x) and Q(a, x) for a ≥ ``largeShape`` and |x − a| ≤ a / 4: Temme's uniform expansion, four terms in 1/a.
    ///
    /// With ½η² = x/a − 1 − ln(x/a): Q = ½ erfc(η √(a/2)) + e^(−½aη²)/√(2πa) · Σ cₖ(η) a⁻ᵏ.
    /// The complementary error function is itself an upper incomplete gamma function: erfc(z) = Q(½, z²).
    ///
    /// Source: DLMF 8.12.3 to 8.12.10; the power series of cₖ were computed from the recurrence there with 60 digits.
    static func tailsOfLargeShape(_ a: Double, _ x: Double, slope: Double) -> Tails {
        let halfSquare = PortableMath.logGap(x, a)
        let eta = x < a ? -(2 * halfSquare).squareRoot() : (2 * halfSquare).squareRoot()
        var correction = 0.0
        for coefficients in expansion.reversed() {
            correction = correction / a + coefficients.reversed().reduce(0) { $0 * eta + $1 }
        }
        correction *= PortableMath.exp(-a * halfSquare) / ((2 * Double.pi).squareRoot() * a.squareRoot())
        let normal = tails(0.5, a * halfSquare).upper / 2
        if x < a {
            let lower = max(0, normal - correction)
            return Tails(lower: lower, upper: 1 - lower, slope: slope)
        }
        let upper = max(0, normal + correction)
        return Tails(lower: 1 - upper, upper: upper, slope: slope)
    }

    /// The power series in η of c₀, c₁, c₂ and c₃.
    private static let expansion: [[Double]] = [
        [
            -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073, 0.0003527336860670194,
            -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06, -1.85406221071516e-06, 8.296711340953087e-07,
            -1.7665952736826078e-07, 6.707853543401498e-09, 1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10,
        ],
        [
            -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596, 0.00020576131687242798,
            -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06, -1.6120900894563446e-06, 4.647127802807434e-09,
            1.378633446915721e-07, -5.752545603517705e-08,
        ],
        [
            0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06, -0.0001073665322636516,
            5.2923448829120125e-05, -1.2760635188618728e-05, 3.423578734096138e-08,
        ],
        [
            0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557, 0.00026772063206283885,
        ],
    ]
}
