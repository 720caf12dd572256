internal import Broadcasts
internal import Coordination
internal import Queries

/// A program that puts records: what holds for the fields of `[pool]` that a scenario file leaves out, and for the time of its stores.
struct PoolClient: Sendable {
    /// The names of the clients, as files write them.
    enum Name: String, CaseIterable {
        case zikade
        case goLibp2pClassic = "go-libp2p-classic"

        /// The client.
        var client: PoolClient {
            switch self {
            case .zikade: .zikade
            case .goLibp2pClassic: .goLibp2pClassic
            }
        }
    }

    /// How it looks for nodes.
    let queries: QueryPoolConfiguration
    /// How it stores, where a broadcast does not say.
    let stores: StoreOptions

    /// Zikade, the Go code that these machines are modelled on: α 3, k 20, a minute for a request, five for a lookup, three lookups at
    /// once (its `DefaultQueryPoolConfig`). It gives a store no time of its own; here it has that of a request, so that puts end.
    static let zikade = PoolClient(
        queries: QueryPoolConfiguration(
            concurrency: 3, timeout: .minutes(5), replication: 20, queryConcurrency: 3, requestTimeout: .minutes(1)),
        stores: StoreOptions(storeTimeout: .minutes(1)))

    /// The classic client of go-libp2p-kad-dht, which made the puts that RFM17 and SIGCOMM 2022 measured: α 10, β 3, k 20, a minute for the
    /// stores of a put. A request has the time of a dial and of an answer together: the dials of 45–63 s that SIGCOMM 2022 tells of were
    /// waited for. How many lookups run at once nobody limits there: 10.
    static let goLibp2pClassic = PoolClient(
        queries: QueryPoolConfiguration(
            concurrency: 10, timeout: .minutes(5), replication: 20, queryConcurrency: 10, requestTimeout: .minutes(1), resiliency: 3),
        stores: StoreOptions(storeTimeout: .minutes(1)))
}
