internal import Broadcasts
internal import Coordination
internal import Kademlia

// MARK: - From words to choices

extension ChoiceWords {
    /// The choice that a line of words stands for.
    ///
    /// - Throws: what is wrong with a word, and what would be right.
    public func choice(_ line: String) throws(ChoiceError) -> Choice {
        var words = line.split(separator: " ").map(String.init)
        guard let verb = words.first else { throw ChoiceError("there is no word; such as deliver, drop or crash") }
        words.removeFirst()
        switch verb {
        case "deliver": return .deliver(try message(words))
        case "drop": return .drop(try message(words))
        case "duplicate": return .duplicate(try message(words))
        case "delay":
            let time = try duration(words.popLast(), after: "delay 2b")
            return .delay(try message(words), time)
        case "edit": return try edit(words)
        case "deadline": return try alone(words, verb, .fireDeadline)
        case "poll": return try alone(words, verb, .poll)
        case "act": return try alone(words, verb, .actNow)
        case "clock":
            let time = try duration(words.first, after: verb)
            return try alone(Array(words.dropFirst()), verb, .advanceClock(time))
        case "crash": return .fail(try onlyNode(words, verb), .crashed)
        case "mute": return .fail(try onlyNode(words, verb), .muted)
        case "cut": return .fail(try onlyNode(words, verb), .partitioned)
        case "restart": return .restart(try onlyNode(words, verb))
        case "stop":
            guard let id = words.first else { throw ChoiceError("stop needs a broadcast: such as stop b1") }
            return try alone(Array(words.dropFirst()), verb, .stop(OperationID(id)))
        case "start": return .start(try newBroadcast(words))
        default:
            let near = nearestWord(to: verb, among: Self.verbs.map(\.word)).map { "; did you mean \($0)?" } ?? ""
            throw ChoiceError("nothing is called \"\(verb)\"\(near)")
        }
    }

    /// The choices that a line of words stands for: one, but for `crash`, `mute`, `cut` and `restart`, which take a list of nodes.
    ///
    /// - Throws: what is wrong with a word, and what would be right.
    public func choices(_ line: String) throws(ChoiceError) -> [Choice] {
        let words = line.split(separator: " ")
        guard words.count == 2, ["crash", "mute", "cut", "restart"].contains(words[0]), words[1].contains(",") else {
            return [try choice(line)]
        }
        var choices: [Choice] = []
        for node in words[1].split(separator: ",") { choices.append(try choice("\(words[0]) \(node)")) }
        return choices
    }

    private func alone(_ rest: [String], _ verb: String, _ choice: Choice) throws(ChoiceError) -> Choice {
        guard let word = rest.first else { return choice }
        throw ChoiceError("\"\(word)\" is too much: \(usage(verb)) is all")
    }

    private func usage(_ verb: String) -> String {
        let found = Self.verbs.first { $0.word == verb }
        return [verb, found?.usage ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func duration(_ word: String?, after verb: String) throws(ChoiceError) -> Nanoseconds {
        guard let word, let time = Nanoseconds(filterText: word) else {
            throw ChoiceError("\(word.map { "\"\($0)\" is no time" } ?? "a time is missing"): write \(verb) 5s, or ms, us, ns, m, h")
        }
        return time
    }

    // MARK: Nodes

    /// The node whose key begins with these digits.
    public func node(named digits: String) throws(ChoiceError) -> Int32 {
        let count = nodes.countOfNodes(beginning: digits, keyBits: keyBits)
        guard let node = nodes.nodes(beginning: digits, keyBits: keyBits, atMost: 1).first else {
            throw ChoiceError("no node's key begins with \"\(digits)\": write its first digits")
        }
        guard count == 1 else { throw ChoiceError("the keys of \(count) nodes begin with \"\(digits)\": write more digits") }
        return node.index
    }

    private func onlyNode(_ words: [String], _ verb: String) throws(ChoiceError) -> Int32 {
        guard let word = words.first else { throw ChoiceError("\(verb) needs a node: write \(verb) and the first digits of its key") }
        guard words.count == 1 else { throw ChoiceError("\"\(words[1])\" is too much: \(usage(verb)) is all") }
        return try node(named: word)
    }

    private func nodes(_ list: String) throws(ChoiceError) -> [Int32] {
        guard list != "none" else { return [] }
        var indices: [Int32] = []
        for digits in list.split(separator: ",") { indices.append(try node(named: String(digits))) }
        return indices
    }

    // MARK: Messages

    /// The message that is meant: its node, and what else tells it from others, in any order.
    private func message(_ words: [String]) throws(ChoiceError) -> MessageName {
        var found = messages.map(\.name)
        guard !words.isEmpty else {
            throw ChoiceError("which reply? write the first digits of its node, such as deliver 2b; the pane Queue lists all")
        }
        var copy: Int?
        for word in words {
            switch word {
            case "find": found.removeAll(where: \.isStore)
            case "store": found.removeAll { !$0.isStore }
            default:
                if word.first == "#", let number = Int(word.dropFirst()) {
                    copy = number
                } else if messages.contains(where: { $0.name.id.name == word }) {
                    found.removeAll { $0.id.name != word }
                } else {
                    guard nodes.countOfNodes(beginning: word, keyBits: keyBits) > 0 else {
                        throw ChoiceError("\"\(word)\" is no broadcast with a message, and no node's key begins so")
                    }
                    found.removeAll { !(nodes.node($0.node)?.key.shown(keyBits).hasPrefix(word.lowercased()) ?? false) }
                }
            }
        }
        if let copy { found.removeAll { $0.copy != copy } }
        let said = words.joined(separator: " ")
        guard let first = found.first else { throw ChoiceError("no message is on its way for \"\(said)\"; the pane Queue lists all") }
        guard found.count == 1 else {
            let examples = found.prefix(3).map {
                "\($0.isStore ? "store" : "find") \(node($0.node)) \($0.id)" + ($0.copy > 0 ? " #\($0.copy)" : "")
            }
            throw ChoiceError("\(found.count) messages fit \"\(said)\": say which, such as \(examples.joined(separator: ", "))")
        }
        return first
    }

    private func edit(_ words: [String]) throws(ChoiceError) -> Choice {
        guard let place = words.firstIndex(where: { ["closer", "from", "error", "ok"].contains($0) }) else {
            throw ChoiceError("what is it to say? \(usage("edit"))")
        }
        let name = try message(Array(words[..<place]))
        let rest = Array(words[(place + 1)...])
        switch words[place] {
        case "ok": return try alone(rest, "edit", .edit(name, .success))
        case "error":
            guard !rest.isEmpty else { throw ChoiceError("error needs words: such as error refused") }
            return .edit(name, .failure(rest.joined(separator: " ")))
        case "from": return .edit(name, .from(try onlyNode(rest, "from")))
        default:
            guard rest.count == 1 else { throw ChoiceError("closer needs one list: such as closer 2b,7f or closer none") }
            return .edit(name, .closer(try nodes(rest[0])))
        }
    }

    // MARK: Broadcasts

    private func newBroadcast(_ words: [String]) throws(ChoiceError) -> NewBroadcast {
        guard words.count >= 3 else { throw ChoiceError("start needs an id, a strategy and a record: such as start b9 followUp photo") }
        let strategies = BroadcastStrategy.allCases
        guard let strategy = strategies.first(where: { $0.rawValue.lowercased() == words[1].lowercased() }) else {
            throw ChoiceError("\"\(words[1])\" is no strategy: write \(strategies.map(\.rawValue).joined(separator: ", "))")
        }
        var target = keyOfRecord(words[2])
        var seed: [Int32]?
        var rest = words[3...]
        while let word = rest.popFirst() {
            guard ["to", "seeds"].contains(word), let value = rest.popFirst() else {
                throw ChoiceError("\"\(word)\" is too much: after the record come to KEY and seeds NODES")
            }
            if word == "seeds" {
                seed = try nodes(value)
            } else {
                guard let key = Key256(hex: value + String(repeating: "0", count: max(0, 64 - value.utf8.count))),
                    value.utf8.count * 4 <= keyBits
                else { throw ChoiceError("\"\(value)\" is no key: write at most \(keyBits / 4) hexadecimal digits") }
                target = key
            }
        }
        let configuration: BroadcastConfiguration =
            switch strategy {
            case .followUp: .followUp(FollowUpConfiguration())
            case .static: .static(StaticConfiguration())
            case .optimistic: .optimistic(OptimisticConfiguration())
            }
        return NewBroadcast(
            id: OperationID(words[0]), target: target, record: Record(name: words[2]), seed: seed, configuration: configuration)
    }
}
