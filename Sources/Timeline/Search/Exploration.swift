internal import Coordination

/// What a search has found.
public struct Exploration: Sendable {
    /// A law that some run breaks, and the smallest such run.
    public struct Finding: Hashable, Sendable, Identifiable {
        /// The breach. Its step is the one to look at: a history that takes the deviations breaks the law there.
        public let violation: Violation
        /// Where the run leaves the usual way, by position. If the finding is shrunk none of them can be left out alone: then the law
        /// holds.
        public let deviations: [Deviation]
        /// Whether it was made as small as could be; it was not if the search was ended by hand before that.
        public let isShrunk: Bool

        /// The law: a search has one finding for each.
        public var id: InvariantID { violation.law }

        /// The run, at the step that breaks the law.
        ///
        /// - Parameters:
        ///   - world: the world that was searched, at its start.
        ///   - checker: what judges each step, if it is to be judged. S17 is not among what it judges.
        public func history<Source: World>(in world: Source, checker: InvariantChecker? = nil) -> History<Source> {
            var history = History(world, deviations: deviations, checker: checker)
            history.go(to: violation.step)
            return history
        }
    }

    /// Why a search ended.
    public enum Ending: Hashable, Sendable {
        /// Everything was tried that was to be tried.
        case complete
        /// It had made as many steps as it was allowed to.
        case stepLimit
        /// Somebody ended it.
        case interrupted
    }

    /// What the runs have put to the test, with the number of steps.
    public let coverage: Coverage
    /// The number of different states in which something was to be decided.
    public let states: Int
    /// The number of runs that came to their end.
    public let runs: Int
    /// The number of different ways in which these runs ended: what came of each broadcast, whatever the order and the times.
    public let outcomes: Int
    /// The number of runs that were left because they had come to a state that was gone on from before.
    public let merged: Int
    /// The number of runs that were broken off because they were too long. Then nobody knows what would come after.
    public let cut: Int
    /// The laws that were broken, in the order of the laws.
    public let findings: [Finding]
    /// Why the search ended.
    public let ending: Ending

    /// The number of steps of all runs.
    public var steps: Int { coverage.steps }
}

/// How far a search has come.
public struct SearchProgress: Hashable, Sendable {
    /// Whether it makes the runs that it has found smaller; before that it searches.
    public let isShrinking: Bool
    /// The number of runs that have come to their end.
    public let runs: Int
    /// The number of runs that will be made, if that is known.
    public let plannedRuns: Int?
    /// The number of different states.
    public let states: Int
    /// The number of steps of all runs.
    public let steps: Int
    /// The number of steps after which the search ends.
    public let stepLimit: Int
    /// The number of laws that were found broken.
    public let brokenLaws: Int
}
