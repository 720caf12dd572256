internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Simulation
internal import TOMLFields
internal import Timeline

extension Scenario {
    static func readBroadcast(_ table: TOMLFields, _ network: VirtualNetwork) throws(TOMLFieldError) -> PlannedBroadcast {
        let common = ["id", "strategy", "record", "target", "seeds", "start", "stop", "storeTimeout", "storeConcurrency"]
        try table.refuseOthers(than: common + optimisticFields)
        let id = try table.require(table.string("id"), "id", remedy: "write id = \"b1\"")
        guard !id.isEmpty else { throw table.error("id", "it is empty", remedy: "write any other text, such as \"b1\"") }
        let strategy = try table.require(
            table.choice("strategy", of: BroadcastStrategy.self), "strategy", remedy: "write strategy = \"followUp\" or \"static\"")
        if strategy != .optimistic { try table.refuseOthers(than: common) }
        let (record, target) = try readTarget(table, network.configuration.keyBits)
        let start = try table.duration("start", in: anyDuration) ?? .zero
        let stop = try table.duration("stop", in: anyDuration)
        if let stop, stop < start { throw table.error("stop", "it comes before start", remedy: "use a later time, or leave it out") }
        return PlannedBroadcast(
            id: OperationID(id), configuration: try readStrategy(strategy, table), record: record, target: target,
            seed: try readSeeds(table, target, network), start: Instant.start.advanced(by: Nanoseconds(start)),
            stop: stop.map { Instant.start.advanced(by: Nanoseconds($0)) })
    }

    private static func readTarget(_ table: TOMLFields, _ keyBits: Int) throws(TOMLFieldError) -> (Record, Key256) {
        let name = try table.string("record")
        guard let text = try table.string("target") else {
            let name = try table.require(name, "record", remedy: "write record = \"some text\", or target = \"…\" for a key of your choice")
            return (Record(name: name), Key256(sha256Of: name, bits: keyBits))
        }
        let target = try Key256(shown: text, keyBits, table, "target")
        return (Record(name: name ?? text), target)
    }

    private static func readSeeds(
        _ table: TOMLFields, _ target: Key256, _ network: VirtualNetwork
    ) throws(TOMLFieldError) -> [NetworkNode] {
        let keyBits = network.configuration.keyBits
        if !table.keys.contains("seeds") { return network.localClosest(to: target) }
        if table.kind(of: "seeds") == .string {
            guard try table.string("seeds") == "routingTable" else {
                throw table.error("seeds", "it is another text than \"routingTable\"", remedy: "write \"routingTable\", or a list of keys")
            }
            return network.localClosest(to: target)
        }
        var seeds: [NetworkNode] = []
        for text in try table.strings("seeds") ?? [] {
            let found = network.nodes.filter { $0.key.shown(keyBits).hasPrefix(text.lowercased()) }
            guard let node = found.first, !text.isEmpty else {
                throw table.error(
                    "seeds", "no node's key begins with \(text.quoted)",
                    remedy: "use the first digits of a node's key, such as \"\(example(network))\"")
            }
            guard found.count == 1 else {
                throw table.error(
                    "seeds", "the keys of \(found.count) nodes begin with \(text.quoted)", remedy: "write more digits of the one you mean")
            }
            seeds.append(node)
        }
        return seeds
    }

    private static func example(_ network: VirtualNetwork) -> String {
        String(network.nodes[0].key.shown(network.configuration.keyBits).prefix(8))
    }

    private static let optimisticFields = ["individualCertainty", "setStrictness", "returnRatio", "networkSize"]

    private static func readStrategy(_ strategy: BroadcastStrategy, _ table: TOMLFields) throws(TOMLFieldError) -> BroadcastConfiguration {
        let stores = try readStores(table)
        switch strategy {
        case .followUp: return .followUp(FollowUpConfiguration(stores: stores))
        case .static: return .static(StaticConfiguration(stores: stores))
        case .optimistic:
            var options = OptimisticConfiguration(stores: stores)
            if let value = try table.number("individualCertainty", in: 0...1) { options.individualCertainty = value }
            if let value = try table.number("setStrictness", in: 0...1) { options.setStrictness = value }
            if let value = try table.number("returnRatio", in: 0...1) { options.returnRatio = value }
            options.networkSize = try table.integer("networkSize", in: 1...1_000_000_000)
            do { try options.validate() } catch { throw table.error(error.field, error.problem, remedy: error.remedy) }
            return .optimistic(options)
        }
    }

    private static func readStores(_ table: TOMLFields) throws(TOMLFieldError) -> StoreOptions {
        var stores = StoreOptions()
        if table.kind(of: "storeTimeout") == .string, try table.string("storeTimeout") == "none" {
            stores.storeTimeout = nil
        } else if let value = try table.duration("storeTimeout", in: positiveDuration) {
            stores.storeTimeout = Nanoseconds(value)
        }
        stores.storeConcurrency = try table.integer("storeConcurrency", in: 1...1_000_000)
        return stores
    }
}
