import TestSupport
import Testing

@testable import Scenarios

@Suite("Simulated networks beside measured ones")
struct ValidationTests {
    /// One seed, with a tenth of the puts: enough for every row but the tail of V1, which wants thousands of puts. The whole validation runs
    /// under `KADSCOPE_LONG=1`, and as `kadscope validate`.
    @Test("The fitted rows hold, and eight of the others")
    func rows() throws {
        var validation = Validation(longRunsWanted ? .full : .reduced, seed: longRunsWanted ? 1 : 3)
        var shares: [Double] = []
        #expect(
            validation.run { share in
                shares.append(share)
                return true
            })
        #expect(validation.rows.map(\.id) == ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V13"])
        #expect(validation.rows.filter(\.isFitted).map(\.id) == ["V1", "V2"])
        for row in validation.rows { #expect(row.holds, "\(row)") }
        #expect(ValidationTable.isEnough(validation.rows))
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 } && shares.allSatisfy { (0...1.0001).contains($0) })
        let lines = ValidationTable.lines(of: validation, isPartial: false)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.last == "2 of 2 fitted rows hold, and 10 of 10 others.")
    }

    @Test("Stopped at once it has no rows, and says that it was stopped")
    func stopped() {
        var validation = Validation(.reduced)
        #expect(!validation.run { _ in false })
        #expect(validation.rows.isEmpty && !ValidationTable.isEnough(validation.rows))
        #expect(ValidationTable.lines(of: validation, isPartial: true).contains { $0.hasPrefix("partial: ") })
    }

    @Test("A row that does not hold is told, and too many of them are too few")
    func failing() {
        func row(_ id: String, _ ours: Double, isFitted: Bool = false) -> ValidationRow {
            ValidationRow(
                id: id, quantity: "a time, s", source: "somebody", tolerance: "± 15 %", isFitted: isFitted,
                checks: [.init("p50", 10, ours, within: 0.15)], remark: "")
        }
        #expect(row("V1", 8.5).holds && row("V1", 11.5).holds && !row("V1", 8.49).holds && !row("V1", 11.51).holds)
        let others = (2...9).map { row("V\($0)", 10) }
        #expect(ValidationTable.isEnough([row("V1", 10, isFitted: true)] + others))
        #expect(!ValidationTable.isEnough([row("V1", 20, isFitted: true)] + others))
        #expect(!ValidationTable.isEnough([row("V1", 10, isFitted: true)] + others.dropLast()))
        var validation = Validation(.reduced)
        validation.add(row("V10", 20))
        validation.add(row("V2", 10, isFitted: true))
        let lines = ValidationTable.lines(of: validation, isPartial: false)
        #expect(lines.contains("V2  holds, fitted  a time, s") && lines.contains("V10 FAILS  a time, s"))
        #expect(lines.last == "1 of 1 fitted rows hold, and 0 of 1 others; V10 fails.")
    }

    @Test("A line of least squares")
    func line() {
        let exact = Line(through: [(1, 3), (2, 5), (4, 9)])
        #expect(abs(exact.slope - 2) < 1e-12 && abs(exact.determination - 1) < 1e-12)
        let rough = Line(through: [(0, 0), (1, 1), (2, 0)])
        #expect(rough.slope == 0 && rough.determination == 0)
    }
}
