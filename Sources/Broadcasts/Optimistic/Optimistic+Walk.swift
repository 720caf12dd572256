public import Coordination
public import Kademlia
public import Queries

// MARK: - Start

extension Optimistic {
    @inlinable
    mutating func startOrRest(
        _ event: consuming BroadcastEvent<Node, Message>, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        switch consume event {
        case .start(let target, let seed):
            guard case .idle = phase else {
                ignored &+= 1  // a broadcast runs once
                return .rest
            }
            self.target = target
            stores = StoreRound(target: target, options: rules.stores)
            queue.reset(target: target)
            if let networkSize = rules.networkSize.map(Double.init) ?? estimate {
                limits = OptimisticThresholds(
                    networkSize: networkSize, replication: queries.configuration.replication, configuration: rules)
            }
            // The pool's own configuration is valid, so the query is too.
            guard let handle = try? queries.add(id: ownID, target: target, seed: seed) else { return finish(.noNodesFound) }
            phase = .walking(handle)
            return proceed(handle, at: now, queries: &queries)
        case .poll, .stop:
            return .rest
        case .nodeResponse, .nodeFailure, .storeRecordSuccess, .storeRecordFailure:
            ignored &+= 1  // not started yet, or a reply that was too late
            return .rest
        }
    }
}

// MARK: - The walk

extension Optimistic {
    @inlinable
    mutating func walk(
        _ handle: QueryPool<Node, Message>.Handle, _ event: consuming BroadcastEvent<Node, Message>, at now: Instant,
        queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        var isNews = false
        switch consume event {
        case .poll:
            isNews = queries.absorb(.poll, into: handle, at: now)
        case .nodeResponse(let node, let closer):
            isNews = queries.absorb(.nodeResponse(node: node, closer: closer), into: handle, at: now)
        case .nodeFailure(let node, let error):
            isNews = queries.absorb(.nodeFailure(node: node, error: error), into: handle, at: now)
        case .stop:
            _ = queries.advance(handle, with: .cancel, at: now)
            return stop()
        case .storeRecordSuccess(let node, _, _):
            receiveReply(from: node.key, error: nil)
            isNews = queries.absorb(.poll, into: handle, at: now)
        case .storeRecordFailure(let node, _, let error):
            receiveReply(from: node.key, error: error)
            isNews = queries.absorb(.poll, into: handle, at: now)
        case .start:
            ignored &+= 1  // started before
            isNews = queries.absorb(.poll, into: handle, at: now)
        }
        if isNews { hasNews = true }
        return proceed(handle, at: now, queries: &queries)
    }

    /// Goes on with the walk once the event was applied: the three rules.
    @inlinable
    mutating func proceed(
        _ handle: QueryPool<Node, Message>.Handle, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        stores.expire(at: now)
        let outlook = queries.outlook(of: handle, at: now)
        if let limits, outlook != .queued {
            let isNearEnough = hasNews && lookAround(handle, limits, queries: queries)
            hasNews = false
            // A query that has just finished needs no stopping: its end is not early.
            if outlook != .finishes {
                if stores.hopefulCount >= limits.replication { return endEarly(handle, .enoughStores, at: now, queries: &queries) }
                if isNearEnough { return endEarly(handle, .nearEnough, at: now, queries: &queries) }
                if outlook != .timesOut, sendNext(at: now) { return .store }
            }
        }
        switch queries.perform(handle, .poll, at: now) {
        case .request:
            return .ask
        case .waiting, .queued:
            return .wait
        case .ended(let closest, let timedOut):
            if !timedOut, closest.count == queries.configuration.replication { measured = closest }
            for node in closest { enqueue(node) }
            return endWalk(timedOut ? .queryTimedOut : .queryFinished, at: now)
        }
    }

    /// Queues the nodes that are near enough by themselves.
    ///
    /// - Returns: whether the k closest are near enough together.
    @inlinable
    mutating func lookAround(
        _ handle: QueryPool<Node, Message>.Handle, _ limits: OptimisticThresholds<Node.Key>, queries: borrowing QueryPool<Node, Message>
    ) -> Bool {
        var sum = DistanceSum<Node.Key>()
        queries.visitViableNodes(of: handle) { node in
            let distance = target.distance(to: node.key)
            let isNear = limits.isWithinIndividual(distance)
            if isNear { enqueue(node) }
            if sum.count < limits.replication { sum.add(distance) }
            return isNear || sum.count < limits.replication
        }
        return limits.isWithinSet(sum)
    }

    /// Ends the walk before its query has finished: the k closest nodes known will do.
    @inlinable
    mutating func endEarly(
        _ handle: QueryPool<Node, Message>.Handle, _ reason: WalkEnd, at now: Instant, queries: inout QueryPool<Node, Message>
    ) -> BroadcastWork<Node> {
        var left = queries.configuration.replication
        queries.visitViableNodes(of: handle) { node in
            enqueue(node)
            left &-= 1
            return left > 0
        }
        _ = queries.advance(handle, with: .cancel, at: now)
        return endWalk(reason, at: now)
    }

    /// Queues a node for a store, unless it was stored with, or is queued.
    @inlinable
    mutating func enqueue(_ node: Node) {
        if !stores.hasSent(to: node.key) { queue.insert(node) }
    }

    @inlinable
    mutating func endWalk(_ reason: WalkEnd, at now: Instant) -> BroadcastWork<Node> {
        end = reason
        earlyCount = stores.sentCount
        phase = .storing
        return proceed(at: now)
    }
}
