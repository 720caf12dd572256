public import Coordination
public import Kademlia

/// An advance in two steps, for an owner who decides in between: first the event, then, by a poll at the same instant, what comes of it.
extension Query {
    /// How a query would go on if it were polled now.
    public enum Outlook: UInt8, Hashable, Sendable {
        /// It would ask a node.
        case asks
        /// It would wait for replies.
        case waits
        /// It would finish.
        case finishes
    }

    /// Takes a reply, or nothing but the time, as ``advance(_:at:)`` does, and expires what is overdue; but neither asks nor ends.
    /// A cancel is for ``advance(_:at:)``, and does nothing here.
    ///
    /// - Returns: whether the query knows more than before: nodes, or how far it is with one.
    @inlinable
    public mutating func absorb(_ event: consuming QueryEvent<Node>, at now: Instant) -> Bool {
        if hasFinished {
            ignoreReply(event)
            return false
        }
        let ignoredBefore = ignored
        var isChanged = false
        switch consume event {
        case .poll, .cancel: break
        case .nodeResponse(let node, let closer):
            receiveResponse(from: node.key, closer: closer)
            isChanged = ignored == ignoredBefore
        case .nodeFailure(let node, _):
            receiveFailure(from: node.key)
            isChanged = ignored == ignoredBefore
        }
        if earliestDeadline.hasPassed(at: now) {
            expireRequests(at: now)
            isChanged = true
        }
        if rules.resiliency != nil, !isFollowingUp, done.successes >= answersNeeded, hasConverged { _ = beginFollowUp() }
        return isChanged
    }

    /// How the query would go on after ``absorb(_:at:)``.
    @inlinable
    public var outlook: Outlook {
        if hasFinished { return .finishes }
        if done.successes >= answersNeeded, hasConverged {
            // A final set that has to be followed up was fixed by `absorb`.
            guard isFollowingUp else { return .finishes }
            return nextRank < followUpEnd ? .asks : inFlight.isEmpty ? .finishes : .waits
        }
        if nextRank < known.count { return inFlight.count < rules.concurrency ? .asks : .waits }
        return inFlight.isEmpty ? .finishes : .waits
    }

    /// Visits the known nodes that are neither failed nor unresponsive, closest first, as long as the closure says so. O(visited nodes).
    ///
    /// - Parameter visit: takes a node, and returns whether to go on.
    @inlinable
    public func visitViableNodes(_ visit: (Node) -> Bool) {
        for rank in 0..<known.count {
            let slot = known.slot(atRank: rank)
            switch progress[slot] {
            case .failed, .unresponsive: continue
            case .notContacted, .waiting, .succeeded, .abandoned: break
            }
            if !visit(known.node(atSlot: slot)) { return }
        }
    }
}
