internal import Broadcasts
internal import Coordination
internal import Kademlia

extension BroadcastPair {
    /// What changed in the broadcast itself.
    ///
    /// - Parameter outcome: what came of it, if it has ended.
    func changesOfBroadcast(outcome: BroadcastOutcome<NetworkNode>?) -> [Change] {
        var changes: [Change] = []
        if before?.phase != after?.phase { changes.append(.phase(from: before?.phase, to: after?.phase)) }
        if let optimistic = after?.optimistic {
            if before?.optimistic?.thresholds != optimistic.thresholds { changes.append(.thresholds(optimistic.thresholds)) }
            if let end = optimistic.walkEnd, before?.optimistic?.walkEnd != end { changes.append(.walkEnded(end)) }
        }
        return changes + changesOfStores(storesAtEnd(outcome))
    }

    /// The stores afterwards: as they are seen, or as the outcome tells.
    private func storesAtEnd(_ outcome: BroadcastOutcome<NetworkNode>?) -> [StoreView<NetworkNode>] {
        if let after { return after.stores }
        guard let before, let outcome else { return before?.stores ?? [] }
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
