import Broadcasts
import Coordination
import Kademlia
import Queries

extension Record {
    mutating func noteRequest(_ id: OperationID, _ target: Key, _ node: Node) {
        guard let broadcast = running[id] else { fail("\(id) does not run, and asks") }
        require(broadcast.configuration.strategy != .static, "\(id) is static, and asks")
        require(broadcast.target == target, "\(id) asks for another target")
        require(node.key != localKey, "\(id) asks the local node")
        require(running[id]?.asked.insert(node.key).inserted == true, "\(id) asks \(node) twice")
        require(broadcast.configuration.strategy == .optimistic || broadcast.sent.isEmpty, "\(id) asks after it has begun to store")
    }

    mutating func noteStore(_ id: OperationID, _ node: Node, _ message: UInt8) {
        guard let broadcast = running[id] else { fail("\(id) does not run, and stores") }
        require(broadcast.message == message, "\(id) stores another message")
        require(running[id]?.sent.insert(node.key).inserted == true, "\(id) stores with \(node) twice")
        switch broadcast.configuration.strategy {
        case .static: require(broadcast.seed.contains(node.key), "\(id) stores with \(node), no node of its seed")
        case .followUp: require(broadcast.asked.contains(node.key), "\(id) stores with \(node), which was not asked")
        case .optimistic: require(node.key != localKey, "\(id) stores with the local node")
        }
        let isLimited = broadcast.configuration.strategy == .followUp
        require(!isLimited || broadcast.sent.count < configuration.queries.replication, "\(id) stores with too many nodes")
    }

    mutating func noteEnd(_ id: OperationID, _ outcome: BroadcastOutcome<Node>, isStopped: Bool) {
        guard let broadcast = running.removeValue(forKey: id) else { fail("\(id) does not run, and ends") }
        order.removeAll { $0 == id }
        let contacted = Set(outcome.contacted.map(\.key))
        require(contacted.count == outcome.contacted.count, "\(id) has contacted a node twice")
        require(contacted == broadcast.sent, "\(id) has not contacted those that it stored with")
        let parts = [outcome.contacted, outcome.errors.map(\.node), outcome.notContacted, outcome.unanswered, outcome.early]
        for part in parts {
            let distances = part.map { $0.key.distance(to: broadcast.target) }
            require(zip(distances, distances.dropFirst()).allSatisfy { $0 < $1 }, "\(id) lists nodes out of order")
        }
        let keys = parts.map { Set($0.map(\.key)) }
        require(keys[1].isSubset(of: contacted) && keys[3].isSubset(of: contacted), "\(id) has errors of nodes that it has not contacted")
        require(keys[4].isSubset(of: contacted), "\(id) was early with nodes that it has not contacted")
        require(keys[4].isEmpty || broadcast.configuration.strategy == .optimistic, "\(id) was early, and is not optimistic")
        require(keys[1].isDisjoint(with: keys[3]), "\(id) has errors of nodes that have not answered")
        require(keys[2].isDisjoint(with: contacted), "\(id) has contacted nodes that it has not contacted")
        require((outcome.reason == .stopped) == isStopped, "\(id) ended: \(outcome.reason), stopped: \(isStopped)")
        require(isStopped || outcome.notContacted.isEmpty, "\(id) leaves nodes out without a stop")
        require(outcome.unanswered.isEmpty || broadcast.configuration.strategy == .optimistic, "\(id) does not wait for its stores")
        require(outcome.reason != .noNodesFound || contacted.isEmpty, "\(id) found nodes, and says that it has not")
        guard broadcast.configuration.strategy == .static else { return }
        require(contacted.union(keys[2]) == broadcast.seed, "\(id) has lost nodes of its seed")
        require(outcome.reason == .completed || isStopped, "\(id) is static, and ended: \(outcome.reason)")
    }

    /// Checks what an observer sees.
    func check(_ view: PoolView<Node>) {
        require(view.broadcasts.map(\.id) == order, "the view shows other broadcasts than run")
        require(view.heldSlots <= view.slots, "more slots are held than there are")
        for seen in view.broadcasts {
            guard let stores = running[seen.id]?.configuration.stores else { continue }
            let waiting = seen.stores.count { if case .waiting = $0.status { true } else { false } }
            require(waiting <= stores.storeConcurrency ?? .max, "\(seen.id) has too many stores in flight")
            guard let query = seen.query else { continue }
            require(query.candidates.allSatisfy { $0.node.key != localKey }, "\(seen.id) knows the local node")
            let distances = query.candidates.map { $0.node.key.distance(to: running[seen.id]?.target ?? .zero) }
            require(zip(distances, distances.dropFirst()).allSatisfy { $0 < $1 }, "\(seen.id) knows nodes out of order")
        }
    }
}

extension BroadcastConfiguration {
    /// How the stores are sent, whatever the strategy.
    var stores: StoreOptions {
        switch self {
        case .followUp(let options): options.stores
        case .static(let options): options.stores
        case .optimistic(let options): options.stores
        }
    }
}
