import Coordination
import Kademlia
import Queries

/// One advance of a query, as the set of known nodes grows.
struct WorkloadB {
    let nodes: [BenchmarkNode]
    private let strangers: [BenchmarkNode]
    private let atCapacity: Query<BenchmarkNode>
    private let asked: [BenchmarkNode]
    private let now = Instant.start

    init(knownNodes: Int) {
        var source = KeySource(seed: 7)
        nodes = source.nodes(knownNodes)
        let target = source.key()
        let local = BenchmarkNode(key: source.key(), number: .max)
        strangers = (0..<20 * 200).map { BenchmarkNode(key: source.key(), number: UInt32(1 << 30 + $0)) }
        let configuration = QueryConfiguration(concurrency: 3, numResults: knownNodes + 1, requestTimeout: .seconds(3600))
        do {
            var query = try Query(target: target, seed: nodes, localNode: local, configuration: configuration)
            var asked: [BenchmarkNode] = []
            for _ in 0..<3 {
                if case .findCloser(let node, _) = query.advance(.poll, at: now) { asked.append(node) }
            }
            (atCapacity, self.asked) = (query, asked)
        } catch { fatalError("\(error)") }
    }

    /// The cost of one more poll.
    func poll(repetitions: Int) -> Cost {
        let count = 1_000_000
        let cost = measure(repetitions: repetitions, on: own(atCapacity)) { query in
            var query = query
            for _ in 0..<count { keep(query.advance(.poll, at: now)) }
        }
        return Cost(nanoseconds: cost.nanoseconds / Double(count), allocations: cost.allocations / Double(count))
    }

    /// The cost of a reply with twenty nodes: all known, or all unknown before.
    func reply(repetitions: Int, withStrangers: Bool) -> Cost {
        let list = withStrangers ? strangers : nodes
        let lists = (0..<max(1, min(nodes.count - 3, 200))).map { reply in
            let start = withStrangers ? reply * 20 : (reply * 20) % nodes.count
            return Array(list[start..<min(start + 20, list.count)])
        }
        let cost = measure(repetitions: repetitions, on: own(atCapacity)) { query in
            var query = query
            var oldest = 0
            var awaited = asked
            for closer in lists {
                if case .findCloser(let node, _) = query.advance(.nodeResponse(node: awaited[oldest], closer: closer), at: now) {
                    awaited.append(node)
                }
                oldest += 1
            }
        }
        return Cost(nanoseconds: cost.nanoseconds / Double(lists.count), allocations: cost.allocations / Double(lists.count))
    }

    /// A copy that shares no memory with the original: an advance that changes nothing makes the difference.
    private func own(_ query: Query<BenchmarkNode>) -> Query<BenchmarkNode> {
        var copy = query
        _ = copy.advance(.poll, at: now)
        return copy
    }

    @inline(never)
    private func keep(_ state: consuming QueryState<BenchmarkNode>) {}
}
