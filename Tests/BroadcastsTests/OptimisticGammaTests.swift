import Testing

@testable import Broadcasts

@Suite("The incomplete gamma functions")
struct OptimisticGammaTests {
    /// The numbers of a table, line by line.
    private func rows(_ table: String) -> [[Double]] {
        table.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
    }

    /// Compares the inverses of a table with ours: a relative error of 1e-12, and 0 where 0 is right.
    private func checkInverses(_ table: String, shapes: Int) {
        let rows = rows(table)
        #expect(rows.count == shapes + 1)
        for row in rows.dropFirst() {
            #expect(row.count == rows[0].count + 1)
            for (p, expected) in zip(rows[0], row.dropFirst()) {
                let value = IncompleteGamma.inverseLower(row[0], p)
                let error = expected == 0 ? value : abs(value / expected - 1)
                #expect(error <= 1e-12, "a = \(row[0]), p = \(p): \(value), not \(expected)")
            }
        }
    }

    @Test("The inverse is that of SciPy 1.17.1, to 1e-12")
    func inverse() {
        checkInverses(GammaTable.inverseLow, shapes: 151)
        checkInverses(GammaTable.inverseHigh, shapes: 151)
    }

    @Test("The inverse for large shapes is that of mpmath 1.3.0, to 1e-12")
    func inverseOfLargeShapes() {
        checkInverses(GammaTable.inverseLarge, shapes: 6)
    }

    @Test("Both functions are those of mpmath 1.3.0, to 1e-12")
    func tails() {
        for row in rows(GammaTable.tails) {
            let (a, x) = (row[0], row[1])
            let tails = IncompleteGamma.tails(a, x)
            // The larger tail has the smaller relative error; that of the smaller one tells.
            let error = max(abs(tails.lower / row[2] - 1), abs(tails.upper / row[3] - 1))
            #expect(error <= 1e-12, "a = \(a), x = \(x): \(tails)")
            #expect(IncompleteGamma.lower(a, x) == tails.lower)
        }
    }

    @Test("The constants of the paper, for k = 20")
    func paper() {
        #expect(abs(IncompleteGamma.inverseLower(20, 1 - 0.9) - 14.525) < 0.0005)
        #expect(abs(IncompleteGamma.inverseLower(20 / 2 + 1, 1 - 0.1) - 15.407) < 0.0005)
    }

    @Test("Q(1, x) is e⁻ˣ, and P(½, x) − P(3/2, x) is the leading factor")
    func identities() {
        for step in 1...80 {
            let x = Double(step) / 4
            #expect(abs(IncompleteGamma.tails(1, x).upper / PortableMath.exp(-x) - 1) < 1e-13)
            let difference = IncompleteGamma.lower(0.5, x) - IncompleteGamma.lower(1.5, x)
            let expected = IncompleteGamma.leadingFactor(0.5, x)
            #expect(abs(difference - expected) < 1e-14)
        }
    }

    @Test("The ends, and what is no argument")
    func ends() {
        for a in [1e-300, 0.5, 1, 20, 1e6, 1e300] {
            #expect(IncompleteGamma.inverseLower(a, 0) == 0)
            #expect(IncompleteGamma.inverseLower(a, 1) == .infinity)
            #expect(IncompleteGamma.lower(a, 0) == 0)
            #expect(IncompleteGamma.lower(a, .infinity) == 1)
            for p in [-1, -1e-300, 1.0.nextUp, .infinity, -.infinity, .nan] {
                #expect(IncompleteGamma.inverseLower(a, p).isNaN)
            }
            for x in [-1, -1e-300, -.infinity, .nan] { #expect(IncompleteGamma.lower(a, x).isNaN) }
        }
        for a in [0, -1, -1e-300, .infinity, -.infinity, .nan] {
            for value in [0, 0.5, 1, .infinity, .nan] {
                #expect(IncompleteGamma.inverseLower(a, value).isNaN)
                #expect(IncompleteGamma.lower(a, value).isNaN)
            }
        }
    }

    @Test("Every shape and probability has an answer, and it is the answer")
    func hostile() {
        let shapes = [
            .leastNonzeroMagnitude, 1e-300, 1e-10, 0.01, 0.3, 0.9, 1, 1.1, 3, 20, 998, 1e3, 1e4, 1e6, 1e9, 1e15, 1e16, 1e100, 1e308,
        ]
        let probabilities = [
            .leastNonzeroMagnitude, 1e-300, 1e-100, 1e-16, 1e-6, 0.1, 0.5.nextDown, 0.5, 0.5.nextUp, 0.9, 1 - 1e-6, 1 - 1e-12, 1.0.nextDown,
        ]
        for a in shapes {
            var last = 0.0
            for p in probabilities {
                let x = IncompleteGamma.inverseLower(a, p)
                #expect(x >= 0 && x.isFinite, "a = \(a), p = \(p): \(x)")
                #expect(x >= last * (1 - 1e-9), "a = \(a): not monotone at p = \(p)")
                last = x
                guard a >= 0.3, a <= 1e9, p >= 1e-300, x > 1e-300 else { continue }
                let tails = IncompleteGamma.tails(a, x)
                let (value, share) = p > 0.5 ? (tails.upper, 1 - p) : (tails.lower, p)
                // How far x itself may be off by its last bits.
                let slack = 1e-11 + 8e-16 * a * IncompleteGamma.leadingFactor(a, x) / value
                #expect(abs(value / share - 1) < slack, "a = \(a), p = \(p): P = \(value)")
            }
        }
    }

    @Test("P and Q stay within 0…1 and never decrease, or increase, over all of the numbers")
    func monotone() {
        for a in [1e-300, 0.01, 0.5, 1, 20, 999, 1001, 1e6, 1e9, 1e308] {
            var last = IncompleteGamma.tails(a, 0)
            for exponent in stride(from: -1074.0, through: 1023, by: 0.25) {
                let x = PortableMath.exp(min(exponent * 0.6931471805599453, 709.7))
                let tails = IncompleteGamma.tails(a, x)
                #expect((0...1).contains(tails.lower) && (0...1).contains(tails.upper), "a = \(a), x = \(x)")
                #expect(tails.lower >= last.lower - 1e-13 && tails.upper <= last.upper + 1e-13, "a = \(a), x = \(x)")
                last = tails
            }
        }
    }
}
