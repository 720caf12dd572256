import Broadcasts
import Coordination
import Kademlia
import Queries

/// Whole follow-up broadcasts, one at a time, in a network of N nodes with full routing tables.
struct WorkloadA {
    let nodes: [BenchmarkNode]
    let local: BenchmarkNode
    let targets: [Key256]
    private let tables: [[UInt32]]

    init(networkSize: Int) {
        var source = KeySource(seed: 42)
        let all = source.nodes(networkSize + 1)
        nodes = Array(all.dropLast())
        local = all[networkSize]
        var targetSource = KeySource(seed: 4242)
        targets = targetSource.keys(100)
        tables = Self.tables(of: all, networkSize: networkSize)
    }

    /// Bucket b of node x: the nodes that share exactly b bits with it, in key order; of more than twenty, twenty at even distances.
    private static func tables(of all: [BenchmarkNode], networkSize: Int) -> [[UInt32]] {
        let sorted = all.dropLast().sorted { $0.key < $1.key }
        return all.map { node in
            var buckets: [[UInt32]] = []
            for other in sorted where other.number != node.number {
                let bucket = node.key.commonPrefixLength(with: other.key)
                while buckets.count <= bucket { buckets.append([]) }
                buckets[bucket].append(other.number)
            }
            return buckets.flatMap { bucket -> [UInt32] in
                let length = bucket.count
                guard length > 20 else { return bucket }
                let offset = Int((UInt64(node.number) &* 2_654_435_761) % UInt64(length))
                return (0..<20).map { bucket[(offset + $0 * length / 20) % length] }
            }
        }
    }

    /// The twenty nodes of a node's table that are closest to a target, nearest first.
    func reply(of node: UInt32, to target: Key256) -> [BenchmarkNode] {
        let candidates = tables[Int(node)].map { nodes[Int($0)] }
        return Array(candidates.sorted { $0.key.isCloser(to: target, than: $1.key) }.prefix(20))
    }

    struct Result {
        var totals = Totals()
        var known = 0
        var seedOfFirst: [UInt32] = []
        var cost = Cost(nanoseconds: 0, allocations: 0)
    }

    func run(repetitions: Int) -> Result {
        var result = Result()
        let starts = targets.enumerated().map { index, target in
            PoolEvent<BenchmarkNode, UInt32>.startBroadcast(
                id: OperationID("q\(index)"), target: target, message: 0, seed: reply(of: local.number, to: target),
                configuration: .followUp(FollowUpConfiguration()))
        }
        result.seedOfFirst = reply(of: local.number, to: targets[0]).prefix(5).map(\.number)

        // The dry run: what each request is answered with, in the order of the requests.
        var replies: [[BenchmarkNode]] = []
        var driver = Driver()
        var pool = newPool()
        for (index, start) in starts.enumerated() {
            var known = Set(reply(of: local.number, to: targets[index]).map(\.number))
            driver.run([start], on: &pool) { node, target in
                let closer = reply(of: node.number, to: target)
                for other in closer { known.insert(other.number) }
                replies.append(closer)
                return closer
            }
            result.known += known.count
        }
        result.totals = driver.totals
        result.cost = measure(repetitions: repetitions, on: newPool()) { pool in
            var driver = Driver()
            var pool = pool
            var next = 0
            for start in starts {
                driver.run([start], on: &pool) { _, _ in
                    next += 1
                    return replies[next - 1]
                }
            }
        }
        return result
    }

    private func newPool() -> BenchmarkPool {
        do { return try BenchmarkPool(localNode: local) } catch { fatalError("\(error)") }
    }
}
