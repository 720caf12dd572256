internal import Coordination
internal import Kademlia
internal import Simulation
internal import TOMLFields
internal import Timeline

extension Scenario {
    /// The largest network whose nodes are named one by one.
    static var largestNamedSize: Int { 20_000 }

    /// The largest network.
    static var largestSize: Int { 100_000_000 }

    static func readNetwork(_ table: TOMLFields) throws(TOMLFieldError) -> NetworkConfiguration {
        try table.refuseOthers(
            than: [
                "profile", "size", "keys", "keyBits", "bucketSize", "seed", "silent", "failing", "dead", "silentNodes", "failingNodes",
                "self",
                "refresh", "nodes",
            ] + conditionFields)
        let profile = try table.choice("profile", of: NetworkProfile.Name.self)?.profile
        let keyBits = try readKeyBits(table)
        let nodes = try readNodes(table, keyBits, profile)
        var network = NetworkConfiguration(
            nodes: nodes, keyBits: keyBits, latency: .lognormal(median: .milliseconds(40), p95: .milliseconds(120)))
        if let profile { network.conditions.apply(profile.conditions) }
        network.conditions.apply(try readConditions(table, keyBits))
        network.bucketSize = try table.integer("bucketSize", in: 1...1000) ?? 20
        network.seed = UInt64(try table.integer("seed", in: 0...Int.max) ?? 1)
        if let value = try table.duration("refresh", in: positiveDuration) { network.refreshInterval = Nanoseconds(value) }
        try readShares(table, profile, into: &network)
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
        network.groups = try readGroups(table, of: network)
        return network
    }

    private static func readShares(
        _ table: TOMLFields, _ profile: NetworkProfile?, into network: inout NetworkConfiguration
    ) throws(TOMLFieldError) {
        network.silentShare = try table.number("silent", in: 0...1) ?? 0
        network.failingShare = try table.number("failing", in: 0...1) ?? 0
        network.deadShare = try table.number("dead", in: 0...1) ?? profile?.deadShare ?? 0
        guard network.silentShare + network.failingShare + network.deadShare <= 1 + 1e-6 else {
            let field = ["dead", "failing", "silent"].first { table.keys.contains($0) } ?? "dead"
            throw table.error(
                field, "silent, failing and dead are more than all nodes together", remedy: "let them add up to 1 at most")
        }
    }

    private static func readKeyBits(_ table: TOMLFields) throws(TOMLFieldError) -> Int {
        guard let kind = table.kind(of: "keyBits") else { return 256 }
        if kind == .integer, let keyBits = try table.integer("keyBits", in: Int.min...Int.max), [8, 160, 256].contains(keyBits) {
            return keyBits
        }
        throw table.error("keyBits", "it is no width of keys", remedy: "use 8, 160 or 256")
    }

    private static func readNodes(
        _ table: TOMLFields, _ keyBits: Int, _ profile: NetworkProfile?
    ) throws(TOMLFieldError) -> NetworkConfiguration.Nodes {
        let size = try readSize(table)
        guard try table.strings("keys") != nil else {
            let count = try table.require(
                size ?? profile?.size, "size", remedy: "write size = 64, or keys = [\"…\"] to name every node")
            guard keyBits > 8 || count <= 255 else {
                throw table.error(
                    "size", "\(count) is too large for keys of 8 bits", remedy: "use 255 at most; one key is the local node's")
            }
            return .random(count: count)
        }
        guard size == nil else { throw table.error("size", "keys names every node already", remedy: "leave out size, or keys") }
        let keys = try readKeys(table, "keys", keyBits, among: nil)
        let limit = keyBits == 8 ? 255 : largestNamedSize
        guard !keys.isEmpty, keys.count <= limit else {
            throw table.error("keys", "it names \(keys.count) nodes", remedy: "name 1 to \(limit)")
        }
        var seen = Set<Key256>()
        for (index, key) in keys.enumerated() where !seen.insert(key).inserted {
            throw table.error("keys", "\(key.shown(keyBits)) stands there twice, again at place \(index)", remedy: "name each node once")
        }
        return .keys(keys)
    }

    private static func readSize(_ table: TOMLFields) throws(TOMLFieldError) -> Int? {
        if table.kind(of: "size") == .integer, let size = try table.integer("size", in: Int.min...Int.max), size > largestSize {
            // A node takes 40 bytes.
            throw table.error(
                "size", "\(size) nodes would take \(size / 25_000_000) GB of memory, 40 bytes each", remedy: "use 1 to \(largestSize)")
        }
        return try table.integer("size", in: 1...largestSize)
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
}

extension NetworkConfiguration {
    /// The number of nodes that it names or draws; those that groups plant are not among them.
    var nodeCount: Int {
        switch nodes {
        case .random(let count): count
        case .keys(let keys): keys.count
        }
    }

    /// The number of nodes that groups plant.
    var plantedCount: Int {
        groups.reduce(0) { sum, group in
            if case .planted(let count, _, _) = group.members { sum + count } else { sum }
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

extension NodeGroup.KeyPrefix {
    /// The beginning of keys with these digits; `nil` where the text is none of a key of this width.
    init?(shown text: String, _ keyBits: Int) {
        let count = text.utf8.count
        guard (1...keyBits / 4).contains(count), let key = Key256(hex: text + String(repeating: "0", count: 64 - count)) else { return nil }
        self.init(key, bits: 4 * count)
    }
}
