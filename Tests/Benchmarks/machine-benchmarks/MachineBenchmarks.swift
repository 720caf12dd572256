import Broadcasts
import Simulation

/// Runs the workloads and prints what each comes to, and costs.
///
/// Every row has check totals that any implementation must come to exactly. Usage: `machine-benchmarks [REPETITIONS] [WORKLOADS]`, as in
/// `machine-benchmarks 5 AC`; a small letter runs only the quick rows of a workload, for counting instructions. `W` is whole simulated
/// networks, `M` what each of their nodes takes of memory.
@main
enum MachineBenchmarks {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let repetitions = arguments.first.flatMap { Int($0) } ?? 5
        let workloads = arguments.dropFirst().first ?? "ABCW"
        var isRight = true
        if workloads.contains(where: { "Aa".contains($0) }) { isRight = printA(repetitions, quick: workloads.contains("a")) && isRight }
        if workloads.contains("B") { printB(repetitions) }
        if workloads.contains(where: { "Cc".contains($0) }) { isRight = printC(repetitions, quick: workloads.contains("c")) && isRight }
        if workloads.contains(where: { "Ww".contains($0) }) { isRight = printW(repetitions, quick: workloads.contains("w")) && isRight }
        if workloads.contains("M") { printM() }
        print(isRight ? "All check totals are right." : "WRONG: some check totals are not what they must be.")
    }

    private static func printA(_ repetitions: Int, quick: Bool) -> Bool {
        let expected: [(Int, Totals, known: Int, seed: [UInt32])] = [
            (1000, Totals(advances: 10_896, finds: 2348, stores: 2000), 4559, [670, 558, 335, 190, 167]),
            (10_000, Totals(advances: 11_130, finds: 2465, stores: 2000), 7838, [9448, 1623, 2869, 4377, 6837]),
            (100_000, Totals(advances: 11_522, finds: 2661, stores: 2000), 10_703, [10_474, 48_544, 63_221, 74_316, 64_089]),
        ]
        var table = Table("A: N", "advances", "finds", "stores", "known", "totals", "ns/advance", "us/broadcast", "allocations/advance")
        var isRight = true
        for (size, totals, known, seed) in expected where !quick || size <= 1000 {
            // Building the tables of the largest network takes a while; it is measured all the same.
            let result = WorkloadA(networkSize: size).run(repetitions: repetitions)
            let matches = result.totals == totals && result.known == known && result.seedOfFirst == seed
            isRight = isRight && matches
            table.add(
                "\(size)", "\(result.totals.advances)", "\(result.totals.finds)", "\(result.totals.stores)", "\(result.known)",
                matches ? "right" : "WRONG", (result.cost.nanoseconds / Double(result.totals.advances)).shown(1),
                (result.cost.nanoseconds / 100 / 1000).shown(2), (result.cost.allocations / Double(result.totals.advances)).shown(3))
        }
        print(table.text, terminator: "\n\n")
        return isRight
    }

    private static func printW(_ repetitions: Int, quick: Bool) -> Bool {
        let rows: [(name: String, WorkloadW, replies: Int)] = [
            ("growth", WorkloadW(networkSize: 1000, puts: 20_000), 0),
            ("W1", WorkloadW(networkSize: 10_000, puts: 20_000), 0),
            ("growth", WorkloadW(networkSize: 100_000, puts: 20_000), 0),
            ("W2", WorkloadW(networkSize: 1_000_000, puts: 20_000), 0),
        ]
        var table = Table(
            "W", "nodes", "puts", "replies", "totals", "ns/reply", "replies/CPU s", "yardsticks/reply", "allocations/reply", "build ms")
        var isRight = true
        for (name, workload, replies) in rows where !quick || workload.networkSize == 10_000 {
            var yardstick = Yardstick()
            let result = workload.run(repetitions: repetitions, &yardstick)
            let matches = result.replies == replies
            isRight = isRight && matches
            let each = result.cost.nanoseconds / Double(result.replies)
            table.add(
                name, "\(workload.networkSize)", "\(workload.puts)", "\(result.replies)", matches ? "right" : "WRONG", each.shown(1),
                "\(Int(1e9 / each))", (each / yardstick.nanoseconds).shown(2),
                (result.cost.allocations / Double(result.replies)).shown(2), (result.building / 1e6).shown(1))
        }
        print(table.text, terminator: "\n\n")
        return isRight
    }

    /// The slope between two sizes: what the program takes anyway cancels out. In ascending order, since a peak does not sink.
    private static func printM() {
        var table = Table("M: nodes", "peak MB", "bytes/node since the row before")
        var last: (size: Int, peak: Int)?
        for size in [100_000, 1_000_000, 10_000_000] {
            var world = WorkloadW(networkSize: size, puts: 200).world()
            while world.run(steps: 1 << 20) {}
            let peak = peakMemory()
            let slope = last.map { (Double(peak - $0.peak) / Double(size - $0.size)).shown(1) } ?? ""
            table.add("\(size)", (Double(peak) / 1e6).shown(1), slope)
            last = (size, peak)
        }
        print(table.text, terminator: "\n\n")
    }

    private static func printB(_ repetitions: Int) {
        var table = Table("B: known nodes", "poll ns", "allocations", "reply ns", "allocations", "reply of strangers ns", "allocations")
        for count in [20, 100, 1000, 10_000] {
            let workload = WorkloadB(knownNodes: count)
            let (poll, known) = (workload.poll(repetitions: repetitions), workload.reply(repetitions: repetitions, withStrangers: false))
            let strangers = workload.reply(repetitions: repetitions, withStrangers: true)
            table.add(
                "\(count)", poll.nanoseconds.shown(2), poll.allocations.shown(3), known.nanoseconds.shown(0), known.allocations.shown(2),
                strangers.nanoseconds.shown(0), strangers.allocations.shown(2))
        }
        print(table.text, terminator: "\n\n")
    }

    private static func printC(_ repetitions: Int, quick: Bool) -> Bool {
        let rows: [(WorkloadC, Totals)] = [
            (WorkloadC(strategy: .static, queriesAtOnce: 3, broadcasts: 100), Totals(advances: 6000, finds: 0, stores: 2000)),
            (WorkloadC(strategy: .static, queriesAtOnce: 3, broadcasts: 10_000), Totals(advances: 600_000, finds: 0, stores: 200_000)),
            (WorkloadC(strategy: .followUp, queriesAtOnce: 3, broadcasts: 100), Totals(advances: 10_291, finds: 2000, stores: 2000)),
            (
                WorkloadC(strategy: .followUp, queriesAtOnce: 3, broadcasts: 10_000),
                Totals(advances: 1_029_991, finds: 200_000, stores: 200_000)
            ),
            (WorkloadC(strategy: .followUp, queriesAtOnce: 100, broadcasts: 100), Totals(advances: 10_200, finds: 2000, stores: 2000)),
        ]
        var table = Table(
            "C: strategy", "queries at once", "broadcasts", "advances", "finds", "stores", "totals", "ms", "ns/advance", "us/broadcast",
            "allocations/advance")
        var isRight = true
        for (workload, totals) in rows where !quick || workload.broadcasts <= 100 {
            let result = workload.run(repetitions: repetitions)
            isRight = isRight && result.totals == totals
            table.add(
                workload.strategy.rawValue, "\(workload.queriesAtOnce)", "\(workload.broadcasts)", "\(result.totals.advances)",
                "\(result.totals.finds)", "\(result.totals.stores)", result.totals == totals ? "right" : "WRONG",
                (result.cost.nanoseconds / 1e6).shown(2), (result.cost.nanoseconds / Double(result.totals.advances)).shown(1),
                (result.cost.nanoseconds / Double(workload.broadcasts) / 1000).shown(2),
                (result.cost.allocations / Double(result.totals.advances)).shown(3))
        }
        print(table.text, terminator: "\n\n")
        return isRight
    }
}
