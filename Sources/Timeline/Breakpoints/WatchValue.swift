public import Broadcasts
public import Kademlia

/// What a ``Measure`` of a broadcast is at a moment.
public enum WatchValue: Hashable, Sendable {
    /// A number.
    case count(Int)
    /// A distance to the target.
    case distance(Key256)
    /// How far the broadcast is.
    case phase(BroadcastView<NetworkNode>.Phase)

    /// The number, if it is one.
    public var count: Int? {
        if case .count(let count) = self { count } else { nil }
    }

    /// The distance, if it is one.
    public var distance: Key256? {
        if case .distance(let distance) = self { distance } else { nil }
    }

    /// The value in words; of a distance, as many digits as a key of so many bits has.
    public func text(keyBits: Int) -> String {
        switch self {
        case .count(let count): "\(count)"
        case .distance(let distance): String(distance.hex.prefix(keyBits / 4))
        case .phase(let phase): PhaseWord(phase).word
        }
    }
}

extension WatchValue: Comparable {
    /// Whether the first value is the smaller number, the smaller distance or the earlier phase. Values of one measure are of one kind;
    /// of different kinds, numbers come first and phases last.
    public static func < (a: WatchValue, b: WatchValue) -> Bool {
        switch (a, b) {
        case (.count(let a), .count(let b)): a < b
        case (.distance(let a), .distance(let b)): a < b
        case (.phase(let a), .phase(let b)): a.place < b.place
        case (.count, .distance), (.count, .phase), (.distance, .phase): true
        case (.distance, .count), (.phase, .count), (.phase, .distance): false
        }
    }
}

extension BroadcastView.Phase {
    /// The place of the phase in the life of a broadcast.
    fileprivate var place: Int {
        switch self {
        case .queued: 0
        case .finding: 1
        case .storing: 2
        case .awaitingStores: 3
        }
    }
}
