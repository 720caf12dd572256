import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Timeline

/// Whole puts in a simulated network: 20,000 follow-ups, a hundred at once, one pool, always 50 ms for a message, no failures.
struct WorkloadW {
    let networkSize: Int
    let puts: Int

    struct Result {
        /// Requests whose reply was delivered.
        var replies = 0
        var cost = Cost(nanoseconds: .infinity, allocations: 0)
        /// Making the network, in nanoseconds.
        var building = Double.infinity
    }

    /// The world at its start.
    func world() -> SimulatedWorld<BroadcastPool<NetworkNode, Record>> {
        let network = VirtualNetwork(
            NetworkConfiguration(nodes: .random(count: networkSize), seed: 1, latency: .constant(.milliseconds(50))))
        let queries = QueryPoolConfiguration(concurrency: 100)
        guard
            let pool = try? BroadcastPool<NetworkNode, Record>(
                localNode: network.local, configuration: PoolConfiguration(queries: queries))
        else { fatalError("the pool is refused") }
        return SimulatedWorld(
            network: network, pool: pool, plan: [],
            workload: Workload(count: puts, pace: .atOnce(100), configurations: [.followUp(FollowUpConfiguration())]))
    }

    /// Runs it several times, each between two runs of the yardstick, so that a machine whose speed drifts shows in both.
    func run(repetitions: Int, _ yardstick: inout Yardstick) -> Result {
        var result = Result()
        for _ in 0..<repetitions {
            yardstick.run()
            let building = measure(repetitions: 1, on: ()) { _ in keep(world()) }
            result.building = min(result.building, building.nanoseconds)
            let cost = measure(repetitions: 1, on: world()) { world in
                var world = world
                while world.run(steps: 1 << 20) {}
                result.replies = world.deliveredReplies
            }
            if cost.nanoseconds < result.cost.nanoseconds { result.cost = cost }
        }
        return result
    }

    @inline(never)
    private func keep(_ world: SimulatedWorld<BroadcastPool<NetworkNode, Record>>) {}
}

/// Work that is the same whatever happens to the machines: what a simulated network cannot do without, and nothing of ours. For each of
/// its units 20 reads from random places of a large memory, a push and a pop of a heap of a thousand, and 40 numbers of a generator.
struct Yardstick {
    private var memory = [UInt64](repeating: 1, count: 1 << 22)
    /// The least time of a unit, in nanoseconds.
    private(set) var nanoseconds = Double.infinity

    mutating func run() {
        let units = 200_000
        let memory = memory
        let cost = measure(repetitions: 1, on: ()) { _ in
            var source = KeySource(seed: 3)
            var heap: [UInt64] = (0..<1000).map { UInt64($0) << 40 }
            var sum: UInt64 = 0
            for _ in 0..<units {
                for _ in 0..<20 { sum &+= memory[Int(source.next() & UInt64(memory.count - 1))] &+ source.next() }
                heap[0] = heap[0] &+ (sum & 0xff_ffff_ffff)
                sift(&heap)
            }
            keep(sum &+ heap[0])
        }
        nanoseconds = min(nanoseconds, cost.nanoseconds / Double(units))
    }

    private func sift(_ heap: inout [UInt64]) {
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < heap[place] else { return }
            heap.swapAt(place, child)
            place = child
        }
    }

    @inline(never)
    private func keep(_ sum: UInt64) {}
}
