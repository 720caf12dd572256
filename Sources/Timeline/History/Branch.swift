/// One way that a run can go: the first one as the world goes by itself, each other one with choices that differ from its parent's.
public struct Branch: Sendable, Identifiable, Equatable {
    /// Its number: 0 is the first.
    public let id: Int
    /// The branch that it left; `nil` for the first.
    public let parent: Int?
    /// The number of steps that it shares with its parent.
    public let fork: Int
    /// All choices on the way from the start, by position.
    public internal(set) var deviations: [Deviation]
    /// What people call it; empty until it is named.
    public internal(set) var name: String
    /// The last position that somebody has been at.
    public internal(set) var visited: Int

    /// The choices that are its own: the parent does not have them.
    public var ownDeviations: ArraySlice<Deviation> {
        deviations.drop { $0.position < fork }
    }
}
