import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

/// The target is 0, so a key is a distance.
@Suite("A lookup with resiliency set, and its follow-up")
struct ResiliencyTests {
    /// k = 4, β = 2, α = 2.
    private func bench(seed: [Key8] = [1, 2, 3, 4, 5, 6], concurrency: Int = 2) throws -> QueryBench {
        try QueryBench(seed: seed, numResults: 4, concurrency: concurrency, requestTimeout: .seconds(10), resiliency: 2)
    }

    private func status(of node: Key8, in bench: QueryBench) -> QueryCandidate<Key8>.Status? {
        bench.query.candidates.first { $0.node == node }?.status
    }

    @Test("β answers of the closest end the lookup; the rest of the k closest is asked, whatever α is; then it is finished")
    func followUp() throws {
        let bench = try bench(concurrency: 1)
        #expect(bench.poll() == .ask(1))
        #expect(bench.found(1) == .ask(2))
        #expect(!bench.query.isFollowingUp)
        #expect(bench.found(2) == .ask(3))
        #expect(bench.query.isFollowingUp)
        #expect(bench.query.finalSet == [1, 2, 3, 4])
        #expect(bench.poll() == .ask(4))
        #expect(bench.poll() == .atCapacity)
        #expect(bench.found(4) == .atCapacity)
        #expect(bench.found(3) == .end([1, 2, 3, 4]))
        #expect(bench.query.statistics.requests == 4)
        #expect(!bench.query.isFollowingUp)
        #expect(bench.poll() == .end([1, 2, 3, 4]))
    }

    @Test("An awaited node, or one not contacted, before the β-th success keeps the lookup going; a failed one does not")
    func walk() throws {
        let bench = try bench()
        #expect(bench.poll() == .ask(1))
        #expect(bench.poll() == .ask(2))
        #expect(bench.found(2) == .ask(3))
        #expect(bench.found(3) == .ask(4))  // 1 is awaited
        #expect(!bench.query.isFollowingUp)
        #expect(bench.notFound(1) == .ask(5))  // 2 and 3 are the closest that did not fail
        #expect(bench.query.finalSet == [2, 3, 4, 5])
        #expect(bench.poll() == .atCapacity)
        #expect(bench.found(4) == .atCapacity)
        #expect(bench.found(5) == .end([2, 3, 4, 5]))
    }

    @Test("Nodes that fail or do not answer in the follow-up stay in the final set; a late answer still counts while others are awaited")
    func failures() throws {
        let bench = try bench(concurrency: 1)
        bench.poll()
        bench.found(1)
        #expect(bench.found(2) == .ask(3))
        bench.now = Instant.start.advanced(by: .seconds(5))
        #expect(bench.poll() == .ask(4))
        bench.now = Instant.start.advanced(by: .seconds(11))
        #expect(bench.poll() == .atCapacity)
        #expect(status(of: 3, in: bench) == .unresponsive)
        #expect(bench.query.statistics.failures == 1)
        #expect(bench.found(3) == .atCapacity)
        #expect(bench.query.statistics.successes == 3)
        #expect(bench.query.statistics.failures == 0)
        #expect(bench.notFound(4) == .end([1, 2, 3, 4]))
    }

    @Test("Awaited nodes in the final set are awaited on; requests to others are abandoned, and their replies ignored")
    func abandoned() throws {
        let bench = try QueryBench(
            target: 0, seed: [20, 30], numResults: 3, concurrency: 3, requestTimeout: .seconds(10), resiliency: 1)
        #expect(bench.poll() == .ask(20))
        #expect(bench.poll() == .ask(30))
        bench.now = Instant.start.advanced(by: .seconds(1))
        #expect(bench.found(20, [1, 2, 3]) == .ask(1))
        #expect(bench.poll() == .ask(2))
        #expect(bench.found(1, [4]) == .ask(3))
        #expect(bench.query.finalSet == [1, 2, 3])
        #expect(status(of: 30, in: bench) == .abandoned)
        #expect(bench.query.nextDeadline == Instant.start.advanced(by: .seconds(11)).firstMomentPast)
        #expect(bench.found(30, [5]) == .atCapacity)
        #expect(bench.query.ignoredEvents == 1)
        #expect(bench.notFound(30) == .atCapacity)
        #expect(bench.query.ignoredEvents == 2)
        #expect(bench.notFound(4) == .atCapacity)  // left out before it was asked
        #expect(bench.query.ignoredEvents == 3)
        #expect(status(of: 4, in: bench) == .notContacted)
        #expect(bench.found(2) == .atCapacity)
        #expect(bench.found(3) == .end([1, 2, 3]))
        #expect(bench.query.statistics.requests == 5)
        #expect(bench.query.statistics.successes == 4)
        #expect(bench.query.statistics.failures == 0)
    }

    @Test("A node that was unresponsive when the lookup ended is left out: its late answer is ignored")
    func lateAnswer() throws {
        let bench = try bench(concurrency: 1)
        bench.poll()
        bench.now = Instant.start.advanced(by: .seconds(11))
        #expect(bench.poll() == .ask(2))
        #expect(bench.found(2) == .ask(3))
        #expect(bench.found(3) == .ask(4))
        #expect(bench.query.finalSet == [2, 3, 4, 5])
        #expect(bench.found(1) == .ask(5))
        #expect(bench.query.ignoredEvents == 1)
        #expect(status(of: 1, in: bench) == .unresponsive)
        #expect(bench.found(4) == .atCapacity)
        #expect(bench.found(5) == .end([2, 3, 4, 5]))
    }

    @Test("Closer nodes named in the follow-up do not count")
    func closerNodes() throws {
        let bench = try bench(seed: [10, 20, 30, 40], concurrency: 1)
        bench.poll()
        bench.found(10)
        #expect(bench.found(20, [25]) == .ask(25))
        #expect(bench.query.finalSet == [10, 20, 25, 30])
        #expect(bench.found(25, [1, 2]) == .ask(30))
        #expect(bench.query.knownCount == 5)
        #expect(bench.found(30, [3]) == .end([10, 20, 25, 30]))
    }

    @Test("A node of the final set that fails before it is asked is not asked, and stays in the set")
    func failsUnasked() throws {
        let bench = try bench(concurrency: 1)
        bench.poll()
        bench.found(1)
        #expect(bench.found(2) == .ask(3))
        #expect(bench.notFound(4) == .atCapacity)
        #expect(bench.found(3) == .end([1, 2, 3, 4]))
    }

    @Test("Nothing left to contact and nobody awaited: finished with those that answered")
    func exhausted() throws {
        let bench = try QueryBench(seed: [1, 2, 3], numResults: 3, concurrency: 1, resiliency: 2)
        bench.poll()
        #expect(bench.notFound(1) == .ask(2))
        #expect(bench.notFound(2) == .ask(3))
        #expect(bench.found(3) == .end([3]))
    }

    @Test("A cancel in the follow-up ends with the nodes that answered")
    func cancel() throws {
        let bench = try bench(concurrency: 1)
        bench.poll()
        bench.found(1)
        #expect(bench.found(2) == .ask(3))
        #expect(bench.poll() == .ask(4))
        #expect(bench.found(4) == .atCapacity)
        #expect(bench.cancel() == .end([1, 2, 4]))
        #expect(bench.query.finalSet.isEmpty)
    }

    @Test("Out of range: the error names the field and the limit")
    func configuration() throws {
        #expect(throws: ConfigurationError(field: "resiliency", problem: "0 is too small", remedy: "use 1 or more")) {
            try QueryConfiguration(resiliency: 0).validate()
        }
        #expect(throws: ConfigurationError(field: "resiliency", problem: "5 is more than numResults", remedy: "use 1 to 4")) {
            try QueryConfiguration(numResults: 4, resiliency: 5).validate()
        }
        #expect(throws: ConfigurationError(field: "resiliency", problem: "21 is more than replication", remedy: "use 1 to 20")) {
            try QueryPoolConfiguration(resiliency: 21).validate()
        }
        try QueryPoolConfiguration(resiliency: 20).validate()
    }
}

@Suite("Pools whose resiliency is set")
struct PoolResiliencyTests {
    private func poolBench(timeout: Nanoseconds = .minutes(5)) throws -> QueryPoolBench {
        try QueryPoolBench(
            .init(concurrency: 1, timeout: timeout, replication: 3, queryConcurrency: 1, requestTimeout: .minutes(1), resiliency: 2))
    }

    @Test("A query follows up in its slot; the next one starts when it is finished")
    func slots() throws {
        let bench = try poolBench()
        bench.feed(.addFindCloserQuery(id: "a", target: 0, seed: [1, 2, 3], numResults: nil))
        bench.feed(.addFindCloserQuery(id: "b", target: 0, seed: [9], numResults: nil))
        bench.feed(.nodeResponse(id: "a", node: 1, closer: []))
        #expect(bench.feed(.nodeResponse(id: "a", node: 2, closer: [])) == .ask("a", 3))
        #expect(bench.feed(.poll) == .atCapacity)
        #expect(bench.feed(.nodeFailure(id: "a", node: 3, error: .broken)) == .end("a", [1, 2, 3]))
        #expect(bench.feed(.poll) == .ask("b", 9))
    }

    @Test("A query that looks for fewer nodes needs no more answers than that")
    func fewerResults() throws {
        let bench = try poolBench()
        bench.feed(.addFindCloserQuery(id: "a", target: 0, seed: [1, 2, 3], numResults: 1))
        #expect(bench.feed(.nodeResponse(id: "a", node: 1, closer: [])) == .end("a", [1]))
        let refused = QueryRejection.invalidConfiguration(
            ConfigurationError(field: "numResults", problem: "0 is too small", remedy: "use 1 or more"))
        #expect(bench.feed(.addFindCloserQuery(id: "b", target: 0, seed: [1], numResults: 0)) == .rejected("b", refused))
    }

    @Test("Out of time in the follow-up: the nodes that answered")
    func timeout() throws {
        let bench = try poolBench(timeout: .seconds(5))
        bench.feed(.addFindCloserQuery(id: "a", target: 0, seed: [1, 2, 3], numResults: nil))
        bench.feed(.nodeResponse(id: "a", node: 1, closer: []))
        bench.feed(.nodeResponse(id: "a", node: 2, closer: []))
        bench.now = Instant.start.advanced(by: .seconds(6))
        #expect(bench.feed(.poll) == .timeout("a", [1, 2]))
    }
}

@Suite("Lookups with resiliency set, under any schedule")
struct ResiliencyPropertyTests {
    private func event(_ asked: [Key8], _ nodes: [Key8], using random: inout SplitMix64) -> QueryEvent<Key8> {
        let node = asked.isEmpty || random.chance(percent: 15) ? random.pick(nodes) : random.pick(asked)
        return switch random.below(4) {
        case 0: .poll
        case 1: .nodeFailure(node: node, error: .broken)
        default: .nodeResponse(node: node, closer: (0..<random.number(0...5)).map { _ in random.pick(nodes) })
        }
    }

    @Test("β = k is as if it were not set")
    func all() throws {
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            let nodes = Key8.distinct(random.number(2...20), using: &random)
            var rules = QueryConfiguration(
                concurrency: random.number(1...3), numResults: random.number(1...6), requestTimeout: .seconds(5))
            let start = Array(nodes.prefix(random.number(1...6)))
            var plain = try Query(target: nodes[1], seed: start, localNode: nodes[0], configuration: rules)
            rules.resiliency = rules.numResults
            var query = try Query(target: nodes[1], seed: start, localNode: nodes[0], configuration: rules)
            var asked: [Key8] = []
            var now = Instant.start
            for _ in 0..<60 {
                let event = event(asked, nodes, using: &random)
                let state = query.advance(event, at: now)
                try #require(state == plain.advance(event, at: now), "seed \(seed)")
                try #require(query.candidates == plain.candidates, "seed \(seed)")
                try #require(query.ignoredEvents == plain.ignoredEvents, "seed \(seed)")
                try #require(query.nextDeadline == plain.nextDeadline, "seed \(seed)")
                try #require(!query.isFollowingUp, "seed \(seed)")
                if case .findCloser(let node, _) = state { asked.append(node) }
                if random.chance(percent: 20) { now = now.advanced(by: .seconds(Int64(random.number(1...6)))) }
            }
        }
    }

    @Test("Nobody is asked twice; the final set is the k closest that did not fail and stays; it ends with that, and it does end")
    func follow() throws {
        var followUps = 0
        for seed in UInt64(0)..<300 {
            var random = SplitMix64(seed: seed)
            let nodes = Key8.distinct(random.number(4...24), using: &random)
            let k = random.number(2...6)
            let rules = QueryConfiguration(
                concurrency: random.number(1...3), numResults: k, requestTimeout: .seconds(5), resiliency: random.number(1...k - 1))
            var query = try Query(target: nodes[1], seed: Array(nodes.prefix(5)), localNode: nodes[0], configuration: rules)
            var asked: [Key8] = []
            var final: [Key8] = []
            var now = Instant.start
            for step in 0..<1000 {
                // After a while nobody answers any more: time alone must end it.
                let event: QueryEvent<Key8> = step < 40 ? event(asked, nodes, using: &random) : .poll
                let state = query.advance(event, at: now)
                try #require(query.brokenInvariant() == nil, "seed \(seed)")
                if final.isEmpty, query.isFollowingUp {
                    followUps += 1
                    final = query.finalSet
                    let viable = query.candidates.filter { $0.status != .failed && $0.status != .unresponsive }
                    try #require(final == viable.prefix(k).map(\.node), "seed \(seed)")
                }
                switch state {
                case .findCloser(let node, _):
                    try #require(!asked.contains(node), "seed \(seed)")
                    try #require(final.isEmpty || final.contains(node), "seed \(seed)")
                    asked.append(node)
                case .waitingAtCapacity, .waitingWithCapacity:
                    try #require(final.isEmpty || query.finalSet == final, "seed \(seed)")
                    if step >= 40 { now = try #require(query.nextDeadline) }
                case .finished(let closest, _):
                    let answered = query.candidates.filter { $0.status == .succeeded }.prefix(k).map(\.node)
                    try #require(closest == (final.isEmpty ? answered : final), "seed \(seed)")
                }
                if query.isFinished { break }
                if random.chance(percent: 15) { now = now.advanced(by: .seconds(Int64(random.number(1...6)))) }
            }
            try #require(query.isFinished, "seed \(seed)")
        }
        #expect(followUps > 100)
    }
}
