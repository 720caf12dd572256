public import Broadcasts
internal import Coordination

// MARK: - How well records are placed

extension History {
    /// How well the record of a broadcast is placed at the position.
    ///
    /// - Parameter count: the number of nodes that should hold it (Kademlia's k).
    /// - Returns: `nil` before the first store, for a broadcast whose id another one uses by now, and where the world does not know.
    public func quality(of entry: JournalEntry, count: Int) -> PutQuality? {
        guard entry.hasStored, journal.entry(entry.id)?.started == entry.started else { return nil }
        return world.putQuality(of: entry.id, target: entry.target, count: count)
    }

    /// The share of the true closest nodes that hold the records of a strategy's latest broadcasts, in the mean.
    ///
    /// - Parameters:
    ///   - count: the number of nodes that should hold each (Kademlia's k).
    ///   - latest: how many broadcasts count, at most.
    public func meanOverlap(of strategy: BroadcastStrategy, count: Int, latest: Int = 20) -> Double? {
        let entries = journal.entries.reversed().lazy.filter { $0.strategy == strategy && $0.hasStored }.prefix(latest)
        let shares = entries.compactMap { quality(of: $0, count: count)?.overlap }
        return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
    }
}

extension JournalEntry {
    /// Whether a record was sent to any node.
    public var hasStored: Bool { trails.values.contains { $0.storeSent != nil } }
}
