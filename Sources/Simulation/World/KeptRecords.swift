internal import Coordination

/// Which nodes keep the record of each broadcast, and from when until when.
struct KeptRecords: Sendable {
    private struct Copy {
        let node: Int32
        let from: Instant
        let until: Instant
    }

    private struct Entry {
        let id: OperationID
        var copies: [Copy] = []

        init(id: OperationID) {
            self.id = id
            copies.reserveCapacity(20)
        }
    }

    private var entries: [Entry] = []
    private var places: [OperationID: Int] = [:]
    /// The places of running broadcasts, by the hint that the pool gives to their ids: nothing is hashed for a store.
    private var placeOfHint: [Int] = []

    /// A node keeps the record of a broadcast for a while.
    mutating func keep(_ id: OperationID, at node: Int32, from: Instant, until: Instant) {
        entries[place(of: id)].copies.append(Copy(node: node, from: from, until: until))
    }

    private mutating func place(of id: OperationID) -> Int {
        let hint = id.hintedPlace
        if hint < placeOfHint.count, placeOfHint[hint] < entries.count, entries[placeOfHint[hint]].id == id { return placeOfHint[hint] }
        let place = places[id] ?? entries.count
        if place == entries.count {
            entries.append(Entry(id: id))
            places[id] = place
        }
        while placeOfHint.count <= hint { placeOfHint.append(place) }
        placeOfHint[hint] = place
        return place
    }

    /// Forgets the records of an id, because it is used again.
    mutating func forget(_ id: OperationID) {
        if let place = places[id] { entries[place].copies = [] }
    }

    /// A node does not get what would reach it after a moment.
    mutating func lose(at node: Int32, after moment: Instant) {
        for place in entries.indices { entries[place].copies.removeAll { $0.node == node && $0.from > moment } }
    }

    /// The nodes that keep the record of a broadcast at a moment, or are certain to get it later, in the order of sending.
    func futureHolders(of id: OperationID, at moment: Instant) -> [Int32] {
        guard let place = places[id] else { return [] }
        return entries[place].copies.filter { moment < $0.until }.map(\.node)
    }

    /// The nodes that keep the record of a broadcast at a moment, in the order in which they got it.
    func holders(of id: OperationID, at moment: Instant) -> [Int32] {
        guard let place = places[id] else { return [] }
        return entries[place].copies.filter { $0.from <= moment && moment < $0.until }.map(\.node)
    }
}
