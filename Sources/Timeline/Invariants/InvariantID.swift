/// The laws that a run of a pool of broadcasts keeps.
public enum InvariantID: String, Hashable, Sendable, Codable, CaseIterable {
    // The pool's answers.
    case p1 = "P1"
    case p2 = "P2"
    case p3 = "P3"
    case p4 = "P4"
    case p5 = "P5"
    // One broadcast.
    case s1 = "S1"
    case s2 = "S2"
    case s3 = "S3"
    case s4 = "S4"
    case s5 = "S5"
    case s6 = "S6"
    case s7 = "S7"
    case s8 = "S8"
    case s9 = "S9"
    case s10 = "S10"
    case s11 = "S11"
    case s12 = "S12"
    case s13 = "S13"
    case s14 = "S14"
    case s15 = "S15"
    case s16 = "S16"
    case s17 = "S17"
    case s18 = "S18"
    case s19 = "S19"
    case s20 = "S20"
    case s21 = "S21"
    // A lookup.
    case q1 = "Q1"
    case q2 = "Q2"
    case q3 = "Q3"
    // The Optimistic strategy.
    case o1 = "O1"
    case o2 = "O2"
    case o3 = "O3"
    case o4 = "O4"
    // The network, and time.
    case n1 = "N1"
    // Getting done.
    case l1 = "L1"
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
