public import Coordination
public import Kademlia
public import Timeline

extension SimulatedWorld {
    /// How well the record of a broadcast is placed now.
    ///
    /// - Parameters:
    ///   - target: the record's key.
    ///   - count: the number of nodes that should hold it (Kademlia's k).
    public func quality(of id: OperationID, target: Key256, count: Int) -> PutQuality {
        quality(of: puts.holders(of: id, at: now), target: target, count: count)
    }

    /// The same, with stores counted that are certain to reach their node.
    func finalQuality(of id: OperationID, target: Key256, count: Int) -> PutQuality {
        quality(of: puts.futureHolders(of: id, at: now), target: target, count: count)
    }

    private func quality(of holders: [Int32], target: Key256, count: Int) -> PutQuality {
        let present = holders.filter { nodeFaults[$0] == nil }.compactMap { network.node($0) }.filter { network.isPresent($0, at: now) }
        return PutQuality(
            of: present, around: target, count: count,
            keepers: { network.closestKeepers(to: target, count: $0, at: now) { nodeFaults[$0.index] == nil } })
    }

    public func putQuality(of id: OperationID, target: Key256, count: Int) -> PutQuality? {
        quality(of: id, target: target, count: count)
    }
}
