internal import Coordination
internal import Kademlia
internal import Simulation
internal import TOMLFields
internal import Timeline

extension Scenario {
    /// The most nodes that a group plants.
    private static var largestPlanting: Int { 1_000_000 }

    /// The groups of nodes that differ.
    ///
    /// - Parameter network: the rest of the network.
    static func readGroups(_ table: TOMLFields, of network: NetworkConfiguration) throws(TOMLFieldError) -> [NodeGroup] {
        let tables = try table.tables("nodes")
        guard tables.count <= NetworkConfiguration.groupLimit else {
            throw table.error(
                "nodes", "there are \(tables.count) groups", remedy: "use \(NetworkConfiguration.groupLimit) at most")
        }
        var whole = network
        for table in tables { whole.groups.append(try readGroup(table, beside: whole)) }
        return whole.groups
    }

    private static func readGroup(_ table: TOMLFields, beside network: NetworkConfiguration) throws(TOMLFieldError) -> NodeGroup {
        let selectors = ["share", "keys", "join"]
        try table.refuseOthers(
            than: selectors + ["near", "nearKey", "bits", "from", "until", "cut", "state"] + conditionFields)
        let given = selectors.filter { table.keys.contains($0) }
        guard let selector = given.first else {
            throw table.error(
                "share", "it is missing", remedy: "write share = 0.1, keys = [\"9f3c\"] or join = 20 to say which nodes these are")
        }
        guard given.count == 1 else {
            throw table.error(given[1], "\(selector) says which nodes these are already", remedy: "leave out one of the two")
        }
        if selector != "join", let stray = ["near", "nearKey", "bits"].first(where: { table.keys.contains($0) }) {
            throw table.error(stray, "it is for nodes that join", remedy: "write join = 20 instead of \(selector), or leave it out")
        }
        var group = NodeGroup(try readMembers(table, selector, beside: network))
        let from = try table.duration("from", in: anyDuration)
        let until = try table.duration("until", in: anyDuration)
        if let until, until <= from ?? .zero {
            throw table.error("until", "it does not come after from", remedy: "use a later time, or leave it out")
        }
        group.from = Instant.start.advanced(by: Nanoseconds(from ?? .zero))
        group.until = until.map { Instant.start.advanced(by: Nanoseconds($0)) }
        group.isCutOff = try table.boolean("cut") ?? false
        group.change = try readConditions(table, network.keyBits)
        group.change.behaviour = try table.choice("state", of: VirtualNetwork.Behaviour.self)
        // Nodes that join make a difference by themselves, but not one that begins or ends.
        let isPlain = selector == "join" && from == nil && until == nil
        guard isPlain || group.isCutOff || group.change != ConditionChange() else {
            throw table.error(
                selector, "nothing is different for these nodes",
                remedy: "write cut = true, state = \"dead\", or a condition such as slow = 3")
        }
        return group
    }

    private static func readMembers(
        _ table: TOMLFields, _ selector: String, beside network: NetworkConfiguration
    ) throws(TOMLFieldError) -> NodeGroup.Members {
        if let share = try table.number("share", in: 0...1) {
            guard share > 0 else { throw table.error("share", "it selects no node", remedy: "use more than 0 and at most 1") }
            return share == 1 ? .all : .share(share)
        }
        if let texts = try table.strings("keys") {
            guard (1...1000).contains(texts.count) else {
                throw table.error("keys", "it has \(texts.count) beginnings of keys", remedy: "write 1 to 1000")
            }
            var prefixes: [NodeGroup.KeyPrefix] = []
            for text in texts {
                guard let prefix = NodeGroup.KeyPrefix(shown: text, network.keyBits) else {
                    throw table.error(
                        "keys", "\(text.quoted) is no beginning of a key", remedy: "write 1 to \(network.keyBits / 4) hexadecimal digits")
                }
                prefixes.append(prefix)
            }
            return .prefixes(prefixes)
        }
        return try readPlanted(table, beside: network)
    }

    // MARK: Nodes that join

    private static func readPlanted(_ table: TOMLFields, beside network: NetworkConfiguration) throws(TOMLFieldError) -> NodeGroup.Members {
        let keyBits = network.keyBits
        let count = try table.require(table.integer("join", in: 1...largestPlanting), "join", remedy: "write join = 20")
        let near = try table.require(
            readPoint(table, "near", "nearKey", keyBits), "near", remedy: "write near = \"a record's text\", or nearKey = \"…\" for a key")
        let bits = try table.require(
            table.integer("bits", in: 0...keyBits), "bits", remedy: "write the number of leading bits that they share with near")
        let limit = keyBits == 8 ? 255 : largestSize
        let total = network.nodeCount + network.plantedCount
        guard total + count <= limit else {
            throw table.error(
                "join", "with these \(count) there would be \(total + count) nodes",
                remedy: keyBits == 8 ? "use 255 at most in all; one key is the local node's" : "use \(limit) at most in all")
        }
        if keyBits - bits < 40 {
            let room = 1 << (keyBits - bits)
            let free = room - keysTaken(sharing: bits, with: near, in: network)
            guard count <= free else {
                throw table.error(
                    "join", "\(count) nodes are more than the \(max(0, free)) free keys that share \(bits) bits with near",
                    remedy: "use fewer nodes, or fewer bits")
            }
        }
        return .planted(count: count, near: near, sharing: bits)
    }

    /// The most keys with this beginning that other nodes may have, but for those that are drawn, which keep away.
    private static func keysTaken(sharing bits: Int, with near: Key256, in network: NetworkConfiguration) -> Int {
        func isInside(_ key: Key256) -> Bool { key.commonPrefixLength(with: near) >= bits }
        var taken = network.localKey.map(isInside) == true ? 1 : 0
        if case .keys(let keys) = network.nodes { taken += keys.count(where: isInside) }
        for group in network.groups {
            guard case .planted(let count, let other, let shared) = group.members else { continue }
            if other.commonPrefixLength(with: near) >= min(bits, shared) { taken += min(count, 1 << min(40, network.keyBits - bits)) }
        }
        return taken
    }

    // MARK: Once the network is there

    /// Refuses beginnings of keys that no node has.
    static func checkGroups(_ table: TOMLFields, _ network: VirtualNetwork) throws(TOMLFieldError) {
        let tables = try table.tables("nodes")
        for (group, table) in zip(network.configuration.groups, tables) {
            guard case .prefixes(let prefixes) = group.members else { continue }
            for (prefix, text) in zip(prefixes, try table.strings("keys") ?? [])
            where network.nodes(sharing: prefix.bits, with: prefix.key).isEmpty {
                throw table.error(
                    "keys", "no node's key begins with \(text.quoted)",
                    remedy: "use the first digits of a node's key, such as \"\(example(network))\"")
            }
        }
    }

    /// The beginning of a key that a node has.
    static func example(_ network: VirtualNetwork) -> String {
        String(network.nodes[0].key.shown(network.configuration.keyBits).prefix(8))
    }
}
