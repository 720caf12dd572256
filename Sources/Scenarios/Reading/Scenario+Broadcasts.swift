internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Simulation
internal import TOMLFields
internal import Timeline

extension Scenario {
    /// A broadcast of the file, before there is a network whose nodes it could begin with.
    struct BroadcastDraft {
        let id: OperationID
        let configuration: BroadcastConfiguration
        let record: Record
        let target: Key256
        /// The beginnings of the keys of the nodes to begin with; `nil` for those of the routing table.
        let seeds: [String]?
        let start: Instant
        let stop: Instant?
    }

    static func readBroadcast(
        _ table: TOMLFields, _ network: NetworkConfiguration, _ stores: StoreOptions
    ) throws(TOMLFieldError) -> BroadcastDraft {
        let common = ["id", "strategy", "record", "target", "seeds", "start", "stop"] + storeFields
        try table.refuseOthers(than: common + optimisticFields)
        let id = try table.require(table.string("id"), "id", remedy: "write id = \"b1\"")
        guard !id.isEmpty else { throw table.error("id", "it is empty", remedy: "write any other text, such as \"b1\"") }
        let strategy = try table.require(
            table.choice("strategy", of: BroadcastStrategy.self), "strategy", remedy: "write strategy = \"followUp\" or \"static\"")
        if strategy != .optimistic { try table.refuseOthers(than: common) }
        let (record, target) = try readTarget(table, network.keyBits)
        let seeds = try readSeeds(table, network)
        let start = try table.duration("start", in: anyDuration) ?? .zero
        let stop = try table.duration("stop", in: anyDuration)
        if let stop, stop < start { throw table.error("stop", "it comes before start", remedy: "use a later time, or leave it out") }
        return BroadcastDraft(
            id: OperationID(id), configuration: try readStrategy(strategy, table, network, stores), record: record, target: target,
            seeds: seeds, start: Instant.start.advanced(by: Nanoseconds(start)),
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

    // MARK: Seeds

    private static func readSeeds(_ table: TOMLFields, _ network: NetworkConfiguration) throws(TOMLFieldError) -> [String]? {
        if table.kind(of: "seeds") == .string {
            guard try table.string("seeds") == "routingTable" else {
                throw table.error("seeds", "it is another text than \"routingTable\"", remedy: "write \"routingTable\", or a list of keys")
            }
            return nil
        }
        guard let texts = try table.strings("seeds") else { return nil }
        let nodes = network.nodeCount + network.plantedCount
        guard texts.count <= nodes else {
            throw table.error("seeds", "it has \(texts.count) entries, and the network \(nodes) nodes", remedy: "write \(nodes) at most")
        }
        let places = network.keyBits * network.bucketSize
        guard texts.count <= places else {
            throw table.error(
                "seeds", "it has \(texts.count) entries, and a routing table no more than \(places) places",
                remedy: "write \(places) at most"
            )
        }
        return texts
    }

    /// The broadcast with the nodes to begin with.
    static func plan(
        _ draft: BroadcastDraft, _ table: TOMLFields, in network: VirtualNetwork
    ) throws(TOMLFieldError) -> PlannedBroadcast {
        var seeds: [NetworkNode] = []
        for text in draft.seeds ?? [] {
            let prefix = NodeGroup.KeyPrefix(shown: text, network.configuration.keyBits)
            let found = prefix.map { network.nodes(sharing: $0.bits, with: $0.key) } ?? network.nodes[0..<0]
            guard let node = found.first else {
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
        return PlannedBroadcast(
            id: draft.id, configuration: draft.configuration, record: draft.record, target: draft.target,
            seed: draft.seeds == nil ? network.localClosest(to: draft.target) : seeds, start: draft.start, stop: draft.stop)
    }

    // MARK: Strategies

    /// The fields of stores.
    static let storeFields = ["storeTimeout", "storeConcurrency"]
    /// The fields that only an optimistic put has.
    static let optimisticFields = ["individualCertainty", "setStrictness", "returnRatio", "networkSize"]

    /// A strategy with its options.
    ///
    /// - Parameter stores: how records are stored, where the table does not say.
    static func readStrategy(
        _ strategy: BroadcastStrategy, _ table: TOMLFields, _ network: NetworkConfiguration, _ stores: StoreOptions
    ) throws(TOMLFieldError) -> BroadcastConfiguration {
        let stores = try readStores(table, stores)
        switch strategy {
        case .followUp: return .followUp(FollowUpConfiguration(stores: stores))
        case .static: return .static(StaticConfiguration(stores: stores))
        case .optimistic:
            var options = OptimisticConfiguration(stores: stores)
            if let value = try table.number("individualCertainty", in: 0...1) { options.individualCertainty = value }
            if let value = try table.number("setStrictness", in: 0...1) { options.setStrictness = value }
            if let value = try table.number("returnRatio", in: 0...1) { options.returnRatio = value }
            options.networkSize = try readNetworkSize(table, network)
            do { try options.validate() } catch { throw table.error(error.field, error.problem, remedy: error.remedy) }
            return .optimistic(options)
        }
    }

    private static func readNetworkSize(_ table: TOMLFields, _ network: NetworkConfiguration) throws(TOMLFieldError) -> Int? {
        guard table.kind(of: "networkSize") == .string else { return try table.integer("networkSize", in: 1...1_000_000_000) }
        guard try table.string("networkSize") == "known" else {
            throw table.error("networkSize", "it is another text than \"known\"", remedy: "write \"known\", or a number of nodes")
        }
        // Those that are there, but for what groups change.
        let nodes = Double(network.nodeCount + network.plantedCount)
        return max(1, Int((nodes * (1 - network.deadShare)).rounded()))
    }

    private static func readStores(_ table: TOMLFields, _ defaults: StoreOptions) throws(TOMLFieldError) -> StoreOptions {
        var stores = defaults
        if table.kind(of: "storeTimeout") == .string, try table.string("storeTimeout") == "none" {
            stores.storeTimeout = nil
        } else if let value = try table.duration("storeTimeout", in: positiveDuration) {
            stores.storeTimeout = Nanoseconds(value)
        }
        if let value = try table.integer("storeConcurrency", in: 1...1_000_000) { stores.storeConcurrency = value }
        return stores
    }
}
