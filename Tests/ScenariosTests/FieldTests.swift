import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Testing
import Timeline

@testable import Scenarios

@Suite("Every field of a scenario file has its effect")
struct FieldTests {
    @Test("Defaults")
    func defaults() throws {
        let scenario = try read(network("size = 8"))
        let network = scenario.network.configuration
        #expect(scenario.name == "test")
        #expect(scenario.title == "test")
        #expect(network.keyBits == 256)
        #expect(network.bucketSize == 20)
        #expect(network.seed == 1)
        #expect(network.conditions.latency == .lognormal(median: .milliseconds(40), p95: .milliseconds(120)))
        #expect(network.conditions.loss == 0)
        #expect(network.silentShare == 0)
        #expect(network.failingShare == 0)
        #expect(network.silentKeys.isEmpty)
        #expect(network.failingKeys.isEmpty)
        #expect(network.localKey == nil)
        #expect(scenario.pool == PoolConfiguration())
        #expect(scenario.polling == .untilWaiting)
        let put = try #require(scenario.broadcasts.first)
        #expect(put.start == .start)
        #expect(put.stop == nil)
        #expect(put.configuration == .followUp(FollowUpConfiguration()))
        #expect(put.record == Record(name: "r"))
        #expect(put.target == Key256(sha256Of: "r", bits: 256))
        #expect(put.seed == scenario.network.localClosest(to: put.target))
    }

    @Test("Network")
    func networkFields() throws {
        let scenario = try read(
            "title = \"A title\"\n"
                + network(
                    """
                    size = 40
                    keyBits = 160
                    bucketSize = 3
                    seed = 9223372036854775807
                    latency = "7ms"
                    loss = 0.25
                    silent = 0.5
                    failing = 0.5
                    self = "00000000000000000000000000000000000000Ff"
                    """))
        let network = scenario.network.configuration
        #expect(scenario.title == "A title")
        #expect(scenario.network.nodes.count == 40)
        #expect(scenario.keyBits == 160)
        #expect(network.bucketSize == 3)
        #expect(scenario.seed == UInt64(Int64.max))
        #expect(network.conditions.latency == .constant(.milliseconds(7)))
        #expect(network.conditions.loss == 0.25)
        #expect(network.silentShare == 0.5)
        #expect(network.failingShare == 0.5)
        #expect(scenario.network.local.key.shown(160) == "00000000000000000000000000000000000000ff")
        #expect(scenario.network.nodes.allSatisfy { scenario.network.behaviour(of: $0) != .honest })
    }

    @Test("Nodes by key")
    func keys() throws {
        let scenario = try read(
            network("keyBits = 8\nkeys = [\"c0\", \"0A\", \"77\"]\nself = \"0b\"\nsilentNodes = [\"0a\"]\nfailingNodes = [\"C0\"]"))
        #expect(scenario.network.nodes.map { $0.key.shown(8) } == ["0a", "77", "c0"])
        #expect(scenario.network.nodes.map { scenario.network.behaviour(of: $0) } == [.silent, .honest, .failing])
        #expect(scenario.network.local.key.shown(8) == "0b")
    }

    @Test(
        "Latency",
        arguments: [
            ("\"1ns\"", .constant(Nanoseconds(1))), ("\"1h\"", .constant(.seconds(3600))),
            ("{ distribution = \"constant\", time = \"1.5ms\" }", .constant(.microseconds(1500))),
            (
                "{ distribution = \"uniform\", minimum = \"10ms\", maximum = \"10ms\" }",
                .uniform(minimum: .milliseconds(10), maximum: .milliseconds(10))
            ),
            (
                "{ distribution = \"lognormal\", median = \"1ms\", p95 = \"1s\" }",
                .lognormal(median: .milliseconds(1), p95: .seconds(1))
            ),
        ] as [(String, Latency)])
    func latency(value: String, expected: Latency) throws {
        #expect(try read(network("size = 8\nlatency = \(value)")).network.configuration.conditions.latency == expected)
    }

    @Test("Pool and driver")
    func pool() throws {
        let scenario = try read(
            rest(
                """
                [pool]
                concurrency = 7
                timeout = "9s"
                replication = 11
                queryConcurrency = 13
                requestTimeout = "15ms"
                resiliency = 5
                maxBroadcasts = 17
                [driver]
                poll = "oncePerReply"
                """))
        let queries = QueryPoolConfiguration(
            concurrency: 7, timeout: .seconds(9), replication: 11, queryConcurrency: 13, requestTimeout: .milliseconds(15),
            resiliency: 5)
        #expect(scenario.pool == PoolConfiguration(queries: queries, maxBroadcasts: 17))
        #expect(scenario.polling == .oncePerReply)
        #expect(try scenario.world().view.slots == 7)
    }

    @Test("Broadcasts")
    func broadcasts() throws {
        let scenario = try read(
            """
            [network]
            keyBits = 8
            keys = ["10", "20", "f1"]
            [[broadcast]]
            id = "b 1\\n"
            strategy = "static"
            target = "2A"
            record = "named"
            seeds = ["F", "10", "10"]
            start = "2ms"
            stop = "2ms"
            storeTimeout = "none"
            storeConcurrency = 4
            [[broadcast]]
            id = "b2"
            strategy = "optimistic"
            target = "f0"
            seeds = []
            storeTimeout = "4s"
            individualCertainty = 0.8
            setStrictness = 0.2
            returnRatio = 1
            networkSize = 500
            """)
        let (first, second) = (scenario.broadcasts[0], scenario.broadcasts[1])
        #expect(first.id == "b 1\n")
        #expect(first.configuration == .static(StaticConfiguration(stores: StoreOptions(storeTimeout: nil, storeConcurrency: 4))))
        #expect(first.record == Record(name: "named"))
        #expect(first.target.shown(8) == "2a")
        #expect(first.seed.map { $0.key.shown(8) } == ["f1", "10", "10"])
        #expect(first.start == Instant.start.advanced(by: .milliseconds(2)))
        #expect(first.stop == first.start)
        #expect(second.record == Record(name: "f0"))
        #expect(second.seed.isEmpty)
        #expect(
            second.configuration
                == .optimistic(
                    OptimisticConfiguration(
                        individualCertainty: 0.8, setStrictness: 0.2, returnRatio: 1, networkSize: 500,
                        stores: StoreOptions(storeTimeout: .seconds(4)))))
    }

    @Test("A stop at the time of the start comes after it; a missing stop stops nothing")
    func stop() throws {
        let base = "[network]\nsize = 8\n[[broadcast]]\nid = \"a\"\nstrategy = \"followUp\"\nrecord = \"r\"\nstart = \"3ms\"\n"
        #expect(try Run(try read(base)).outcome("a")?.reason == .completed)
        let stopped = try Run(try read(base + "stop = \"3ms\"\n"))
        #expect(stopped.outcome("a")?.reason == .stopped)
        #expect(stopped.steps.first?.event.id == "a")
    }

    @Test("Seeds from the routing table are the closest nodes of it, at most a bucket full")
    func routingTable() throws {
        let scenario = try read(network("size = 60\nbucketSize = 5") + "seeds = \"routingTable\"\n")
        let put = try #require(scenario.broadcasts.first)
        #expect(put.seed == scenario.network.localClosest(to: put.target))
        #expect(put.seed.count == 5)
    }

    @Test("An id that is started twice: the second start is rejected, the first broadcast goes on")
    func twice() throws {
        let again = "[[broadcast]]\nid = \"a\"\nstrategy = \"static\"\nrecord = \"other\"\n"
        let run = try Run(try read(network("size = 8") + again))
        #expect(run.journal.entries.map(\.record.name) == ["r"])
        #expect(run.outcome("a")?.reason == .completed)
        #expect(run.steps.contains { $0.state == .broadcastRejected(id: "a", reason: .idInUse) })
    }
}
