/// The name of an operation: a query or a broadcast. Any text but the empty one.
///
/// The reference's `coordt.QueryID`. Pools refuse an empty id when an operation is started under it.
public struct OperationID: Hashable, Sendable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name itself.
    public let name: String

    /// The id with this name.
    public init(_ name: String) {
        self.name = name
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Whether the name is empty, which no operation's may be.
    public var isEmpty: Bool { name.isEmpty }

    public var description: String { name }

    /// Encodes the id as its name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }

    /// Decodes an id from its name.
    public init(from decoder: any Decoder) throws {
        name = try decoder.singleValueContainer().decode(String.self)
    }
}
