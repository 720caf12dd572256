internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Timeline

/// The stores of one broadcast, as the reference keeps them: four lists, of which none knows the others.
///
/// Within a list a node stands once. But a reply puts its node into a list of ends whether or not a store was sent to it, and whether
/// or not it has replied before: flaw D7. And no store has a deadline: flaw D4.
///
/// The reference keeps maps, whose order changes from run to run. Here stores are sent in the order in which the nodes were chosen.
struct ReferenceStores: Equatable, Sendable {
    /// A store that is awaited.
    struct Sent: Equatable, Sendable {
        /// The node.
        let node: NetworkNode
        /// When the store was sent.
        let time: Instant
    }

    /// A store that failed.
    typealias Failure = BroadcastOutcome<NetworkNode>.Failure

    /// The nodes to send to, in order.
    private(set) var todo: [NetworkNode] = []
    /// The stores that are awaited, in order of sending.
    private(set) var awaited: [Sent] = []
    /// The nodes that said that they have the record, in the order in which they first said so.
    private(set) var stored: [NetworkNode] = []
    /// The nodes that said that they don't, in the order in which they first said so.
    private(set) var failed: [Failure] = []

    /// Puts nodes on the list of those to send to, also those that were sent to before.
    mutating func choose(_ nodes: [NetworkNode]) {
        for node in nodes where !todo.contains(node) { todo.append(node) }
    }

    /// The next node to send to, if one is left.
    mutating func sendNext(at now: Instant) -> NetworkNode? {
        guard !todo.isEmpty else { return nil }
        let node = todo.removeFirst()
        stopAwaiting(node)
        awaited.append(Sent(node: node, time: now))
        return node
    }

    /// Believes a reply, whoever it is from.
    mutating func receiveReply(from node: NetworkNode, error: RequestError?) {
        stopAwaiting(node)
        if let error {
            fail(node, error: error)
        } else if !stored.contains(node) {
            stored.append(node)
        }
    }

    /// Fails all stores that are awaited, and those that were never sent: flaw D8.
    mutating func cancel() {
        for node in todo { fail(node, error: .cancelled) }
        for store in awaited { fail(store.node, error: .cancelled) }
        todo = []
        awaited = []
    }

    /// The nodes that said that they have the record, then those that said that they don't, each part closest to the target first. A
    /// node that said both is in both.
    func replied(closestTo target: Key256) -> [NetworkNode] {
        stored.sorted(closestTo: target) + failed.map(\.node).sorted(closestTo: target)
    }

    /// The stores that failed, closest to the target first.
    func failures(closestTo target: Key256) -> [Failure] {
        failed.sorted { $0.node.key.isCloser(to: target, than: $1.node.key) }
    }

    private mutating func stopAwaiting(_ node: NetworkNode) {
        awaited.removeAll { $0.node == node }
    }

    private mutating func fail(_ node: NetworkNode, error: RequestError) {
        let failure = Failure(node: node, error: error)
        if let index = failed.firstIndex(where: { $0.node == node }) {
            failed[index] = failure
        } else {
            failed.append(failure)
        }
    }
}

extension ReferenceStores {
    /// What an observer sees: every node once, closest to the target first.
    ///
    /// Of a node that is in several lists it sees the first of: still to send to, awaited, failed, stored.
    func views(closestTo target: Key256) -> [StoreView<NetworkNode>] {
        var views = todo.map { StoreView(node: $0, status: .todo) }
        views += awaited.map { StoreView(node: $0.node, status: .waiting(sent: $0.time, deadline: nil)) }
        views += failed.map { StoreView(node: $0.node, status: .failed($0.error)) }
        views += stored.map { StoreView(node: $0, status: .stored) }
        var seen: Set<NetworkNode> = []
        return views.filter { seen.insert($0.node).inserted }.sorted { $0.node.key.isCloser(to: target, than: $1.node.key) }
    }
}

extension [NetworkNode] {
    fileprivate func sorted(closestTo target: Key256) -> [NetworkNode] {
        sorted { $0.key.isCloser(to: target, than: $1.key) }
    }
}
