public import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries
public import Timeline

// MARK: - What somebody decides

extension SimulatedWorld {
    public mutating func take(_ choice: Choice) throws(ChoiceError) -> Step? {
        switch choice {
        case .deliver(let name):
            let moment = nextMoment ?? now
            let (arrival, reply) = try find(name)
            traffic.remove(arrival)
            moveClock(to: moment)
            return advance(event(of: reply), trigger: .reply(sent: reply.sent))
        case .fireDeadline:
            guard let deadline = pool.nextDeadline, deadline < .distantFuture else {
                throw ChoiceError("no deadline is set: nothing that the pool waits for can expire")
            }
            moveClock(to: deadline)
            return advance(.poll, trigger: .deadline)
        case .advanceClock(let time):
            guard time > .zero else { throw ChoiceError("the clock only moves on: give a time above 0, such as 1s") }
            moveClock(to: now.advanced(by: time))
            return advance(.poll, trigger: .choice)
        case .poll: return advance(.poll, trigger: .choice)
        case .start(let broadcast): return try start(broadcast)
        case .stop(let id): return advance(.stopBroadcast(id: id), trigger: .act)
        case .actNow:
            guard hasNextAct else { throw ChoiceError("the plan is done: it has no further start or stop") }
            return advance(takeNextAct(), trigger: .act)
        case .drop(let name):
            let (arrival, reply) = try find(name)
            traffic.remove(arrival)
            lose(Request(node: reply.node, isStore: reply.isStore), of: puts.id(Int(reply.put)), .dropped)
        case .duplicate(let name):
            let (arrival, reply) = try find(name)
            traffic.send(reply, arriving: arrival.time)
        case .delay(let name, let time):
            guard time > .zero else { throw ChoiceError("a message can only be delayed by a time above 0, such as 1s") }
            let (arrival, _) = try find(name)
            traffic.move(arrival, to: max(arrival.time, now).advanced(by: time))
        case .edit(let name, let edit):
            let (arrival, reply) = try find(name)
            traffic.edit(arrival, try edited(event(of: reply), edit))
        case .fail(let node, let fault): try fail(node, fault)
        case .restart(let node):
            guard nodeFaults.removeValue(forKey: node) != nil else {
                throw ChoiceError("\(shown(node)) works already")
            }
        }
        return nil
    }

    public func pending(in view: NetworkPoolView) -> [PendingMessage] {
        var copies: [MessageName: Int] = [:]
        var messages: [PendingMessage] = []
        for (arrival, reply) in traffic.inOrderOfSending {
            let original = self.name(of: reply)
            let copy = copies[original, default: 0]
            copies[original] = copy + 1
            let name = MessageName(id: original.id, node: reply.node, isStore: reply.isStore, copy: copy)
            messages.append(
                PendingMessage(
                    name: name, node: network.nodes[Int(reply.node)], sent: reply.sent, arrives: max(arrival.time, now),
                    event: event(of: reply), obstacle: nil)
            )
        }
        // In the order of arrival; those of one moment in the order in which they were sent.
        let order = messages.indices.sorted {
            (messages[$0].arrives ?? .distantFuture, $0) < (messages[$1].arrives ?? .distantFuture, $1)
        }
        return order.map { messages[$0] } + hopeless(in: view, except: copies)
    }

    /// The requests that the pool waits for although no reply is on its way.
    private func hopeless(in view: NetworkPoolView, except travelling: [MessageName: Int]) -> [PendingMessage] {
        var messages: [PendingMessage] = []
        func add(_ id: OperationID, _ node: NetworkNode, isStore: Bool, sent: Instant?) {
            let name = MessageName(id: id, node: node.index, isStore: isStore)
            guard travelling[name] == nil else { return }
            let obstacle = losses[id]?[Request(node: node.index, isStore: isStore)] ?? .lost
            messages.append(PendingMessage(name: name, node: node, sent: sent, arrives: nil, event: nil, obstacle: obstacle))
        }
        for broadcast in view.broadcasts {
            for candidate in broadcast.query?.candidates ?? [] {
                switch candidate.status {
                case .waiting, .unresponsive: add(broadcast.id, candidate.node, isStore: false, sent: nil)
                case .notContacted, .succeeded, .failed, .abandoned: break
                }
            }
            for store in broadcast.stores {
                if case .waiting(let sent, _) = store.status { add(broadcast.id, store.node, isStore: true, sent: sent) }
            }
        }
        return messages
    }

    public var faults: [(node: Int32, fault: NodeFault)] {
        nodeFaults.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

// MARK: - Messages

extension SimulatedWorld {
    /// A reply that is on its way. O(n) for n replies.
    private func find(_ name: MessageName) throws(ChoiceError) -> (arrival: Traffic.Arrival, reply: Delivery) {
        let original = MessageName(id: name.id, node: name.node, isStore: name.isStore)
        let copies = traffic.inOrderOfSending.filter { self.name(of: $0.reply) == original }
        guard copies.indices.contains(name.copy) else { throw missing(name) }
        return copies[name.copy]
    }

    private func missing(_ name: MessageName) -> ChoiceError {
        let message = "the reply of \(shown(name.node)) to the \(name.isStore ? "store" : "question") of \(name.id)"
        if let lost = pending.first(where: { $0.name == name }), let obstacle = lost.obstacle {
            return ChoiceError("\(message) cannot come: \(obstacle.sentence)")
        }
        return ChoiceError("\(message) is not on its way; the pane Queue lists what is")
    }

    private func edited(_ event: NetworkEvent, _ edit: MessageEdit) throws(ChoiceError) -> NetworkEvent {
        switch (edit, event) {
        case (.closer(let indices), .getCloserNodesSuccess(let id, let node, let target, _)),
            (.closer(let indices), .getCloserNodesFailure(let id, let node, let target, _)):
            return .getCloserNodesSuccess(id: id, node: node, target: target, closer: try nodes(indices))
        case (.closer, _):
            throw ChoiceError("a reply to a store names no closer nodes: edit a reply to a question instead")
        case (.from(let index), _):
            return event.coming(from: try existing(index))
        case (.failure(let reason), .getCloserNodesSuccess(let id, let node, let target, _)),
            (.failure(let reason), .getCloserNodesFailure(let id, let node, let target, _)):
            return .getCloserNodesFailure(id: id, node: node, target: target, error: .failed(reason))
        case (.failure(let reason), .storeRecordSuccess(let id, let node, let request, _)),
            (.failure(let reason), .storeRecordFailure(let id, let node, let request, _)):
            return .storeRecordFailure(id: id, node: node, request: request, error: .failed(reason))
        case (.success, .getCloserNodesFailure(let id, let node, let target, _)):
            return .getCloserNodesSuccess(id: id, node: node, target: target, closer: [])
        case (.success, .storeRecordFailure(let id, let node, let request, _)):
            return .storeRecordSuccess(id: id, node: node, request: request, response: nil)
        case (.success, _), (.failure, _):
            throw ChoiceError("this reply is a success already")
        }
    }

    private func nodes(_ indices: [Int32]) throws(ChoiceError) -> [NetworkNode] {
        var nodes: [NetworkNode] = []
        for index in indices { nodes.append(try existing(index)) }
        return nodes
    }

    private func existing(_ index: Int32) throws(ChoiceError) -> NetworkNode {
        guard let node = network.node(index) else {
            throw ChoiceError("there is no node of index \(index): this network's are 0…\(network.nodes.count)")
        }
        return node
    }

    private func shown(_ index: Int32) -> String {
        guard let node = network.node(index) else { return "node \(index), which does not exist," }
        return "node \(node.key.shown(network.configuration.keyBits).prefix(8))"
    }
}

// MARK: - Broadcasts and nodes

extension SimulatedWorld {
    private mutating func start(_ broadcast: NewBroadcast) throws(ChoiceError) -> Step {
        let seed = try broadcast.seed.map { (indices) throws(ChoiceError) in try nodes(indices) }
        return advance(
            .startBroadcast(
                id: broadcast.id, target: broadcast.target, message: broadcast.record,
                seed: seed ?? network.localClosest(to: broadcast.target), configuration: broadcast.configuration), trigger: .act)
    }

    private mutating func fail(_ index: Int32, _ fault: NodeFault) throws(ChoiceError) {
        let node = try existing(index)
        guard node.index != network.local.index else { throw ChoiceError("\(shown(index)) is the local node: it runs the pool") }
        guard nodeFaults[index] != fault else { throw ChoiceError("\(shown(index)) is \(fault.rawValue) already") }
        nodeFaults[index] = fault
        // Whatever has not left a node that crashes or goes mute never will; a partition loses what is under way, too.
        for (arrival, reply) in traffic.inOrderOfSending
        where reply.node == index && (fault == .partitioned || reply.reaches > now) {
            traffic.remove(arrival)
            lose(Request(node: index, isStore: reply.isStore), of: puts.id(Int(reply.put)), PendingMessage.Obstacle(fault))
        }
        puts.lose(at: index, after: now)
    }
}

extension NetworkEvent {
    /// The same reply from another node.
    fileprivate func coming(from node: NetworkNode) -> NetworkEvent {
        switch self {
        case .getCloserNodesSuccess(let id, _, let target, let closer):
            .getCloserNodesSuccess(id: id, node: node, target: target, closer: closer)
        case .getCloserNodesFailure(let id, _, let target, let error):
            .getCloserNodesFailure(id: id, node: node, target: target, error: error)
        case .storeRecordSuccess(let id, _, let request, let response):
            .storeRecordSuccess(id: id, node: node, request: request, response: response)
        case .storeRecordFailure(let id, _, let request, let error):
            .storeRecordFailure(id: id, node: node, request: request, error: error)
        case .startBroadcast, .stopBroadcast, .poll: self
        }
    }
}
