import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

@Suite("Query: the closest nodes to a target")
struct QueryTests {
    @Test("Seeds: closest first; without the local node; equal keys are one node")
    func seeds() throws {
        let bench = try QueryBench(seed: [9, 3, 0xff, 9, 5])
        #expect(bench.query.knownCount == 3)
        #expect(bench.poll() == .ask(3))
        #expect(bench.poll() == .ask(5))
        #expect(bench.poll() == .ask(9))
        #expect(bench.poll() == .atCapacity)
    }

    @Test("Distance is to the target, not to zero")
    func target() throws {
        let bench = try QueryBench(target: 0xf0, seed: [0x0f, 0xf1, 0xf3])
        #expect(bench.poll() == .ask(0xf1))
        #expect(bench.poll() == .ask(0xf3))
        #expect(bench.poll() == .ask(0x0f))
    }

    @Test("No seeds: finished at once, with nobody asked", arguments: [[], [0xff]] as [[Key8]])
    func noSeeds(seed: [Key8]) throws {
        let bench = try QueryBench(seed: seed)
        bench.now = Instant(nanoseconds: 7)
        #expect(bench.poll() == .end([]))
        #expect(bench.query.statistics.start == nil)
        #expect(bench.query.statistics.end == bench.now)
        #expect(bench.query.isFinished)
    }

    @Test("Closer nodes of an answer count, but for the local one and the known")
    func closerNodes() throws {
        let bench = try QueryBench(seed: [8])
        #expect(bench.poll() == .ask(8))
        #expect(bench.found(8, [0xff, 8, 2, 2, 4]) == .ask(2))
        #expect(bench.query.knownCount == 3)
        #expect(bench.found(2, [1, 4, 8]) == .ask(1))
        #expect(bench.poll() == .ask(4))
        #expect(bench.query.knownCount == 4)
    }

    @Test("Capacity: at it with α in flight, below it when nobody is left to ask")
    func capacity() throws {
        let bench = try QueryBench(seed: [1, 2, 3], concurrency: 2)
        #expect(bench.poll() == .ask(1))
        #expect(bench.poll() == .ask(2))
        #expect(bench.poll() == .atCapacity)
        #expect(bench.notFound(1) == .ask(3))
        #expect(bench.poll() == .atCapacity)
        #expect(bench.notFound(2) == .withCapacity)
        #expect(bench.notFound(3) == .end([]))
    }

    @Test("At capacity too when nobody is left to ask")
    func fullAndNobodyLeft() throws {
        let bench = try QueryBench(seed: [1], concurrency: 1)
        bench.poll()
        #expect(bench.poll() == .atCapacity)
    }

    @Test("It converges when the k closest have answered and none before them is awaited")
    func convergence() throws {
        let bench = try QueryBench(seed: [1, 2, 3, 4], numResults: 2)
        for node in [1, 2, 3] as [Key8] { #expect(bench.poll() == .ask(node)) }
        #expect(bench.found(2) == .ask(4))
        #expect(bench.found(3) == .withCapacity)
        #expect(bench.found(1) == .end([1, 2]))
        #expect(bench.query.statistics.requests == 4)
        #expect(bench.query.statistics.successes == 3)
    }

    @Test("An awaited node beyond the k closest does not keep it; a failed or unresponsive one before them neither")
    func convergenceOverFailures() throws {
        let bench = try QueryBench(seed: [1, 2, 3, 4, 5], numResults: 2, concurrency: 5)
        for _ in 0..<5 { bench.poll() }
        #expect(bench.found(3) == .withCapacity)
        #expect(bench.notFound(1) == .withCapacity)
        #expect(bench.found(4) == .withCapacity)
        #expect(bench.notFound(2) == .end([3, 4]))
    }

    @Test("A node not contacted before the k-th success is asked first")
    func convergenceNeedsTheCloser() throws {
        let bench = try QueryBench(seed: [8], numResults: 1)
        bench.poll()
        #expect(bench.found(8, [1]) == .ask(1))
        #expect(bench.poll() == .withCapacity)
        #expect(bench.found(1) == .end([1]))
    }

    @Test("Fewer than k results when nobody is left; closest first, at most k")
    func fewer() throws {
        let bench = try QueryBench(seed: [5, 1, 3], numResults: 20)
        for _ in 0..<3 { bench.poll() }
        bench.found(5)
        bench.notFound(3)
        #expect(bench.found(1) == .end([1, 5]))
    }

    @Test("A finished query repeats itself; replies after the end are ignored and counted")
    func finishedRepeats() throws {
        let bench = try QueryBench(seed: [1, 2], numResults: 1)
        bench.poll()
        bench.poll()
        let end = bench.found(1)
        #expect(end == .end([1]))
        let statistics = bench.query.statistics
        bench.now = bench.now.advanced(by: .minutes(10))
        #expect(bench.found(2, [0]) == end)
        #expect(bench.notFound(2) == end)
        #expect(bench.cancel() == end)
        #expect(bench.poll() == end)
        #expect(bench.query.statistics == statistics)
        #expect(bench.query.ignoredEvents == 2)
        #expect(bench.query.nextDeadline == nil)
    }

    @Test("Cancel finishes now, with those that answered")
    func cancel() throws {
        let bench = try QueryBench(seed: [1, 2, 3])
        bench.poll()
        bench.poll()
        bench.found(2)
        bench.now = Instant(nanoseconds: 99)
        #expect(bench.cancel() == .end([2]))
        #expect(bench.query.statistics.end == Instant(nanoseconds: 99))
    }

    @Test("A configuration out of range is refused, and the field is named")
    func validation() {
        for (configuration, field) in [
            (QueryConfiguration(concurrency: 0), "concurrency"), (QueryConfiguration(numResults: 0), "numResults"),
            (QueryConfiguration(requestTimeout: .zero), "requestTimeout"), (QueryConfiguration(concurrency: -1), "concurrency"),
        ] {
            let error = #expect(throws: ConfigurationError.self) {
                try Query<Key8>(target: 0, seed: [], localNode: 0xff, configuration: configuration)
            }
            #expect(error?.field == field)
        }
        #expect(QueryConfiguration() == QueryConfiguration(concurrency: 3, numResults: 20, requestTimeout: .seconds(60)))
    }
}

@Suite("Query: replies and deadlines")
struct QueryReplyTests {
    @Test("Replies that make no sense are ignored and counted, and the query goes on")
    func nonsense() throws {
        let bench = try QueryBench(seed: [1, 2, 3])
        bench.poll()
        #expect(bench.found(77, [0]) == .ask(2))
        #expect(bench.found(3, [0]) == .ask(3))
        bench.found(1)
        #expect(bench.found(1, [0]) == .withCapacity)
        #expect(bench.notFound(1) == .withCapacity)
        #expect(bench.notFound(77) == .withCapacity)
        bench.notFound(2)
        #expect(bench.found(2, [0]) == .withCapacity)
        #expect(bench.notFound(2) == .withCapacity)
        #expect(bench.found(0xff) == .withCapacity)
        #expect(bench.query.ignoredEvents == 8)
        #expect(bench.query.knownCount == 3)
        #expect(bench.query.statistics.failures == 1)
    }

    @Test("A failure for a node not asked yet: it is not asked, and counts nothing")
    func unaskedFailure() throws {
        let bench = try QueryBench(seed: [1, 2, 3])
        bench.poll()
        #expect(bench.notFound(2) == .ask(3))
        #expect(bench.query.statistics.failures == 0)
        #expect(bench.query.ignoredEvents == 0)
        #expect(bench.query.candidates.map(\.status)[1] == .failed)
        #expect(bench.notFound(2) == .withCapacity)
        #expect(bench.query.ignoredEvents == 1)
        bench.found(1)
        #expect(bench.found(3) == .end([1, 3]))
    }

    @Test("A request expires when now is past its deadline; that frees its place and counts a failure")
    func expiry() throws {
        let bench = try QueryBench(seed: [1, 2], concurrency: 1, requestTimeout: .seconds(10))
        bench.poll()
        bench.now = Instant.start.advanced(by: .seconds(10))
        #expect(bench.query.nextDeadline == bench.now.firstMomentPast)
        #expect(bench.poll() == .atCapacity)
        bench.now = bench.now.firstMomentPast
        #expect(bench.poll() == .ask(2))
        #expect(bench.query.statistics.failures == 1)
        #expect(bench.query.candidates[0].status == .unresponsive)
        #expect(bench.query.candidates[1].status == .waiting(deadline: bench.now.advanced(by: .seconds(10))))
    }

    @Test("A late success moves the failure to the successes, and its closer nodes count")
    func lateSuccess() throws {
        let bench = try QueryBench(seed: [4, 5], concurrency: 1, requestTimeout: .seconds(10))
        bench.poll()
        bench.now = Instant.start.advanced(by: .seconds(11))
        #expect(bench.poll() == .ask(5))
        #expect(bench.found(4, [1]) == .atCapacity)
        #expect(bench.query.statistics.failures == 0)
        #expect(bench.query.statistics.successes == 1)
        #expect(bench.notFound(5) == .ask(1))
        #expect(bench.found(1) == .end([1, 4]))
        #expect(bench.query.ignoredEvents == 0)
    }

    @Test("A failure after an expiry counts nothing more; a success after that is ignored")
    func lateFailure() throws {
        let bench = try QueryBench(seed: [4, 5], concurrency: 1, requestTimeout: .seconds(10))
        bench.poll()
        bench.now = Instant.start.advanced(by: .seconds(11))
        bench.poll()
        #expect(bench.notFound(4) == .atCapacity)
        #expect(bench.query.candidates[0].status == .failed)
        #expect(bench.query.statistics.failures == 1)
        #expect(bench.query.ignoredEvents == 0)
        #expect(bench.found(4, [1]) == .atCapacity)
        #expect(bench.query.ignoredEvents == 1)
        #expect(bench.query.knownCount == 2)
    }

    @Test("The event is applied before the deadlines: an overdue answer that comes first is a success")
    func eventFirst() throws {
        let bench = try QueryBench(seed: [4, 5], requestTimeout: .seconds(10))
        bench.poll()
        bench.poll()
        bench.now = Instant.start.advanced(by: .seconds(11))
        #expect(bench.found(4) == .end([4]))
        #expect(bench.query.statistics.successes == 1)
        #expect(bench.query.statistics.failures == 1)
    }

    @Test("Deadlines come before capacity: an expired request behind an awaited one makes room")
    func deadlinesFirst() throws {
        let bench = try QueryBench(seed: [4, 8, 16], concurrency: 2, requestTimeout: .seconds(10))
        bench.poll()
        bench.poll()
        bench.now = Instant.start.advanced(by: .seconds(5))
        #expect(bench.found(4, [1]) == .ask(1))
        bench.now = Instant.start.advanced(by: .seconds(11))
        #expect(bench.poll() == .ask(16))
        #expect(bench.query.nextDeadline == Instant.start.advanced(by: .seconds(15)).firstMomentPast)
    }

    @Test("Statistics: start is the first request, end the end")
    func statistics() throws {
        let bench = try QueryBench(seed: [1, 2])
        bench.now = Instant(nanoseconds: 5)
        bench.poll()
        bench.now = Instant(nanoseconds: 6)
        bench.poll()
        bench.notFound(1)
        #expect(bench.query.statistics.start == Instant(nanoseconds: 5))
        #expect(bench.query.statistics.end == nil)
        bench.now = Instant(nanoseconds: 9)
        bench.found(2)
        #expect(bench.query.statistics.end == Instant(nanoseconds: 9))
        #expect(bench.query.statistics.requests == 2)
        #expect(bench.query.statistics.successes == 1)
        #expect(bench.query.statistics.failures == 1)
    }

    @Test("A copy goes its own way")
    func copies() throws {
        let bench = try QueryBench(seed: [1, 2])
        bench.poll()
        let copy = bench.query
        bench.found(1, [0])
        #expect(copy.knownCount == 2)
        #expect(copy != bench.query)
        bench.query = copy
        #expect(bench.poll() == .ask(2))
    }
}
