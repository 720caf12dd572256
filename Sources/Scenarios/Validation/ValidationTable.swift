/// A validation as a table for people: 80 columns at most.
public enum ValidationTable {
    /// A row for each number, under a heading for each quantity; then what it comes to.
    public static func lines(of validation: Validation, isPartial: Bool) -> [String] {
        var lines = FigureText.wrapped(
            "What simulated networks come to, beside what was published. A fitted row is no evidence: the profile amino-2022 and the client "
                + "go-libp2p-classic were chosen so that it comes out. The others were not looked at for that.", indent: 0)
        lines += ["", "  " + "".left(18) + "published".right(11) + "ours".right(11) + "must be".right(22)]
        for row in validation.rows {
            lines.append("")
            lines += FigureText.wrapped(
                "\(row.id.left(4))\(row.holds ? "holds" : "FAILS")\(row.isFitted ? ", fitted" : "")  \(row.quantity)", indent: 6)
            for check in row.checks {
                lines.append(
                    "  " + check.name.left(18) + (check.published.map(FigureText.number) ?? "-").right(11)
                        + FigureText.number(check.ours).right(11) + text(of: check.range).right(22) + (check.holds ? "" : "  FAILS"))
            }
            lines += FigureText.wrapped("      \(row.source); \(row.tolerance)", indent: 6)
            if !row.remark.isEmpty { lines += FigureText.wrapped("      \(row.remark)", indent: 6) }
        }
        lines.append("")
        if isPartial { lines.append("partial: the validation was broken off; the rows above were known by then") }
        lines += FigureText.wrapped(verdict(validation.rows), indent: 0)
        return lines
    }

    /// Whether enough holds: the fitted rows, and eight of the others.
    public static func isEnough(_ rows: [ValidationRow]) -> Bool {
        rows.contains(where: \.isFitted) && rows.allSatisfy { !$0.isFitted || $0.holds } && rows.count { !$0.isFitted && $0.holds } >= 8
    }

    private static func verdict(_ rows: [ValidationRow]) -> String {
        let (fitted, others) = (rows.filter(\.isFitted), rows.filter { !$0.isFitted })
        let failing = rows.filter { !$0.holds }.map(\.id)
        return
            "\(fitted.count(where: \.holds)) of \(fitted.count) fitted rows hold, and \(others.count(where: \.holds)) of \(others.count) others"
            + (failing.isEmpty ? "." : "; \(failing.joined(separator: ", ")) \(failing.count == 1 ? "fails" : "fail").")
    }

    private static func text(of range: ClosedRange<Double>) -> String {
        if range.upperBound >= 1e9 { return "\(FigureText.round(range.lowerBound)) or more" }
        if range.lowerBound == range.upperBound { return FigureText.round(range.lowerBound) }
        return "\(FigureText.round(range.lowerBound)) to \(FigureText.round(range.upperBound))"
    }
}
