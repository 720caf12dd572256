internal import Broadcasts
internal import Coordination
internal import Simulation
internal import TOMLFields

extension Scenario {
    /// The most puts of a workload.
    private static var largestWorkload: Int { 10_000_000 }

    static func readWorkload(
        _ table: TOMLFields?, _ network: NetworkConfiguration, _ pool: PoolConfiguration, _ stores: StoreOptions
    ) throws(TOMLFieldError) -> Workload? {
        guard let table else { return nil }
        let common = ["puts", "strategy", "strategies", "atOnce", "every"] + storeFields
        try table.refuseOthers(than: common + optimisticFields)
        let puts = try table.require(table.integer("puts", in: 1...largestWorkload), "puts", remedy: "write puts = 100")
        let strategies = try readStrategies(table)
        if !strategies.contains(.optimistic) { try table.refuseOthers(than: common) }
        var configurations: [BroadcastConfiguration] = []
        for strategy in strategies { configurations.append(try readStrategy(strategy, table, network, stores)) }
        return Workload(count: puts, pace: try readPace(table, pool), configurations: configurations)
    }

    private static func readStrategies(_ table: TOMLFields) throws(TOMLFieldError) -> [BroadcastStrategy] {
        let strategy = try table.choice("strategy", of: BroadcastStrategy.self)
        guard let strategies = try table.choices("strategies", of: BroadcastStrategy.self) else {
            return [
                try table.require(
                    strategy, "strategy", remedy: "write strategy = \"followUp\", or strategies = [\"followUp\", \"optimistic\"]")
            ]
        }
        guard strategy == nil else {
            throw table.error("strategies", "strategy names one already", remedy: "leave out one of the two")
        }
        guard (1...64).contains(strategies.count) else {
            throw table.error("strategies", "it names \(strategies.count)", remedy: "name 1 to 64; each put takes the next")
        }
        return strategies
    }

    private static func readPace(_ table: TOMLFields, _ pool: PoolConfiguration) throws(TOMLFieldError) -> Workload.Pace {
        let atOnce = try table.integer("atOnce", in: 1...1_000_000)
        if let time = try table.duration("every", in: positiveDuration) {
            guard atOnce == nil else {
                throw table.error("every", "atOnce says when the puts start already", remedy: "leave out one of the two")
            }
            return .every(Nanoseconds(time))
        }
        let count = atOnce ?? 1
        if let limit = pool.maxBroadcasts, count > limit {
            throw table.error("atOnce", "\(count) puts are more than pool.maxBroadcasts lets run", remedy: "use \(limit) at most")
        }
        return .atOnce(count)
    }

    /// Whether an id is what a put of a workload is called: p1, p2, ….
    static func isName(_ id: OperationID, in workload: Workload?) -> Bool {
        guard let workload, id.name.hasPrefix("p"), let number = Int(id.name.dropFirst()) else { return false }
        return (1...workload.count).contains(number) && id.name == "p\(number)"
    }
}
