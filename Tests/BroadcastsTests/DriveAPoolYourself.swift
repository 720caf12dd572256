// The code of the article "Drive a pool yourself" (Sources/Broadcasts/Broadcasts.docc): what stands between the markers is in the
// article, letter by letter.

// snippet
import Broadcasts
import Coordination
import Kademlia

struct Driver {
    var pool: BroadcastPool<Key8, String>
    var network: Network
    var outcomes: [OperationID: BroadcastOutcome<Key8>] = [:]

    mutating func feed(_ event: PoolEvent<Key8, String>, at now: Instant) {
        var state = pool.advance(event, at: now)
        while !state.isAtRest {
            act(on: state, at: now)
            state = pool.advance(.poll, at: now)
        }
    }
}
// end of snippet

// snippet
extension Driver {
    mutating func act(on state: PoolState<Key8, String>, at now: Instant) {
        switch state {
        case .findCloser(let id, let target, let node):
            let answer: PoolEvent<Key8, String> =
                if let closer = network.neighbours[node] {
                    .getCloserNodesSuccess(id: id, node: node, target: target, closer: closer)
                } else {
                    .getCloserNodesFailure(id: id, node: node, target: target, error: .failed("no such node"))
                }
            network.send(answer, to: node, at: now)
        case .storeRecord(let id, let node, let message):
            network.send(.storeRecordSuccess(id: id, node: node, request: message, response: nil), to: node, at: now)
        case .broadcastFinished(let id, let outcome):
            outcomes[id] = outcome
        case .broadcastRejected(let id, let reason):
            print("\(id) was not started: \(reason)")
        case .idle, .waiting:
            break  // at rest: feed() has ended its loop
        }
    }
}

/// Nodes that know others, some of them silent; an answer takes 100 ms.
struct Network {
    var neighbours: [Key8: [Key8]]
    var silent: Set<Key8> = []
    var answers: [(arrival: Instant, event: PoolEvent<Key8, String>)] = []

    mutating func send(_ answer: PoolEvent<Key8, String>, to node: Key8, at now: Instant) {
        guard !silent.contains(node) else { return }
        answers.append((now.advanced(by: .milliseconds(100)), answer))
    }
}
// end of snippet

// snippet
extension Driver {
    /// Runs until nothing is awaited any more.
    mutating func run() {
        while true {
            let arrival = network.answers.first?.arrival ?? .distantFuture
            let deadline = pool.nextDeadline ?? .distantFuture
            if arrival <= deadline, !network.answers.isEmpty {
                feed(network.answers.removeFirst().event, at: arrival)
            } else if deadline < .distantFuture {
                feed(.poll, at: deadline)
            } else {
                return
            }
        }
    }
}
// end of snippet

/// Starts two puts under one id.
func startTwice(_ driver: inout Driver) {
    // snippet
    let put = PoolEvent<Key8, String>.startBroadcast(
        id: "put 1", target: 0x10, message: "hello", seed: [0x50], configuration: .followUp(.init()))
    driver.feed(put, at: .start)
    driver.feed(put, at: .start)  // put 1 was not started: a broadcast of this id is running; …
    driver.run()
    driver.feed(put, at: .start)  // it has ended, so its id is free again
    // end of snippet
}

// snippet
extension BroadcastOutcome {
    /// What a log says of the broadcast, a line for each node.
    var report: [String] {
        let errors = errors.map { "\($0.node): \($0.error)" }
        let skipped = notContacted.map { "\($0): not sent to" }
        let open = unanswered.map { "\($0): no answer yet" }
        return ["\(reason), \(contacted.count) contacted"] + errors + skipped + open
    }
}
// end of snippet

/// Makes a pool of a configuration that makes no sense, and asks why there is none.
func wrongConfiguration() -> String {
    // snippet
    var configuration = PoolConfiguration()
    configuration.maxBroadcasts = 0
    do {
        _ = try BroadcastPool<Key8, String>(localNode: 0xff, configuration: configuration)
    } catch {
        return error.description  // maxBroadcasts: 0 is too small; use 1 or more
    }
    // end of snippet
    return "none"
}

/// Answers for a node that was never asked.
func ignoredAnswer(_ driver: inout Driver) -> Int {
    // snippet
    let before = driver.pool.ignoredEvents
    driver.feed(.storeRecordSuccess(id: "put 1", node: 0x77, request: "hello", response: nil), at: .start)
    let ignored = driver.pool.ignoredEvents - before  // 1
    // end of snippet
    return ignored
}
