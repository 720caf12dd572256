import Broadcasts
import Coordination
import Kademlia

extension PoolRun {
    /// Feeds an event and checks what comes of it.
    mutating func feed(_ event: PoolEvent<Node, UInt8>) {
        if FuzzPool.isTraced { print("\(now.nanoseconds) \(event)") }
        let ignored = pool.ignoredEvents
        let state = pool.advance(event, at: now)
        if FuzzPool.isTraced { print("    → \(state)") }
        record.note(event, state, ignored: pool.ignoredEvents - ignored)
        switch state {
        case .findCloser(let id, let target, let node):
            requests.append(Request(id: id, node: node, target: target, isStore: false))
        case .storeRecord(let id, let node, _):
            requests.append(Request(id: id, node: node, target: .zero, isStore: true))
        case .idle, .waiting, .broadcastFinished, .broadcastRejected: break
        }
        require(pool.count == record.running.count, "the pool counts \(pool.count) broadcasts, \(record.running.count) run")
        guard !clockMayGoBack else { return }
        checkDeadline(after: state)
        if let problem = pool.brokenInvariant() { fail(problem) }
        advances += 1
        if advances % 4 == 0 { record.check(pool.view) }  // it takes as long as all the rest
    }

    private func checkDeadline(after state: PoolState<Node, UInt8>) {
        guard state.isAtRest, let deadline = pool.nextDeadline else { return }
        require(state == .waiting, "an idle pool has a deadline")
        // The end of time is never past, so deadlines there stay.
        require(deadline > now || now == .distantFuture, "the pool waits, and has a deadline that has passed: \(deadline.nanoseconds)")
    }

    /// Polls until the pool is at rest: it must get there.
    mutating func pollUntilRest() {
        // Each broadcast asks and stores with each node at most once, and ends once.
        for _ in 0...record.running.count * 129 + 1 {
            feed(.poll)
            if record.isAtRest { return }
        }
        fail("the pool never comes to rest")
    }

    /// Checks a copy against the pool: it does the same; once at rest it stays there until `nextDeadline`, when something happens.
    mutating func checkCopies() {
        var copy = pool
        let state = copy.advance(.poll, at: now)
        feed(.poll)
        require(record.lastState == state && copy.view == pool.view, "a copy does something else")
        guard record.isAtRest, !clockMayGoBack else { return }
        func polled(at moment: Instant) -> (state: PoolState<Node, UInt8>, view: PoolView<Node>) {
            var copy = pool
            let state = copy.advance(.poll, at: moment)
            return (state, copy.view)
        }
        let deadline = pool.nextDeadline ?? .distantFuture
        guard deadline > now else { return }
        let before = polled(at: deadline.advanced(by: Nanoseconds(-1)))
        require(before.state == state && before.view == pool.view, "a poll changes something before the next deadline")
        guard pool.nextDeadline != nil, deadline != .distantFuture else { return }
        let after = polled(at: deadline)
        require(after.state != state || after.view != pool.view, "nothing happens at the next deadline")
    }
}

/// Ends the run with a message.
func fail(_ problem: String) -> Never {
    fatalError("BROKEN: \(problem)")
}

/// Ends the run with a message unless the condition holds.
func require(_ condition: Bool, _ problem: @autoclosure () -> String) {
    if !condition { fail(problem()) }
}
