internal import Coordination
internal import Simulation
internal import TOMLFields

extension Scenario {
    /// The times that a message may take.
    private static var latencyRange: ClosedRange<Duration> { .nanoseconds(1) ... .seconds(3600) }

    private enum LatencyDistribution: String, CaseIterable {
        case constant, uniform, lognormal, regional
    }

    /// How long a message travels; `nil` if the table does not say.
    static func readLatency(_ conditions: TOMLFields) throws(TOMLFieldError) -> Latency? {
        guard conditions.keys.contains("latency") else { return nil }
        guard conditions.kind(of: "latency") == .table, let table = try conditions.table("latency") else {
            return .constant(Nanoseconds(try conditions.duration("latency", in: latencyRange) ?? .zero))
        }
        let remedy = "write distribution = \"constant\", \"uniform\", \"lognormal\" or \"regional\""
        let fields = ["distribution", "time", "minimum", "maximum", "median", "p95", "regions", "shares", "home", "times", "spread"]
        try table.refuseOthers(than: fields)
        switch try table.require(table.choice("distribution", of: LatencyDistribution.self), "distribution", remedy: remedy) {
        case .constant:
            try table.refuseOthers(than: ["distribution", "time"])
            return .constant(try readTime(table, "time", in: latencyRange))
        case .uniform:
            try table.refuseOthers(than: ["distribution", "minimum", "maximum"])
            let (minimum, maximum) = try readSpan(table, in: latencyRange)
            return .uniform(minimum: minimum, maximum: maximum)
        case .lognormal:
            try table.refuseOthers(than: ["distribution", "median", "p95"])
            let (median, p95) = try readLognormal(table, in: latencyRange)
            return .lognormal(median: median, p95: p95)
        case .regional:
            try table.refuseOthers(than: ["distribution", "regions", "shares", "home", "times", "spread"])
            return .regional(try readRegions(table))
        }
    }

    private static func readRegions(_ table: TOMLFields) throws(TOMLFieldError) -> Regions {
        let names = try table.require(table.strings("regions"), "regions", remedy: "write regions = [\"eu\", \"us\"]")
        guard (1...64).contains(names.count), Set(names).count == names.count else {
            let problem = (1...64).contains(names.count) ? "a region stands there twice" : "it names \(names.count) regions"
            throw table.error("regions", problem, remedy: "name 1 to 64, each once")
        }
        func complete<Entry>(_ entries: [Entry], _ field: String, _ what: String) throws(TOMLFieldError) {
            guard entries.count == names.count else {
                throw table.error(
                    field, "it has \(entries.count) \(what) for \(names.count) regions", remedy: "write one for each of regions")
            }
        }
        let shares = try table.require(table.numbers("shares", in: 0...1), "shares", remedy: "write the share of nodes in each region")
        try complete(shares, "shares", "shares")
        guard addUpToOne(shares) else {
            throw table.error("shares", "they add up to \(shown(sumOf: shares))", remedy: "let them add up to 1")
        }
        let times = try table.require(
            table.durationRows("times", in: latencyRange), "times", remedy: "write a row of times for each region, one way")
        try complete(times, "times", "rows")
        for (index, row) in times.enumerated() where row.count != names.count {
            throw table.error(
                "times", "row \(index) has \(row.count) times for \(names.count) regions", remedy: "write a time for each of regions")
        }
        let home = try table.require(table.string("home"), "home", remedy: "write the region of the local node")
        guard let place = names.firstIndex(of: home) else {
            throw table.error(
                "home", "\(home.quoted) is not in regions", remedy: "use one of \(names.map(\.quoted).joined(separator: ", "))")
        }
        return Regions(
            names: names, shares: shares, times: times.map { $0.map { Nanoseconds($0) } }, home: place,
            spread: try table.number("spread", in: 1...100) ?? 1)
    }

    // MARK: Times and shares

    /// A time that must be there.
    static func readTime(_ table: TOMLFields, _ field: String, in range: ClosedRange<Duration>) throws(TOMLFieldError) -> Nanoseconds {
        Nanoseconds(try table.require(table.duration(field, in: range), field, remedy: "write \(field) = \"80ms\""))
    }

    /// A shortest and a longest time.
    static func readSpan(
        _ table: TOMLFields, in range: ClosedRange<Duration>
    ) throws(TOMLFieldError) -> (minimum: Nanoseconds, maximum: Nanoseconds) {
        let (minimum, maximum) = (try readTime(table, "minimum", in: range), try readTime(table, "maximum", in: range))
        guard minimum <= maximum else { throw table.error("maximum", "it is less than minimum", remedy: "swap the two") }
        return (minimum, maximum)
    }

    /// A median and a 95th percentile.
    static func readLognormal(
        _ table: TOMLFields, in range: ClosedRange<Duration>
    ) throws(TOMLFieldError) -> (median: Nanoseconds, p95: Nanoseconds) {
        let (median, p95) = (try readTime(table, "median", in: range), try readTime(table, "p95", in: range))
        guard median <= p95 else { throw table.error("p95", "it is less than the median", remedy: "use the median or more") }
        guard p95.count / 1000 <= median.count, p95.count <= 1000 * median.count else {
            throw table.error("p95", "it is more than 1000 times the median", remedy: "use a smaller one")
        }
        return (median, p95)
    }

    /// Whether shares add up to 1, but for what decimal fractions lose.
    static func addUpToOne(_ shares: [Double]) -> Bool {
        abs(shares.reduce(0, +) - 1) <= 1e-6
    }

    /// The sum of shares with six decimals at most.
    static func shown(sumOf shares: [Double]) -> String {
        let text = String(describing: (shares.reduce(0, +) * 1e6).rounded() / 1e6)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
