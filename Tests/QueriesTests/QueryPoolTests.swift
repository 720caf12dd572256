import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("QueryPool: many queries under a limit")
struct QueryPoolTests {
    @Test("Idle without queries, whatever comes")
    func idle() throws {
        let bench = try QueryPoolBench()
        #expect(bench.poll() == .idle)
        #expect(bench.found("a", 1) == .idle)
        #expect(bench.notFound("a", 1) == .idle)
        #expect(bench.stop("a") == .idle)
        #expect(bench.pool.ignoredEvents == 3)
        #expect(bench.pool.nextDeadline == nil)
    }

    @Test("Slots go to queries in order of arrival; at capacity when all are held")
    func slots() throws {
        let bench = try QueryPoolBench(.init(concurrency: 2, queryConcurrency: 1))
        #expect(bench.add("c", seed: [1]) == .ask("c", 1))
        #expect(bench.add("a", seed: [2]) == .ask("a", 2))
        #expect(bench.add("b", seed: [3]) == .atCapacity)
        #expect(bench.add("0", seed: [4]) == .atCapacity)
        #expect(bench.pool.heldSlots == 2)
        #expect(bench.notFound("a", 2) == .end("a", []))
        #expect(bench.poll() == .ask("b", 3))
        #expect(bench.poll() == .atCapacity)
        #expect(bench.found("c", 1) == .end("c", [1]))
        #expect(bench.poll() == .ask("0", 4))
        #expect(bench.poll() == .atCapacity)
        #expect(bench.found("b", 3) == .end("b", [3]))
        #expect(bench.poll() == .withCapacity)
        #expect(bench.found("0", 4) == .end("0", [4]))
        #expect(bench.poll() == .idle)
    }

    @Test("An add only appends: earlier queries with work go first")
    func addAppends() throws {
        let bench = try QueryPoolBench(.init(queryConcurrency: 2))
        #expect(bench.add("a", seed: [1, 2, 3]) == .ask("a", 1))
        #expect(bench.add("b", seed: [4, 5]) == .ask("a", 2))
        #expect(bench.poll() == .ask("b", 4))
        #expect(bench.add("c", seed: [6]) == .ask("b", 5))
        #expect(bench.poll() == .ask("c", 6))
        #expect(bench.poll() == .atCapacity)
    }

    @Test("An event first advances its own query; without work, the others have their turn in order of arrival")
    func eventFirst() throws {
        let bench = try QueryPoolBench(.init(queryConcurrency: 1))
        bench.add("a", seed: [1])
        bench.add("b", seed: [2, 3])
        bench.add("c", seed: [4, 5])
        #expect(bench.found("c", 4) == .ask("c", 5))
        #expect(bench.notFound("b", 2) == .ask("b", 3))
        bench.wait(.seconds(61))
        #expect(bench.found("b", 3, [9]) == .ask("b", 9))
        #expect(bench.found("b", 77) == .end("a", []))
        #expect(bench.poll() == .end("c", [4]))
    }

    @Test("A query without a slot takes no event but a stop, and does not jump the queue")
    func unstarted() throws {
        let bench = try QueryPoolBench(.init(concurrency: 1))
        bench.add("a", seed: [1])
        bench.add("b", seed: [2])
        bench.add("c", seed: [3])
        #expect(bench.found("b", 2, [0]) == .atCapacity)
        #expect(bench.notFound("c", 3) == .atCapacity)
        #expect(bench.pool.ignoredEvents == 2)
        #expect(bench.stop("b") == .end("b", []))
        #expect(bench.statistics.start == nil)
        #expect(bench.stop("a") == .end("a", []))
        #expect(bench.poll() == .ask("c", 3))
    }

    @Test("An event for a query without a slot does what a poll would: those with a slot go first")
    func unstartedDoesNotGoFirst() throws {
        let bench = try QueryPoolBench(.init(concurrency: 2))
        #expect(bench.add("a", seed: [1, 2, 4]) == .ask("a", 1))
        #expect(bench.add("b", seed: [3]) == .ask("a", 2))
        #expect(bench.found("b", 3) == .ask("a", 4))
        #expect(bench.pool.ignoredEvents == 1)
        #expect(bench.poll() == .ask("b", 3))
    }

    @Test("A query without a slot has no deadline and does not time out")
    func unstartedWaits() throws {
        let bench = try QueryPoolBench(.init(concurrency: 1, timeout: .seconds(30), requestTimeout: .seconds(100)))
        bench.add("a", seed: [1])
        bench.add("b", seed: [2])
        let deadline = Instant.start.advanced(by: .seconds(30)).firstMomentPast
        #expect(bench.pool.nextDeadline == deadline)
        bench.now = deadline
        #expect(bench.poll() == .timeout("a", []))
        #expect(bench.pool.nextDeadline == nil)
        bench.wait(.minutes(60))
        #expect(bench.poll() == .ask("b", 2))
        #expect(bench.pool.nextDeadline == bench.now.advanced(by: .seconds(30)).firstMomentPast)
        #expect(bench.poll() == .atCapacity)
    }

    @Test("An empty query needs a turn, and a free slot, to end")
    func empty() throws {
        let bench = try QueryPoolBench(.init(concurrency: 1))
        bench.add("a", seed: [1])
        #expect(bench.add("b", seed: [0xff]) == .atCapacity)
        bench.stop("a")
        #expect(bench.poll() == .end("b", []))
        #expect(bench.poll() == .idle)
    }

    @Test("The timeout runs from the first request, and ends the query with those that answered")
    func timeout() throws {
        let bench = try QueryPoolBench(.init(timeout: .seconds(30), requestTimeout: .seconds(100)))
        bench.add("a", seed: [5, 1, 3])
        bench.wait(.seconds(10))
        bench.poll()
        bench.poll()
        bench.found("a", 5)
        bench.found("a", 3)
        bench.wait(.seconds(20))
        #expect(bench.poll() == .withCapacity)
        bench.wait(Nanoseconds(1))
        #expect(bench.poll() == .timeout("a", [3, 5]))
        #expect(bench.statistics.start == .start)
        #expect(bench.statistics.end == bench.now)
        #expect(bench.found("a", 1) == .idle)
    }

    @Test("The timeout is looked at only when the query would wait: a request to send goes out first")
    func timeoutAfterWork() throws {
        let bench = try QueryPoolBench(.init(timeout: .seconds(30), queryConcurrency: 2, requestTimeout: .seconds(100)))
        bench.add("a", seed: [1, 2, 3])
        bench.wait(.seconds(31))
        #expect(bench.poll() == .ask("a", 2))
        #expect(bench.poll() == .timeout("a", []))
    }

    @Test("A query whose timeout has passed may still end by itself")
    func finishedAfterTimeout() throws {
        let bench = try QueryPoolBench(.init(timeout: .seconds(30), requestTimeout: .seconds(100)))
        bench.add("a", seed: [1])
        bench.wait(.seconds(31))
        #expect(bench.found("a", 1) == .end("a", [1]))
    }

    @Test("numResults is the query's own, or the replication")
    func numResults() throws {
        let bench = try QueryPoolBench(.init(replication: 2))
        for (id, count) in [("one", 1), ("default", nil), ("three", 3)] as [(OperationID, Int?)] {
            bench.add(id, seed: [1, 2, 3, 4], numResults: count)
            bench.poll()
            bench.poll()
            var answer = bench.found(id, 1)
            for node in [2, 3, 4] as [Key8] where answer != .end(id, Array([1, 2, 3].prefix(count ?? 2))) {
                answer = bench.found(id, node)
            }
            #expect(answer == .end(id, Array([1, 2, 3].prefix(count ?? 2))))
        }
    }

    @Test("A query of a message sends it, and an empty one too")
    func messages() throws {
        let bench = try QueryPoolBench()
        #expect(bench.feed(.addQuery(id: "a", target: 0, message: "get", seed: [1, 2], numResults: 1)) == .send("a", 1, "get"))
        #expect(bench.poll() == .send("a", 2, "get"))
        #expect(bench.found("a", 1) == .end("a", [1]))
        #expect(bench.feed(.addQuery(id: "b", target: 0, message: "", seed: [1], numResults: nil)) == .send("b", 1, ""))
    }

    @Test("Refused: an id in use, an empty one, no results; the running query is untouched")
    func rejections() throws {
        let bench = try QueryPoolBench()
        bench.add("a", seed: [1])
        #expect(bench.add("a", seed: [2]) == .rejected("a", .idInUse))
        #expect(bench.feed(.addQuery(id: "a", target: 0, message: "", seed: [2], numResults: nil)) == .rejected("a", .idInUse))
        #expect(bench.add("", seed: [2]) == .rejected("", .emptyID))
        guard case .rejected("b", .invalidConfiguration(let error)) = bench.add("b", seed: [2], numResults: 0) else {
            Issue.record("no results are not refused")
            return
        }
        #expect(error.field == "numResults")
        #expect(bench.pool.count == 1)
        #expect(bench.found("a", 1) == .end("a", [1]))
        #expect(bench.add("a", seed: [2]) == .ask("a", 2))
    }

    @Test("The same nodes and ids in two queries do not mix")
    func separate() throws {
        let bench = try QueryPoolBench()
        bench.add("a", seed: [1])
        bench.add("b", seed: [1])
        #expect(bench.found("a", 1) == .end("a", [1]))
        #expect(bench.found("a", 1) == .withCapacity)
        #expect(bench.found("b", 1) == .end("b", [1]))
    }

    @Test("A configuration out of range is refused, and the field is named")
    func validation() {
        for (configuration, field) in [
            (QueryPoolConfiguration(concurrency: 0), "concurrency"), (QueryPoolConfiguration(timeout: .zero), "timeout"),
            (QueryPoolConfiguration(replication: 0), "replication"), (QueryPoolConfiguration(queryConcurrency: 0), "queryConcurrency"),
            (QueryPoolConfiguration(requestTimeout: Nanoseconds(-1)), "requestTimeout"),
        ] {
            let error = #expect(throws: ConfigurationError.self) {
                try QueryPool<Key8, String>(localNode: 0xff, configuration: configuration)
            }
            #expect(error?.field == field)
        }
        let defaults = QueryPoolConfiguration(
            concurrency: 3, timeout: .minutes(5), replication: 20, queryConcurrency: 3, requestTimeout: .seconds(60))
        #expect(QueryPoolConfiguration() == defaults)
    }
}

@Suite("QueryPool: one query at a time, by its handle")
struct QueryHandleTests {
    @Test("Advancing one query advances no other")
    func alone() throws {
        var pool = try QueryPool<Key8, String>(localNode: 0xff)
        let first = try pool.add(id: "a", target: 0, seed: [1])
        let second = try pool.add(id: "b", target: 0, seed: [])
        #expect(pool.firstUnstarted == first)
        #expect(pool.firstUnstartedID == "a")
        guard case .queued = pool.advance(second, with: .poll, at: .start) else {
            Issue.record("the second query went first")
            return
        }
        guard case .request(1) = pool.advance(first, with: .poll, at: .start) else {
            Issue.record("the first query has a request to send")
            return
        }
        #expect(pool.holdsSlot(first))
        #expect(!pool.holdsSlot(second))
        guard case .waiting = pool.advance(first, with: .poll, at: .start) else {
            Issue.record("the first query waits")
            return
        }
        guard case .ended(let closest, timedOut: false) = pool.advance(second, with: .poll, at: .start) else {
            Issue.record("the second query has nobody to ask")
            return
        }
        #expect(closest.isEmpty)
        #expect(pool.brokenInvariant() == nil)
    }

    @Test("A handle whose query has ended names nothing, also when its place is taken again")
    func stale() throws {
        var pool = try QueryPool<Key8, String>(localNode: 0xff)
        let old = try pool.add(id: "a", target: 0, seed: [1])
        _ = pool.advance(old, with: .cancel, at: .start)
        let new = try pool.add(id: "a", target: 0, seed: [2])
        #expect(old != new)
        #expect(pool.query(of: old) == nil)
        #expect(pool.nextDeadline(of: old) == nil)
        guard case .queued = pool.advance(old, with: .cancel, at: .start) else {
            Issue.record("an old handle has ended a new query")
            return
        }
        #expect(pool.query(of: new)?.knownCount == 1)
        #expect(throws: ConfigurationError.self) { try pool.add(id: "a", target: 0, seed: [], numResults: 0) }
    }

    @Test("A query that its owner added is reached by its handle only, and its id may be used again")
    func ownedQuery() throws {
        var pool = try QueryPool<Key8, String>(localNode: 0xff)
        let first = try pool.add(id: "a", target: 0, seed: [1])
        let second = try pool.add(id: "a", target: 0, seed: [2])
        #expect(pool.count == 2)
        _ = pool.advance(first, with: .poll, at: .start)
        _ = pool.advance(.nodeResponse(id: "a", node: 1, closer: [3]), at: .start)
        #expect(pool.ignoredEvents == 1)
        #expect(pool.query(of: first)?.knownCount == 1)
        #expect(pool.query(of: second)?.knownCount == 1)
        guard
            case .findCloser(id: "a", _, node: 4, _) = pool.advance(
                .addFindCloserQuery(id: "a", target: 0, seed: [4], numResults: nil), at: .start)
        else {
            Issue.record("the named query does not run")
            return
        }
        #expect(pool.brokenInvariant() == nil)
    }
}
