public import Coordination
public import Kademlia
public import Queries

/// Whose turn it is, and what comes of it.
extension BroadcastPool {
    /// Advances one broadcast; if that gives no work, the others get their turn.
    @inlinable
    mutating func serve(
        _ place: Int, with event: consuming BroadcastEvent<Node, Message>, at now: Instant
    ) -> PoolState<Node, Message> {
        let work = advance(place, with: event, at: now)
        return work.isSome ? answer(work, of: place) : serveNext(at: now)
    }

    /// Serves the broadcasts that may have work, one after the other, until one has.
    @inlinable
    mutating func serveNext(at now: Instant) -> PoolState<Node, Message> {
        while let place = deadlines.popDue(at: now) { ready.insert(place) }
        wakeFirstInLine()
        while let place = ready.next(after: lastServed) {
            let work = advance(place, with: .poll, at: now)
            if work.isSome { return answer(work, of: place) }
            wakeFirstInLine()
        }
        deadlines.settle()
        return placeOfID.isEmpty ? .idle : .waiting
    }

    // The functions without a `self` take a machine and what else they need of the pool in one access: to read a property of an element
    // of an array may copy the whole element.

    /// Advances one broadcast.
    @inlinable
    mutating func advance(
        _ place: Int, with event: consuming BroadcastEvent<Node, Message>, at now: Instant
    ) -> BroadcastWork<Node> {
        var deadline: Instant?
        let index = places[place].index
        let work: BroadcastWork<Node> =
            switch places[place].strategy {
            case .followUp: Self.advance(&followUps[index], with: event, at: now, &queries, &deadline, &ignoredReplies, &estimator)
            case .static: Self.advance(&statics[index], with: event, at: now, &deadline, &ignoredReplies)
            case .optimistic: Self.advance(&optimistics[index], with: event, at: now, &queries, &deadline, &ignoredReplies, &estimator)
            case nil: .rest
            }
        deadlines.look(at: place, deadline: deadline)
        if !work.isSome { ready.remove(place) }
        return work
    }

    @inlinable
    static func advance(
        _ machine: inout FollowUp<Node, Message>, with event: consuming BroadcastEvent<Node, Message>, at now: Instant,
        _ queries: inout QueryPool<Node, Message>, _ deadline: inout Instant?, _ ignored: inout Int,
        _ estimator: inout NetworkSizeEstimator<Node.Key>
    ) -> BroadcastWork<Node> {
        let ignoredBefore = machine.ignored
        let work = machine.perform(event, at: now, queries: &queries)
        ignored &+= machine.ignored &- ignoredBefore
        deadline = machine.nextDeadline(queries: queries)
        if machine.hasNewClosest { machine.measure(into: &estimator, at: now) }
        return work
    }

    @inlinable
    static func advance(
        _ machine: inout Static<Node, Message>, with event: consuming BroadcastEvent<Node, Message>, at now: Instant,
        _ deadline: inout Instant?, _ ignored: inout Int
    ) -> BroadcastWork<Node> {
        let ignoredBefore = machine.ignored
        let work = machine.perform(event, at: now)
        ignored &+= machine.ignored &- ignoredBefore
        deadline = machine.nextDeadline
        return work
    }

    /// Answers with the work of a broadcast. It may well have more, unless this is its end.
    @inlinable
    mutating func answer(_ work: BroadcastWork<Node>, of place: Int) -> PoolState<Node, Message> {
        let machine = places[place]
        lastServed = place
        if case .finish = work { remove(place) } else { ready.insert(place) }
        // Before the answer is made: it is large, and whatever is done after that has it copied once more.
        deadlines.settle()
        // A machine that has ended stays as it is until another broadcast takes its place in the table.
        switch machine.strategy {
        case .followUp: return Self.state(of: work, &followUps[machine.index], queries)
        case .static: return Self.state(of: work, &statics[machine.index], queries)
        case .optimistic: return Self.state(of: work, &optimistics[machine.index], queries)
        case nil: return .waiting
        }
    }

    @inlinable
    static func state<Machine: BroadcastMachine<Node, Message>>(
        of work: BroadcastWork<Node>, _ machine: inout Machine, _ queries: borrowing QueryPool<Node, Message>
    ) -> PoolState<Node, Message> {
        // After the outcome the stores are of no more use, but their memory is: to the next broadcast that stores.
        defer { if case .finish = work { machine.stores = StoreRound(target: .zero, options: StoreOptions()) } }
        return machine.poolState(of: work, queries: queries)
    }

    @inlinable
    mutating func remove(_ place: Int) {
        switch places[place].strategy {
        case .followUp: vacantFollowUps.append(places[place].index)
        case .static: vacantStatics.append(places[place].index)
        case .optimistic: vacantOptimistics.append(places[place].index)
        case nil: break
        }
        places[place].strategy = nil
        placeOfID[ids[place]] = nil
        deadlines.cancel(place)
        ready.remove(place)
    }

    /// A free slot of the query pool belongs to the query first in line, so its broadcast has work.
    @inlinable
    mutating func wakeFirstInLine() {
        guard queries.hasFreeSlot, let id = queries.firstUnstartedID, let place = place(of: id) else { return }
        ready.insert(place)
    }
}
