internal import Coordination
internal import HeapModule
internal import Kademlia
internal import Timeline

/// A reply on its way, or the request that it answers.
struct Delivery: Sendable {
    /// What the reply says.
    enum Content: Sendable {
        /// Closer nodes, or that the record is stored.
        case success
        /// An error in these words.
        case failure(String)
        /// What somebody has made of it.
        case edited(NetworkEvent)
    }

    /// The broadcast that asked.
    let id: OperationID
    /// The node that was asked.
    let node: NetworkNode
    /// Whether it is a store; else closer nodes are asked for.
    let isStore: Bool
    /// The key that the broadcast puts its record under.
    let target: Key256
    /// The record; an empty one where closer nodes are asked for.
    let record: Record
    /// When the request was sent.
    let sent: Instant
    /// When the request has reached the node.
    let reaches: Instant
    /// What the reply says.
    var content: Content

    /// What it is called, if it is the first of its kind.
    var name: MessageName { MessageName(id: id, node: node.index, isStore: isStore) }
}

/// All replies on their way, in the order in which they arrive.
///
/// What is heaped is three numbers, so that the heap moves little; the replies themselves stay where they are.
struct Traffic: Sendable {
    /// When a reply arrives, and where it is kept.
    struct Arrival: Comparable, Sendable {
        /// When it arrives.
        var time: Instant
        /// Its place among those that arrive at the same time.
        var sequence: Int
        /// Where the reply is kept.
        let slot: Int

        static func < (a: Arrival, b: Arrival) -> Bool {
            a.time != b.time ? a.time < b.time : a.sequence < b.sequence
        }
    }

    private var heap = Heap<Arrival>()
    private var replies: [Delivery] = []
    private var vacant: [Int] = []
    private var sentCount = 0

    /// The number of replies.
    var count: Int { heap.count }

    /// When the next reply arrives.
    var nextTime: Instant? { heap.min?.time }

    /// The replies in the order in which they were sent, each with the time of its arrival.
    var inOrderOfSending: [(arrival: Arrival, reply: Delivery)] {
        heap.unordered.sorted { $0.sequence < $1.sequence }.map { ($0, replies[$0.slot]) }
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
        heap.insert(Arrival(time: time, sequence: sentCount, slot: slot))
        sentCount += 1
    }

    /// Takes the next reply. O(log n).
    mutating func popNext() -> Delivery? {
        guard let arrival = heap.popMin() else { return nil }
        vacant.append(arrival.slot)
        return replies[arrival.slot]
    }

    /// Takes a reply off its way. O(n).
    mutating func remove(_ arrival: Arrival) {
        heap = Heap(heap.unordered.filter { $0.sequence != arrival.sequence })
        vacant.append(arrival.slot)
    }

    /// Changes what a reply says.
    mutating func edit(_ arrival: Arrival, _ content: Delivery.Content) {
        replies[arrival.slot].content = content
    }

    /// Lets a reply arrive at another time. Its place among those of that time is that of its sending. O(n).
    mutating func move(_ arrival: Arrival, to time: Instant) {
        var moved = arrival
        moved.time = time
        heap = Heap(heap.unordered.filter { $0.sequence != arrival.sequence } + [moved])
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
