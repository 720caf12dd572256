/// The identity of a node: whatever an application calls a node by, as long as it has a key.
///
/// The machines order and recognise nodes by their keys alone: two ids with equal keys are one node to them.
public protocol NodeID: Hashable, Sendable {
    /// The kind of key that this network uses.
    associatedtype Key: KademliaKey

    /// The node's place in the key space. It never changes.
    var key: Key { get }
}

/// A key can stand for the node itself, where nothing else is known of it.
extension Key8: NodeID {
    @inlinable public var key: Key8 { self }
}

extension Key160: NodeID {
    @inlinable public var key: Key160 { self }
}

extension Key256: NodeID {
    @inlinable public var key: Key256 { self }
}
