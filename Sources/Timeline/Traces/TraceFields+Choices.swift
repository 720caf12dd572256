internal import Broadcasts
internal import Coordination
internal import Kademlia

// MARK: - Writing choices

extension JSONWriter {
    /// Writes the fields of a choice but for its kind, place and branch.
    mutating func add(_ choice: Choice, _ nodes: NodeDirectory) {
        switch choice {
        case .deliver(let name): add("deliver", name, nodes)
        case .fireDeadline: add("of", "deadline")
        case .advanceClock(let time):
            add("of", "clock")
            add("ns", time.count)
        case .start(let broadcast):
            add("of", "start")
            add("q", broadcast.id.name)
            add("target", broadcast.target.shown(nodes.keyBits))
            add("rec", broadcast.record.name)
            if let seed = broadcast.seed { add("seed", seed.map { nodes.name(of: $0) }) }
            add(broadcast.configuration)
        case .stop(let id):
            add("of", "stop")
            add("q", id.name)
        case .actNow: add("of", "act")
        case .poll: add("of", "poll")
        case .drop(let name): add("drop", name, nodes)
        case .duplicate(let name): add("dup", name, nodes)
        case .delay(let name, let time):
            add("delay", name, nodes)
            add("ns", time.count)
        case .edit(let name, let edit):
            add("edit", name, nodes)
            switch edit {
            case .closer(let closer): add("closer", closer.map { nodes.name(of: $0) })
            case .from(let node): add("from", nodes.name(of: node))
            case .failure(let reason): add("err", reason)
            case .success: add("ok", true)
            }
        case .fail(let node, let fault):
            add("op", fault.traceName)
            add("nodes", [nodes.name(of: node)])
        case .restart(let node):
            add("op", "restart")
            add("nodes", [nodes.name(of: node)])
        }
        add("by", "user")
    }

    private mutating func add(_ kind: String, _ name: MessageName, _ nodes: NodeDirectory) {
        add("of", kind)
        add("q", name.id.name)
        add("node", nodes.name(of: name.node))
        add("rpc", name.isStore ? "STORE" : "FIND_NODE")
        if name.copy > 0 { add("copy", name.copy) }
    }
}

extension Choice {
    /// The kind of the line that it is written on: a fault of a node, or any other choice.
    var traceKind: String {
        switch self {
        case .fail, .restart: "flt"
        case .deliver, .fireDeadline, .advanceClock, .start, .stop, .actNow, .poll, .drop, .duplicate, .delay, .edit: "ch"
        }
    }
}

// MARK: - Reading them

extension NodeDirectory {
    /// The choice in a line of the kind `ch`.
    mutating func choice(_ line: JSONValue) throws(LineProblem) -> Choice {
        switch try line.requireText("of") {
        case "deliver": return .deliver(try message(line))
        case "deadline": return .fireDeadline
        case "clock": return .advanceClock(try time(line))
        case "start": return .start(try broadcast(line))
        case "stop": return .stop(OperationID(try line.requireText("q")))
        case "act": return .actNow
        case "poll": return .poll
        case "drop": return .drop(try message(line))
        case "dup": return .duplicate(try message(line))
        case "delay": return .delay(try message(line), try time(line))
        case "edit": return .edit(try message(line), try edit(line))
        case let kind: throw LineProblem("there is no choice \(kind)")
        }
    }

    /// The choices in a line of the kind `flt`: one for each node that it names.
    mutating func faults(_ line: JSONValue) throws(LineProblem) -> [Choice] {
        let name = try line.requireText("op")
        let fault = NodeFault.allCases.first { $0.traceName == name }
        guard fault != nil || name == "restart" else { throw LineProblem("there is no fault \(name)") }
        var choices: [Choice] = []
        for node in try line.list("nodes") {
            let index = try index(node)
            choices.append(fault.map { .fail(index, $0) } ?? .restart(index))
        }
        return choices
    }

    private func time(_ line: JSONValue) throws(LineProblem) -> Nanoseconds {
        Nanoseconds(try line.requireWhole("ns", in: .min ... .max))
    }

    private mutating func message(_ line: JSONValue) throws(LineProblem) -> MessageName {
        guard let node = line["node"] else { throw LineProblem("the field node is missing") }
        let kind = try line.requireText("rpc")
        guard ["STORE", "FIND_NODE"].contains(kind) else { throw LineProblem("there is no request \(kind)") }
        let copy = Int(try line.whole("copy", in: 0...Int64(Int32.max)) ?? 0)
        return MessageName(
            id: OperationID(try line.requireText("q")), node: try index(node), isStore: kind == "STORE", copy: copy)
    }

    private mutating func indices(_ names: [JSONValue]) throws(LineProblem) -> [Int32] {
        var indices: [Int32] = []
        for name in names { indices.append(try index(name)) }
        return indices
    }

    private mutating func edit(_ line: JSONValue) throws(LineProblem) -> MessageEdit {
        if line["closer"] != nil { return .closer(try indices(line.list("closer"))) }
        if let node = line["from"] { return .from(try index(node)) }
        if let reason = line["err"]?.text { return .failure(reason) }
        if line["ok"] == .bool(true) { return .success }
        throw LineProblem("an edit says neither closer, from, err nor ok")
    }

    private mutating func broadcast(_ line: JSONValue) throws(LineProblem) -> NewBroadcast {
        NewBroadcast(
            id: OperationID(try line.requireText("q")), target: try requireKey(line, "target"),
            record: Record(name: try line.requireText("rec")), seed: line["seed"] == nil ? nil : try indices(line.list("seed")),
            configuration: try BroadcastConfiguration(line: line))
    }
}
