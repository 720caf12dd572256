/// One quantity that a simulated network must reproduce: what was published, what ours is, and whether that is near enough.
public struct ValidationRow: Hashable, Sendable {
    /// One number of a row and the range that it must be in.
    public struct Check: Hashable, Sendable {
        /// What is measured, in a word or two.
        public let name: String
        /// What was published; `nil` where nobody did.
        public let published: Double?
        /// What ours is.
        public let ours: Double
        /// The least and the greatest that hold.
        public let range: ClosedRange<Double>

        /// Whether ours is in the range.
        public var holds: Bool { range.contains(ours) }
    }

    /// The number of the row: V1 to V13.
    public let id: String
    /// What is measured, and its unit.
    public let quantity: String
    /// Who published it.
    public let source: String
    /// The tolerance, in words.
    public let tolerance: String
    /// Whether the network's profile was fitted to this row, so that it is no evidence.
    public let isFitted: Bool
    /// The numbers.
    public let checks: [Check]
    /// What one has to know to judge the row; empty if nothing.
    public let remark: String

    /// Whether every number is near enough.
    public var holds: Bool { checks.allSatisfy(\.holds) }
}

extension ValidationRow.Check {
    /// A number that may differ from the published one by this share of it.
    init(_ name: String, _ published: Double, _ ours: Double, within share: Double) {
        self.init(name: name, published: published, ours: ours, range: published * (1 - share)...published * (1 + share))
    }

    /// A number that may differ from the published one by so much.
    init(_ name: String, _ published: Double, _ ours: Double, plusMinus margin: Double) {
        self.init(name: name, published: published, ours: ours, range: published - margin...published + margin)
    }

    /// A number that must be at least this, or at most.
    init(_ name: String, _ published: Double?, _ ours: Double, in range: ClosedRange<Double>) {
        self.init(name: name, published: published, ours: ours, range: range)
    }
}
