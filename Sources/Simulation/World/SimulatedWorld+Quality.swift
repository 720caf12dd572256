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
        let holders = records.holders(of: id, at: now).filter { nodeFaults[$0] == nil }.compactMap { network.node($0) }
        return PutQuality(
            of: holders.filter { network.isPresent($0, at: now) }, around: target, count: count,
            keepers: { network.closestKeepers(to: target, count: $0, at: now) { nodeFaults[$0.index] == nil } })
    }

    public func putQuality(of id: OperationID, target: Key256, count: Int) -> PutQuality? {
        quality(of: id, target: target, count: count)
    }
}
