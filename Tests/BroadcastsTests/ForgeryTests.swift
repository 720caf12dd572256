import Broadcasts
import Coordination
import Kademlia
import Queries
import TestSupport
import Testing

/// A history that breaks a law, made from an honest one.
struct Forgery: Sendable, CustomTestStringConvertible {
    let id: String
    let history: History<Key8>

    var testDescription: String { id }

    /// A forgery that breaks this law: the honest history with some of its steps changed.
    init(_ id: String, _ honest: History<Key8>, _ change: (inout History<Key8>) -> Void) {
        var history = honest
        change(&history)
        self.id = id
        self.history = history
    }
}

@Suite("The invariant checker bites")
struct ForgeryTests {
    @Test("It finds nothing in honest histories", arguments: Honest.all)
    func honest(history: History<Key8>) {
        #expect(history.violations() == [])
    }

    @Test("It finds the forgery", arguments: Forgery.all)
    func finds(forgery: Forgery) {
        #expect(forgery.history.violations().map(\.id).contains(forgery.id))
    }

    @Test("Every law has a forgery")
    func complete() {
        #expect(Set(Forgery.all.map { $0.id }) == Set(Invariant<Key8>.all.map(\.id)))
    }
}

/// Honest histories to forge from.
enum Honest {
    static func record(_ events: [PoolEvent<Key8, String>]) -> History<Key8> {
        let configuration = PoolConfiguration(queries: QueryPoolConfiguration(replication: 2))
        guard var recorder = try? Recorder<Key8>(localNode: 0xff, configuration: configuration) else {
            preconditionFailure("the configuration is not valid")
        }
        return recorder.feed(all: events)
    }

    /// One FollowUp from start to end. Steps: 0 asks 3, 1 asks 4, 3 stores with 3, 4 with 4, 6 ends, 7 is idle.
    static let single = record([
        .follow("a", seed: [4, 3]), .poll, .found("a", 3), .found("a", 4), .poll, .stored("a", 3), .stored("a", 4), .poll,
    ])

    /// Two with stores to send. Steps: 0 stores 1 of a, 1 stores 4 of b; then the polls take turns: 2 of a, 5 of b, 3 of a, 6 of b.
    static let pair = record([
        .put("a", seed: [1, 2, 3]), .put("b", seed: [4, 5, 6]), .poll, .poll, .poll, .poll, .poll,
    ])

    /// One that is stopped while it looks: steps 0 asks 3, 1 ends, 2 and 3 are idle, 3 with a reply that is late.
    static let stopped = record([.follow("a", seed: [3]), .stopBroadcast(id: "a"), .poll, .found("a", 3)])

    /// Two lookups in turn: 0 asks 3 for a, 1 asks 5 for b, 2 asks 4 for a, 3 asks 6 for b, 4 waits.
    static let lookups = record([.follow("a", seed: [3, 4]), .follow("b", seed: [5, 6]), .poll, .poll, .poll])

    /// A second start under the same id is rejected in step 1.
    static let doubled = record([.follow("a", seed: [3]), .follow("a", seed: [4]), .poll])

    /// An Optimistic: 0 stores with 2, 1 asks 2, 2 asks 40, 3 has heard of 20, ends the walk and stores with 20, 4 ends, 20 being unanswered.
    static let eager = record([
        .hope("a", seed: [2, 40], OptimisticConfiguration(returnRatio: 0.5, networkSize: 64)), .poll, .poll, .found("a", 40, [20]),
        .stored("a", 2),
    ])

    static let all = [single, pair, stopped, lookups, doubled, eager]
}
