internal import Broadcasts
public import Coordination
public import Kademlia

/// Choices in the words that people type, and in which they are shown: `deliver 2b b1`, `delay 2b 5s`, `crash 7f`.
///
/// A message is named by its node, and by its broadcast, its kind (`find` or `store`) and `#` with the number of the copy where these
/// are needed to tell it from others. A node is named by the first digits of its key.
public struct ChoiceWords: Sendable {
    /// One of the words that a choice begins with.
    public struct Verb: Sendable {
        /// The word.
        public let word: String
        /// What comes after it.
        public let usage: String
        /// What it does.
        public let help: String
    }

    /// All verbs, in the order in which the help shows them.
    public static let verbs: [Verb] = [
        Verb(word: "deliver", usage: "NODE [BROADCAST]", help: "this reply arrives next"),
        Verb(word: "drop", usage: "NODE [BROADCAST]", help: "this reply never arrives"),
        Verb(word: "duplicate", usage: "NODE [BROADCAST]", help: "this reply arrives twice"),
        Verb(word: "delay", usage: "NODE [BROADCAST] TIME", help: "this reply arrives later by a time such as 5s"),
        Verb(
            word: "edit", usage: "NODE [BROADCAST] closer NODES | from NODE | error WORDS | ok",
            help: "this reply says something else: other closer nodes (2b,7f or none), another sender, an error"),
        Verb(word: "deadline", usage: "", help: "the clock goes to the next deadline, before any reply"),
        Verb(word: "clock", usage: "TIME", help: "the clock moves on by a time such as 5s"),
        Verb(word: "poll", usage: "", help: "the pool is polled"),
        Verb(word: "crash", usage: "NODE[,NODE…]", help: "the node is gone: requests that reach it are lost"),
        Verb(word: "mute", usage: "NODE[,NODE…]", help: "the node takes requests and answers none"),
        Verb(word: "cut", usage: "NODE[,NODE…]", help: "the node is cut off: nothing gets to it or from it"),
        Verb(word: "restart", usage: "NODE[,NODE…]", help: "the node works again"),
        Verb(
            word: "start", usage: "BROADCAST STRATEGY RECORD [to KEY] [seeds NODES]",
            help: "start a broadcast: followUp, static or optimistic; seeds such as 2b,7f or none"),
        Verb(word: "stop", usage: "BROADCAST", help: "stop a broadcast"),
        Verb(word: "act", usage: "", help: "the next start or stop of the scenario's plan happens now"),
    ]

    /// The width of the keys in bits.
    let keyBits: Int
    /// The nodes of the network.
    let nodes: any NodeRegistry
    /// The messages that there are to choose from.
    let messages: [PendingMessage]
    /// The key that a record of this name is stored under.
    let keyOfRecord: @Sendable (String) -> Key256

    /// The words for choices at one moment of a run.
    public init(
        keyBits: Int, nodes: any NodeRegistry, messages: [PendingMessage], keyOfRecord: @escaping @Sendable (String) -> Key256
    ) {
        self.keyBits = keyBits
        self.nodes = nodes
        self.messages = messages
        self.keyOfRecord = keyOfRecord
    }

    /// A choice in words, which read as the same choice as long as names have no blanks.
    public func text(_ choice: Choice) -> String {
        switch choice {
        case .deliver(let name): "deliver \(text(name))"
        case .drop(let name): "drop \(text(name))"
        case .duplicate(let name): "duplicate \(text(name))"
        case .delay(let name, let time): "delay \(text(name)) \(time.filterText)"
        case .edit(let name, .closer(let nodes)): "edit \(text(name)) closer \(list(nodes))"
        case .edit(let name, .from(let node)): "edit \(text(name)) from \(self.node(node))"
        case .edit(let name, .failure(let reason)): "edit \(text(name)) error \(reason)"
        case .edit(let name, .success): "edit \(text(name)) ok"
        case .fireDeadline: "deadline"
        case .advanceClock(let time): "clock \(time.filterText)"
        case .poll: "poll"
        case .actNow: "act"
        case .fail(let node, .crashed): "crash \(self.node(node))"
        case .fail(let node, .muted): "mute \(self.node(node))"
        case .fail(let node, .partitioned): "cut \(self.node(node))"
        case .restart(let node): "restart \(self.node(node))"
        case .stop(let id): "stop \(id)"
        case .start(let broadcast): text(broadcast)
        }
    }

    private func text(_ broadcast: NewBroadcast) -> String {
        var words = ["start", broadcast.id.name, broadcast.configuration.strategy.rawValue, broadcast.record.name]
        if broadcast.target != keyOfRecord(broadcast.record.name) { words += ["to", broadcast.target.shown(keyBits)] }
        if let seed = broadcast.seed { words += ["seeds", list(seed)] }
        return words.joined(separator: " ")
    }

    private func text(_ name: MessageName) -> String {
        "\(name.isStore ? "store" : "find") \(node(name.node)) \(name.id)" + (name.copy > 0 ? " #\(name.copy)" : "")
    }

    private func list(_ indices: [Int32]) -> String {
        indices.isEmpty ? "none" : indices.map(node).joined(separator: ",")
    }

    /// As many digits of a node's key as tell it from all others: two at least. The number of one that no words can mean.
    public func node(_ index: Int32) -> String {
        guard let node = nodes.node(index), nodes.countOfNodes(sharing: 256, with: node.key) > 0 else { return "\(index)" }
        return nodes.shortName(of: node, keyBits: keyBits)
    }
}

extension Nanoseconds {
    /// A length of time in the words that people type, such as `12.4s`; `nil` for any other text.
    public init?(words: String) {
        self.init(filterText: words)
    }
}
