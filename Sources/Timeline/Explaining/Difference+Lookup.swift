internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

extension BroadcastPair {
    /// What changed in the broadcast's lookup.
    ///
    /// - Parameter last: what it was told last, if it has ended with that.
    func changesOfLookup(last: LookupChange?) -> [Change] {
        switch (before?.query, after?.query) {
        case (nil, nil): []
        case (nil, let new?): [.lookupBegan] + followUp(new) + changes(from: [], QueryStatistics(), to: new)
        case (let old?, let new?):
            old == new ? [] : (old.isFollowingUp ? [] : followUp(new)) + changes(from: old.candidates, old.statistics, to: new)
        case (let old?, nil): lastChange(of: old, last) + [.lookupEnded]
        }
    }

    /// That a lookup has begun to follow up, if it has.
    private func followUp(_ query: QueryView<NetworkNode>) -> [Change] {
        query.isFollowingUp ? [.followUpBegan(query.finalSet)] : []
    }

    private func changes(
        from old: [QueryCandidate<NetworkNode>], _ statistics: QueryStatistics, to new: QueryView<NetworkNode>
    ) -> [Change] {
        var changes: [Change] = []
        if old != new.candidates {
            let target = (after ?? before)?.target
            let merge = SortedMerge(old.map(\.node), new.candidates.map(\.node), target: target)
            if !merge.added.isEmpty { changes.append(.learned(merge.added.map { new.candidates[$0].node })) }
            if !merge.removed.isEmpty { changes.append(.forgotten(merge.removed.map { old[$0].node })) }
            if let nearest = new.candidates.first?.node, isNearer(nearest, than: old.first?.node) {
                changes.append(.nearest(from: old.first?.node, to: nearest))
            }
            for (place, candidate) in new.candidates.enumerated() {
                let status = merge.oldPlace[place].map { old[$0].status } ?? .notContacted
                if status != candidate.status { changes.append(.candidate(candidate.node, candidate.status)) }
            }
        }
        if statistics != new.statistics { changes.append(.statistics(from: statistics, to: new.statistics)) }
        return changes
    }

    private func isNearer(_ node: NetworkNode, than other: NetworkNode?) -> Bool {
        guard let target = (after ?? before)?.target else { return false }
        return other.map { node.key.isCloser(to: target, than: $0.key) } ?? true
    }

    /// What the event said of a node to a lookup that ended with it: afterwards, nobody sees the lookup.
    private func lastChange(of query: QueryView<NetworkNode>, _ last: LookupChange?) -> [Change] {
        guard let change = last, let candidate = query.candidates.first(where: { $0.node.key == change.node.key }) else { return [] }
        return change.status == candidate.status ? [] : [.candidate(candidate.node, change.status)]
    }
}
