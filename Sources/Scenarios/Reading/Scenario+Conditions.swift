internal import Coordination
internal import Kademlia
internal import Simulation
internal import TOMLFields

extension Scenario {
    /// The fields of conditions: in `[network]` they hold for all nodes, in `[[network.nodes]]` for some.
    static let conditionFields = [
        "latency", "slow", "loss", "duplicate", "reorder", "dial", "lies", "refuseStores", "dropStores", "recordLifetime", "churn", "stale",
        "unknown",
    ]

    /// The conditions that a table gives.
    static func readConditions(_ table: TOMLFields, _ keyBits: Int) throws(TOMLFieldError) -> ConditionChange {
        var change = ConditionChange()
        change.latency = try readLatency(table)
        change.slowness = try table.number("slow", in: 0.001...10_000)
        change.loss = try table.number("loss", in: 0...1)
        change.duplication = try table.number("duplicate", in: 0...1)
        change.reordering = try readReordering(table)
        change.dialing = try readDialing(table)
        change.lie = try readLie(table, keyBits)
        change.storeRefusal = try table.number("refuseStores", in: 0...1)
        change.storeVanishing = try table.number("dropStores", in: 0...1)
        change.recordLifetime = try table.duration("recordLifetime", in: positiveDuration).map { Nanoseconds($0) }
        change.sessions = try readChurn(table)
        change.staleness =
            table.kind(of: "stale") == .array
            ? try table.numbers("stale", in: 0...1) : try table.number("stale", in: 0...1).map { [$0] }
        if let count = change.staleness?.count, !(1...256).contains(count) {
            throw table.error(
                "stale", "it has \(count) shares", remedy: "write 1 to 256, for bucket 0 and on; the last holds for all deeper ones")
        }
        change.ignorance = try table.number("unknown", in: 0...1)
        return change
    }

    private static func readReordering(_ conditions: TOMLFields) throws(TOMLFieldError) -> Reordering? {
        guard let table = try conditions.table("reorder") else { return nil }
        try table.refuseOthers(than: ["share", "delay"])
        let share = try table.require(table.number("share", in: 0...1), "share", remedy: "write share = 0.1")
        return Reordering(share: share, delay: try readTime(table, "delay", in: positiveDuration))
    }

    // MARK: Dialing

    private static func readDialing(_ conditions: TOMLFields) throws(TOMLFieldError) -> Dialing? {
        guard let table = try conditions.table("dial") else { return nil }
        try table.refuseOthers(than: ["roundTrips", "warm", "backoff", "failures"])
        var dialing = Dialing()
        if let value = try table.number("roundTrips", in: 0...1000) { dialing.roundTrips = value }
        if let value = try table.number("warm", in: 0...1) { dialing.warm = value }
        if let value = try table.duration("backoff", in: anyDuration) { dialing.backoff = Nanoseconds(value) }
        guard table.keys.contains("failures") else { return dialing }
        let failures = try table.tables("failures")
        dialing.failures = []
        for failure in failures { dialing.failures.append(try readFailure(failure)) }
        let shares = dialing.failures.map(\.share)
        guard addUpToOne(shares) else {
            throw table.error("failures", "their shares add up to \(shown(sumOf: shares))", remedy: "let them add up to 1")
        }
        return dialing
    }

    private static func readFailure(_ table: TOMLFields) throws(TOMLFieldError) -> Dialing.Failure {
        try table.refuseOthers(than: ["share", "time", "minimum", "maximum"])
        let share = try table.require(table.number("share", in: 0...1), "share", remedy: "write share = 0.25")
        if table.keys.contains("minimum") || table.keys.contains("maximum") {
            try table.refuseOthers(than: ["share", "minimum", "maximum"])
            let (minimum, maximum) = try readSpan(table, in: anyDuration)
            return Dialing.Failure(share: share, minimum: minimum, maximum: maximum)
        }
        let time = Nanoseconds(try table.duration("time", in: anyDuration) ?? .zero)
        return Dialing.Failure(share: share, minimum: time, maximum: time)
    }

    // MARK: Lies

    private enum LieName: String, CaseIterable {
        case strangers, promotion, eclipse
    }

    private static func readLie(_ conditions: TOMLFields, _ keyBits: Int) throws(TOMLFieldError) -> Lie? {
        guard conditions.kind(of: "lies") == .table, let table = try conditions.table("lies") else {
            switch try conditions.choice("lies", of: LieName.self) {
            case .strangers: return .strangers
            case .promotion: return .promotion
            case .eclipse:
                throw conditions.error("lies", "an eclipse needs a target", remedy: "write lies = { eclipse = \"the record's text\" }")
            case nil: return nil
            }
        }
        try table.refuseOthers(than: ["eclipse", "eclipseKey"])
        let target = try readPoint(table, "eclipse", "eclipseKey", keyBits)
        return .eclipse(
            of: try table.require(target, "eclipse", remedy: "write eclipse = \"the record's text\", or eclipseKey = \"…\" for a key"))
    }

    /// A key that is given as the text of a record or by its digits; `nil` if it is not given.
    static func readPoint(
        _ table: TOMLFields, _ textField: String, _ keyField: String, _ keyBits: Int
    ) throws(TOMLFieldError) -> Key256? {
        let (text, digits) = (try table.string(textField), try table.string(keyField))
        guard let digits else { return text.map { Key256(sha256Of: $0, bits: keyBits) } }
        guard text == nil else { throw table.error(keyField, "\(textField) gives the key already", remedy: "leave out one of the two") }
        return try Key256(shown: digits, keyBits, table, keyField)
    }

    // MARK: Churn

    /// The times that a session or an absence may take: shorter ones would be more than anybody can count.
    private static var sessionRange: ClosedRange<Duration> { .milliseconds(100)...anyDuration.upperBound }

    private enum SessionDistribution: String, CaseIterable {
        case constant, exponential, weibull, lognormal
    }

    private static func readChurn(_ conditions: TOMLFields) throws(TOMLFieldError) -> SessionModel? {
        guard let table = try conditions.table("churn") else { return nil }
        try table.refuseOthers(than: ["session", "absence"])
        return SessionModel(session: try readSession(table, "session"), absence: try readSession(table, "absence"))
    }

    private static func readSession(_ churn: TOMLFields, _ field: String) throws(TOMLFieldError) -> SessionModel.Duration {
        guard churn.kind(of: field) == .table, let table = try churn.table(field) else {
            let time = try churn.duration(field, in: sessionRange)
            return .constant(
                Nanoseconds(try churn.require(time, field, remedy: "write \(field) = \"2h\", or a table with a distribution")))
        }
        try table.refuseOthers(than: ["distribution", "time", "mean", "shape", "scale", "median", "p95"])
        let remedy = "write distribution = \"constant\", \"exponential\", \"weibull\" or \"lognormal\""
        switch try table.require(table.choice("distribution", of: SessionDistribution.self), "distribution", remedy: remedy) {
        case .constant:
            try table.refuseOthers(than: ["distribution", "time"])
            return .constant(try readTime(table, "time", in: sessionRange))
        case .exponential:
            try table.refuseOthers(than: ["distribution", "mean"])
            return .exponential(mean: try readTime(table, "mean", in: sessionRange))
        case .weibull:
            try table.refuseOthers(than: ["distribution", "shape", "scale"])
            let shape = try table.require(table.number("shape", in: 0.2...10), "shape", remedy: "write shape = 0.68")
            return .weibull(shape: shape, scale: try readTime(table, "scale", in: sessionRange))
        case .lognormal:
            try table.refuseOthers(than: ["distribution", "median", "p95"])
            let (median, p95) = try readLognormal(table, in: sessionRange)
            return .lognormal(median: median, p95: p95)
        }
    }
}
