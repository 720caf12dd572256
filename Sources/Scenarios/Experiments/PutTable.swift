internal import Broadcasts
internal import Coordination
public import Simulation
internal import Timeline

/// The results of a run as a table for other programs: a row for each put, with a heading. Source: RFC 4180.
public struct PutTable: Sendable {
    private static let heading = [
        "seed", "id", "strategy", "start_s", "duration_s", "walk_s", "reason", "finds", "stores", "requests", "timeouts", "hops",
        "holders", "overlap_share", "regret_ranks",
    ]

    private let seed: UInt64

    /// The table of a run with this seed.
    public init(seed: UInt64) {
        self.seed = seed
    }

    /// The heading, without an end of line.
    public var heading: String { Self.heading.joined(separator: ",") }

    /// The row of a put, without an end of line.
    public func row(_ result: PutResult) -> String {
        let cells = [
            "\(seed)", result.id.name, result.strategy.rawValue, result.start.nanoseconds.asSeconds, result.duration.count.asSeconds,
            result.start.duration(to: result.walkEnd).count.asSeconds, result.reason.rawValue, "\(result.finds)", "\(result.stores)",
            "\(result.finds + result.stores)", "\(result.timeouts)", result.hops.map(String.init).joined(separator: " "),
            "\(result.holders)", "\(result.overlap)", result.regret.map { "\($0)" } ?? "",
        ]
        return cells.map(Self.cell).joined(separator: ",")
    }

    private static func cell(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}

extension Int64 {
    /// So many nanoseconds in seconds, exactly: `0.15`, `12`.
    fileprivate var asSeconds: String {
        let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        var fraction = String(String(1_000_000_000 + rest).dropFirst())
        while fraction.last == "0" { fraction.removeLast() }
        return "\(self < 0 ? "-" : "")\(whole)\(fraction.isEmpty ? "" : ".\(fraction)")"
    }
}
