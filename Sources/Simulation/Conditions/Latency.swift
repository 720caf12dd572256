public import Coordination

/// How long a message travels, one way.
public enum Latency: Hashable, Sendable {
    /// Always the same time.
    case constant(Nanoseconds)
    /// Any time between two, each as likely as the other.
    case uniform(minimum: Nanoseconds, maximum: Nanoseconds)
    /// Half of the messages take less than the median, one in twenty more than `p95`: most are alike, and some take far longer.
    case lognormal(median: Nanoseconds, p95: Nanoseconds)
    /// As far as it is from our region to the node's.
    case regional(Regions)
}

/// Parts of the world, and how far they are from each other.
public struct Regions: Hashable, Sendable {
    /// What the regions are called.
    public var names: [String]
    /// The share of the nodes that are in each: 0…1, adding up to 1.
    public var shares: [Double]
    /// The median time of a message, one way, from the region of the row to that of the column.
    public var times: [[Nanoseconds]]
    /// The place of our own region in the lists.
    public var home: Int
    /// How much longer than the median the slowest twentieth of the messages take at least: 1 or more.
    public var spread: Double

    /// Regions. The lists have one entry for each, and `times` has a row and a column for each.
    public init(names: [String], shares: [Double], times: [[Nanoseconds]], home: Int, spread: Double = 1) {
        self.names = names
        self.shares = shares
        self.times = times
        self.home = home
        self.spread = spread
    }
}
