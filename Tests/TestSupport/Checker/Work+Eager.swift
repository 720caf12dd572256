internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

extension WorkFinder {
    /// Section 5, Optimistic: the three rules of the walk, the rest, and the end, from the view.
    func eager(_ broadcast: BroadcastView<K>, _ run: BroadcastRun<K>, _ thresholds: OptimisticThresholds<K>, at now: Instant) -> Work<K>? {
        let awaited = broadcast.stores.count { $0.status.isAwaited(at: now) }
        let maySend = awaited < run.stores.storeConcurrency ?? .max
        var todo = Set(broadcast.stores.filter { $0.status == .todo }.map(\.node))
        let sent = Set(broadcast.stores.map(\.node)).subtracting(todo)
        func next() -> Work<K>? {
            maySend ? todo.min { $0.isCloser(to: run.target, than: $1) }.map { .store($0) } : nil
        }
        if let query = broadcast.query {
            let viable = query.candidates.filter { $0.status.isViable(at: now) }.map(\.node)
            todo.formUnion(viable.filter { $0.normedDistance(to: run.target) < thresholds.individual })
            todo.subtract(sent)
            let succeeded = broadcast.stores.count { $0.status == .stored }
            let isEarly = awaited + succeeded >= limits.replication || thresholds.isMet(by: viable, run.target, k: limits.replication)
            switch (lookup(query, at: now), isEarly) {
            case (.over(let closest, timedOut: false), _), (.over(let closest, timedOut: true), false): todo.formUnion(closest)
            case (_, true): todo.formUnion(viable.prefix(limits.replication))
            case (.asks(let node), false): return next() ?? .find(node)
            case (.waits, false): return next()
            }
            todo.subtract(sent)
        }
        let answered = sent.count - awaited
        if let store = next() { return store }
        if todo.isEmpty, answered >= run.answersNeeded(of: sent.count, k: limits.replication) { return .end }
        return broadcast.query == nil ? nil : .makeRoom
    }
}

extension OptimisticThresholds {
    /// Whether the k closest of these nodes are near enough together, reckoned in floating point.
    func isMet(by viable: [Key], _ target: Key, k: Int) -> Bool where Key: TestKey {
        let closest = viable.prefix(k)
        return closest.count == k && closest.reduce(0) { $0 + $1.normedDistance(to: target) } / Double(k) < set
    }
}

extension BroadcastRun {
    /// The number of stores, of those sent, that must be answered: min(⌈ratio · k⌉, sent).
    func answersNeeded(of sent: Int, k: Int) -> Int {
        optimistic.map { min(Int(($0.returnRatio * Double(k)).rounded(.up)), sent) } ?? sent
    }
}

extension TestKey {
    /// The distance divided by two to the power of the width.
    func normedDistance(to target: Self) -> Double {
        bytesOfDistance(to: target).reversed().reduce(0) { ($0 + Double($1)) / 256 }
    }

    private func bytesOfDistance(to target: Self) -> [UInt8] { (self ^ target).bytes }
}

extension QueryCandidate.Status {
    /// Whether the node is neither failed nor unresponsive.
    func isViable(at now: Instant) -> Bool {
        switch self {
        case .notContacted, .succeeded, .abandoned: true
        case .waiting: isAwaited(at: now)
        case .failed, .unresponsive: false
        }
    }
}
