internal import Coordination

/// Which nodes keep the record of each broadcast, and from when until when.
struct KeptRecords: Sendable {
    private struct Copy {
        let node: Int32
        let from: Instant
        let until: Instant
    }

    private var copies: [OperationID: [Copy]] = [:]

    /// A node keeps the record of a broadcast for a while.
    mutating func keep(_ id: OperationID, at node: Int32, from: Instant, until: Instant) {
        copies[id, default: []].append(Copy(node: node, from: from, until: until))
    }

    /// Forgets the records of an id, because it is used again.
    mutating func forget(_ id: OperationID) {
        if copies[id] != nil { copies[id] = nil }
    }

    /// A node does not get what would reach it after a moment.
    mutating func lose(at node: Int32, after moment: Instant) {
        for id in copies.keys { copies[id]?.removeAll { $0.node == node && $0.from > moment } }
    }

    /// The nodes that keep the record of a broadcast at a moment, in the order in which they got it.
    func holders(of id: OperationID, at moment: Instant) -> [Int32] {
        (copies[id] ?? []).filter { $0.from <= moment && moment < $0.until }.map(\.node)
    }
}
