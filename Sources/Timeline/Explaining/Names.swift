public import Coordination
public import Kademlia

/// How nodes, distances and times are written in explanations.
public struct Names: Sendable {
    /// What a node is called.
    public let node: @Sendable (NetworkNode) -> String
    /// How a distance is written.
    public let distance: @Sendable (Key256) -> String
    /// How a moment is written, with its unit.
    public let time: @Sendable (Instant) -> String

    /// Names as a screen has them.
    public init(
        node: @escaping @Sendable (NetworkNode) -> String, distance: @escaping @Sendable (Key256) -> String,
        time: @escaping @Sendable (Instant) -> String = { Names.seconds($0) }
    ) {
        self.node = node
        self.distance = distance
        self.time = time
    }

    /// Plain names: the first 8 digits of a key, the first 16 of a distance, seconds with three places.
    ///
    /// - Parameter keyBits: the width of the keys: only so many bits are shown.
    public init(keyBits: Int) {
        self.init(
            node: { String($0.key.shown(keyBits).prefix(8)) }, distance: { String($0.shown(keyBits).prefix(16)) })
    }

    /// A moment in seconds with three places, as in `12.480 s`.
    public static func seconds(_ moment: Instant) -> String {
        let milliseconds = (moment.nanoseconds / 1_000_000).magnitude
        let places = String(milliseconds % 1000)
        let sign = moment < .start ? "-" : ""
        return "\(sign)\(milliseconds / 1000).\(String(repeating: "0", count: 3 - places.count))\(places) s"
    }

    /// Nodes with commas between them; of more than `limit`, the others are counted.
    func list(_ nodes: [NetworkNode], limit: Int = 6) -> String {
        guard !nodes.isEmpty else { return "none" }
        let shown = nodes.prefix(limit).map { node($0) }.joined(separator: ", ")
        return nodes.count > limit ? "\(shown) and \(nodes.count - limit) more" : shown
    }
}

extension Int {
    /// The number with a word, in the plural where it is not 1.
    func of(_ singular: String, _ plural: String? = nil) -> String {
        "\(self) \(self == 1 ? singular : plural ?? singular + "s")"
    }
}
