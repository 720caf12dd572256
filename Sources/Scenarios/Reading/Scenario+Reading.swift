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
        let draft = try Draft(text: text, name: name, source: source, settings: settings)
        self.name = name
        self.text = text
        self.settings = settings
        (title, pool, polling, workload) = (draft.title, draft.pool, draft.polling, draft.workload)
        var configuration = draft.configuration
        if let seed { configuration.seed = seed }
        network = VirtualNetwork(configuration)
        try Self.checkGroups(draft.networkTable, network)
        var broadcasts: [PlannedBroadcast] = []
        for (broadcast, table) in draft.broadcasts { broadcasts.append(try Self.plan(broadcast, table, in: network)) }
        self.broadcasts = broadcasts
    }

    /// Checks the text of a scenario without building its network: everything but the beginnings of keys that no node may have.
    ///
    /// - Throws: the first field that is wrong.
    public static func check(text: String, name: String, source: String, settings: [TOMLSetting]) throws(TOMLFieldError) {
        _ = try Draft(text: text, name: name, source: source, settings: settings)
    }

    /// A scenario as it was read, before its network is built.
    private struct Draft {
        let title: String
        let networkTable: TOMLFields
        let configuration: NetworkConfiguration
        let pool: PoolConfiguration
        let polling: RunWorld.Simulated.Polling
        let workload: Workload?
        let broadcasts: [(BroadcastDraft, TOMLFields)]

        init(text: String, name: String, source: String, settings: [TOMLSetting]) throws(TOMLFieldError) {
            let root = try TOMLDocument(text: text, source: source, settings: settings).root
            try root.refuseOthers(than: ["title", "network", "pool", "driver", "broadcast", "workload"])
            title = try root.string("title") ?? name
            networkTable = try root.require(
                root.table("network"), "network", remedy: "write [network] with size = 64, or see kadscope scenario show by-hand")
            configuration = try Scenario.readNetwork(networkTable)
            let (pool, stores) = try Scenario.readPool(root.table("pool"))
            self.pool = pool
            polling = try Scenario.readPolling(root.table("driver"))
            workload = try Scenario.readWorkload(root.table("workload"), configuration, pool, stores)
            let tables = try root.tables("broadcast")
            guard !tables.isEmpty || workload != nil else {
                throw root.error(
                    "broadcast", "there is none",
                    remedy: "write [[broadcast]] with an id and a strategy for each put, or [workload] for many puts alike")
            }
            var broadcasts: [(BroadcastDraft, TOMLFields)] = []
            for table in tables {
                let draft = try Scenario.readBroadcast(table, configuration, stores)
                guard !Scenario.isName(draft.id, in: workload) else {
                    throw table.error("id", "a put of the workload is called \(draft.id.name)", remedy: "use another text, such as \"b1\"")
                }
                broadcasts.append((draft, table))
            }
            self.broadcasts = broadcasts
        }
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
