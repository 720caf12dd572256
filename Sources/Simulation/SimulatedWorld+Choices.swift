public import Broadcasts
internal import Coordination
internal import HeapModule
internal import Kademlia
internal import Queries
public import Timeline

// MARK: - What somebody decides

extension SimulatedWorld {
    public mutating func take(_ choice: Choice) throws(ChoiceError) -> Step? {
        switch choice {
        case .deliver(let name):
            let moment = nextMoment ?? now
            let delivery = try remove(name)
            moveClock(to: moment)
            return advance(delivery.event, trigger: .reply(sent: delivery.sent))
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
            guard nextAct < plan.count else { throw ChoiceError("the plan is done: it has no further start or stop") }
            return takeNextAct()
        case .drop(let name):
            let delivery = try remove(name)
            lose(delivery, .dropped)
        case .duplicate(let name):
            let delivery = try remove(name)
            deliveries.insert(delivery)
            send(delivery)
        case .delay(let name, let time):
            guard time > .zero else { throw ChoiceError("a message can only be delayed by a time above 0, such as 1s") }
            var delivery = try remove(name)
            delivery.time = max(delivery.time, now).advanced(by: time)
            deliveries.insert(delivery)
        case .edit(let name, let edit):
            var delivery = try remove(name)
            do throws(ChoiceError) {
                delivery.event = try edited(delivery.event, edit)
            } catch {
                deliveries.insert(delivery)
                throw error
            }
            deliveries.insert(delivery)
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
        for delivery in deliveries.unordered.sorted(by: { $0.sequence < $1.sequence }) {
            let copy = copies[delivery.name, default: 0]
            copies[delivery.name] = copy + 1
            guard let node = network.node(delivery.name.node) else { continue }
            let name = MessageName(id: delivery.name.id, node: node.index, isStore: delivery.name.isStore, copy: copy)
            messages.append(
                PendingMessage(
                    name: name, node: node, sent: delivery.sent, arrives: max(delivery.time, now), event: delivery.event, obstacle: nil))
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
            messages.append(
                PendingMessage(name: name, node: node, sent: sent, arrives: nil, event: nil, obstacle: losses[name] ?? loss(of: name, node))
            )
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

    private func loss(of name: MessageName, _ node: NetworkNode) -> PendingMessage.Obstacle {
        if case .never(let obstacle) = network.reply(from: node, to: name.isStore ? .store : .findCloser, of: name.id) { return obstacle }
        return .lost
    }

    public var faults: [(node: Int32, fault: NodeFault)] {
        nodeFaults.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

// MARK: - Messages

extension SimulatedWorld {
    /// Takes a reply off its way. O(n) for n replies.
    private mutating func remove(_ name: MessageName) throws(ChoiceError) -> Delivery {
        let original = MessageName(id: name.id, node: name.node, isStore: name.isStore)
        let copies = deliveries.unordered.filter { $0.name == original }.sorted { $0.sequence < $1.sequence }
        guard copies.indices.contains(name.copy) else { throw missing(name) }
        let chosen = copies[name.copy]
        deliveries = Heap(deliveries.unordered.filter { $0.sequence != chosen.sequence })
        return chosen
    }

    private func missing(_ name: MessageName) -> ChoiceError {
        let message = "the reply of \(shown(name.node)) to the \(name.isStore ? "store" : "question") of \(name.id)"
        if let lost = pending.first(where: { $0.name == name }), let obstacle = lost.obstacle {
            return ChoiceError("\(message) cannot come: \(obstacle.sentence)")
        }
        return ChoiceError("\(message) is not on its way; the pane Queue lists what is")
    }

    /// Makes a reply one that never comes.
    private mutating func lose(_ delivery: Delivery, _ obstacle: PendingMessage.Obstacle) {
        losses[delivery.name] = obstacle
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
        let (lost, kept) = deliveries.unordered.reduce(into: ([Delivery](), [Delivery]())) { parts, delivery in
            let isLost = delivery.name.node == index && (fault == .partitioned || delivery.reaches > now)
            if isLost { parts.0.append(delivery) } else { parts.1.append(delivery) }
        }
        for delivery in lost { lose(delivery, PendingMessage.Obstacle(fault)) }
        deliveries = Heap(kept)
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
