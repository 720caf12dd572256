internal import Coordination

/// The units of a time in a filter, the largest first, with their lengths in nanoseconds.
private let units: [(name: String, length: Int64)] = [
    ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1000), ("ns", 1),
]

extension Nanoseconds {
    /// A length of time from a text such as `80ms` or `1.5s`: a decimal number and one of the units ns, us, ms, s, m, h.
    ///
    /// - Returns: `nil` for any other text, for fractions of a nanosecond and for more than 292 years.
    init?(filterText text: String) {
        let number = text.prefix { $0.isASCII && $0.isWholeNumber || $0 == "." }
        let unitName = text.dropFirst(number.count)
        guard let unit = units.first(where: { $0.name == unitName })?.length else { return nil }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), let whole = Int64(parts[0]) else { return nil }
        var (count, overflow) = whole.multipliedReportingOverflow(by: unit)
        guard !overflow else { return nil }
        var place = unit
        for digit in parts.dropFirst().joined() {
            guard let value = digit.wholeNumberValue, value == 0 || place % 10 == 0 else { return nil }
            place /= 10
            (count, overflow) = count.addingReportingOverflow(place * Int64(value))
            guard !overflow else { return nil }
        }
        self.init(count)
    }

    /// The text that reads as this length of time, 0 or more: `80ms`, `1.5s`, `2m`.
    var filterText: String {
        // Hours and minutes have no decimal fractions that people read.
        let unit = units.first { count >= $0.length && (count % $0.length == 0 || $0.length <= 1_000_000_000) }
        guard let unit else { return "0s" }
        let rest = count % unit.length
        guard rest != 0 else { return "\(count / unit.length)\(unit.name)" }
        var fraction = String(unit.length + rest).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return "\(count / unit.length).\(fraction)\(unit.name)"
    }
}
