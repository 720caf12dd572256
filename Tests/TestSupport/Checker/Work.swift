internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// A piece of work that a broadcast has: what a poll would have it answer.
enum Work<K: TestKey>: Hashable {
    /// Ask this node.
    case find(K)
    /// Store with this node.
    case store(K)
    /// End.
    case end
    /// End the walk and free the slot, with nothing to answer: an Optimistic whose stores are all out. Then the turn goes on.
    case makeRoom
}

/// Says what each broadcast of a pool would do when polled, as a plain reading of the semantics has it, from the pool's view.
struct WorkFinder<K: TestKey> {
    let limits: QueryPoolConfiguration
    /// The broadcasts that run, for the options and seeds that the view does not show.
    let runs: [BroadcastRun<K>]

    /// The broadcasts with work, in the order of their start, and what it is.
    ///
    /// - Parameter gone: those that have made room since the view was taken.
    func work(in view: PoolView<K>, at now: Instant, without gone: Set<OperationID> = []) -> [(id: OperationID, work: Work<K>)] {
        let firstQueued = view.broadcasts.first { $0.phase == .queued && !gone.contains($0.id) }?.id
        let heldSlots = view.heldSlots - view.broadcasts.count { $0.phase == .finding && gone.contains($0.id) }
        return view.broadcasts.compactMap { broadcast in
            guard !gone.contains(broadcast.id), let run = runs.first(where: { $0.id == broadcast.id }) else { return nil }
            let mayLook = broadcast.phase == .finding || (heldSlots < limits.concurrency && broadcast.id == firstQueued)
            let found: Work<K>? =
                if let thresholds = run.thresholds {
                    broadcast.query == nil || mayLook ? eager(broadcast, run, thresholds, at: now) : nil
                } else if let query = broadcast.query {
                    mayLook ? lookup(query, at: now).work : nil
                } else {
                    store(broadcast, run, at: now)
                }
            return found.map { (broadcast.id, $0) }
        }
    }

    /// Section 3: expire, then walk from the closest outward.
    func lookup(_ query: QueryView<K>, at now: Instant) -> Outlook {
        let answered = Array(query.candidates.filter { $0.status == .succeeded }.map(\.node).prefix(limits.replication))
        let end = Outlook.over(answered, timedOut: false)
        let awaited = query.candidates.count { $0.status.isAwaited(at: now) }
        var successes = 0
        var passedWaiting = false
        walk: for candidate in query.candidates {
            switch candidate.status {
            case .succeeded:
                successes += 1
                if successes == limits.replication, !passedWaiting { return end }
            case .waiting:
                passedWaiting = passedWaiting || candidate.status.isAwaited(at: now)
            case .notContacted:
                if awaited < limits.queryConcurrency { return .asks(candidate.node) }
                break walk
            case .failed, .unresponsive, .abandoned:
                break
            }
        }
        if awaited == 0 { return end }
        guard let start = query.statistics.start else { return .waits }
        return start.advanced(by: limits.timeout) < now ? .over(answered, timedOut: true) : .waits
    }

    /// What a lookup would do.
    enum Outlook {
        case asks(K)
        case waits
        /// It would end with these nodes, closest first.
        case over([K], timedOut: Bool)

        /// What that is for a FollowUp.
        var work: Work<K>? {
            switch self {
            case .asks(let node): .find(node)
            case .waits: nil
            case .over(let closest, _): closest.first.map { .store($0) } ?? .end
            }
        }
    }

    /// Section 5: expire, then send what may be sent, closest first (a Static: in seed order); then wait; then end.
    private func store(_ broadcast: BroadcastView<K>, _ run: BroadcastRun<K>, at now: Instant) -> Work<K>? {
        let todo = broadcast.stores.filter { $0.status == .todo }.map(\.node)
        let awaited = broadcast.stores.count { $0.status.isAwaited(at: now) }
        if todo.isEmpty { return awaited == 0 ? .end : nil }
        guard awaited < run.stores.storeConcurrency ?? .max else { return nil }
        let order = run.isStatic ? run.seed : todo
        return order.first(where: todo.contains).map { .store($0) }
    }
}

extension BroadcastView {
    /// The deadlines of what the broadcast awaits.
    func deadlines(queryTimeout: Nanoseconds) -> [Instant] {
        let stores = stores.compactMap { if case .waiting(_, let deadline) = $0.status { deadline } else { nil } }
        guard phase == .finding, let query else { return stores }
        let asks = query.candidates.compactMap { if case .waiting(let deadline) = $0.status { deadline } else { nil } }
        return stores + asks + (query.statistics.start.map { [$0.advanced(by: queryTimeout)] } ?? [])
    }
}

extension QueryCandidate.Status {
    /// Whether the node is waited for and its deadline has not passed.
    func isAwaited(at now: Instant) -> Bool {
        if case .waiting(let deadline) = self { now <= deadline } else { false }
    }
}

extension StoreView.Status {
    /// Whether the store is waited for and its deadline has not passed.
    func isAwaited(at now: Instant) -> Bool {
        if case .waiting(_, let deadline) = self { deadline.map { now <= $0 } ?? true } else { false }
    }
}
