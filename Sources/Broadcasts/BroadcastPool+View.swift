public import Coordination
public import Kademlia
public import Queries

extension BroadcastPool: BroadcastPoolMachine {
    /// What an observer sees of the pool. O(everything in it).
    @inlinable
    public var view: PoolView<Node> {
        PoolView(
            broadcasts: places.indices.compactMap { view(of: $0) }, heldSlots: queries.heldSlots, slots: configuration.queries.concurrency,
            ignoredEvents: ignoredEvents)
    }

    /// The broadcasts that an advance does not name change only where a deadline has passed, and that shows in their counts: those whose
    /// counts are as before are taken from the old view, with the arrays in it.
    ///
    /// - Complexity: O(broadcasts + the nodes of those that have changed).
    @inlinable
    public func view(after old: PoolView<Node>, naming ids: [OperationID]) -> PoolView<Node> {
        var broadcasts: [BroadcastView<Node>] = []
        broadcasts.reserveCapacity(old.broadcasts.count + 1)
        var next = 0
        for place in places.indices where places[place].strategy != nil {
            // Those that are not named are in both, in the same order.
            while !ids.contains(self.ids[place]), next < old.broadcasts.count, old.broadcasts[next].id != self.ids[place] { next += 1 }
            if next < old.broadcasts.count, !ids.contains(self.ids[place]), isUnchanged(old.broadcasts[next], at: place) {
                broadcasts.append(old.broadcasts[next])
            } else if let view = view(of: place) {
                broadcasts.append(view)
            }
        }
        return PoolView(
            broadcasts: broadcasts, heldSlots: queries.heldSlots, slots: configuration.queries.concurrency, ignoredEvents: ignoredEvents)
    }

    /// Whether a view of the broadcast at a place has the same counts as the broadcast.
    @inlinable
    func isUnchanged(_ old: BroadcastView<Node>, at place: Int) -> Bool {
        let index = places[place].index
        switch places[place].strategy {
        case .followUp:
            if let handle = followUps[index].query {
                guard let query = queries.query(of: handle), let seen = old.query else { return false }
                return query.statistics == seen.statistics && query.isFollowingUp == seen.isFollowingUp
                    && phase(followUps[index].stores, query: handle) == old.phase
            }
            return old.query == nil && followUps[index].stores.counts == old.storeCounts
        case .static: return statics[index].stores.counts == old.storeCounts
        case .optimistic, nil: return false
        }
    }

    @inlinable
    func view(of place: Int) -> BroadcastView<Node>? {
        guard let strategy = places[place].strategy else { return nil }
        let index = places[place].index
        switch strategy {
        case .followUp:
            let machine = followUps[index]
            return BroadcastView(
                id: ids[place], strategy: strategy, target: machine.target, phase: phase(machine.stores, query: machine.query),
                query: machine.query.flatMap { handle in queries.query(of: handle).map { QueryView($0) } }, stores: machine.stores.views)
        case .static:
            let stores = statics[index].stores
            return BroadcastView(
                id: ids[place], strategy: strategy, target: stores.chosen.target, phase: phase(stores, query: nil), query: nil,
                stores: stores.views)
        case .optimistic:
            let machine = optimistics[index]
            return BroadcastView(
                id: ids[place], strategy: strategy, target: machine.target, phase: phase(of: machine),
                query: machine.query.flatMap { handle in queries.query(of: handle).map { QueryView($0) } }, stores: machine.storeViews,
                optimistic: machine.view)
        }
    }

    @inlinable
    func phase(of machine: Optimistic<Node, Message>) -> BroadcastView<Node>.Phase {
        if let query = machine.query { return queries.holdsSlot(query) ? .finding : .queued }
        return machine.queue.isEmpty ? .awaitingStores : .storing
    }

    @inlinable
    func phase(_ stores: StoreRound<Node>, query: QueryPool<Node, Message>.Handle?) -> BroadcastView<Node>.Phase {
        if let query { return queries.holdsSlot(query) ? .finding : .queued }
        return stores.hasTodo ? .storing : .awaitingStores
    }

    /// The deadline that a machine itself names.
    private func deadline(of place: Int) -> Instant? {
        let index = places[place].index
        return switch places[place].strategy {
        case .followUp: followUps[index].nextDeadline(queries: queries)
        case .static: statics[index].nextDeadline
        case .optimistic: optimistics[index].nextDeadline(queries: queries)
        case nil: nil
        }
    }

    /// Checks everything that can be checked from inside. For tests. O(everything in it).
    ///
    /// - Returns: what is wrong, or `nil`.
    public func brokenInvariant() -> String? {
        let running = places.indices.filter { places[$0].strategy != nil }
        guard running.count == placeOfID.count, running.allSatisfy({ placeOfID[ids[$0]] == $0 }) else { return "broadcasts are lost" }
        guard running.allSatisfy({ ids[$0].hintedPlace == $0 }) else { return "an id hints at the wrong place" }
        guard places.indices.allSatisfy({ places[$0].strategy != nil || !ready.contains($0) }) else { return "an empty place is ready" }
        guard running.count(where: { places[$0].strategy == .followUp }) + vacantFollowUps.count == followUps.count,
            running.count(where: { places[$0].strategy == .static }) + vacantStatics.count == statics.count,
            running.count(where: { places[$0].strategy == .optimistic }) + vacantOptimistics.count == optimistics.count
        else { return "a machine is lost" }
        for place in running {
            let index = places[place].index
            let problem: String? =
                switch places[place].strategy {
                case .static: statics[index].stores.brokenInvariant()
                case .followUp: followUps[index].stores.brokenInvariant()
                case .optimistic: optimistics[index].brokenInvariant()
                case nil: nil
                }
            if let problem { return "\(ids[place]): \(problem)" }
            let watch = deadlines.watches[place]
            guard watch.deadline == deadline(of: place) else {
                return "\(ids[place]) has another deadline than the pool knows of"
            }
            guard let deadline = deadline(of: place), !ready.contains(place) else { continue }
            guard let moment = watch.moment, moment <= deadline, !watch.isOverdue else {
                return "\(ids[place]) has a deadline that nobody watches"
            }
        }
        guard nextDeadline == running.compactMap({ deadline(of: $0) }).min() else { return "the next deadline is not the earliest" }
        return queries.brokenInvariant()
    }
}
