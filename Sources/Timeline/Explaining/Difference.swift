public import Broadcasts
internal import Coordination
internal import Queries

/// What a step changed: for each machine the changes, in an order that does not depend on chance.
///
/// Worked out from what an observer sees before and after the step, so it holds for any machine. What a broadcast did in its last
/// step is seen no more; it is taken from the outcome that it told.
public struct Difference: Equatable, Sendable {
    /// What changed in one machine.
    public struct Part: Equatable, Sendable {
        /// The machine.
        public let machine: MachineName
        /// What changed in it; never empty.
        public let changes: [Change]
    }

    /// The machines that changed: the pool, then the broadcasts in the order of their start, each followed by its lookup.
    public private(set) var parts: [Part] = []

    /// Whether the step changed nothing that can be seen.
    public var isEmpty: Bool { parts.isEmpty }

    /// The difference that a step made. O(broadcasts + nodes of the broadcasts that changed).
    ///
    /// - Parameters:
    ///   - step: the step.
    ///   - before: the pool before it.
    ///   - after: the pool after it.
    public init(of step: Step, before: NetworkPoolView, after: NetworkPoolView) {
        let pairs = Self.pairs(before, after)
        add(.pool, Self.changesOfPool(step, before, after, pairs))
        for pair in pairs where pair.before != pair.after {
            guard let known = pair.after ?? pair.before else { continue }
            let last = step.event.id == known.id && !step.isIgnored ? LookupChange(step.event) : nil
            add(.broadcast(known.id, known.strategy), pair.changesOfBroadcast(outcome: step.outcome(of: known.id)))
            add(.lookup(known.id), pair.changesOfLookup(last: last))
        }
    }

    /// The difference that many steps made, from one position to a later one. O(broadcasts + nodes of the broadcasts that changed).
    ///
    /// - Parameters:
    ///   - before: the pool at the first position.
    ///   - after: the pool at the later one.
    ///   - count: the number of broadcasts that the journal knew at the first position.
    ///   - journal: what was observed up to the later position.
    public init(from before: NetworkPoolView, to after: NetworkPoolView, knownBefore count: Int, journal: Journal) {
        let (old, new) = (journal.entries.prefix(count), journal.entries.dropFirst(count))
        let pairs = Self.pairs(before, after)
        var changes: [Change] = []
        for pair in pairs where pair.after == nil {
            guard let id = pair.id else { continue }
            changes.append(.ended(id, old.last { $0.id == id }?.outcome?.reason))
        }
        for entry in new {
            if case .rejected = entry.end { continue }
            changes.append(.began(entry.id, entry.strategy))
            if let outcome = entry.outcome { changes.append(.ended(entry.id, outcome.reason)) }
        }
        add(.pool, changes + Self.changesOfCounts(before, after))
        for pair in pairs where pair.before != pair.after {
            guard let known = pair.after ?? pair.before else { continue }
            let outcome = pair.after == nil ? old.last { $0.id == known.id }?.outcome : nil
            add(.broadcast(known.id, known.strategy), pair.changesOfBroadcast(outcome: outcome))
            add(.lookup(known.id), pair.changesOfLookup(last: nil))
        }
    }

    /// What changed in one machine.
    public func changes(of machine: MachineName) -> [Change] {
        parts.first { $0.machine == machine }?.changes ?? []
    }

    private mutating func add(_ machine: MachineName, _ changes: [Change]) {
        if !changes.isEmpty { parts.append(Part(machine: machine, changes: changes)) }
    }

    private static func changesOfPool(
        _ step: Step, _ before: NetworkPoolView, _ after: NetworkPoolView, _ pairs: [BroadcastPair]
    ) -> [Change] {
        var changes: [Change] = []
        // One that began and ended in the same step is in neither view.
        if case .startBroadcast(let id, _, _, _, let configuration) = step.event, case .broadcastFinished(id, let outcome) = step.state,
            !pairs.contains(where: { $0.id == id })
        {
            changes += [.began(id, configuration.strategy), .ended(id, outcome.reason)]
        }
        for pair in pairs {
            switch (pair.before, pair.after) {
            case (nil, let new?): changes.append(.began(new.id, new.strategy))
            case (let old?, nil): changes.append(.ended(old.id, step.outcome(of: old.id)?.reason))
            case (nil, nil), (_?, _?): break
            }
        }
        return changes + changesOfCounts(before, after)
    }

    private static func changesOfCounts(_ before: NetworkPoolView, _ after: NetworkPoolView) -> [Change] {
        var changes: [Change] = []
        if before.heldSlots != after.heldSlots {
            changes.append(.slots(from: before.heldSlots, to: after.heldSlots, of: after.slots))
        }
        let ignored = after.ignoredEvents.subtractingReportingOverflow(before.ignoredEvents)
        if !ignored.overflow, ignored.partialValue > 0 { changes.append(.ignored(ignored.partialValue)) }
        return changes
    }

    /// The broadcasts of both views: those of before in their order, then those that are new.
    private static func pairs(_ before: NetworkPoolView, _ after: NetworkPoolView) -> [BroadcastPair] {
        var placeOfID: [OperationID: Int] = [:]
        for (place, broadcast) in after.broadcasts.enumerated() where placeOfID[broadcast.id] == nil { placeOfID[broadcast.id] = place }
        var isTaken = [Bool](repeating: false, count: after.broadcasts.count)
        var pairs: [BroadcastPair] = []
        for old in before.broadcasts {
            guard let place = placeOfID[old.id], !isTaken[place], after.broadcasts[place].isSame(as: old) else {
                pairs.append(BroadcastPair(before: old, after: nil))
                continue
            }
            isTaken[place] = true
            pairs.append(BroadcastPair(before: old, after: after.broadcasts[place]))
        }
        for (place, new) in after.broadcasts.enumerated() where !isTaken[place] { pairs.append(BroadcastPair(before: nil, after: new)) }
        return pairs
    }
}

/// A broadcast before and after a step; at least one of them is there.
struct BroadcastPair {
    /// What it was like before the step, if it ran.
    let before: BroadcastView<NetworkNode>?
    /// What it is like after the step, if it runs.
    let after: BroadcastView<NetworkNode>?

    /// The operation's id.
    var id: OperationID? { (after ?? before)?.id }
}

extension BroadcastView where Node == NetworkNode {
    /// Whether both are views of the same broadcast, as far as can be seen.
    fileprivate func isSame(as other: Self) -> Bool {
        id == other.id && strategy == other.strategy && target == other.target
    }
}

extension JournalEntry {
    /// What came of the broadcast, once it has run to an end.
    fileprivate var outcome: BroadcastOutcome<NetworkNode>? {
        if case .finished(let outcome) = end { outcome } else { nil }
    }
}

extension Step {
    /// The outcome of a broadcast, if the step told it.
    func outcome(of id: OperationID) -> BroadcastOutcome<NetworkNode>? {
        if case .broadcastFinished(id, let outcome) = state { outcome } else { nil }
    }
}
