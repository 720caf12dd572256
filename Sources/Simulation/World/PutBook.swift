internal import Coordination
internal import Kademlia
internal import Timeline

/// All puts that have sent anything: what they put where, and which nodes keep it.
///
/// A put has a *place* here for good; another put of the same id, after its end, gets a place of its own.
struct PutBook: Sendable {
    /// A node keeps a record for a while.
    private struct Copy {
        let node: Int32
        let from: Instant
        let until: Instant
    }

    private struct Put {
        /// With the hint that the pool has given to it last.
        var id: OperationID
        /// The key that the record is put under, once somebody was asked for nodes closer to it.
        var target = Key256.zero
        /// The record, once it was stored with somebody.
        var record = Record(name: "")
        var copies: [Copy] = []
        /// Whether the put has ended.
        var isOver = false

        init(id: OperationID) {
            self.id = id
            copies.reserveCapacity(20)
        }
    }

    private var puts: [Put] = []
    private var places: [OperationID: Int] = [:]
    /// The places of running puts, by the hint that the pool gives to their ids: nothing is hashed for a request.
    private var placeOfHint: [Int] = []

    // MARK: Puts

    /// The place of a put that runs.
    mutating func place(of id: OperationID) -> Int {
        let hint = id.hintedPlace
        if hint < placeOfHint.count {
            let place = placeOfHint[hint]
            if place < puts.count, puts[place].id == id, !puts[place].isOver { return place }
        }
        return newPlace(of: id)
    }

    private mutating func newPlace(of id: OperationID) -> Int {
        var place = places[id] ?? puts.count
        if place == puts.count || puts[place].isOver {
            place = puts.count
            puts.append(Put(id: id))
            places[id] = place
        }
        puts[place].id = id
        while placeOfHint.count <= id.hintedPlace { placeOfHint.append(place) }
        placeOfHint[id.hintedPlace] = place
        return place
    }

    /// The id of a put.
    func id(_ place: Int) -> OperationID { puts[place].id }

    /// The key that a put's record is put under.
    func target(_ place: Int) -> Key256 { puts[place].target }

    /// A put's record.
    func record(_ place: Int) -> Record { puts[place].record }

    /// A put looks for the nodes closest to this key.
    mutating func look(_ place: Int, for target: Key256) { puts[place].target = target }

    /// A put stores this record.
    mutating func store(_ place: Int, _ record: Record) { puts[place].record = record }

    /// A put has ended; its record stays.
    mutating func end(_ id: OperationID) {
        if let place = places[id] { puts[place].isOver = true }
    }

    // MARK: Records

    /// A node keeps the record of a put for a while.
    mutating func keep(_ place: Int, at node: Int32, from: Instant, until: Instant) {
        puts[place].copies.append(Copy(node: node, from: from, until: until))
    }

    /// A node does not get what would reach it after a moment.
    mutating func lose(at node: Int32, after moment: Instant) {
        for place in puts.indices { puts[place].copies.removeAll { $0.node == node && $0.from > moment } }
    }

    /// The nodes that keep the record of the last put of an id at a moment, in the order in which it was sent to them.
    func holders(of id: OperationID, at moment: Instant) -> [Int32] {
        guard let place = places[id] else { return [] }
        return puts[place].copies.filter { $0.from <= moment && moment < $0.until }.map(\.node)
    }

    /// The same, with nodes that are certain to get it later.
    func futureHolders(of id: OperationID, at moment: Instant) -> [Int32] {
        guard let place = places[id] else { return [] }
        return puts[place].copies.filter { moment < $0.until }.map(\.node)
    }
}
