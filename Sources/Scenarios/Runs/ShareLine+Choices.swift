internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Timeline

// MARK: - Choices in few bytes

extension ByteWriter {
    mutating func add(_ choice: Choice, _ scenario: Scenario) {
        switch choice {
        case .deliver(let name): add(0, name, scenario)
        case .fireDeadline: add(byte: 1)
        case .advanceClock(let time):
            add(byte: 2)
            add(signed: time.count)
        case .start(let broadcast):
            add(byte: 3)
            add(broadcast, scenario)
        case .stop(let id):
            add(byte: 4)
            add(id, scenario)
        case .actNow: add(byte: 5)
        case .poll: add(byte: 6)
        case .drop(let name): add(7, name, scenario)
        case .duplicate(let name): add(8, name, scenario)
        case .delay(let name, let time):
            add(9, name, scenario)
            add(signed: time.count)
        case .edit(let name, .closer(let nodes)):
            add(10, name, scenario)
            add(nodes)
        case .edit(let name, .from(let node)):
            add(11, name, scenario)
            add(signed: Int64(node))
        case .edit(let name, .failure(let reason)):
            add(12, name, scenario)
            add(reason)
        case .edit(let name, .success): add(13, name, scenario)
        case .fail(let node, .crashed): add(14, node)
        case .fail(let node, .muted): add(15, node)
        case .fail(let node, .partitioned): add(16, node)
        case .restart(let node): add(17, node)
        }
    }

    private mutating func add(_ code: UInt8, _ node: Int32) {
        add(byte: code)
        add(signed: Int64(node))
    }

    private mutating func add(_ code: UInt8, _ name: MessageName, _ scenario: Scenario) {
        add(byte: code)
        add(name.id, scenario)
        add(signed: Int64(name.node))
        add(UInt64(name.copy) << 1 | (name.isStore ? 1 : 0))
    }

    /// An id of the plan by its place there, any other as it is.
    private mutating func add(_ id: OperationID, _ scenario: Scenario) {
        let place = scenario.broadcasts.firstIndex { $0.id == id }
        add(UInt64(place.map { $0 + 1 } ?? 0))
        if place == nil { add(id.name) }
    }

    private mutating func add(_ nodes: [Int32]) {
        add(UInt64(nodes.count))
        for node in nodes { add(signed: Int64(node)) }
    }

    private mutating func add(_ broadcast: NewBroadcast, _ scenario: Scenario) {
        add(broadcast.id, scenario)
        add(broadcast.target, bits: scenario.keyBits)
        add(broadcast.record.name)
        add(optional: broadcast.seed) { $0.add($1) }
        switch broadcast.configuration {
        case .followUp(let configuration):
            add(byte: 0)
            add(configuration.stores)
        case .static(let configuration):
            add(byte: 1)
            add(configuration.stores)
        case .optimistic(let configuration):
            add(byte: 2)
            add(configuration.stores)
            add(configuration.individualCertainty)
            add(configuration.setStrictness)
            add(configuration.returnRatio)
            add(optional: configuration.networkSize) { $0.add(signed: Int64($1)) }
        }
    }

    private mutating func add(_ stores: StoreOptions) {
        add(optional: stores.storeTimeout) { $0.add(signed: $1.count) }
        add(optional: stores.storeConcurrency) { $0.add(signed: Int64($1)) }
    }
}

extension ByteFields {
    mutating func choice(_ scenario: Scenario) throws(ShareLineError) -> Choice {
        switch try byte() {
        case 0: return .deliver(try message(scenario))
        case 1: return .fireDeadline
        case 2: return .advanceClock(Nanoseconds(try signed()))
        case 3: return .start(try broadcast(scenario))
        case 4: return .stop(try id(scenario))
        case 5: return .actNow
        case 6: return .poll
        case 7: return .drop(try message(scenario))
        case 8: return .duplicate(try message(scenario))
        case 9: return .delay(try message(scenario), Nanoseconds(try signed()))
        case 10: return .edit(try message(scenario), .closer(try nodes()))
        case 11: return .edit(try message(scenario), .from(try node()))
        case 12: return .edit(try message(scenario), .failure(try text()))
        case 13: return .edit(try message(scenario), .success)
        case 14: return .fail(try node(), .crashed)
        case 15: return .fail(try node(), .muted)
        case 16: return .fail(try node(), .partitioned)
        case 17: return .restart(try node())
        default: throw .malformed
        }
    }

    private mutating func node() throws(ShareLineError) -> Int32 {
        guard let node = Int32(exactly: try signed()) else { throw .malformed }
        return node
    }

    private mutating func nodes() throws(ShareLineError) -> [Int32] {
        var nodes: [Int32] = []
        for _ in 0..<(try small()) { nodes.append(try node()) }
        return nodes
    }

    private mutating func message(_ scenario: Scenario) throws(ShareLineError) -> MessageName {
        let (id, node, rest) = (try id(scenario), try node(), try small())
        return MessageName(id: id, node: node, isStore: rest & 1 == 1, copy: rest >> 1)
    }

    private mutating func id(_ scenario: Scenario) throws(ShareLineError) -> OperationID {
        let place = try small()
        guard place > 0 else { return OperationID(try text()) }
        guard place <= scenario.broadcasts.count else { throw .malformed }
        return scenario.broadcasts[place - 1].id
    }

    private mutating func broadcast(_ scenario: Scenario) throws(ShareLineError) -> NewBroadcast {
        let (id, target, record) = (try id(scenario), try key(bits: scenario.keyBits), Record(name: try text()))
        let seed = try optional { (fields) throws(ShareLineError) in try fields.nodes() }
        let configuration: BroadcastConfiguration
        switch try byte() {
        case 0: configuration = .followUp(FollowUpConfiguration(stores: try stores()))
        case 1: configuration = .static(StaticConfiguration(stores: try stores()))
        case 2:
            var options = OptimisticConfiguration(stores: try stores())
            options.individualCertainty = try double()
            options.setStrictness = try double()
            options.returnRatio = try double()
            options.networkSize = try optional { (fields) throws(ShareLineError) in Int(try fields.signed()) }
            configuration = .optimistic(options)
        default: throw .malformed
        }
        return NewBroadcast(id: id, target: target, record: record, seed: seed, configuration: configuration)
    }

    private mutating func stores() throws(ShareLineError) -> StoreOptions {
        let timeout = try optional { (fields) throws(ShareLineError) in Nanoseconds(try fields.signed()) }
        return StoreOptions(
            storeTimeout: timeout, storeConcurrency: try optional { (fields) throws(ShareLineError) in Int(try fields.signed()) })
    }
}
