internal import Coordination
internal import Kademlia
internal import Simulation
internal import TOMLFields
internal import Timeline

extension Scenario {
    /// The largest network that is built node by node.
    static var largestSize: Int { 20_000 }

    /// The times that a message may take.
    private static var latencyRange: ClosedRange<Duration> { .nanoseconds(1) ... .seconds(3600) }

    static func readNetwork(_ table: TOMLFields) throws(TOMLFieldError) -> NetworkConfiguration {
        try table.refuseOthers(
            than: [
                "size", "keys", "keyBits", "bucketSize", "seed", "latency", "loss", "silent", "failing", "silentNodes", "failingNodes",
                "self",
            ])
        let keyBits = try readKeyBits(table)
        let nodes = try readNodes(table, keyBits)
        var network = NetworkConfiguration(nodes: nodes, keyBits: keyBits, latency: try readLatency(table))
        network.bucketSize = try table.integer("bucketSize", in: 1...1000) ?? 20
        network.seed = UInt64(try table.integer("seed", in: 0...Int.max) ?? 1)
        network.conditions.loss = try table.number("loss", in: 0...1) ?? 0
        network.silentShare = try table.number("silent", in: 0...1) ?? 0
        network.failingShare = try table.number("failing", in: 0...1) ?? 0
        guard network.silentShare + network.failingShare <= 1 else {
            throw table.error("failing", "silent and failing are more than all nodes together", remedy: "let them add up to 1 at most")
        }
        network.silentKeys = Set(try readKeys(table, "silentNodes", keyBits, among: nodes))
        let failing = try readKeys(table, "failingNodes", keyBits, among: nodes)
        network.failingKeys = Set(failing)
        if let both = failing.first(where: network.silentKeys.contains) {
            throw table.error("failingNodes", "\(both.shown(keyBits)) is among silentNodes too", remedy: "name it in one of the two")
        }
        if let text = try table.string("self") {
            let key = try Key256(shown: text, keyBits, table, "self")
            if case .keys(let keys) = nodes, keys.contains(key) {
                throw table.error(
                    "self", "\(key.shown(keyBits)) is the key of another node", remedy: "use a key that is not in network.keys")
            }
            network.localKey = key
        }
        return network
    }

    private static func readKeyBits(_ table: TOMLFields) throws(TOMLFieldError) -> Int {
        guard let kind = table.kind(of: "keyBits") else { return 256 }
        if kind == .integer, let keyBits = try table.integer("keyBits", in: Int.min...Int.max), [8, 160, 256].contains(keyBits) {
            return keyBits
        }
        throw table.error("keyBits", "it is no width of keys", remedy: "use 8, 160 or 256")
    }

    private static func readNodes(_ table: TOMLFields, _ keyBits: Int) throws(TOMLFieldError) -> NetworkConfiguration.Nodes {
        let size = try table.integer("size", in: 1...largestSize)
        guard try table.strings("keys") != nil else {
            let count = try table.require(size, "size", remedy: "write size = 64, or keys = [\"…\"] to name every node")
            guard keyBits > 8 || count <= 255 else {
                throw table.error(
                    "size", "\(count) is too large for keys of 8 bits", remedy: "use 255 at most; one key is the local node's")
            }
            return .random(count: count)
        }
        guard size == nil else { throw table.error("size", "keys names every node already", remedy: "leave out size, or keys") }
        let keys = try readKeys(table, "keys", keyBits, among: nil)
        guard !keys.isEmpty, keys.count <= (keyBits == 8 ? 255 : largestSize) else {
            let limit = keyBits == 8 ? 255 : largestSize
            throw table.error("keys", "it names \(keys.count) nodes", remedy: "name 1 to \(limit)")
        }
        var seen = Set<Key256>()
        for (index, key) in keys.enumerated() where !seen.insert(key).inserted {
            throw table.error("keys", "\(key.shown(keyBits)) stands there twice, again at place \(index)", remedy: "name each node once")
        }
        return .keys(keys)
    }

    private static func readKeys(
        _ table: TOMLFields, _ field: String, _ keyBits: Int, among nodes: NetworkConfiguration.Nodes?
    ) throws(TOMLFieldError) -> [Key256] {
        var keys: [Key256] = []
        for text in try table.strings(field) ?? [] {
            let key = try Key256(shown: text, keyBits, table, field)
            if let nodes {
                guard case .keys(let known) = nodes else {
                    throw table.error(field, "the nodes have random keys", remedy: "name all of them with keys, or use a share")
                }
                guard known.contains(key) else {
                    throw table.error(field, "\(key.shown(keyBits)) is not in keys", remedy: "use one of network.keys")
                }
            }
            keys.append(key)
        }
        return keys
    }

    private enum Distribution: String, CaseIterable {
        case constant, uniform, lognormal
    }

    private static func readLatency(_ network: TOMLFields) throws(TOMLFieldError) -> Latency {
        guard network.keys.contains("latency") else { return .lognormal(median: .milliseconds(40), p95: .milliseconds(120)) }
        guard network.kind(of: "latency") == .table, let table = try network.table("latency") else {
            return .constant(Nanoseconds(try network.duration("latency", in: latencyRange) ?? .zero))
        }
        func time(_ field: String) throws(TOMLFieldError) -> Nanoseconds {
            Nanoseconds(try table.require(table.duration(field, in: latencyRange), field, remedy: "write \(field) = \"80ms\""))
        }
        try table.refuseOthers(than: ["distribution", "time", "minimum", "maximum", "median", "p95"])
        let remedy = "write distribution = \"constant\", \"uniform\" or \"lognormal\""
        switch try table.require(table.choice("distribution", of: Distribution.self), "distribution", remedy: remedy) {
        case .constant:
            try table.refuseOthers(than: ["distribution", "time"])
            return .constant(try time("time"))
        case .uniform:
            try table.refuseOthers(than: ["distribution", "minimum", "maximum"])
            let (minimum, maximum) = (try time("minimum"), try time("maximum"))
            guard minimum <= maximum else { throw table.error("maximum", "it is less than minimum", remedy: "swap the two") }
            return .uniform(minimum: minimum, maximum: maximum)
        case .lognormal:
            try table.refuseOthers(than: ["distribution", "median", "p95"])
            let (median, p95) = (try time("median"), try time("p95"))
            guard median <= p95 else { throw table.error("p95", "it is less than the median", remedy: "use the median or more") }
            guard p95.count <= 1000 * median.count else {
                throw table.error("p95", "it is more than 1000 times the median", remedy: "use a smaller one")
            }
            return .lognormal(median: median, p95: p95)
        }
    }
}

extension Key256 {
    /// The key with these digits.
    ///
    /// - Throws: an error about the field when the text is no key of this width.
    init(shown text: String, _ keyBits: Int, _ table: TOMLFields, _ field: String) throws(TOMLFieldError) {
        let padded = text + String(repeating: "0", count: Swift.max(0, 64 - text.utf8.count))
        guard text.utf8.count == keyBits / 4, let key = Key256(hex: padded) else {
            throw table.error(
                field, "\(text.quoted) is not a key of \(keyBits) bits", remedy: "write \(keyBits / 4) hexadecimal digits")
        }
        self = key
    }
}
