import Coordination
import Kademlia
import Simulation
import Testing
import Timeline

@testable import Scenarios

/// A field of conditions as a file gives it, and what it changes.
private typealias Given = (field: String, change: @Sendable (inout ConditionChange) -> Void)

@Suite("Fields of conditions, for the network and for a group")
struct ConditionFieldTests {
    private static let fields: [Given] = [
        ("slow = 2.5", { $0.slowness = 2.5 }), ("loss = 0.25", { $0.loss = 0.25 }), ("duplicate = 1", { $0.duplication = 1 }),
        (
            "reorder = { share = 0.1, delay = \"2s\" }", { $0.reordering = Reordering(share: 0.1, delay: .seconds(2)) }
        ),
        (
            "dial = { roundTrips = 3, warm = 0.43 }",
            {
                $0.dialing = Dialing()
                $0.dialing?.roundTrips = 3
                $0.dialing?.warm = 0.43
            }
        ),
        (
            """
            dial = { failures = [{ share = 0.5 }, { share = 0.3, time = "5s" }, { share = 0.2, minimum = "45s", maximum = "1min" }] }
            """,
            {
                $0.dialing = Dialing()
                $0.dialing?.failures = [
                    .init(share: 0.5, minimum: .zero, maximum: .zero), .init(share: 0.3, minimum: .seconds(5), maximum: .seconds(5)),
                    .init(share: 0.2, minimum: .seconds(45), maximum: .seconds(60)),
                ]
            }
        ),
        ("lies = \"strangers\"", { $0.lie = .strangers }), ("lies = \"promotion\"", { $0.lie = .promotion }),
        ("lies = { eclipse = \"r\" }", { $0.lie = .eclipse(of: Key256(sha256Of: "r", bits: 256)) }),
        ("lies = { eclipseKey = \"\(String(repeating: "0", count: 64))\" }", { $0.lie = .eclipse(of: .zero) }),
        ("refuseStores = 0.1", { $0.storeRefusal = 0.1 }), ("dropStores = 0.2", { $0.storeVanishing = 0.2 }),
        ("recordLifetime = \"24h\"", { $0.recordLifetime = .minutes(24 * 60) }),
        (
            """
            churn = { session = { distribution = "weibull", shape = 0.68, scale = "14900s" }, absence = "2h" }
            """,
            { $0.sessions = SessionModel(session: .weibull(shape: 0.68, scale: .seconds(14900)), absence: .constant(.minutes(120))) }
        ),
        (
            """
            churn = { session = { distribution = "exponential", mean = "1h" }, absence = { distribution = "constant", time = "1s" } }
            """,
            { $0.sessions = SessionModel(session: .exponential(mean: .minutes(60)), absence: .constant(.seconds(1))) }
        ),
        (
            """
            churn = { session = "100ms", absence = { distribution = "lognormal", median = "1min", p95 = "1h" } }
            """,
            {
                $0.sessions = SessionModel(
                    session: .constant(.milliseconds(100)), absence: .lognormal(median: .minutes(1), p95: .minutes(60)))
            }
        ), ("stale = 0.1", { $0.staleness = [0.1] }), ("stale = [0.01, 0.1]", { $0.staleness = [0.01, 0.1] }),
        ("unknown = 0.19", { $0.ignorance = 0.19 }), ("latency = \"7ms\"", { $0.latency = .constant(.milliseconds(7)) }),
        (
            """
            latency = { distribution = "regional", regions = ["eu", "us"], shares = [0.4, 0.6], home = "us", times = [["5ms", "40ms"], ["41ms", "6ms"]], spread = 1.5 }
            """,
            {
                $0.latency = .regional(
                    Regions(
                        names: ["eu", "us"], shares: [0.4, 0.6],
                        times: [[.milliseconds(5), .milliseconds(40)], [.milliseconds(41), .milliseconds(6)]], home: 1, spread: 1.5))
            }
        ),
    ]

    @Test("Each in [network] and in [[network.nodes]]", arguments: fields.indices)
    func field(index: Int) throws {
        let (field, change) = Self.fields[index]
        var expected = ConditionChange()
        change(&expected)
        var conditions = Conditions(latency: .lognormal(median: .milliseconds(40), p95: .milliseconds(120)))
        #expect(try read(network("size = 8")).network.configuration.conditions == conditions)
        conditions.apply(expected)
        #expect(try read(network("size = 8\n\(field)")).network.configuration.conditions == conditions)
        let group = try read(network("size = 8\n[[network.nodes]]\nshare = 0.5\n\(field)")).network.configuration.groups.first
        #expect(group?.change == expected)
        #expect(group?.members == .share(0.5))
    }

    @Test("Every field of conditions is tested here")
    func complete() {
        #expect(Set(Self.fields.map { String($0.field.prefix { $0 != " " }) }) == Set(Scenario.conditionFields))
    }

    @Test("Shares of dead nodes, the refresh, and the largest network")
    func shares() throws {
        let configuration = try read(network("size = 40\nsilent = 0.2\nfailing = 0.1\ndead = 0.7\nrefresh = \"3s\"")).network
            .configuration
        #expect(configuration.deadShare == 0.7)
        #expect(configuration.refreshInterval == .seconds(3))
        let untold = try read(network("size = 8")).network.configuration
        #expect(untold.deadShare == 0)
        #expect(untold.refreshInterval == .minutes(10))
        #expect(untold.groups.isEmpty)
        #expect(try read(network("size = 50_000")).network.nodes.count == 50_000)
        let dead = try read(network("size = 20\ndead = 1")).network
        #expect(dead.nodes.allSatisfy { dead.behaviour(of: $0) == .dead })
    }

    // MARK: Groups

    @Test("Groups: by keys, by a share, planted; from and until; cut off; a state")
    func groups() throws {
        let scenario = try read(
            network(
                """
                keyBits = 8
                keys = ["10", "1f", "20", "f1"]
                self = "00"
                [[network.nodes]]
                keys = ["1", "F1"]
                from = "2s"
                until = "6s"
                state = "dead"
                [[network.nodes]]
                share = 1
                cut = true
                from = "10s"
                [[network.nodes]]
                join = 7
                nearKey = "80"
                bits = 5
                lies = "promotion"
                [[network.nodes]]
                join = 1
                near = "r"
                bits = 8
                """))
        let (network, groups) = (scenario.network, scenario.network.configuration.groups)
        #expect(network.nodes.count == 12)
        #expect(network.nodes.count { $0.key.shown(8) >= "80" && $0.key.shown(8) < "88" } == 7)
        #expect(network.node(withKey: Key256(sha256Of: "r", bits: 8)) != nil)
        #expect(groups[1].members == .all && groups[1].isCutOff && groups[1].until == nil)
        #expect(groups[2].change.lie == .promotion && groups[2].from == .start)
        #expect(groups[3].change == ConditionChange())
        func there(_ seconds: Int64) -> [String] {
            let moment = Instant.start.advanced(by: .seconds(seconds))
            return network.nodes.filter { network.isPresent($0, at: moment) }.map { $0.key.shown(8) }
        }
        #expect(there(1).count == 12)
        #expect(Set(there(0)).subtracting(there(2)) == ["10", "1f", "f1"])
        #expect(there(5) == there(2))
        #expect(there(6) == there(0))
        for (moment, isKept) in [(9, true), (10, false)] as [(Int64, Bool)] {
            #expect(network.wouldKeep(network.nodes[0], at: .start.advanced(by: .seconds(moment))) == isKept)
        }
    }

    @Test("Planted nodes have keys of their own, even where only those are left")
    func planted() throws {
        let near = String(Key256(sha256Of: "r", bits: 8).shown(8).prefix(1))
        let scenario = try read(
            network(
                """
                keyBits = 8
                size = 1
                self = "\(near)3"
                [[network.nodes]]
                join = 15
                near = "r"
                bits = 4
                """))
        #expect(scenario.network.nodes.count == 16)
        #expect(scenario.network.nodes.count { $0.key.shown(8).hasPrefix(near) } == 15)
        #expect(!scenario.network.nodes.contains(scenario.network.local))
    }

    @Test("The beginnings of keys are found in a large network without a scan")
    func prefixes() throws {
        let plain = try read(network("size = 30_000"))
        let shown = plain.network.nodes[777].key.shown(256)
        let text = network("size = 30_000\n[[network.nodes]]\nkeys = [\"\(shown.prefix(12))\"]\nstate = \"failing\"")
        let scenario = try read(text + "seeds = [\"\(shown.prefix(10).uppercased())\", \"\(shown)\"]\n")
        let network = scenario.network
        #expect(network.nodes.filter { network.behaviour(of: $0) == .failing }.map(\.index) == [777])
        #expect(scenario.broadcasts.first?.seed.map(\.index) == [777, 777])
    }
}
