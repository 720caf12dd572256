import Testing

@testable import Scenarios

@Suite("Tallies")
struct TallyTests {
    @Test(
        "Three significant digits",
        arguments: [
            (0, 0), (1, 1), (999, 999), (999.4, 999), (999.5, 1000), (1234, 1230), (1235, 1240), (0.012345, 0.0123), (0.00099951, 0.001),
            (-2.347, -2.35), (123_456_789, 123_000_000), (2.000000001, 2), (1e-7, 1e-7), (5e22, 5e22), (1e300, 1e300),
        ] as [(Double, Double)])
    func digits(value: Double, expected: Double) {
        #expect(value.toThreeDigits == expected)
        #expect(expected.toThreeDigits == expected)
    }

    @Test("Number, sum, least and greatest are exact")
    func exact() {
        let tally = Tally([1.23456, 9.87654, 4.5])
        #expect(tally.count == 3 && tally.sum == 1.23456 + 9.87654 + 4.5 && tally.min == 1.23456 && tally.max == 9.87654)
        #expect(tally.entries.map(\.value) == [1.23, 4.5, 9.88])
        #expect(tally.mean == tally.sum / 3)
        #expect(Tally().mean == nil && Tally().quantile(0.5) == nil && Tally().share(atOrBelow: 3) == 0)
    }

    @Test(
        "Quantiles by the nearest rank",
        arguments: [
            (0, 1), (0.01, 1), (0.05, 5), (0.07, 7), (0.25, 25), (0.5, 50), (0.75, 75), (0.9, 90), (0.951, 96), (0.99, 99), (1, 100),
            (7, 100),
        ] as [(Double, Double)])
    func quantiles(share: Double, expected: Double) {
        #expect(Tally((1...100).reversed().map(Double.init)).quantile(share) == expected)
    }

    @Test("A quantile never leaves the range of the values")
    func bounds() {
        let tally = Tally([1.0049, 1.0049, 1.0049])
        #expect(tally.quantile(0.5) == 1.0049)
    }

    @Test("The share that is not above")
    func shares() {
        let tally = Tally([1, 2, 2, 4.004])
        #expect([0.5, 1, 1.5, 2, 4, 4.004].map(tally.share(atOrBelow:)) == [0, 0.25, 0.25, 0.75, 1, 1])
    }

    @Test("Parts that are merged are the whole, in any order")
    func merge() {
        let values = (0..<500).map { Double(($0 * 7919) % 1009) / 8 }
        let whole = Tally(values)
        var parts = Tally()
        for start in [300, 0, 200, 100, 400] { parts.merge(Tally(values[start..<start + 100])) }
        parts.merge(Tally())
        #expect(parts == whole)
    }

    @Test("Parts that do not fit each other are no tally")
    func wrong() {
        func tally(_ entries: [(Double, Int)], min: Double = 0, max: Double = 9) -> Tally? {
            Tally(entries: entries.map { Tally.Entry(value: $0.0, count: $0.1) }, sum: 1, min: min, max: max)
        }
        #expect(tally([(1, 2), (3, 4)])?.count == 6)
        #expect(tally([(1, 0)]) == nil && tally([(3, 1), (1, 1)]) == nil && tally([(1, 1), (1, 1)]) == nil)
        #expect(tally([(1, .max), (2, 1)]) == nil && tally([(.nan, 1)]) == nil && tally([(1, 1)], min: 2, max: 1) == nil)
    }
}

@Suite("Means and their intervals")
struct MeanIntervalTests {
    // scipy.stats.t.ppf(0.975, n)
    @Test(
        "The quantile of Student's t",
        arguments: [
            (1, 12.706204736174694), (2, 4.302652729749462), (5, 2.5705818356363146), (10, 2.228138851986274), (30, 2.0422724563012378),
            (31, 2.039513446396408), (40, 2.021075390306273), (60, 2.0002978220142604), (120, 1.9799304050824402),
            (1000, 1.9623390808264083),
            (10000, 1.960201239890626),
        ])
    func student(degrees: Int, expected: Double) {
        #expect(abs(MeanInterval.studentT(degrees: degrees) - expected) < 1e-6)
    }

    // numpy.mean, and t.ppf(0.975, n - 1) * numpy.std(x, ddof=1) / sqrt(n)
    @Test("Intervals")
    func intervals() throws {
        let few = try #require(MeanInterval([1.2, -0.4, 0.9, 2.1, 0.3]))
        #expect(few.count == 5 && abs(few.mean - 0.82) < 1e-12)
        #expect(try abs(#require(few.margin) - 1.169407564835358) < 1e-6)
        let many = try #require(MeanInterval((0..<101).map { Double(($0 * 37) % 101) / 10 }))
        #expect(try abs(many.mean - 5) < 1e-9 && abs(#require(many.margin) - 0.5784221242627007) < 1e-6)
        let one = try #require(MeanInterval([3]))
        #expect(MeanInterval([]) == nil && one.mean == 3 && one.margin == nil)
    }
}
