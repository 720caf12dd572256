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
    /// - Throws: the first field that is wrong: file, line, field, what is wrong, what would be right. But for the beginnings of keys that
    ///   no node may have, everything is checked before the network is built.
    public init(
        text: String, name: String, source: String, seed: UInt64? = nil, settings: [TOMLSetting] = []
    ) throws(TOMLFieldError) {
        let root = try TOMLDocument(text: text, source: source, settings: settings).root
        try root.refuseOthers(than: ["title", "network", "pool", "driver", "broadcast", "workload"])
        self.name = name
        self.text = text
        self.settings = settings
        title = try root.string("title") ?? name
        let network = try root.require(
            root.table("network"), "network", remedy: "write [network] with size = 64, or see kadscope scenario show by-hand")
        var configuration = try Self.readNetwork(network)
        if let seed { configuration.seed = seed }
        let (pool, stores) = try Self.readPool(root.table("pool"))
        self.pool = pool
        polling = try Self.readPolling(root.table("driver"))
        workload = try Self.readWorkload(root.table("workload"), configuration, pool, stores)
        let tables = try root.tables("broadcast")
        guard !tables.isEmpty || workload != nil else {
            throw root.error(
                "broadcast", "there is none",
                remedy: "write [[broadcast]] with an id and a strategy for each put, or [workload] for many puts alike")
        }
        var drafts: [BroadcastDraft] = []
        for table in tables {
            let draft = try Self.readBroadcast(table, configuration, stores)
            guard !Self.isName(draft.id, in: workload) else {
                throw table.error("id", "a put of the workload is called \(draft.id.name)", remedy: "use another text, such as \"b1\"")
            }
            drafts.append(draft)
        }
        self.network = VirtualNetwork(configuration)
        try Self.checkGroups(network, self.network)
        var broadcasts: [PlannedBroadcast] = []
        for (draft, table) in zip(drafts, tables) { broadcasts.append(try Self.plan(draft, table, in: self.network)) }
        self.broadcasts = broadcasts
    }

    /// The pool, and how records are stored where a broadcast does not say.
    private static func readPool(_ table: TOMLFields?) throws(TOMLFieldError) -> (PoolConfiguration, StoreOptions) {
        guard let table else { return (PoolConfiguration(), StoreOptions()) }
        try table.refuseOthers(
            than: [
                "client", "concurrency", "timeout", "replication", "queryConcurrency", "requestTimeout", "resiliency", "maxBroadcasts",
            ])
        let client = try table.choice("client", of: PoolClient.Name.self)?.client
        var pool = PoolConfiguration(queries: client?.queries ?? QueryPoolConfiguration())
        if let value = try table.integer("concurrency", in: 1...1_000_000) { pool.queries.concurrency = value }
        if let value = try table.duration("timeout", in: positiveDuration) { pool.queries.timeout = Nanoseconds(value) }
        if let value = try table.integer("replication", in: 1...10_000) { pool.queries.replication = value }
        if let value = try table.integer("queryConcurrency", in: 1...10_000) { pool.queries.queryConcurrency = value }
        if let value = try table.duration("requestTimeout", in: positiveDuration) { pool.queries.requestTimeout = Nanoseconds(value) }
        if let value = try table.integer("resiliency", in: 1...pool.queries.replication) { pool.queries.resiliency = value }
        // A client's own is no more than what the file looks for.
        pool.queries.resiliency = pool.queries.resiliency.map { min($0, pool.queries.replication) }
        pool.maxBroadcasts = try table.integer("maxBroadcasts", in: 1...1_000_000)
        return (pool, client?.stores ?? StoreOptions())
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
