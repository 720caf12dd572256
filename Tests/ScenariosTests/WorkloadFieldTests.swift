import Broadcasts
import Coordination
import Queries
import Simulation
import Testing
import Timeline

@testable import Scenarios

/// A file with a workload and no broadcast.
func workload(_ lines: String, network: String = "size = 40") -> String { "[network]\n\(network)\n[workload]\n\(lines)\n" }

@Suite("Workloads, profiles and clients of scenario files")
struct WorkloadFieldTests {
    @Test("A workload needs no broadcast; its defaults")
    func defaults() throws {
        let scenario = try read(workload("puts = 3\nstrategy = \"followUp\""))
        #expect(scenario.workload == Workload(count: 3, pace: .atOnce(1), configurations: [.followUp(FollowUpConfiguration())]))
        #expect(scenario.broadcasts.isEmpty)
        let run = try Run(scenario)
        #expect(run.journal.entries.map(\.id) == ["p1", "p2", "p3"])
        #expect(run.journal.entries.allSatisfy { $0.end != nil })
        #expect(try read(network("size = 8")).workload == nil)
    }

    @Test("Every field")
    func fields() throws {
        let scenario = try read(
            workload(
                """
                puts = 10_000_000
                strategies = ["followUp", "optimistic"]
                every = "1s"
                storeTimeout = "none"
                storeConcurrency = 4
                individualCertainty = 0.8
                setStrictness = 0.2
                returnRatio = 1
                networkSize = "known"
                """, network: "size = 41\ndead = 0.25"))
        let stores = StoreOptions(storeTimeout: nil, storeConcurrency: 4)
        #expect(
            scenario.workload
                == Workload(
                    count: 10_000_000, pace: .every(.seconds(1)),
                    configurations: [
                        .followUp(FollowUpConfiguration(stores: stores)),
                        .optimistic(
                            OptimisticConfiguration(
                                individualCertainty: 0.8, setStrictness: 0.2, returnRatio: 1, networkSize: 31, stores: stores)),
                    ]))
        #expect(try read(workload("puts = 2\nstrategy = \"static\"\natOnce = 2")).workload?.pace == .atOnce(2))
    }

    @Test("A workload beside broadcasts, and puts that start in their time")
    func beside() throws {
        let text = network("size = 40") + "[workload]\nputs = 3\nstrategy = \"static\"\nevery = \"2s\"\n"
        let run = try Run(try read(text))
        #expect(run.journal.entries.map(\.id) == ["a", "p1", "p2", "p3"])
        let starts = run.steps.filter { if case .startBroadcast = $0.event { true } else { false } }.map(\.time)
        #expect(starts == [0, 0, 2, 4].map { Instant.start.advanced(by: .seconds($0)) })
    }

    @Test("An optimistic broadcast knows how many nodes are there")
    func known() throws {
        let text =
            "[network]\nsize = 100\ndead = 0.1\n[[network.nodes]]\njoin = 10\nnear = \"r\"\nbits = 3\n[[broadcast]]\nid = \"a\"\n"
            + "strategy = \"optimistic\"\nrecord = \"r\"\nnetworkSize = \"known\"\n"
        #expect(try read(text).broadcasts.first?.configuration == .optimistic(OptimisticConfiguration(networkSize: 99)))
    }

    // MARK: Profiles

    @Test("A profile fills what the file leaves out; fields beside it override its own")
    func profiles() throws {
        let amino = try read(network("profile = \"amino-2022\"")).network.configuration
        #expect(amino.nodes == .random(count: 20_811))
        #expect(amino.deadShare == 0.26)
        #expect(amino.conditions.dialing.roundTrips == 5 && amino.conditions.dialing.backoff == .seconds(5))
        #expect(amino.conditions.staleness.count == 10)
        #expect(abs(amino.conditions.staleness[0] - 0.0378) < 1e-9 && abs(amino.conditions.staleness[9] - 0.15) < 1e-9)
        #expect(amino.conditions.ignorance == 0.19)
        let mine = try read(network("profile = \"amino-2022\"\nsize = 50\ndead = 0\nlatency = \"1ms\"\ndial = { warm = 1 }")).network
            .configuration
        #expect(mine.nodes == .random(count: 50))
        #expect(mine.deadShare == 0)
        #expect(mine.conditions.latency == .constant(.milliseconds(1)))
        #expect(mine.conditions.dialing.roundTrips == 0)
        #expect(mine.conditions.staleness == amino.conditions.staleness)
        let keys = try read(network("profile = \"amino-2022\"\nkeyBits = 8\nkeys = [\"01\", \"02\"]")).network
        #expect(keys.nodes.count == 2 && keys.configuration.deadShare == 0.26)
        let ideal = try read(network("profile = \"ideal\"")).network.configuration
        #expect(ideal.nodes == .random(count: 10_000) && ideal.deadShare == 0)
        #expect(ideal.conditions == Conditions(latency: .constant(.milliseconds(50))))
    }

    @Test("The shares of failures add up to 1 in every profile", arguments: NetworkProfile.Name.allCases)
    func shares(name: NetworkProfile.Name) {
        let failures = name.profile.conditions.dialing?.failures ?? Dialing().failures
        #expect(Scenario.addUpToOne(failures.map(\.share)))
        #expect(failures.allSatisfy { $0.minimum <= $0.maximum })
    }

    @Test("The dials of 2021 take longer than those of 2022")
    func years() {
        func mean(_ profile: NetworkProfile) -> Double {
            (profile.conditions.dialing?.failures ?? []).reduce(0) { $0 + $1.share * Double($1.minimum.count + $1.maximum.count) / 2 }
        }
        #expect(mean(.amino2021) > 2 * mean(.amino2022))
    }

    // MARK: Clients

    @Test("A client fills what the pool leaves out, and the time of stores; fields beside it override its own")
    func clients() throws {
        let zikade = try read(rest("[pool]\nclient = \"zikade\""))
        #expect(
            zikade.pool.queries
                == QueryPoolConfiguration(
                    concurrency: 3, timeout: .minutes(5), replication: 20, queryConcurrency: 3, requestTimeout: .minutes(1)))
        let classic = try read(rest("[pool]\nclient = \"go-libp2p-classic\"\nreplication = 5"))
        #expect(classic.pool.queries.queryConcurrency == 10)
        #expect(classic.pool.queries.concurrency == 10)
        #expect(classic.pool.queries.replication == 5)
        #expect(classic.pool.queries.requestTimeout == .minutes(1))
        #expect(
            classic.broadcasts.first?.configuration == .followUp(FollowUpConfiguration(stores: StoreOptions(storeTimeout: .minutes(1)))))
    }
}
