/// The laws that a run of a pool of broadcasts keeps.
public enum InvariantID: String, Hashable, Sendable, Codable, CaseIterable {
    // The pool's answers.
    /// Starts that are refused.
    case p1 = "P1"
    /// Events for nobody.
    case p2 = "P2"
    /// States that name broadcasts.
    case p3 = "P3"
    /// When the pool is idle.
    case p4 = "P4"
    /// Which broadcasts there are.
    case p5 = "P5"
    // One broadcast.
    /// Whom a broadcast may store with.
    case s1 = "S1"
    /// One store for each node.
    case s2 = "S2"
    /// One question for each node.
    case s3 = "S3"
    /// One end, and not too early.
    case s4 = "S4"
    /// Who counts as contacted.
    case s5 = "S5"
    /// One place for each chosen node.
    case s6 = "S6"
    /// Errors of contacted nodes.
    case s7 = "S7"
    /// The local node.
    case s8 = "S8"
    /// Limits of what is in flight.
    case s9 = "S9"
    /// The closest nodes, closest first.
    case s10 = "S10"
    /// Stores after the lookup.
    case s11 = "S11"
    /// The right record and target.
    case s12 = "S12"
    /// No request after the end.
    case s13 = "S13"
    /// Nobody contacted, so nobody answered.
    case s14 = "S14"
    /// Nobody contacted, so nobody awaited.
    case s15 = "S15"
    /// Stops.
    case s16 = "S16"
    /// Isolation from other broadcasts.
    case s17 = "S17"
    /// Replies that count.
    case s18 = "S18"
    /// Statistics of a lookup.
    case s19 = "S19"
    /// When the pool may wait.
    case s20 = "S20"
    /// An idle pool stays idle.
    case s21 = "S21"
    // A lookup.
    /// The best distance never grows.
    case q1 = "Q1"
    /// Whom a lookup asks next.
    case q2 = "Q2"
    /// When a lookup ends.
    case q3 = "Q3"
    // The Optimistic strategy.
    /// Early stores go to near nodes.
    case o1 = "O1"
    /// When a walk ends early.
    case o2 = "O2"
    /// When an Optimistic is over.
    case o3 = "O3"
    /// One store for each node, early or late.
    case o4 = "O4"
    // The network, and time.
    /// Time, and replies.
    case n1 = "N1"
    // Getting done.
    /// Every broadcast finishes.
    case l1 = "L1"
    /// No rest while there is work.
    case l2 = "L2"

    /// The law of this id.
    public var law: Invariant { Invariant(id: self) }
}

/// A law that every run keeps: what it says, and where that is written.
public struct Invariant: Hashable, Sendable, Identifiable {
    /// Where a law comes from.
    public struct Source: Hashable, Sendable {
        /// A page that says how the machines behave.
        public enum Document: String, Hashable, Sendable {
            /// The reference documentation of the Go package `brdcst`.
            case reference
            /// The semantics of the machines of this package, where the reference is silent.
            case semantics
        }

        /// The page.
        public let document: Document
        /// The sentence, or the part of one, word for word.
        public let quote: String
    }

    /// Its short name.
    public let id: InvariantID

    /// All laws, in the order of their ids' declaration.
    public static var all: [Invariant] { InvariantID.allCases.map(\.law) }

    /// What the law says.
    public var sentence: String { id.sentence }

    /// The sentence of the documentation that it comes from.
    public var source: Source { id.source }
}
