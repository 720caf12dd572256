internal import Coordination
internal import Kademlia

/// The nodes that a trace names: a file names a node by its key, a run by a dense number.
struct NodeDirectory: Sendable {
    /// The most nodes of which the header knows nothing.
    static let mostStrangers = 100_000

    let keyBits: Int
    /// Where the nodes of the network are looked up, if the header does not list them.
    private let network: (any NodeRegistry)?
    /// The number of the first node that ``nodes`` has: those before are nodes of ``network``.
    private let first: Int32
    private var nodes: [NetworkNode] = []
    private var indexOfKey: [Key256: Int32] = [:]
    private var strangers = 0

    /// The nodes of a header: the network's in the order of the header, then the local one.
    init(_ header: TraceHeader) {
        keyBits = header.keyBits
        if header.nodes.isEmpty, let network = header.network, let local = network.node(withKey: header.localKey) {
            self.network = network
            first = local.index
        } else {
            network = nil
            first = 0
        }
        for node in header.nodes { _ = add(node.key) }
        _ = add(header.localKey)
    }

    private mutating func add(_ key: Key256) -> NetworkNode {
        let node = NetworkNode(index: first + Int32(nodes.count), key: key)
        nodes.append(node)
        if indexOfKey[key] == nil { indexOfKey[key] = node.index }
        return node
    }

    /// How a trace names a node: by the digits of its key, or by `#` and its number if no such node is known.
    func name(of index: Int32) -> String {
        let known = index < first ? network?.node(index) : nodes.dropFirst(Int(index) - Int(first)).first
        return known?.key.shown(keyBits) ?? "#\(index)"
    }

    /// The node of this name. One that the header does not know gets the next number.
    mutating func node(_ name: JSONValue) throws(LineProblem) -> NetworkNode {
        let key = try key(name)
        if let index = indexOfKey[key] { return nodes[Int(index - first)] }
        if let node = network?.node(withKey: key) { return node }
        strangers += 1
        guard strangers <= Self.mostStrangers else { throw LineProblem("it names too many nodes that the header does not list") }
        return add(key)
    }

    /// The number of the node of this name.
    mutating func index(_ name: JSONValue) throws(LineProblem) -> Int32 {
        if let text = name.text, text.hasPrefix("#"), let index = Int32(text.dropFirst()) { return index }
        return try node(name).index
    }

    /// The key with these digits.
    func key(_ value: JSONValue) throws(LineProblem) -> Key256 {
        guard let text = value.text, let key = Key256(shown: text, keyBits) else {
            throw LineProblem("a key is not \(keyBits / 4) hexadecimal digits")
        }
        return key
    }
}

extension Key256 {
    /// The key of this width that is shown by these digits.
    ///
    /// - Returns: `nil` unless there are exactly `keyBits / 4` digits.
    init?(shown text: String, _ keyBits: Int) {
        guard text.utf8.count == keyBits / 4, keyBits <= 256 else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for (place, digit) in text.utf8.enumerated() {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
            default: return nil
            }
            let bits = UInt64(value) << UInt64(60 - 4 * (place & 15))
            switch place >> 4 {
            case 0: words.0 |= bits
            case 1: words.1 |= bits
            case 2: words.2 |= bits
            default: words.3 |= bits
            }
        }
        self.init(words.0, words.1, words.2, words.3)
    }
}
