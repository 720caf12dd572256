/// A place to stop at: the steps that a filter matches.
public struct Breakpoint: Hashable, Sendable, Identifiable {
    /// Which of its hits it stops at. Numbers below 1 count as 1.
    public enum HitCondition: Hashable, Sendable {
        /// Every one.
        case always
        /// Those from this one on: the hits before it are passed over.
        case from(Int)
        /// Every so many-th one.
        case every(Int)

        /// Whether to stop at a hit, counted from 1.
        public func stops(atHit hit: Int) -> Bool {
            switch self {
            case .always: true
            case .from(let first): hit >= first
            case .every(let count): hit % max(1, count) == 0
            }
        }
    }

    /// Its number, which no other breakpoint of the collection ever had.
    public let id: Int
    /// What it stops at.
    public var filter: Filter
    /// Whether it counts and stops. The default is yes.
    public var isEnabled = true
    /// Whether it is removed when it has stopped a run. The default is no.
    public var isOneShot = false
    /// Which of its hits it stops at. The default is every one.
    public var condition = HitCondition.always
    /// The number of steps that it matched on the way forward.
    public internal(set) var hits = 0

    init(id: Int, filter: Filter, isOneShot: Bool, condition: HitCondition) {
        self.id = id
        self.filter = filter
        self.isOneShot = isOneShot
        self.condition = condition
    }

    /// Counts a step on the way forward.
    ///
    /// - Returns: whether to stop at it.
    mutating func stops(at context: FilterContext) -> Bool {
        guard isEnabled, filter.matches(context) else { return false }
        hits += 1
        return condition.stops(atHit: hits)
    }
}

extension Breakpoint.HitCondition: CustomStringConvertible {
    /// The condition in words.
    public var description: String {
        switch self {
        case .always: "at every hit"
        case .from(let first): "from hit \(max(1, first)) on"
        case .every(let count): "at every \(max(1, count)) hits"
        }
    }
}
