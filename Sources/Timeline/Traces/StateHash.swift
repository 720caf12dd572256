public import Broadcasts
public import Coordination
internal import Kademlia
internal import Queries

/// A number that stands for a state of the pool: equal states have equal hashes, on every system and in every process.
///
/// It is FNV-1a of 64 bits over the bytes of the pool's view, in this order. A *number* is eight bytes, the most significant first,
/// in two's complement; a *text* is the number of its bytes in UTF-8 and these bytes; a *key* is 32 bytes, shorter keys followed by
/// zeros; a *time* is the number of nanoseconds from now until then, negative when it has passed; a *list* is its length and its
/// elements; what may be missing is the byte 0, or 1 and the thing itself.
///
/// 1. The numbers of query slots that are held, of all slots, and of ignored events.
/// 2. The list of the running broadcasts, in the order of the bytes of their ids. Each is its id, its strategy and its phase as texts
///    (`followUp`, `static`, `optimistic`; `queued`, `finding`, `storing`, `awaitingStores`), and its target, which may be missing.
/// 3. For each broadcast its query, which may be missing: the list of its candidates, the closest to the target first, each a key and a byte (0 not
///    contacted, 1 waiting and then the time of its deadline, 2 succeeded, 3 failed, 4 unresponsive, 5 abandoned); the numbers of
///    requests, successes and failures; the time of its first request, which may be missing; and, only while it follows up, the list of
///    the keys of its final set, the closest first.
/// 4. The list of its stores, the closest first, each a key and a byte (0 to do; 1 waiting, then the time when it was sent and the time
///    of its deadline, which may be missing; 2 stored; 3 failed, then the error as a text, as a trace file writes it).
/// 5. For an Optimistic that knows the network's size, else missing: the greatest distance within the individual threshold as a key,
///    the number of answers needed, the list of the keys of its early stores, the closest first, and why its walk ended as a text,
///    which may be missing.
///
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm", draft-eastlake-fnv.
public struct StateHash: Hashable, Sendable, CustomStringConvertible {
    /// The 64 bits.
    public let value: UInt64

    /// The hash with these bits.
    public init(_ value: UInt64) {
        self.value = value
    }

    /// The hash of a view at this time. O(n) for n nodes in it.
    public init(of view: NetworkPoolView, at now: Instant) {
        var bytes = StateBytes(now: now)
        bytes.add(view)
        value = bytes.hash.value
    }

    /// The hash with these hexadecimal digits, or `nil` for another text.
    public init?(hex: String) {
        guard hex.utf8.count == 16, hex.utf8.first != UInt8(ascii: "+"), let value = UInt64(hex, radix: 16) else { return nil }
        self.value = value
    }

    /// Sixteen hexadecimal digits.
    public var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// FNV-1a of 64 bits, byte by byte.
public struct FNV1a: Sendable {
    /// The hash of the bytes so far.
    public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The hash of no bytes.
    public init() {}

    /// Takes one more byte.
    @inline(__always)
    public mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// Takes the bytes of a word, the most significant first.
    public mutating func add(_ word: UInt64) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) { add(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}

/// Feeds a view to a hash.
private struct StateBytes {
    let now: Instant
    var hash = FNV1a()

    mutating func add(_ view: NetworkPoolView) {
        add(view.heldSlots)
        add(view.slots)
        add(view.ignoredEvents)
        add(view.broadcasts.count)
        let broadcasts = view.broadcasts.sorted { $0.id.name.utf8.lexicographicallyPrecedes($1.id.name.utf8) }
        for broadcast in broadcasts { add(broadcast) }
    }

    private mutating func add(_ broadcast: BroadcastView<NetworkNode>) {
        add(broadcast.id.name)
        add(broadcast.strategy.rawValue)
        add(broadcast.phase.rawValue)
        add(optional: broadcast.target) { $0.add($1) }
        add(optional: broadcast.query) { $0.add($1) }
        add(broadcast.stores.count)
        for store in broadcast.stores { add(store) }
        add(optional: broadcast.optimistic) { $0.add($1) }
    }

    private mutating func add(_ query: QueryView<NetworkNode>) {
        add(query.candidates.count)
        for candidate in query.candidates {
            add(candidate.node.key)
            switch candidate.status {
            case .notContacted: hash.add(UInt8(0))
            case .waiting(let deadline):
                hash.add(UInt8(1))
                add(deadline)
            case .succeeded: hash.add(UInt8(2))
            case .failed: hash.add(UInt8(3))
            case .unresponsive: hash.add(UInt8(4))
            case .abandoned: hash.add(UInt8(5))
            }
        }
        add(query.statistics.requests)
        add(query.statistics.successes)
        add(query.statistics.failures)
        add(optional: query.statistics.start) { $0.add($1) }
        guard query.isFollowingUp else { return }
        add(query.finalSet.count)
        for node in query.finalSet { add(node.key) }
    }

    private mutating func add(_ store: StoreView<NetworkNode>) {
        add(store.node.key)
        switch store.status {
        case .todo: hash.add(UInt8(0))
        case .waiting(let sent, let deadline):
            hash.add(UInt8(1))
            add(sent)
            add(optional: deadline) { $0.add($1) }
        case .stored: hash.add(UInt8(2))
        case .failed(let error):
            hash.add(UInt8(3))
            add(error.traceText)
        }
    }

    private mutating func add(_ optimistic: OptimisticView<NetworkNode>) {
        add(optimistic.thresholds.greatestIndividualDistance)
        add(optimistic.answersNeeded)
        add(optimistic.earlyStores.count)
        for node in optimistic.earlyStores { add(node.key) }
        add(optional: optimistic.walkEnd) { $0.add($1.rawValue) }
    }

    private mutating func add(_ number: Int) { hash.add(UInt64(bitPattern: Int64(number))) }

    private mutating func add(_ instant: Instant) { hash.add(UInt64(bitPattern: now.duration(to: instant).count)) }

    private mutating func add(_ text: String) {
        add(text.utf8.count)
        for byte in text.utf8 { hash.add(byte) }
    }

    private mutating func add(_ key: Key256) {
        hash.add(key.word0)
        hash.add(key.word1)
        hash.add(key.word2)
        hash.add(key.word3)
    }

    private mutating func add<Thing>(optional thing: Thing?, _ add: (inout StateBytes, Thing) -> Void) {
        hash.add(UInt8(thing == nil ? 0 : 1))
        if let thing { add(&self, thing) }
    }
}
