import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("Everything that flows into or out of queries can be written down and read again")
struct QueryCodableTests {
    static var statistics: QueryStatistics {
        var statistics = QueryStatistics()
        statistics.start = Instant(nanoseconds: 3)
        statistics.end = .distantFuture
        statistics.requests = 7
        statistics.successes = 4
        statistics.failures = 2
        return statistics
    }

    @Test("Queries")
    func query() throws {
        let events: [QueryEvent<Key8>] = [
            .poll, .cancel, .nodeResponse(node: 1, closer: [2, 3]), .nodeFailure(node: 1, error: .failed("no route")),
        ]
        #expect(try afterRoundTrip(events) == events)
        let statistics = Self.statistics
        let states: [QueryState<Key8>] = [
            .findCloser(node: 1, statistics: statistics), .waitingAtCapacity(statistics: QueryStatistics()),
            .waitingWithCapacity(statistics: statistics), .finished(closest: [1, 2], statistics: statistics),
        ]
        #expect(try afterRoundTrip(states) == states)
    }

    @Test("Pools of queries")
    func pool() throws {
        let events: [QueryPoolEvent<Key8, String>] = [
            .addFindCloserQuery(id: "a", target: 1, seed: [2], numResults: nil),
            .addFindCloserQuery(id: "a", target: 1, seed: [2], numResults: 3),
            .addQuery(id: "a", target: 1, message: "get", seed: [], numResults: nil), .stopQuery(id: "a"),
            .nodeResponse(id: "a", node: 1, closer: [2]), .nodeFailure(id: "a", node: 1, error: .timedOut), .poll,
        ]
        #expect(try afterRoundTrip(events) == events)
        let statistics = Self.statistics
        let states: [QueryPoolState<Key8, String>] =
            [
                .idle, .findCloser(id: "a", target: 1, node: 2, statistics: statistics),
                .sendMessage(id: "a", node: 1, message: "get", statistics: statistics), .waitingAtCapacity, .waitingWithCapacity,
                .queryFinished(id: "a", closest: [1], statistics: statistics), .queryTimeout(id: "a", closest: [], statistics: statistics),
            ]
            + [.idInUse, .emptyID, .invalidConfiguration(ConfigurationError(field: "a", problem: "b", remedy: "c"))].map {
                .queryRejected(id: "a", reason: $0)
            }
        #expect(try afterRoundTrip(states) == states)
    }

    @Test("Configurations")
    func configurations() throws {
        let queries = [QueryConfiguration(), QueryConfiguration(concurrency: 1, numResults: 2, requestTimeout: .milliseconds(3))]
        #expect(try afterRoundTrip(queries) == queries)
        let pools = [QueryPoolConfiguration(), QueryPoolConfiguration(concurrency: 1, timeout: .seconds(2), replication: 3)]
        #expect(try afterRoundTrip(pools) == pools)
    }

    @Test("Resiliency: written and read again; a text without it has none")
    func resiliency() throws {
        let queries = [QueryConfiguration(resiliency: 3)]
        #expect(try afterRoundTrip(queries) == queries)
        let pools = [QueryPoolConfiguration(resiliency: 3)]
        #expect(try afterRoundTrip(pools) == pools)
        #expect(try !json(QueryConfiguration()).contains("resiliency"))
        let text = try json(QueryPoolConfiguration())
        #expect(!text.contains("resiliency"))
        #expect(try decoded(QueryPoolConfiguration.self, from: text) == QueryPoolConfiguration())
    }
}
