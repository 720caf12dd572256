import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("The queries do what the plain models do, event by event")
struct QueryModelTests {
    static let schedules: UInt64 = longRunsWanted ? 5_000 : 60

    private func checkQuery<K: TestKey>(_: K.Type, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let nodes = K.distinct(random.number(2...20), using: &random)
        var configuration = QueryConfiguration(
            concurrency: random.number(1...4), numResults: random.number(1...6), requestTimeout: .seconds(Int64(random.number(1...10))))
        if random.chance(percent: 50) { configuration.resiliency = random.number(1...configuration.numResults) }
        let target = K.random(near: random.pick(nodes), using: &random)
        let start = (0..<random.number(0...6)).map { _ in random.pick(nodes) }
        var query = try Query<K>(target: target, seed: start, localNode: nodes[0], configuration: configuration)
        var model = QueryModel<K>(target: target, seed: start, localNode: nodes[0], configuration: configuration)
        var asked: [K] = []
        var now = Instant.start
        for step in 0..<60 {
            let node = asked.isEmpty || random.chance(percent: 20) ? random.pick(nodes) : random.pick(asked)
            let event: QueryEvent<K> =
                switch random.below(20) {
                case 0..<7: .poll
                case 7..<14: .nodeResponse(node: node, closer: (0..<random.number(0...5)).map { _ in random.pick(nodes) })
                case 14..<19: .nodeFailure(node: node, error: .broken)
                default: random.chance(percent: 10) ? .cancel : .poll
                }
            let state = query.advance(event, at: now)
            try #require(state == model.advance(event, at: now), "seed \(seed), step \(step): \(event)")
            try #require(query.statistics == model.statistics)
            try #require(query.ignoredEvents == model.ignoredEvents)
            try #require(query.nextDeadline == model.nextDeadline)
            try #require(query.brokenInvariant() == nil)
            if case .findCloser(let node, _) = state { asked.append(node) }
            if random.chance(percent: 15) { now = now.advanced(by: .seconds(Int64(random.number(1...6)))) }
            if random.chance(percent: 5) { now = query.nextDeadline ?? now }
        }
    }

    private func checkPool<K: TestKey>(_: K.Type, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let nodes = K.distinct(random.number(2...12), using: &random)
        let ids: [OperationID] = ["a", "b", "c", "d", "e"]
        var configuration = QueryPoolConfiguration(
            concurrency: random.number(1...3), timeout: .seconds(Int64(random.number(3...30))), replication: random.number(1...4),
            queryConcurrency: random.number(1...3), requestTimeout: .seconds(Int64(random.number(1...10))))
        if random.chance(percent: 50) { configuration.resiliency = random.number(1...configuration.replication) }
        var pool = try QueryPool<K, String>(localNode: nodes[0], configuration: configuration)
        var model = QueryPoolModel<K>(localNode: nodes[0], configuration: configuration)
        var asked: [(OperationID, K)] = []
        var now = Instant.start
        for step in 0..<80 {
            let event = randomEvent(ids: ids, nodes: nodes, asked: asked, using: &random)
            let state = pool.advance(event, at: now)
            try #require(state == model.advance(event, at: now), "seed \(seed), step \(step): \(event)")
            try #require(pool.ignoredEvents == model.ignoredEvents)
            try #require(pool.nextDeadline == model.nextDeadline)
            try #require(pool.brokenInvariant() == nil)
            switch state {
            case .findCloser(let id, _, let node, _), .sendMessage(let id, let node, _, _): asked.append((id, node))
            case .idle, .waitingAtCapacity, .waitingWithCapacity, .queryFinished, .queryTimeout, .queryRejected: break
            }
            if random.chance(percent: 15) { now = now.advanced(by: .seconds(Int64(random.number(1...6)))) }
            if random.chance(percent: 5) { now = max(now, pool.nextDeadline ?? now) }
        }
    }

    private func randomEvent<K: TestKey>(
        ids: [OperationID], nodes: [K], asked: [(OperationID, K)], using random: inout SplitMix64
    ) -> QueryPoolEvent<K, String> {
        let (id, node) = asked.isEmpty || random.chance(percent: 20) ? (random.pick(ids), random.pick(nodes)) : random.pick(asked)
        func some(_ count: Int) -> [K] { (0..<count).map { _ in random.pick(nodes) } }
        switch random.below(20) {
        case 0..<6: return .poll
        case 6..<11: return .nodeResponse(id: id, node: node, closer: some(random.number(0...4)))
        case 11..<14: return .nodeFailure(id: id, node: node, error: .broken)
        case 14: return .stopQuery(id: random.pick(ids))
        default:
            let name = random.chance(percent: 3) ? "" : random.pick(ids)
            let count = random.chance(percent: 50) ? nil : random.number(0...5)
            let target = K.random(near: random.pick(nodes), using: &random)
            let seed = some(random.number(0...4))
            if random.chance(percent: 30) { return .addQuery(id: name, target: target, message: "get", seed: seed, numResults: count) }
            return .addFindCloserQuery(id: name, target: target, seed: seed, numResults: count)
        }
    }

    @Test("Queries, 8-bit keys") func query8() throws { for seed in 0..<Self.schedules { try checkQuery(Key8.self, seed: seed) } }
    @Test("Queries, 160-bit keys") func query160() throws { for seed in 0..<Self.schedules { try checkQuery(Key160.self, seed: seed) } }
    @Test("Queries, 256-bit keys") func query256() throws { for seed in 0..<Self.schedules { try checkQuery(Key256.self, seed: seed) } }
    @Test("Pools, 8-bit keys") func pool8() throws { for seed in 0..<Self.schedules { try checkPool(Key8.self, seed: seed) } }
    @Test("Pools, 160-bit keys") func pool160() throws { for seed in 0..<Self.schedules { try checkPool(Key160.self, seed: seed) } }
    @Test("Pools, 256-bit keys") func pool256() throws { for seed in 0..<Self.schedules { try checkPool(Key256.self, seed: seed) } }
}
