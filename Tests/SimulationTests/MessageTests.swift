import Broadcasts
import Coordination
import Kademlia
import Queries
import Testing
import Timeline

@testable import Simulation

/// Whether a count is what a share of all lets one expect, within five standard deviations.
func near(_ count: Int, of total: Int, share: Double) -> Bool {
    abs(Double(count) / Double(total) - share) <= 5 * (share * (1 - share) / Double(total)).squareRoot() + 1e-12
}

/// A network of random nodes, 10 ms away each, with changes.
func network(
    _ count: Int = 2000, seed: UInt64 = 8, latency: Latency = .constant(.milliseconds(10)), _ change: (inout NetworkConfiguration) -> Void
) -> VirtualNetwork {
    var configuration = NetworkConfiguration(nodes: .random(count: count), bucketSize: 8, seed: seed, latency: latency)
    change(&configuration)
    return VirtualNetwork(configuration)
}

extension Instant {
    /// So many seconds after the start.
    static func seconds(_ count: Int64) -> Instant { .start.advanced(by: .seconds(count)) }
}

extension VirtualNetwork {
    /// What becomes of a request to every node.
    fileprivate func exchanges(_ kind: RequestKind = .findCloser, at moment: Instant = .start, isConnected: Bool = false) -> [Exchange] {
        nodes.map { exchange(with: $0.index, kind, of: "a", at: moment, isConnected: isConnected) }
    }
}

extension VirtualNetwork.Exchange {
    /// How long the reply takes; `nil` if there is none, or it is an error.
    fileprivate var successAfter: Nanoseconds? {
        if case .success(let after, _) = reply { after } else { nil }
    }

    /// How long an error takes.
    fileprivate var failureAfter: Nanoseconds? {
        switch reply {
        case .refusal(let after, _), .unreachable(let after): after
        case .success, .never: nil
        }
    }
}

@Suite("What conditions make of messages")
struct MessageTests {
    @Test("Copies arrive after their originals, as often as they should", arguments: [0, 0.1, 1])
    func duplicates(share: Double) {
        let network = network { $0.conditions.duplication = share }
        let exchanges = network.exchanges()
        #expect(near(exchanges.count { $0.copyAfter != nil }, of: 2000, share: share))
        for exchange in exchanges where exchange.copyAfter != nil { #expect(exchange.copyAfter == .milliseconds(30)) }
        #expect(network.configuration.hasCopies == (share > 0))
    }

    @Test("A put under duplication: a reply comes twice, the copy is ignored, and the law N1 holds")
    func duplicatedPut() throws {
        let network = network(100) { $0.conditions.duplication = 1 }
        let target = network.nodes[50].key
        var world = try PoolWorld.over(network, [.follow("a", target: target, seed: network.localClosest(to: target))])
        var checkers = [false, true].map { allowsCopies in
            var checker = InvariantChecker(localNode: network.local, configuration: .init())
            checker.allowsCopies = allowsCopies
            return checker
        }
        var (violations, steps, before) = ([[], []] as [[Violation]], [] as [Step], world.view)
        while let step = world.step() {
            for index in checkers.indices { violations[index] += checkers[index].check(step, before: before, after: world.view) }
            before = world.view
            steps.append(step)
        }
        let replies = steps.filter { if case .reply = $0.trigger { true } else { false } }
        let sent = steps.count { step in
            switch step.state {
            case .findCloser, .storeRecord: true
            case .idle, .waiting, .broadcastFinished, .broadcastRejected: false
            }
        }
        #expect(sent > 15)
        #expect(replies.count == 2 * sent)
        #expect(!violations[0].isEmpty && Set(violations[0].map(\.law)) == [.n1])
        #expect(violations[1].isEmpty)
    }

    @Test("Replies that are held back: the share, and any time up to the longest")
    func reordering() {
        let network = network { $0.conditions.reordering = Reordering(share: 0.3, delay: .seconds(1)) }
        let held = network.exchanges().compactMap(\.successAfter).filter { $0 != .milliseconds(20) }
        #expect(near(held.count, of: 2000, share: 0.3))
        #expect(held.allSatisfy { $0 > .milliseconds(20) && $0 <= .milliseconds(1020) })
        #expect(near(held.count { $0 < .milliseconds(270) }, of: held.count, share: 0.25))
    }

    @Test("A node that is slow takes so many times as long; a factor beyond all measure is no end")
    func slow() {
        #expect(network { $0.conditions.slowness = 2.5 }.exchanges().allSatisfy { $0.successAfter == .milliseconds(50) })
        let endless = network(10, latency: .constant(.seconds(3600))) {
            $0.conditions.slowness = 1e30
            $0.conditions.dialing.roundTrips = 1000
            $0.conditions.duplication = 1
        }
        #expect(endless.exchanges().allSatisfy { ($0.successAfter?.count ?? 0) > 0 && ($0.copyAfter?.count ?? 0) > 0 })
    }

    @Test("Connecting takes round trips, but with those that are connected already, and only once")
    func dialing() {
        let network = network {
            $0.conditions.dialing.roundTrips = 3
            $0.conditions.dialing.warm = 0.43
        }
        let times = network.exchanges().compactMap(\.successAfter)
        #expect(Set(times) == [.milliseconds(20), .milliseconds(80)])
        #expect(near(times.count { $0 == .milliseconds(20) }, of: 2000, share: 0.43))
        #expect(network.exchanges(.store, isConnected: true).allSatisfy { $0.successAfter == .milliseconds(20) })
    }

    @Test("A put dials each node once: a store with one that has answered needs no connection")
    func connections() throws {
        let network = network(100) { $0.conditions.dialing.roundTrips = 3 }
        let target = network.nodes[50].key
        var world = try PoolWorld.over(network, [.follow("a", target: target, seed: network.localClosest(to: target))])
        let steps = world.run()
        for step in steps {
            guard case .reply(let sent) = step.trigger else { continue }
            var isStore = false
            if case .storeRecordSuccess = step.event { isStore = true }
            #expect(sent.duration(to: step.time) == .milliseconds(isStore ? 20 : 80))
        }
    }

    @Test("Dialing nodes that are gone fails after the times of its shares")
    func failures() {
        let network = network(5000) {
            $0.deadShare = 1
            $0.conditions.dialing.failures = [
                .init(share: 0.5, minimum: .zero, maximum: .zero), .init(share: 0.3, minimum: .seconds(5), maximum: .seconds(5)),
                .init(share: 0.2, minimum: .seconds(45), maximum: .seconds(65)),
            ]
        }
        let times = network.exchanges().compactMap(\.failureAfter)
        #expect(times.count == 5000)
        #expect(near(times.count { $0 == .milliseconds(20) }, of: 5000, share: 0.5))
        #expect(near(times.count { $0 == .seconds(5) }, of: 5000, share: 0.3))
        let late = times.filter { $0 >= .seconds(45) && $0 <= .seconds(65) }
        #expect(near(late.count, of: 5000, share: 0.2))
        #expect(near(late.count { $0 < .seconds(55) }, of: late.count, share: 0.5))
    }

    @Test("Stores that are refused and stores that vanish; questions are answered")
    func stores() {
        let network = network {
            $0.conditions.storeRefusal = 0.2
            $0.conditions.storeVanishing = 0.25
        }
        #expect(network.exchanges().allSatisfy { $0.successAfter != nil })
        let stores = network.exchanges(.store)
        #expect(near(stores.count { $0.reply == .never(.vanished) }, of: 2000, share: 0.25))
        #expect(near(stores.count { $0.failureAfter != nil }, of: 2000, share: 0.75 * 0.2))
        #expect(stores.allSatisfy { ($0.keptAfter != nil) == ($0.successAfter != nil) })
    }

    @Test("Regions have their shares and their medians")
    func regions() {
        let rows: [[Nanoseconds]] = [[.milliseconds(5), .milliseconds(80)], [.milliseconds(40), .milliseconds(6)]]
        let regions = Regions(names: ["eu", "us"], shares: [0.3, 0.7], times: rows, home: 1, spread: 1.3)
        let network = network(4000, latency: .regional(regions)) { _ in }
        let reaching = network.nodes.compactMap { node -> Nanoseconds? in
            if case .success(_, let reaching) = network.exchange(with: node.index, .findCloser, of: "a").reply { reaching } else { nil }
        }
        let (far, close) = (reaching.filter { $0 > .milliseconds(16) }, reaching.filter { $0 <= .milliseconds(16) })
        #expect(near(far.count, of: 4000, share: 0.3))
        #expect(near(far.count { $0 < .milliseconds(40) }, of: far.count, share: 0.5))
        #expect(near(close.count { $0 < .milliseconds(6) }, of: close.count, share: 0.5))
        #expect(near(close.count { $0 < .microseconds(7800) }, of: close.count, share: 0.95))
    }
}
