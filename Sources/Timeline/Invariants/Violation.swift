public import Coordination
internal import Kademlia

/// A step that breaks a law.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
    /// The law.
    public let law: InvariantID
    /// The number of the step, from 1 on.
    public let step: Int
    /// The broadcast that it is about; `nil` if it is about the pool.
    public let broadcast: OperationID?
    /// The node that it is about, if it is about one.
    public let node: NetworkNode?
    /// What happened: one sentence with the names of the broadcast and of the nodes.
    public let why: String

    /// A breach of a law.
    public init(law: InvariantID, step: Int, broadcast: OperationID?, node: NetworkNode?, why: String) {
        self.law = law
        self.step = step
        self.broadcast = broadcast
        self.node = node
        self.why = why
    }

    /// The law, the step and what happened.
    public var description: String { "\(law.rawValue) at step \(step): \(why)" }
}

/// How sentences name nodes: by the first digits of their keys.
struct NodeNames: Hashable, Sendable {
    /// The number of hexadecimal digits that are shown, at most eight.
    let digits: Int

    /// Names for keys of so many bits.
    init(keyBits: Int) {
        digits = min(8, max(1, keyBits / 4))
    }

    /// The name of a node.
    func callAsFunction(_ node: NetworkNode) -> String { "node \(node.key.hex.prefix(digits))" }

    /// The names of several nodes.
    func callAsFunction(_ nodes: some Collection<NetworkNode>) -> String {
        nodes.isEmpty
            ? "nobody" : "\(nodes.count == 1 ? "node" : "nodes") \(nodes.map { String($0.key.hex.prefix(digits)) }.joined(separator: ", "))"
    }
}
