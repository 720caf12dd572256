public import Kademlia

/// A key that stands for its node, as the tests use them.
public protocol TestKey: KademliaKey, NodeID where Key == Self {}

extension Key8: TestKey {}
extension Key160: TestKey {}
extension Key256: TestKey {}

extension TestKey {
    /// A key of random bytes.
    public static func random(using random: inout SplitMix64) -> Self {
        let bytes = (0..<bitCount / 8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        return Self(bytes: bytes) ?? .zero
    }

    /// A key that often shares its 64 leading bits, or all but the last byte, with the other one.
    public static func random(near other: Self, using random: inout SplitMix64) -> Self {
        var bytes = Self.random(using: &random).bytes
        let shared = random.pick([0, 0, 0, 1, 8, bytes.count - 1])
        for index in 0..<min(shared, bytes.count) { bytes[index] = other.bytes[index] }
        return Self(bytes: bytes) ?? .zero
    }

    /// As many different keys as asked for, some of them with long prefixes in common.
    public static func distinct(_ count: Int, using random: inout SplitMix64) -> [Self] {
        var keys = [Self.random(using: &random)]
        while keys.count < count {
            let key = Self.random(near: random.pick(keys), using: &random)
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }
}

extension Sequence where Element: TestKey {
    /// The keys by their distance to the target, closest first.
    public func byDistance(to target: Element) -> [Element] {
        sorted { $0.isCloser(to: target, than: $1) }
    }

    /// The keys without repetitions, in order of their first appearance.
    public var withoutRepetitions: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
