import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("An advance in two steps")
struct QueryStepsTests {
    /// What the outlook says must come.
    private func expected<K>(_ state: QueryState<K>) -> Query<K>.Outlook {
        switch state {
        case .findCloser: .asks
        case .waitingAtCapacity, .waitingWithCapacity: .waits
        case .finished: .finishes
        }
    }

    @Test("Absorbing an event and then polling is advancing with it; the outlook tells what the poll will answer")
    func twoSteps() throws {
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            let nodes = Key8.distinct(random.number(2...20), using: &random)
            var configuration = QueryConfiguration(
                concurrency: random.number(1...3), numResults: random.number(1...6), requestTimeout: .seconds(5))
            if random.chance(percent: 50) { configuration.resiliency = random.number(1...configuration.numResults) }
            var whole = try Query(target: nodes[1], seed: Array(nodes.prefix(4)), localNode: nodes[0], configuration: configuration)
            var now = Instant.start
            for _ in 0..<60 {
                let node = random.pick(nodes)
                let event: QueryEvent<Key8> =
                    switch random.below(4) {
                    case 0: .poll
                    case 1: .nodeFailure(node: node, error: .broken)
                    default: .nodeResponse(node: node, closer: (0..<random.number(0...5)).map { _ in random.pick(nodes) })
                    }
                var stepwise = whole
                let state = whole.advance(event, at: now)
                let before = stepwise.candidates.map { $0.status.name }
                let isNews = stepwise.absorb(event, at: now)
                #expect(isNews == (stepwise.candidates.map { $0.status.name } != before), "seed \(seed)")
                #expect(stepwise.outlook == expected(state), "seed \(seed)")
                var viable: [Key8] = []
                stepwise.visitViableNodes { node in
                    viable.append(node)
                    return viable.count < 5
                }
                let hopeful = stepwise.candidates.filter { !["failed", "unresponsive"].contains($0.status.name) }
                #expect(viable == hopeful.prefix(5).map(\.node))
                #expect(stepwise.advance(.poll, at: now) == state)
                #expect(stepwise == whole)
                if random.chance(percent: 20) { now = now.advanced(by: .seconds(Int64(random.number(1...6)))) }
            }
        }
    }

    @Test("In a pool: a query in line absorbs nothing, and one whose time is over says so")
    func pool() throws {
        var pool = try QueryPool<Key8, String>(
            localNode: 0xff, configuration: .init(concurrency: 1, timeout: .seconds(9), requestTimeout: .minutes(1)))
        let first = try pool.add(id: "a", target: 0, seed: [1, 2])
        let second = try pool.add(id: "b", target: 0, seed: [1])
        #expect(pool.outlook(of: first, at: .start) == .asks)
        #expect(pool.outlook(of: second, at: .start) == .queued)
        _ = pool.advance(first, with: .poll, at: .start)
        _ = pool.advance(first, with: .poll, at: .start)
        #expect(pool.outlook(of: first, at: .start) == .waits)
        let inLine = pool.absorb(.nodeResponse(node: 1, closer: []), into: second, at: .start)
        #expect(!inLine)
        #expect(pool.ignoredEvents == 1)
        let running = pool.absorb(.nodeResponse(node: 1, closer: []), into: first, at: .start)
        #expect(running)
        let late = Instant.start.advanced(by: .seconds(10))
        #expect(pool.outlook(of: first, at: late) == .timesOut)
        _ = pool.advance(first, with: .cancel, at: late)
        #expect(pool.outlook(of: first, at: late) == .queued)
        let gone = pool.absorb(.poll, into: first, at: late)
        #expect(!gone)
        #expect(pool.outlook(of: second, at: late) == .asks)
    }
}

extension QueryCandidate.Status {
    fileprivate var name: String {
        switch self {
        case .notContacted: "notContacted"
        case .waiting: "waiting"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .unresponsive: "unresponsive"
        case .abandoned: "abandoned"
        }
    }
}
