import Coordination
import Kademlia
import Testing
import Timeline

@testable import Simulation

@Suite("Who is there, and who knows it")
struct PresenceTests {
    private static let models: [SessionModel] = [
        SessionModel(session: .constant(.seconds(30)), absence: .constant(.seconds(10))),
        SessionModel(session: .exponential(mean: .seconds(60)), absence: .exponential(mean: .seconds(40))),
        SessionModel(session: .weibull(shape: 0.68, scale: .seconds(100)), absence: .lognormal(median: .seconds(40), p95: .seconds(200))),
    ]

    /// The mean of a distribution, by its table: that of the longest 1/1024 is cut.
    private func presence(_ model: SessionModel) -> Double { SessionTables(model).presence }

    @Test("The share that is there is the same at all times: session / (session + absence)", arguments: models)
    func stationary(model: SessionModel) {
        let network = network(4000) { $0.conditions.sessions = model }
        let share = presence(model)
        for moment in [0, 1, 7, 20, 61, 300, 3601] as [Int64] {
            let there = network.nodes.count { network.isPresent($0, at: .seconds(moment)) }
            #expect(near(there, of: 4000, share: share), "\(there) after \(moment) s, of \(share)")
        }
    }

    @Test("The share is that of the distributions' means")
    func means() {
        #expect(presence(Self.models[0]) == 0.75)
        #expect(abs(presence(Self.models[1]) - 0.6) < 0.003)
        // Γ(1 + 1/0.68) = 1.3029; a lognormal's mean is its median · e^(σ²/2), σ = ln 5 / 1.645.
        #expect(abs(presence(Self.models[2]) - 130.29 / (130.29 + 64.57)) < 0.02)
    }

    @Test("What happens to a node is what changes whether it is there", arguments: models)
    func happenings(model: SessionModel) {
        let network = network(24) {
            $0.conditions.sessions = model
            var group = NodeGroup(.share(0.5))
            (group.from, group.until) = (.seconds(50), .seconds(90))
            group.change.behaviour = .dead
            $0.groups = [group]
        }
        for node in network.nodes {
            let happenings = network.happenings(to: node, after: .seconds(5), upTo: .seconds(400))
            var (isThere, next) = (network.isPresent(node, at: .seconds(5)), 0)
            for step in 1...3950 {
                let moment = Instant.seconds(5).advanced(by: .milliseconds(100 * Int64(step)))
                while next < happenings.count, happenings[next].time <= moment {
                    #expect(happenings[next].what == (isThere ? .left : .joined))
                    #expect(network.isPresent(node, at: happenings[next].time) == !isThere)
                    isThere.toggle()
                    next += 1
                }
                #expect(network.isPresent(node, at: moment) == isThere)
            }
            #expect(next == happenings.count)
        }
    }

    // MARK: Routing tables

    /// The share of the entries of a bucket of all nodes that are gone, and their number.
    private func stale(_ network: VirtualNetwork, bucket: Int) -> (gone: Int, all: Int) {
        network.nodes.reduce(into: (0, 0)) { sum, node in
            let entries = network.bucket(bucket, of: node)
            sum.0 += entries.count { !network.isPresent($0, at: .start) }
            sum.1 += entries.count
        }
    }

    @Test("Entries that are gone have the share of their bucket")
    func staleness() {
        let network = network(3000) {
            $0.deadShare = 0.26
            $0.conditions.staleness = [0.04, 0.08, 0.15]
        }
        for (bucket, share) in [(0, 0.04), (1, 0.08), (2, 0.15), (4, 0.15)] {
            let (gone, all) = stale(network, bucket: bucket)
            #expect(near(gone, of: all, share: share), "bucket \(bucket): \(gone) of \(all)")
        }
        let fresh = SimulationTests.network(3000) { $0.deadShare = 0.26 }
        #expect(stale(fresh, bucket: 3).gone == 0)
    }

    @Test("Nodes that are unknown have the share where a bucket is not full; a full one is full all the same")
    func ignorance() {
        let (all, some) = (network(2000) { _ in }, SimulationTests.network(2000) { $0.conditions.ignorance = 0.19 })
        let bucket = 10
        func entries(_ network: VirtualNetwork) -> Int { network.nodes.reduce(0) { $0 + network.bucket(bucket, of: $1).count } }
        #expect(near(entries(some), of: entries(all), share: 0.81))
        #expect(some.nodes.prefix(200).allSatisfy { some.bucket(0, of: $0).count == 8 })
    }

    @Test("Who has come or gone is noticed at the next refresh")
    func refresh() {
        let network = network(60) {
            $0.bucketSize = 100
            $0.refreshInterval = .seconds(20)
            var group = NodeGroup(.share(0.5))
            group.from = .seconds(100)
            group.change.behaviour = .dead
            $0.groups = [group]
        }
        let gone = network.nodes.filter { !network.isPresent($0, at: .seconds(100)) }
        var times: Set<Int64> = []
        for node in network.nodes {
            func knows(_ second: Int64) -> Bool { gone.contains { network.bucket(0, of: node, at: .seconds(second)).contains($0) } }
            guard knows(99) else { continue }
            #expect(!knows(120))
            times.insert((100...120).first { !knows($0) } ?? 0)
        }
        #expect(times.count > 5, "each refreshes in its own time")
    }

    @Test("The closest that would keep a record are those of a plain search", arguments: 1...4 as ClosedRange<UInt64>)
    func closestKeepers(seed: UInt64) {
        let network = network(700, seed: seed) {
            $0.silentShare = 0.1
            $0.failingShare = 0.1
            $0.deadShare = 0.2
            $0.conditions.sessions = Self.models[1]
            var group = NodeGroup(.share(0.2))
            (group.from, group.isCutOff) = (.seconds(10), true)
            $0.groups = [group]
        }
        for moment in [Instant.start, .seconds(10), .seconds(100)] {
            for target in [network.nodes[3].key, .zero, network.nodes[350].key, key(0x2a)] {
                let all = network.nodes.filter { network.wouldKeep($0, at: moment) }.sorted { $0.key.isCloser(to: target, than: $1.key) }
                for count in [1, 20, 700] {
                    #expect(network.closestKeepers(to: target, count: count, at: moment) == Array(all.prefix(count)))
                }
            }
        }
    }
}
