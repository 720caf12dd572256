import Broadcasts
import Coordination
import Kademlia

/// A run of a pool: every byte or few are an event, a move of the clock, or a check that takes longer.
struct PoolRun<Key: KademliaKey> {
    typealias Node = FuzzNode<Key>
    typealias Pool = BroadcastPool<Node, UInt8>

    /// A request that the pool asked for.
    struct Request {
        let id: OperationID
        let node: Node
        let target: Key
        let isStore: Bool
    }

    var bytes: Bytes
    var pool: Pool
    var record: Record<Key>
    var now = Instant.start
    var requests: [Request] = []
    var advances = 0
    let clockMayGoBack: Bool

    /// A run with a configuration from the bytes; `nil` if the pool, rightly, refuses it.
    init?(_ input: Bytes, clockMayGoBack: Bool) {
        var bytes = input
        let configuration = bytes.poolConfiguration()
        let local = Node(bytes.next())
        let isValid = (try? configuration.validate()) != nil
        let pool = try? Pool(localNode: local, configuration: configuration)
        require((pool != nil) == isValid, "a pool of \(configuration) is \(isValid ? "refused" : "made")")
        guard let pool else { return nil }
        self.bytes = bytes
        self.pool = pool
        self.clockMayGoBack = clockMayGoBack
        record = Record(localKey: local.key, configuration: configuration)
    }

    mutating func run() {
        while !bytes.isAtEnd { takeStep() }
        pollUntilRest()
    }

    private mutating func takeStep() {
        let choice = bytes.next()
        switch choice & 15 {
        case 0...1: feed(.poll)
        case 2...5: answerRequest(choice)
        case 6...7: start()
        case 8: feed(.stopBroadcast(id: bytes.operationID()))
        case 9: feed(.getCloserNodesSuccess(id: bytes.operationID(), node: node(), target: .zero, closer: bytes.nodes(Int(choice >> 4))))
        case 10: feed(.getCloserNodesFailure(id: bytes.operationID(), node: node(), target: .zero, error: .failed("")))
        case 11: feed(.storeRecordSuccess(id: bytes.operationID(), node: node(), request: 0, response: nil))
        case 12: feed(.storeRecordFailure(id: bytes.operationID(), node: node(), request: 0, error: .timedOut))
        case 13: moveClock(choice >> 4)
        case 14: pollUntilRest()
        default: checkCopies()
        }
    }

    private mutating func node() -> Node { Node(bytes.next()) }

    private mutating func start() {
        let id = bytes.operationID()
        let configuration = bytes.broadcastConfiguration()
        let target = node().key
        feed(
            .startBroadcast(
                id: id, target: target, message: bytes.next(), seed: bytes.nodes(bytes.below(32)), configuration: configuration))
    }

    /// Answers something that the pool asked for; it may have been answered before.
    private mutating func answerRequest(_ choice: UInt8) {
        guard !requests.isEmpty else { return feed(.poll) }
        let index = bytes.below(requests.count)
        let request = requests[index]
        if choice & 0x80 == 0 { requests.remove(at: index) }
        let (id, node, fails) = (request.id, request.node, choice & 0x70 == 0)
        switch (request.isStore, fails) {
        case (true, false): feed(.storeRecordSuccess(id: id, node: node, request: 0, response: 0))
        case (true, true): feed(.storeRecordFailure(id: id, node: node, request: 0, error: .cancelled))
        case (false, false):
            let closer: [Node] = bytes.nodes(Int(choice >> 4 & 7))
            feed(.getCloserNodesSuccess(id: id, node: node, target: request.target, closer: closer))
        case (false, true): feed(.getCloserNodesFailure(id: id, node: node, target: request.target, error: .timedOut))
        }
    }

    private mutating func moveClock(_ choice: UInt8) {
        let deadline = pool.nextDeadline ?? now
        let moment =
            switch choice {
            case 0...3: deadline
            case 4...5: deadline.advanced(by: Nanoseconds(-1))
            case 6: deadline.advanced(by: Nanoseconds(1))
            case 7...11: now.advanced(by: Nanoseconds(Int64(bytes.next())))
            case 12: now.advanced(by: Nanoseconds(Int64(bytes.next()) << 40))
            case 13: Instant(nanoseconds: bytes.number())
            case 14: Instant.distantFuture.advanced(by: Nanoseconds(-Int64(bytes.below(9))))
            default: Instant(nanoseconds: .min)
            }
        now = clockMayGoBack ? moment : max(now, moment)
        if FuzzPool.isTraced { print("now \(now.nanoseconds)") }
    }
}
