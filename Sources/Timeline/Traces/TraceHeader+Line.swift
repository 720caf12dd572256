internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

// MARK: - To and from a line

extension TraceHeader {
    /// The line of the header, with its end.
    var line: [UInt8] {
        JSONWriter.object { line in
            line.add("k", "hdr")
            line.add("format", Self.format)
            line.add("version", Self.version)
            line.addObject("tool") {
                $0.add("name", tool.name)
                $0.add("version", tool.version)
            }
            line.add("mode", "sim")
            line.add("semantics", semantics.rawValue)
            line.add("seed", String(seed))
            line.add("rng", "splitmix64")
            line.add("epoch_unix_nano", "0")
            line.add("key_bits", keyBits)
            line.add("self", localKey.shown(keyBits))
            line.addObject("config") { addConfiguration(to: &$0) }
            line.addObjects("nodes", nodes) { object, node in
                object.add("id", node.key.shown(keyBits))
                if !node.behaviour.isEmpty { object.add("behaviour", node.behaviour) }
            }
            line.add("hash", "fnv1a64")
            if let scenario {
                line.addObject("scenario") {
                    $0.add("name", scenario.name)
                    if !scenario.text.isEmpty { $0.add("text", scenario.text) }
                }
            }
            line.add("title", title)
        } + [UInt8(ascii: "\n")]
    }

    private func addConfiguration(to config: inout JSONWriter) {
        config.addObject("pool") {
            $0.add("concurrency", pool.queries.concurrency)
            $0.add("timeout_ns", pool.queries.timeout.count)
            $0.add("replication", pool.queries.replication)
            $0.add("query_concurrency", pool.queries.queryConcurrency)
            $0.add("request_timeout_ns", pool.queries.requestTimeout.count)
            if let resiliency = pool.queries.resiliency { $0.add("resiliency", resiliency) }
            if let limit = pool.maxBroadcasts { $0.add("max_broadcasts", limit) }
        }
        config.addObject("poll") { $0.add("mode", polling.rawValue) }
    }

    /// The header in a line.
    ///
    /// - Throws: what is wrong with it.
    init(line: JSONValue) throws(LineProblem) {
        guard line["k"]?.text == "hdr", line["format"]?.text == Self.format else {
            throw LineProblem("it is not the header of a \(Self.format) file")
        }
        let version = try line.requireText("version")
        guard version.split(separator: ".", omittingEmptySubsequences: false).first == "1" else {
            throw LineProblem("the format's version is \(version); this program reads 1.x, a newer one may read it")
        }
        let keyBits = Int(try line.requireWhole("key_bits", in: 8...256))
        guard [8, 160, 256].contains(keyBits) else { throw LineProblem("the field key_bits is \(keyBits); it can be 8, 160 or 256") }
        func key(_ value: JSONValue?, _ name: String) throws(LineProblem) -> Key256 {
            guard let text = value?.text, let key = Key256(shown: text, keyBits) else {
                throw LineProblem("the field \(name) is not a key of \(keyBits / 4) hexadecimal digits")
            }
            return key
        }
        self.init(keyBits: keyBits, localKey: try key(line["self"], "self"), pool: try Self.pool(line["config"]?["pool"]))
        tool = (line["tool"]?["name"]?.text ?? "", line["tool"]?["version"]?.text ?? "")
        guard let semantics = Semantics(rawValue: line["semantics"]?.text ?? "strict") else {
            throw LineProblem("the field semantics is neither \"strict\" nor \"reference\"")
        }
        self.semantics = semantics
        if let text = line["seed"] {
            guard let seed = text.text.flatMap({ UInt64($0) }) ?? text.whole.flatMap({ UInt64(exactly: $0) }) else {
                throw LineProblem("the field seed is not a whole number of 64 bits")
            }
            self.seed = seed
        }
        polling = line["config"]?["poll"]?["mode"]?.text == Polling.never.rawValue ? .never : .idle
        for node in try line.list("nodes") {
            nodes.append(Node(key: try key(node["id"], "nodes.id"), behaviour: node["behaviour"]?.text ?? ""))
        }
        if let name = line["scenario"]?.text {
            scenario = Scenario(name: name, text: "")
        } else if let table = line["scenario"] {
            scenario = Scenario(name: try table.requireText("name"), text: table["text"]?.text ?? "")
        }
        title = line["title"]?.text ?? ""
    }

    private static func pool(_ table: JSONValue?) throws(LineProblem) -> PoolConfiguration {
        var pool = PoolConfiguration()
        guard let table else { return pool }
        func count(_ name: String) throws(LineProblem) -> Int? { try table.whole(name, in: 1...1_000_000_000).map { Int($0) } }
        func time(_ name: String) throws(LineProblem) -> Nanoseconds? { try table.whole(name, in: 1 ... .max).map { Nanoseconds($0) } }
        if let value = try count("concurrency") { pool.queries.concurrency = value }
        if let value = try time("timeout_ns") { pool.queries.timeout = value }
        if let value = try count("replication") { pool.queries.replication = value }
        if let value = try count("query_concurrency") { pool.queries.queryConcurrency = value }
        if let value = try time("request_timeout_ns") { pool.queries.requestTimeout = value }
        pool.queries.resiliency = try table.whole("resiliency", in: 1...Int64(pool.queries.replication)).map { Int($0) }
        pool.maxBroadcasts = try count("max_broadcasts")
        return pool
    }
}
