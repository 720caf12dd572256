internal import Coordination
internal import Timeline

/// A reply on its way.
struct Delivery: Comparable, Sendable {
    /// When it arrives.
    var time: Instant
    /// Its place among those that arrive at the same time.
    var sequence: Int
    /// The request that it answers; copies of one reply share it.
    let name: MessageName
    /// When the request was sent.
    let sent: Instant
    /// When the request has reached the node.
    let reaches: Instant
    /// What it tells the pool.
    var event: NetworkEvent

    static func < (a: Delivery, b: Delivery) -> Bool {
        (a.time, a.sequence) < (b.time, b.sequence)
    }

    static func == (a: Delivery, b: Delivery) -> Bool {
        a.sequence == b.sequence
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
