/// The units a duration is written in, the largest first.
enum DurationUnit: String, CaseIterable {
    case hours = "h"
    case minutes = "min"
    case seconds = "s"
    case milliseconds = "ms"
    case microseconds = "us"
    case nanoseconds = "ns"

    /// Its length in nanoseconds.
    var nanoseconds: Int64 {
        switch self {
        case .hours: 3_600_000_000_000
        case .minutes: 60_000_000_000
        case .seconds: 1_000_000_000
        case .milliseconds: 1_000_000
        case .microseconds: 1000
        case .nanoseconds: 1
        }
    }

    /// About how many seconds a number and a unit come to, however many digits it has. Nil for any other text.
    static func roughSeconds(_ text: String) -> Double? {
        let number = text.prefix { $0.isDigit || $0 == "." || $0 == "-" }
        guard let value = Double(number), let unit = DurationUnit(rawValue: String(text.dropFirst(number.count))) else { return nil }
        return value * Double(unit.nanoseconds) / 1e9
    }

    /// All of them, the smallest first, for messages.
    static let list = allCases.reversed().map(\.rawValue).joined(separator: ", ")
}

extension Duration {
    /// A duration from a text such as `80ms`, `1.5s` or `-2min`: a decimal number and a unit. Nil for any other text, for more than
    /// 18 digits before or after the point, for fractions of a nanosecond and for more than 292 years.
    init?(toml text: String) {
        let isNegative = text.hasPrefix("-")
        let body = isNegative ? text.dropFirst() : text[...]
        let digits = body.prefix { $0.isDigit || $0 == "." }
        guard let unit = DurationUnit(rawValue: String(body.dropFirst(digits.count))) else { return nil }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...18).contains($0.count) }), let whole = Int64(parts[0]) else {
            return nil
        }
        var (nanoseconds, overflow) = whole.multipliedReportingOverflow(by: unit.nanoseconds)
        guard !overflow else { return nil }
        if parts.count == 2 {
            var fraction = unit.nanoseconds
            for digit in parts[1] {
                guard let value = digit.wholeNumberValue else { return nil }
                // The digits' shares: what remains of the unit after so many places.
                guard fraction % 10 == 0 || value == 0 else { return nil }
                fraction /= 10
                (nanoseconds, overflow) = nanoseconds.addingReportingOverflow(fraction * Int64(value))
                guard !overflow else { return nil }
            }
        }
        self = .nanoseconds(isNegative ? -nanoseconds : nanoseconds)
    }

    /// The text that reads as this duration, in the largest unit that keeps it short: `80ms`, `1.5s`, `2min`. Below a nanosecond it is cut.
    var tomlText: String {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return "\(seconds)s" }
        let (nanoseconds, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard !carry else { return "\(seconds)s" }
        guard nanoseconds != 0 else { return "0s" }
        let magnitude = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        for unit in DurationUnit.allCases {
            let length = UInt64(unit.nanoseconds)
            guard magnitude >= length else { continue }
            if magnitude % length == 0 { return "\(sign)\(magnitude / length)\(unit.rawValue)" }
            // Hours and minutes have no decimal fractions that people read.
            guard unit != .hours, unit != .minutes else { continue }
            var fraction = String(length + magnitude % length).dropFirst()
            while fraction.last == "0" { fraction.removeLast() }
            return "\(sign)\(magnitude / length).\(fraction)\(unit.rawValue)"
        }
        return "0s"
    }
}

extension Character {
    /// Whether it is one of `0` to `9`, of no other script.
    fileprivate var isDigit: Bool { isASCII && isWholeNumber }
}
