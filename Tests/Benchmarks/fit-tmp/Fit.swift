import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Timeline

func lognormalP95(_ median: Double, _ sigma: Double) -> Double {
    // e^(1.645 sigma)
    var x = 1.0, term = 1.0
    let y = 1.6448536269514722 * sigma
    for n in 1...30 { term *= y / Double(n); x += term }
    return median * x
}

func amino(_ size: Int = 20_811) -> NetworkConfiguration {
    var c = NetworkConfiguration(
        nodes: .random(count: size), seed: 1,
        latency: .lognormal(median: .microseconds(71_500), p95: Nanoseconds(Int64(lognormalP95(71_500_000, 0.2828)))))
    c.deadShare = 0.26
    c.conditions.dialing.roundTrips = 3
    c.conditions.dialing.warm = 0.43
    c.conditions.dialing.failures = [
        .init(share: 0.61, minimum: .zero, maximum: .zero),
        .init(share: 0.25, minimum: .seconds(5), maximum: .seconds(5)),
        .init(share: 0.05, minimum: .seconds(10), maximum: .seconds(10)),
        .init(share: 0.07, minimum: .seconds(15), maximum: .seconds(15)),
        .init(share: 0.02, minimum: .seconds(45), maximum: .seconds(63)),
    ]
    c.conditions.staleness = (0...9).map { 0.0378 + (0.15 - 0.0378) * Double($0) / 9 }
    c.conditions.ignorance = 0.19
    return c
}

extension Nanoseconds { static func microseconds(_ n: Int64) -> Nanoseconds { Nanoseconds(n * 1000) } }

func run(_ c: NetworkConfiguration, puts: Int, alpha: Int, beta: Int?, configuration: BroadcastConfiguration, requestTimeout: Nanoseconds = .minutes(1)) -> [PutResult] {
    let network = VirtualNetwork(c)
    var q = QueryPoolConfiguration(concurrency: 1000, queryConcurrency: alpha, requestTimeout: requestTimeout)
    q.resiliency = beta
    let pool = try! BroadcastPool<NetworkNode, Record>(localNode: network.local, configuration: PoolConfiguration(queries: q))
    let world = SimulatedWorld(network: network, pool: pool, plan: [], workload: Workload(count: puts, pace: .atOnce(1), configurations: [configuration]))
    var run = MeteredRun(world)
    while run.advance(steps: 1 << 20) {}
    return run.results
}

func q(_ values: [Double], _ p: Double) -> Double {
    let s = values.sorted()
    guard !s.isEmpty else { return .nan }
    let x = p * Double(s.count - 1)
    let i = Int(x)
    return i + 1 < s.count ? s[i] + (s[i + 1] - s[i]) * (x - Double(i)) : s[i]
}
func r(_ x: Double) -> String { "\((x * 100).rounded() / 100)" }
func mean(_ v: [Double]) -> Double { v.reduce(0, +) / Double(v.count) }

func show(_ name: String, _ results: [PutResult]) {
    let d = results.map { Double($0.duration.count) / 1e9 }
    print(name, "n", results.count, "dur p5/25/50/75/90/95", [0.05, 0.25, 0.5, 0.75, 0.9, 0.95].map { r(q(d, $0)) }.joined(separator: " "))
    let h = results.map { Double($0.holders) }
    print("   holders", [0.05, 0.5, 0.9].map { r(q(h, $0)) }.joined(separator: "/"), "requests", r(mean(results.map { Double($0.finds + $0.stores) })), "finds", r(mean(results.map { Double($0.finds) })),
        "walk mean share", r(mean(results.map(\.walkShare))), "ratio", r(mean(results.map { Double($0.start.duration(to: $0.walkEnd).count) }) / mean(results.map { Double($0.duration.count) })),
        "req p10/50/90", [0.1, 0.5, 0.9].map { r(q(results.map { Double($0.finds + $0.stores) }, $0)) }.joined(separator: "/"), "walk p5/25/50/75/90", [0.05, 0.25, 0.5, 0.75, 0.9].map { r(q(results.map { Double($0.start.duration(to: $0.walkEnd).count) / 1e9 }, $0)) }.joined(separator: " "), "overlap", r(mean(results.map(\.overlap)) * 100), "regret", r(mean(results.map(\.regret))), "timeouts", r(mean(results.map { Double($0.timeouts) })))
    let hops = results.flatMap(\.hops)
    var counts = [Int: Int]()
    for x in hops { counts[x, default: 0] += 1 }
    let published = [0: 0.020, 1: 0.208, 2: 0.592, 3: 0.166, 4: 0.013, 5: 0.001]
    var tv = 0.0
    for i in 0...9 { tv += abs(Double(counts[i] ?? 0) / Double(hops.count) - (published[i] ?? 0)) / 2 }
    print("   hops mean", r(mean(hops.map(Double.init))), (0...6).map { r(Double(counts[$0] ?? 0) / Double(hops.count) * 100) }.joined(separator: " "), "TV", r(tv))
}


func arg(_ name: String, _ d: Double) -> Double {
    for a in CommandLine.arguments where a.hasPrefix(name + "=") { return Double(a.dropFirst(name.count + 1)) ?? d }
    return d
}

@main enum Fit {
    static func main() {
        let n = Int(arg("n", 1000))
        if arg("w", 0) > 0 {
            let network = VirtualNetwork(NetworkConfiguration(nodes: .random(count: Int(arg("w", 0))), seed: 1, latency: .constant(.milliseconds(50))))
            let pool = try! BroadcastPool<NetworkNode, Record>(localNode: network.local, configuration: PoolConfiguration(queries: QueryPoolConfiguration(concurrency: 100)))
            var world = SimulatedWorld(network: network, pool: pool, plan: [], workload: Workload(count: n, pace: .atOnce(100), configurations: [.followUp(FollowUpConfiguration())]))
            while world.run(steps: 1 << 20) {}
            print(world.deliveredReplies)
            return
        }
        var c = amino()
        c.seed = UInt64(arg("seed", 1))
        let rtt = arg("rtt", 143), sigma = arg("sigma", 0.2)
        c.conditions.latency = .lognormal(median: Nanoseconds(Int64(rtt / 2 * 1e6)), p95: Nanoseconds(Int64(lognormalP95(rtt / 2 * 1e6, sigma * 1.41421356))))
        c.conditions.dialing.roundTrips = arg("dial", 3)
        c.conditions.dialing.warm = arg("warm", 0.43)
        c.conditions.dialing.backoff = Nanoseconds(Int64(arg("backoff", 5) * 1e9))
        let f5 = arg("f5", 0.25), f10 = arg("f10", 0.05), f15 = arg("f15", 0.07), f45 = arg("f45", 0.02)
        c.conditions.dialing.failures = [
            .init(share: 1 - f5 - f10 - f15 - f45, minimum: .zero, maximum: .zero),
            .init(share: f5, minimum: .seconds(5), maximum: .seconds(5)),
            .init(share: f10, minimum: .seconds(10), maximum: .seconds(10)),
            .init(share: f15, minimum: .seconds(15), maximum: .seconds(15)),
            .init(share: f45, minimum: .seconds(45), maximum: .seconds(63)),
        ]
        c.conditions.ignorance = arg("unknown", 0.19)
        let slowShare = arg("slowShare", 0)
        if slowShare > 0 {
            var g = NodeGroup(.share(slowShare))
            g.change.slowness = arg("slow", 3)
            c.groups = [g]
        }
        let s0 = arg("s0", 0.0378), s9 = arg("s9", 0.15)
        c.conditions.staleness = (0...9).map { s0 + (s9 - s0) * Double($0) / 9 }
        let alpha = Int(arg("alpha", 10))
        let sets = Int(arg("sets", 7))
        if sets & 1 != 0 { show("classic", run(c, puts: n, alpha: alpha, beta: 3, configuration: .followUp(.init()))) }
        if sets & 2 != 0 { show("followUp a3", run(c, puts: n, alpha: 3, beta: nil, configuration: .followUp(.init()))) }
        var o = OptimisticConfiguration()
        o.networkSize = Int(arg("size", 15_400))
        if sets & 4 != 0 { show("optimistic", run(c, puts: n, alpha: alpha, beta: 3, configuration: .optimistic(o))) }
    }
}
