internal import Broadcasts
internal import Coordination
internal import Queries

extension SearchWalk {
    /// A number for the state that the run is in: runs of equal numbers go on in the same ways.
    ///
    /// It is a hash of what decides how the run can go on, with every time as the time from now on:
    /// - what an observer sees of the pool, and its next deadline;
    /// - the replies on their way, whatever the order in which they were sent, and what is wrong with nodes;
    /// - the number of faults so far, as only so many are allowed;
    /// - the facts of the run, see ``RunFacts``: they say how far the plan is, and what no view shows of a pool. What law a step breaks
    ///   depends on them, too;
    /// - the time, as long as the plan has something to come.
    ///
    /// What is not in it: of lookups whose broadcast has ended, as the museum's pool leaves them behind, only the next deadline.
    ///
    /// - Parameter countsTurns: whether it matters which broadcast is served first when several have work. That changes only
    ///   the order in which requests go out at one instant, if broadcasts do not depend on each other.
    /// - Returns: a number that is good in this process only.
    func key(countsTurns: Bool) -> Int {
        var hasher = Hasher()
        hasher.combine(facts.sum)
        hasher.combine(faults)
        if countsTurns { hasher.combine(facts.turn(among: view.broadcasts)) }
        hasher.combine(view.heldSlots)
        for broadcast in view.broadcasts { combine(broadcast, into: &hasher) }
        combine(world.nextDeadline, into: &hasher)
        hasher.combine(messageSum)
        for (node, fault) in world.faults {
            hasher.combine(node)
            hasher.combine(fault)
        }
        if !isPlanDone { hasher.combine(world.now) }
        return hasher.finalize()
    }

    private var messageSum: Int {
        var sum = 0
        for message in world.pending {
            guard let event = message.event else { continue }
            var hasher = Hasher()
            hasher.combine(message.name)
            hasher.combine(event)
            combine(message.sent, into: &hasher)
            combine(message.arrives, into: &hasher)
            sum &+= hasher.finalize()
        }
        return sum
    }

    private func combine(_ broadcast: BroadcastView<NetworkNode>, into hasher: inout Hasher) {
        hasher.combine(broadcast.id)
        hasher.combine(broadcast.phase)
        hasher.combine(broadcast.optimistic)
        for candidate in broadcast.query?.candidates ?? [] {
            hasher.combine(candidate.node)
            switch candidate.status {
            case .notContacted: hasher.combine(0)
            case .waiting(let deadline):
                hasher.combine(1)
                combine(deadline, into: &hasher)
            case .succeeded: hasher.combine(2)
            case .failed: hasher.combine(3)
            case .unresponsive: hasher.combine(4)
            case .abandoned: hasher.combine(5)
            }
        }
        hasher.combine(broadcast.query?.finalSet)
        combine(broadcast.query?.statistics.start, into: &hasher)
        for store in broadcast.stores {
            hasher.combine(store.node)
            switch store.status {
            case .todo: hasher.combine(0)
            case .waiting(let sent, let deadline):
                hasher.combine(1)
                combine(sent, into: &hasher)
                combine(deadline, into: &hasher)
            case .stored: hasher.combine(2)
            case .failed(let error):
                hasher.combine(3)
                hasher.combine(error)
            }
        }
    }

    private func combine(_ time: Instant?, into hasher: inout Hasher) {
        hasher.combine(time.map { world.now.duration(to: $0) })
    }
}
