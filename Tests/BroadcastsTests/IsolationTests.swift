import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("D1: results go to their owner")
struct IsolationTests {
    @Test("48 nodes, 30 % silent: as many broadcasts end well together as alone, for 2, 3 and 4 at once")
    func shares() throws {
        let queries = QueryPoolConfiguration(concurrency: 4, replication: 8, requestTimeout: .seconds(10))
        var good = [Int](repeating: 0, count: 5)
        var goodAlone = good
        for seed in UInt64(0)..<200 {
            let network = FixedNetwork(seed: seed, nodes: 48, silentPercent: 30, jobs: 4)
            var alone: [OperationID: FixedNetwork.Result] = [:]
            for number in network.jobs.indices {
                alone.merge(try network.run(network.jobs[number...number], queries: queries)) { $1 }
            }
            for crowd in 1...4 {
                let together = crowd == 1 ? alone : try network.run(network.jobs.prefix(crowd), queries: queries)
                for job in network.jobs.prefix(crowd) {
                    #expect(together[job.id] == alone[job.id], "seed \(seed), \(crowd) at once, \(job.id)")
                    let (result, resultAlone) = (try #require(together[job.id]), try #require(alone[job.id]))
                    let isGood = result.isGood(target: job.target, replication: 8)
                    // Only a lookup whose seeds are all silent can't end well.
                    #expect(isGood || (result.outcome.reason == .noNodesFound && result.answered.isEmpty), "seed \(seed), \(job.id)")
                    good[crowd] += isGood ? 1 : 0
                    goodAlone[crowd] += resultAlone.isGood(target: job.target, replication: 8) ? 1 : 0
                }
            }
        }
        for crowd in 1...4 { #expect(good[crowd] == goodAlone[crowd]) }
        #expect(good[4] > 760)
    }

    @Test("T1: a lookup without seeds ends its own broadcast, and not the other")
    func emptyLookup() throws {
        let bench = try PoolBench()
        #expect(bench.follow("A", seed: [4, 3]) == .ask("A", 3))
        #expect(bench.follow("B", seed: []) == .end("B", .noNodesFound))
        #expect(bench.poll() == .ask("A", 4))
        #expect(bench.found("A", 3) == .waiting)
        #expect(bench.found("A", 4) == .store("A", 3))
        #expect(bench.poll() == .store("A", 4))
        #expect(bench.stored("A", 3) == .waiting)
        #expect(bench.stored("A", 4) == .end("A", .completed, [3, 4]))
        #expect(bench.poll() == .idle)
    }

    @Test("T2: a record goes to the nodes of its own lookup")
    func expiredElsewhere() throws {
        let bench = try PoolBench()
        #expect(bench.follow("B", seed: [0x81, 0x83]) == .ask("B", 0x81))
        #expect(bench.poll() == .ask("B", 0x83))
        #expect(bench.found("B", 0x81) == .waiting)
        bench.wait(.seconds(30))
        #expect(bench.follow("A", seed: [3, 4]) == .ask("A", 3))
        #expect(bench.poll() == .ask("A", 4))
        bench.wait(.seconds(31))
        #expect(bench.found("A", 3) == .store("B", 0x81))
        #expect(bench.found("A", 4) == .store("A", 3))
        #expect(bench.poll() == .store("A", 4))
        #expect(bench.stored("B", 0x81) == .end("B", .completed, [0x81]))
        #expect(bench.stored("A", 3) == .waiting)
        #expect(bench.stored("A", 4) == .end("A", .completed, [3, 4]))
        #expect(bench.poll() == .idle)
    }

    @Test("A query that times out ends its own broadcast")
    func timeoutElsewhere() throws {
        let bench = try PoolBench(.init(timeout: .seconds(30)))
        bench.follow("B", seed: [0x81, 0x83])
        bench.poll()
        bench.found("B", 0x81)
        bench.wait(.seconds(20))
        bench.follow("A", seed: [3])
        bench.wait(.seconds(11))
        #expect(bench.found("A", 3, [2]) == .ask("A", 2))
        #expect(bench.poll() == .store("B", 0x81))
        #expect(bench.stored("B", 0x81) == .end("B", .queryTimedOut, [0x81]))
        #expect(bench.found("A", 2) == .store("A", 2))
    }
}
