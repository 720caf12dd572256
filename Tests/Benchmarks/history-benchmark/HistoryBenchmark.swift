import Broadcasts
import Coordination
import Glibc
import Kademlia
import Queries
import Simulation
import Timeline

/// Measures what a long run costs to keep and to walk through: 100,000 steps over 1,000 nodes.
///
/// It prints, with the laws checked and without: CPU time a step when the steps are taken for the first time, memory a step, and the CPU
/// time of jumps between random places, forward and back. `history-benchmark [STEPS]`.
@main
enum HistoryBenchmark {
    static func main() throws {
        let steps = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
        print("| laws | steps | us/step | bytes/step | jump ms, median | jump ms, longest |")
        print("| --- | --- | --- | --- | --- | --- |")
        for isChecked in [false, true] { try measure(steps, isChecked: isChecked) }
    }

    private static func measure(_ steps: Int, isChecked: Bool) throws {
        let world = try world(broadcasts: steps / 60)
        let checker = InvariantChecker(localNode: world.network.local, configuration: world.pool.configuration)
        let memoryBefore = residentBytes()
        let before = processorTime()
        var history = History(world, checker: isChecked ? checker : nil)
        history.go(to: steps)
        let spent = processorTime() - before
        let memory = residentBytes() - memoryBefore
        guard history.position == steps, history.violations.isEmpty else {
            print("the run has \(history.position) steps and \(history.violations.count) violations, which is wrong")
            exit(1)
        }
        var random = SplitMix64(seed: 7)
        var jumps: [Double] = []
        for _ in 0..<200 {
            let target = Int(random.next() % UInt64(steps))
            let start = processorTime()
            history.go(to: target)
            jumps.append(processorTime() - start)
        }
        jumps.sort()
        print(
            "| \(isChecked ? "checked" : "not checked") | \(steps) | \(shown(spent / Double(steps) / 1e3)) | \(memory / steps) | "
                + "\(shown(jumps[jumps.count / 2] / 1e6)) | \(shown(jumps[jumps.count - 1] / 1e6)) |")
    }

    /// Follow-ups that are started one after the other in a network where some nodes fail.
    private static func world(broadcasts: Int) throws -> SimulatedWorld<BroadcastPool<NetworkNode, Record>> {
        let network = VirtualNetwork(
            NetworkConfiguration(
                nodes: .random(count: 1000), seed: 3, latency: .lognormal(median: .milliseconds(50), p95: .milliseconds(200)), loss: 0.01,
                silentShare: 0.05, failingShare: 0.05))
        var random = SplitMix64(seed: 5)
        let acts = (0..<broadcasts).map { number in
            let target = Key256(random.next(), random.next(), random.next(), random.next())
            return SimulatedWorld<BroadcastPool<NetworkNode, Record>>.Act(
                time: Instant.start.advanced(by: .milliseconds(Int64(number) * 1000)),
                event: .startBroadcast(
                    id: OperationID("b\(number)"), target: target, message: Record(name: "r"), seed: network.localClosest(to: target),
                    configuration: .followUp(FollowUpConfiguration())))
        }
        let pool = try BroadcastPool<NetworkNode, Record>(
            localNode: network.local,
            configuration: PoolConfiguration(queries: .init(concurrency: 10, requestTimeout: .seconds(2))))
        return SimulatedWorld(network: network, pool: pool, plan: acts)
    }

    private static func shown(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    /// The memory of the process that is in use, in whole pages.
    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let text = String(decoding: line.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(getpagesize())
    }
}
