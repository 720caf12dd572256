public import Coordination
internal import Kademlia

/// An advance of one query in two steps, for an owner who decides in between: first the event, then, by a poll at the same instant,
/// what comes of it.
extension QueryPool {
    /// How a query of the pool would go on if it were polled now.
    public enum Outlook: UInt8, Hashable, Sendable {
        /// No slot is free for the query yet, or there is no such query.
        case queued
        /// It would send a request.
        case asks
        /// It would wait for replies.
        case waits
        /// It would finish by itself.
        case finishes
        /// It has run out of time.
        case timesOut
    }

    /// Feeds a reply, or nothing but the time, to one query, which neither asks nor ends.
    ///
    /// - Returns: whether the query knows more than before: nodes, or how far it is with one.
    @inlinable
    public mutating func absorb(_ event: consuming QueryEvent<Node>, into handle: Handle, at now: Instant) -> Bool {
        guard contains(handle) else { return false }
        guard places[handle.place].holdsSlot else {
            switch consume event {
            case .nodeResponse, .nodeFailure: ignored &+= 1  // nothing was asked yet
            case .poll, .cancel: break
            }
            return false
        }
        return Self.absorb(event, into: &queries[query(at: handle.place)], at: now, &places[handle.place].requestDeadline, &ignored)
    }

    /// Feeds a reply to a query and notes what the pool has to know of it, in one access.
    @inlinable
    static func absorb(
        _ event: consuming QueryEvent<Node>, into query: inout Query<Node>, at now: Instant, _ deadline: inout Instant, _ ignored: inout Int
    ) -> Bool {
        let ignoredBefore = query.ignored
        let isChanged = query.absorb(event, at: now)
        ignored &+= query.ignored &- ignoredBefore
        deadline = query.earliestDeadline
        return isChanged
    }

    /// How one query would go on after ``absorb(_:into:at:)``. O(results wanted), amortised.
    @inlinable
    public mutating func outlook(of handle: Handle, at now: Instant) -> Outlook {
        guard contains(handle), places[handle.place].holdsSlot || (hasFreeSlot && firstUnstarted == handle) else { return .queued }
        switch queries[query(at: handle.place)].outlook {
        case .asks: return .asks
        case .finishes: return .finishes
        case .waits: return places[handle.place].timeout.hasPassed(at: now) ? .timesOut : .waits
        }
    }

    /// Visits the nodes known to one query that are neither failed nor unresponsive, closest first, as long as the closure says so.
    /// O(visited nodes).
    ///
    /// - Parameters:
    ///   - handle: the query; one that has ended knows no nodes.
    ///   - visit: takes a node, and returns whether to go on.
    @inlinable
    public func visitViableNodes(of handle: Handle, _ visit: (Node) -> Bool) {
        guard contains(handle) else { return }
        if let index = places[handle.place].query {
            queries[index].visitViableNodes(visit)
        } else {
            newQuery(at: handle.place).visitViableNodes(visit)  // it waits in line, and knows its seed
        }
    }
}
