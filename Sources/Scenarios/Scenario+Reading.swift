internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries
internal import Simulation
public import TOMLFields
internal import Timeline

extension Scenario {
    /// Reads a scenario from the text of a file.
    ///
    /// - Parameters:
    ///   - name: the name to show for it.
    ///   - source: the name of the file, for errors.
    ///   - seed: where all that is random comes from, instead of the file's `network.seed`.
    ///   - settings: fields that are set from outside, over what the text says.
    /// - Throws: the first field that is wrong: file, line, field, what is wrong, what would be right.
    public init(
        text: String, name: String, source: String, seed: UInt64? = nil, settings: [TOMLSetting] = []
    ) throws(TOMLFieldError) {
        let root = try TOMLDocument(text: text, source: source, settings: settings).root
        try root.refuseOthers(than: ["title", "network", "pool", "driver", "broadcast"])
        self.name = name
        self.text = text
        self.settings = settings
        title = try root.string("title") ?? name
        let network = try root.require(
            root.table("network"), "network", remedy: "write [network] with size = 64, or see kadscope scenario show by-hand")
        var configuration = try Self.readNetwork(network)
        if let seed { configuration.seed = seed }
        self.network = VirtualNetwork(configuration)
        pool = try Self.readPool(root.table("pool"))
        polling = try Self.readPolling(root.table("driver"))
        let tables = try root.tables("broadcast")
        guard !tables.isEmpty else {
            throw root.error("broadcast", "there is none", remedy: "write [[broadcast]] with an id and a strategy for each put")
        }
        var broadcasts: [PlannedBroadcast] = []
        for table in tables { broadcasts.append(try Self.readBroadcast(table, self.network)) }
        self.broadcasts = broadcasts
    }

    private static func readPool(_ table: TOMLFields?) throws(TOMLFieldError) -> PoolConfiguration {
        var pool = PoolConfiguration()
        guard let table else { return pool }
        try table.refuseOthers(
            than: ["concurrency", "timeout", "replication", "queryConcurrency", "requestTimeout", "resiliency", "maxBroadcasts"])
        if let value = try table.integer("concurrency", in: 1...1_000_000) { pool.queries.concurrency = value }
        if let value = try table.duration("timeout", in: positiveDuration) { pool.queries.timeout = Nanoseconds(value) }
        if let value = try table.integer("replication", in: 1...10_000) { pool.queries.replication = value }
        if let value = try table.integer("queryConcurrency", in: 1...10_000) { pool.queries.queryConcurrency = value }
        if let value = try table.duration("requestTimeout", in: positiveDuration) { pool.queries.requestTimeout = Nanoseconds(value) }
        pool.queries.resiliency = try table.integer("resiliency", in: 1...pool.queries.replication)
        pool.maxBroadcasts = try table.integer("maxBroadcasts", in: 1...1_000_000)
        return pool
    }

    private static func readPolling(_ table: TOMLFields?) throws(TOMLFieldError) -> RunWorld.Simulated.Polling {
        guard let table else { return .untilWaiting }
        try table.refuseOthers(than: ["poll"])
        return try table.choice("poll", of: RunWorld.Simulated.Polling.self) ?? .untilWaiting
    }

    /// The shortest and the longest time that a field may have.
    static var positiveDuration: ClosedRange<Duration> { .nanoseconds(1)...anyDuration.upperBound }
    static var anyDuration: ClosedRange<Duration> { .zero ... .seconds(1000 * 24 * 3600) }
}
