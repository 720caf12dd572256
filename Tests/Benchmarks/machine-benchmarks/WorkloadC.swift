import Broadcasts
import Coordination
import Kademlia
import Queries

/// Many broadcasts in one pool. Find replies are empty, so a follow-up asks its twenty seeds and stores with them.
struct WorkloadC {
    let strategy: BroadcastStrategy
    let queriesAtOnce: Int
    let broadcasts: Int

    struct Result {
        var totals = Totals()
        var cost = Cost(nanoseconds: 0, allocations: 0)
    }

    func run(repetitions: Int) -> Result {
        var source = KeySource(seed: 11)
        let nodes = source.nodes(1000)
        let local = BenchmarkNode(key: source.key(), number: 1000)
        var targets = KeySource(seed: 99)
        let configuration: BroadcastConfiguration =
            strategy == .static ? .static(StaticConfiguration()) : .followUp(FollowUpConfiguration())
        let starts = (0..<broadcasts).map { index in
            PoolEvent<BenchmarkNode, UInt32>.startBroadcast(
                id: OperationID("q\(index)"), target: targets.key(), message: 0, seed: (0..<20).map { nodes[(index * 20 + $0) % 1000] },
                configuration: configuration)
        }
        var result = Result()
        let poolConfiguration = PoolConfiguration(queries: QueryPoolConfiguration(concurrency: queriesAtOnce))
        result.cost = measure(repetitions: repetitions, on: Driver()) { driver in
            var driver = driver
            guard var pool = try? BenchmarkPool(localNode: local, configuration: poolConfiguration) else {
                fatalError("the pool is refused")
            }
            driver.run(starts, on: &pool) { _, _ in [] }
            result.totals = driver.totals
        }
        return result
    }
}
