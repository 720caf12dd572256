internal import Broadcasts
internal import Coordination
internal import Kademlia

extension BroadcastPair {
    /// What changed in the broadcast itself.
    func changesOfBroadcast(_ step: Step) -> [Change] {
        var changes: [Change] = []
        if before?.phase != after?.phase { changes.append(.phase(from: before?.phase, to: after?.phase)) }
        if let optimistic = after?.optimistic {
            if before?.optimistic?.thresholds != optimistic.thresholds { changes.append(.thresholds(optimistic.thresholds)) }
            if let end = optimistic.walkEnd, before?.optimistic?.walkEnd != end { changes.append(.walkEnded(end)) }
        }
        return changes + changesOfStores(storesAfter(step))
    }

    /// The stores after the step: as they are seen, or as the outcome tells.
    private func storesAfter(_ step: Step) -> [StoreView<NetworkNode>] {
        if let after { return after.stores }
        guard let before, let outcome = step.outcome(of: before.id) else { return before?.stores ?? [] }
        return outcome.stores(after: before.stores)
    }

    private func changesOfStores(_ stores: [StoreView<NetworkNode>]) -> [Change] {
        let old = before?.stores ?? []
        guard old != stores else { return [] }
        let merge = SortedMerge(old.map(\.node), stores.map(\.node), target: (after ?? before)?.target)
        var changes: [Change] = []
        if !merge.added.isEmpty { changes.append(.chosen(merge.added.map { stores[$0].node })) }
        if !merge.removed.isEmpty { changes.append(.unchosen(merge.removed.map { old[$0].node })) }
        for (place, store) in stores.enumerated() {
            let status = merge.oldPlace[place].map { old[$0].status } ?? .todo
            if status != store.status { changes.append(.store(store.node, store.status)) }
        }
        return changes
    }
}

extension BroadcastOutcome where Node == NetworkNode {
    /// How far each store was at the end, closest first.
    ///
    /// - Parameter known: how far they were before: what is awaited stays as it was.
    fileprivate func stores(after known: [StoreView<NetworkNode>]) -> [StoreView<NetworkNode>] {
        var status: [Int32: StoreView<NetworkNode>.Status] = [:]
        for store in known { status[store.node.index] = store.status }
        for node in contacted { status[node.index] = .stored }
        for node in unanswered { status[node.index] = known.first { $0.node == node }?.status }
        for node in notContacted { status[node.index] = .todo }
        for failure in errors { status[failure.node.index] = .failed(failure.error) }
        let places = Set(known.map(\.node.index))
        let new = (contacted + notContacted).filter { !places.contains($0.index) }
        return (known.map(\.node) + new).compactMap { node in status[node.index].map { StoreView(node: node, status: $0) } }
    }
}

/// Which of the nodes of two lists are new, and which are gone.
///
/// Both lists are as a rule closest first, so one walk over both finds it; where they are not, it is found all the same.
struct SortedMerge {
    /// The places in the new list of nodes that the old one lacks.
    private(set) var added: [Int] = []
    /// The places in the old list of nodes that the new one lacks.
    private(set) var removed: [Int] = []
    /// For each place in the new list the place in the old one.
    private(set) var oldPlace: [Int?]

    /// Compares two lists. O(n) where they are sorted by the distance to the target.
    init(_ old: [NetworkNode], _ new: [NetworkNode], target: Key256?) {
        let target = target ?? .zero
        oldPlace = [Int?](repeating: nil, count: new.count)
        var (i, j) = (0, 0)
        while i < old.count, j < new.count {
            if old[i].key == new[j].key {
                oldPlace[j] = i
                (i, j) = (i + 1, j + 1)
            } else if new[j].key.isCloser(to: target, than: old[i].key) {
                added.append(j)
                j += 1
            } else {
                removed.append(i)
                i += 1
            }
        }
        added += j..<new.count
        removed += i..<old.count
        if !added.isEmpty, !removed.isEmpty { pairUp(old, new) }
    }

    /// Finds nodes that are in both lists, but at places that the walk did not expect.
    private mutating func pairUp(_ old: [NetworkNode], _ new: [NetworkNode]) {
        var places: [Key256: Int] = [:]
        for place in removed.reversed() { places[old[place].key] = place }
        var found: Set<Int> = []
        for place in added {
            guard let match = places.removeValue(forKey: new[place].key) else { continue }
            oldPlace[place] = match
            found.insert(match)
        }
        guard !found.isEmpty else { return }
        added.removeAll { oldPlace[$0] != nil }
        removed.removeAll { found.contains($0) }
    }
}
