/// The name of an operation: a query or a broadcast. Any text but the empty one.
///
/// The reference's `coordt.QueryID`. Pools refuse an empty id when an operation is started under it.
public struct OperationID: Hashable, Sendable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name itself.
    public let name: String

    /// Where a pool keeps the operation, as far as whoever made this id knew.
    ///
    /// An id that a pool hands out carries it, so that the pool finds the operation without hashing when the id comes back. It is no
    /// part of the id: a pool checks it against the name, and an id without it, or with a wrong one, is found all the same.
    @usableFromInline var placeHint: UInt32

    /// The id with this name.
    @inlinable
    public init(_ name: String) {
        self.name = name
        placeHint = 0
    }

    /// The same id with another hint.
    @inlinable
    public func hinted(at place: Int) -> OperationID {
        var id = self
        id.placeHint = UInt32(truncatingIfNeeded: place)
        return id
    }

    /// The place that the id hints at; it may be any.
    @inlinable
    public var hintedPlace: Int { Int(placeHint) }

    /// The id with this name.
    @inlinable
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Whether the name is empty, which no operation's may be.
    @inlinable
    public var isEmpty: Bool { name.isEmpty }

    /// The name.
    public var description: String { name }

    /// Whether the names are equal; where a pool keeps the operations does not matter.
    @inlinable
    public static func == (a: OperationID, b: OperationID) -> Bool {
        a.name == b.name
    }

    /// Hashes the name.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }

    /// Encodes the id as its name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }

    /// Decodes an id from its name.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }
}
