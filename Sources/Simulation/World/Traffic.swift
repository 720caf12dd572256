internal import Coordination
internal import Timeline

/// A reply on its way. Numbers only: there are many, and they are moved a lot.
struct Delivery: Sendable {
    /// What the reply says.
    enum Content: Sendable {
        /// Closer nodes, or that the record is stored.
        case success
        /// The node answers with an error.
        case refusal
        /// Nobody can connect to the node.
        case unreachable
        /// What somebody has made of it, by its number among those.
        case edited(Int32)

        /// The words of the error, if it is one that the network makes.
        var reason: String? {
            switch self {
            case .success, .edited: nil
            case .refusal: "refused"
            case .unreachable: "not reachable"
            }
        }
    }

    /// The place of the put that asked.
    let put: Int32
    /// The index of the node that was asked.
    let node: Int32
    /// Whether it answers a store; else a question for closer nodes.
    let isStore: Bool
    /// When the request was sent.
    let sent: Instant
    /// When the request has reached the node.
    let reaches: Instant
    /// What the reply says.
    var content: Content
}

/// All replies on their way, in the order in which they arrive.
///
/// What is heaped is two numbers, so that the heap moves little; the replies themselves stay where they are.
struct Traffic: Sendable {
    /// When a reply arrives, and where it is kept.
    struct Arrival: Comparable, Sendable {
        /// When it arrives.
        var time: Instant
        /// Its number in the order of sending, which decides among those that arrive at the same time, and below it its slot.
        private let order: UInt64

        /// So many bits of the order are the slot: 16 million replies may be on their way at once.
        private static let slotBits: UInt64 = 24

        init(time: Instant, number: UInt64, slot: Int) {
            precondition(slot < 1 << Self.slotBits, "more than 16,777,216 replies are on their way")
            self.time = time
            order = number << Self.slotBits | UInt64(slot)
        }

        /// Where the reply is kept.
        var slot: Int { Int(order & (1 << Self.slotBits - 1)) }

        static func < (a: Arrival, b: Arrival) -> Bool {
            a.time != b.time ? a.time < b.time : a.order < b.order
        }

        /// Whether it was sent before another one.
        func isSent(before other: Arrival) -> Bool { order < other.order }
    }

    private var heap = ArrivalHeap()
    private var replies: [Delivery] = []
    private var vacant: [Int] = []
    private var sentCount: UInt64 = 0
    /// What somebody has made of replies.
    private(set) var edits: [NetworkEvent] = []

    /// The number of replies.
    var count: Int { heap.count }

    /// When the next reply arrives.
    var nextTime: Instant? { heap.first?.time }

    /// The replies in the order in which they were sent, each with the time of its arrival.
    var inOrderOfSending: [(arrival: Arrival, reply: Delivery)] {
        heap.unordered.sorted { $0.isSent(before: $1) }.map { ($0, replies[$0.slot]) }
    }

    /// Puts a reply on its way, after those that arrive at the same time. O(log n).
    mutating func send(_ reply: Delivery, arriving time: Instant) {
        let slot: Int
        if let free = vacant.popLast() {
            slot = free
            replies[slot] = reply
        } else {
            slot = replies.count
            replies.append(reply)
        }
        heap.push(Arrival(time: time, number: sentCount, slot: slot))
        sentCount += 1
    }

    /// Takes the next reply. O(log n).
    mutating func popNext() -> Delivery? {
        guard let arrival = heap.popFirst() else { return nil }
        vacant.append(arrival.slot)
        return replies[arrival.slot]
    }

    /// Takes a reply off its way. O(n).
    mutating func remove(_ arrival: Arrival) {
        heap = ArrivalHeap(heap.unordered.filter { $0 != arrival })
        vacant.append(arrival.slot)
    }

    /// Changes what a reply says.
    mutating func edit(_ arrival: Arrival, _ event: NetworkEvent) {
        replies[arrival.slot].content = .edited(Int32(edits.count))
        edits.append(event)
    }

    /// Lets a reply arrive at another time. Its place among those of that time is that of its sending. O(n).
    mutating func move(_ arrival: Arrival, to time: Instant) {
        var moved = arrival
        moved.time = time
        heap = ArrivalHeap(heap.unordered.filter { $0 != arrival } + [moved])
    }
}

extension PendingMessage.Obstacle {
    /// What a fault of a node does to a message.
    init(_ fault: NodeFault) {
        self =
            switch fault {
            case .crashed: .crashed
            case .muted: .muted
            case .partitioned: .partitioned
            }
    }
}
