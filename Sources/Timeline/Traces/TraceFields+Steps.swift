internal import Broadcasts
internal import Coordination
internal import Kademlia

// MARK: - Writing events and states

extension JSONWriter {
    mutating func add(_ event: NetworkEvent, _ nodes: NodeDirectory) {
        add("type", event.traceName)
        switch event {
        case .startBroadcast(let id, let target, let record, let seed, let configuration):
            add("q", id.name)
            add("target", target.shown(nodes.keyBits))
            add("rec", record.name)
            add("seed", seed.map { $0.key.shown(nodes.keyBits) })
            add(configuration)
        case .stopBroadcast(let id):
            add("q", id.name)
        case .getCloserNodesSuccess(let id, let node, let target, let closer):
            add(id, node, nodes)
            add("target", target.shown(nodes.keyBits))
            add("closer", closer.map { $0.key.shown(nodes.keyBits) })
        case .getCloserNodesFailure(let id, let node, let target, let error):
            add(id, node, nodes)
            add("target", target.shown(nodes.keyBits))
            add("err", error.traceText)
        case .storeRecordSuccess(let id, let node, let request, let response):
            add(id, node, nodes)
            add("rec", request.name)
            if let response { add("resp", response.name) }
        case .storeRecordFailure(let id, let node, let request, let error):
            add(id, node, nodes)
            add("rec", request.name)
            add("err", error.traceText)
        case .poll: break
        }
    }

    mutating func add(_ state: NetworkState, _ nodes: NodeDirectory) {
        add("type", state.traceName)
        switch state {
        case .idle, .waiting: break
        case .findCloser(let id, let target, let node):
            add(id, node, nodes)
            add("target", target.shown(nodes.keyBits))
        case .storeRecord(let id, let node, let record):
            add(id, node, nodes)
            add("rec", record.name)
        case .broadcastFinished(let id, let outcome):
            add("q", id.name)
            add("reason", outcome.reason.traceName)
            add("contacted", outcome.contacted.map { $0.key.shown(nodes.keyBits) })
            addObject("errors") { for failure in outcome.errors { $0.add(failure.node.key.shown(nodes.keyBits), failure.error.traceText) } }
            add("not_contacted", outcome.notContacted.map { $0.key.shown(nodes.keyBits) })
            add("unanswered", outcome.unanswered.map { $0.key.shown(nodes.keyBits) })
            if !outcome.early.isEmpty { add("early", outcome.early.map { $0.key.shown(nodes.keyBits) }) }
        case .broadcastRejected(let id, let reason):
            add("q", id.name)
            add(reason)
        }
    }

    private mutating func add(_ id: OperationID, _ node: NetworkNode, _ nodes: NodeDirectory) {
        add("q", id.name)
        add("node", node.key.shown(nodes.keyBits))
    }

    private mutating func add(_ reason: BroadcastRejection) {
        switch reason {
        case .idInUse: add("reason", "id_in_use")
        case .emptyID: add("reason", "empty_id")
        case .poolFull(let limit):
            add("reason", "pool_full")
            add("limit", limit)
        case .invalidConfiguration(let error):
            add("reason", "invalid_configuration")
            add("field", error.field)
            add("problem", error.problem)
            add("remedy", error.remedy)
        }
    }

    mutating func add(_ configuration: BroadcastConfiguration) {
        add("config", configuration.strategy.traceName)
        addObject("options") { options in
            switch configuration {
            case .followUp(let configuration): options.add(configuration.stores)
            case .static(let configuration): options.add(configuration.stores)
            case .optimistic(let configuration):
                options.add(configuration.stores)
                options.add("certainty", configuration.individualCertainty)
                options.add("strictness", configuration.setStrictness)
                options.add("return_ratio", configuration.returnRatio)
                if let size = configuration.networkSize { options.add("network_size", size) }
            }
        }
    }

    private mutating func add(_ stores: StoreOptions) {
        if let timeout = stores.storeTimeout { add("store_timeout_ns", timeout.count) }
        if let limit = stores.storeConcurrency { add("store_concurrency", limit) }
    }
}

// MARK: - Reading them

extension NodeDirectory {
    private mutating func nodes(_ names: [JSONValue]) throws(LineProblem) -> [NetworkNode] {
        var nodes: [NetworkNode] = []
        for name in names { nodes.append(try node(name)) }
        return nodes
    }

    private mutating func requireNode(_ line: JSONValue) throws(LineProblem) -> NetworkNode {
        guard let name = line["node"] else { throw LineProblem("the field node is missing") }
        return try node(name)
    }

    func requireKey(_ line: JSONValue, _ field: String) throws(LineProblem) -> Key256 {
        guard let text = line[field] else { throw LineProblem("the field \(field) is missing") }
        return try key(text)
    }

    private func record(_ line: JSONValue) throws(LineProblem) -> Record { Record(name: try line.requireText("rec")) }

    private func error(_ line: JSONValue) throws(LineProblem) -> RequestError { RequestError(traceText: try line.requireText("err")) }

    /// The event in a line.
    mutating func event(_ line: JSONValue) throws(LineProblem) -> NetworkEvent {
        let type = try line.requireText("type")
        if type == "EventPoolPoll" { return .poll }
        let id = OperationID(try line.requireText("q"))
        switch type {
        case "EventPoolStartBroadcast":
            return .startBroadcast(
                id: id, target: try requireKey(line, "target"), message: try record(line), seed: try nodes(line.list("seed")),
                configuration: try BroadcastConfiguration(line: line))
        case "EventPoolStopBroadcast": return .stopBroadcast(id: id)
        case "EventPoolGetCloserNodesSuccess":
            return .getCloserNodesSuccess(
                id: id, node: try requireNode(line), target: try requireKey(line, "target"), closer: try nodes(line.list("closer")))
        case "EventPoolGetCloserNodesFailure":
            return .getCloserNodesFailure(
                id: id, node: try requireNode(line), target: try requireKey(line, "target"), error: try error(line))
        case "EventPoolStoreRecordSuccess":
            return .storeRecordSuccess(
                id: id, node: try requireNode(line), request: try record(line), response: line["resp"]?.text.map { Record(name: $0) })
        case "EventPoolStoreRecordFailure":
            return .storeRecordFailure(id: id, node: try requireNode(line), request: try record(line), error: try error(line))
        default: throw LineProblem("there is no event \(type)")
        }
    }

    /// The state in a line.
    mutating func state(_ line: JSONValue) throws(LineProblem) -> NetworkState {
        let type = try line.requireText("type")
        if type == "StatePoolIdle" { return .idle }
        if type == "StatePoolWaiting" { return .waiting }
        let id = OperationID(try line.requireText("q"))
        switch type {
        case "StatePoolFindCloser":
            return .findCloser(id: id, target: try requireKey(line, "target"), node: try requireNode(line))
        case "StatePoolStoreRecord": return .storeRecord(id: id, node: try requireNode(line), message: try record(line))
        case "StatePoolBroadcastFinished": return .broadcastFinished(id: id, outcome: try outcome(line))
        case "StatePoolBroadcastRejected": return .broadcastRejected(id: id, reason: try BroadcastRejection(line: line))
        default: throw LineProblem("there is no state \(type)")
        }
    }

    private mutating func outcome(_ line: JSONValue) throws(LineProblem) -> BroadcastOutcome<NetworkNode> {
        let name = line["reason"]?.text ?? BroadcastOutcome<NetworkNode>.Reason.completed.traceName
        guard let reason = BroadcastOutcome<NetworkNode>.Reason.allCases.first(where: { $0.traceName == name }) else {
            throw LineProblem("there is no end of a broadcast \(name)")
        }
        var errors: [BroadcastOutcome<NetworkNode>.Failure] = []
        for member in line["errors"]?.members ?? [] {
            guard let text = member.value.text else { throw LineProblem("an error is not a text") }
            errors.append(.init(node: try node(.string(member.name)), error: RequestError(traceText: text)))
        }
        return BroadcastOutcome(
            reason: reason, contacted: try nodes(line.list("contacted")), errors: errors,
            notContacted: try nodes(line.list("not_contacted")),
            unanswered: try nodes(line.list("unanswered")), early: try nodes(line.list("early")))
    }
}

extension BroadcastRejection {
    fileprivate init(line: JSONValue) throws(LineProblem) {
        switch try line.requireText("reason") {
        case "id_in_use": self = .idInUse
        case "empty_id": self = .emptyID
        case "pool_full": self = .poolFull(limit: Int(try line.requireWhole("limit", in: 0 ... .max)))
        case "invalid_configuration":
            self = .invalidConfiguration(
                ConfigurationError(
                    field: try line.requireText("field"), problem: try line.requireText("problem"), remedy: try line.requireText("remedy")))
        case let reason: throw LineProblem("there is no rejection \(reason)")
        }
    }
}

extension BroadcastConfiguration {
    /// The strategy in a line, with its options.
    init(line: JSONValue) throws(LineProblem) {
        let name = try line.requireText("config")
        let options = line["options"] ?? .object([])
        let stores = try StoreOptions(options: options)
        switch BroadcastStrategy.allCases.first(where: { $0.traceName == name }) {
        case .followUp: self = .followUp(FollowUpConfiguration(stores: stores))
        case .static: self = .static(StaticConfiguration(stores: stores))
        case .optimistic:
            var configuration = OptimisticConfiguration(stores: stores)
            if let value = options["certainty"]?.real { configuration.individualCertainty = value }
            if let value = options["strictness"]?.real { configuration.setStrictness = value }
            if let value = options["return_ratio"]?.real { configuration.returnRatio = value }
            configuration.networkSize = try options.whole("network_size", in: .min ... .max).map { Int($0) }
            self = .optimistic(configuration)
        case nil: throw LineProblem("there is no strategy \(name)")
        }
    }
}

extension StoreOptions {
    fileprivate init(options: JSONValue) throws(LineProblem) {
        self.init(
            storeTimeout: try options.whole("store_timeout_ns", in: .min ... .max).map { Nanoseconds($0) },
            storeConcurrency: try options.whole("store_concurrency", in: .min ... .max).map { Int($0) })
    }
}
