/// How a search goes through the runs that a world can make.
public struct SearchOptions: Hashable, Sendable {
    /// Which runs are tried.
    public enum Strategy: Hashable, Sendable {
        /// All: at every moment everything that can happen next, one after the other. For small networks.
        case allOrders(Reduction)
        /// So many runs in which dice decide at every moment: mostly for the usual, now and then for something else.
        case random(runs: Int)
        /// So many runs in which every reply, the deadlines and the acts of the plan have a priority drawn by dice, and the highest
        /// always goes first; at so many moments of a run the highest becomes the lowest.
        ///
        /// Source: Burckhardt, Kothari, Musuvathi and Nagarakatte, "A Randomized Scheduler with Probabilistic Guarantees of Finding
        /// Bugs", 2010.
        case priorities(runs: Int, changes: Int)
    }

    /// What a search through all orders leaves out.
    public enum Reduction: String, Hashable, Sendable, CaseIterable {
        /// Nothing: every run is made from its start to its end.
        case none
        /// What comes after a state that was reached before, in another order. See ``Walk/key(countsTurns:)`` for when two states are
        /// taken for the same.
        case equalStates
        /// That, and orders that come to the same if broadcasts do not depend on each other: one of the two orders of two
        /// replies that arrive at the same moment for two broadcasts which both have a slot; and all orders but one of a reply for a
        /// broadcast that has ended, once the plan is done. Right only for a machine that keeps laws P2, S17 and S21: it is taken to
        /// keep them in the runs that are left out.
        ///
        /// Source: Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems", 1996, chapter 5: sleep sets, and
        /// how they go together with states that were met before.
        case equalStatesAndOrders
    }

    /// Which runs are tried.
    public var strategy: Strategy

    /// Where the dice come from. The default is 1.
    public var seed: UInt64 = 1

    /// The most faults in a run, 0 or more: replies that are lost, come twice, say something else or come from somebody else, and
    /// nodes that crash. The default is 0: every node does what the network says, and only the order is searched.
    public var faults = 0

    /// The number of steps after which the search ends, all runs together, 1 or more. The default is 2,000,000.
    public var stepLimit = 2_000_000

    /// The number of steps after which a run is broken off, 1 or more. The default is 10,000.
    public var runLimit = 10_000

    /// Options with the defaults for everything else.
    public init(_ strategy: Strategy) {
        self.strategy = strategy
    }
}
