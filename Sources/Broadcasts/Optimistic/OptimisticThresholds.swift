public import Kademlia

/// How near is near enough to store early, and to stop looking: the two thresholds of the Optimistic strategy.
///
/// In a network of n nodes with random keys, n times the normed distance of the i-th closest node to a target (the distance divided by
/// two to the power of the key's width) is about gamma-distributed with shape i. With P⁻¹ the inverse of the lower regularised
/// incomplete gamma function and k the replication,
///
///     individual threshold = P⁻¹(k, 1 − individualCertainty) / n
///     set threshold        = P⁻¹(k/2 + 1, 1 − setStrictness) / n
///
/// (k = 20 and the defaults: 14.525 / n and 15.407 / n). A node nearer than the first is among the k closest with that certainty.
/// k nodes whose mean distance is below the second are taken for the k closest: the mean distance of those is about that of the
/// k/2-th. The division k/2 is exact, not rounded down.
///
/// The thresholds are turned into integers once, and all decisions are made on integers. The gamma function is computed by basic
/// operations only, so the same configuration and the same n give the same thresholds on every system.
///
/// Source: Trautwein et al., "IPFS in the Fast Lane: Accelerating Record Storage with Optimistic Provide", INFOCOM 2024.
public struct OptimisticThresholds<Key: KademliaKey>: Hashable, Sendable {
    /// The number of nodes in the network that the thresholds are for.
    public let networkSize: Double

    /// The number of nodes that a record is to be stored with.
    public let replication: Int

    /// The normed distance below which a node is stored with at once: more than 0; from 1 on, all nodes are.
    public let individual: Double

    /// The normed distance below which the mean of the k closest ends the walk: more than 0; from 1 on, any k nodes do.
    public let set: Double

    /// The greatest distance strictly below the individual threshold.
    public let greatestIndividualDistance: Key

    /// The greatest sum of k distances whose mean is strictly below the set threshold.
    public let greatestSetSum: DistanceSum<Key>

    /// The thresholds for a network of this size.
    ///
    /// - Parameters:
    ///   - networkSize: the number of nodes, more than 0 and finite.
    ///   - replication: k, 1 or more.
    ///   - individualCertainty: between 0 and 1, both excluded.
    ///   - setStrictness: between 0 and 1, both excluded.
    /// - Returns: `nil` if a number is out of its range.
    public init?(networkSize: Double, replication: Int, individualCertainty: Double = 0.9, setStrictness: Double = 0.1) {
        guard networkSize > 0, networkSize.isFinite, replication >= 1 else { return nil }
        guard individualCertainty > 0, individualCertainty < 1, setStrictness > 0, setStrictness < 1 else { return nil }
        let k = Double(replication)
        self.networkSize = networkSize
        self.replication = replication
        individual = Self.threshold(shape: k, probability: 1 - individualCertainty, networkSize)
        set = Self.threshold(shape: k / 2 + 1, probability: 1 - setStrictness, networkSize)
        greatestSetSum = DistanceSum(of: replication, below: k * set)
        greatestIndividualDistance = DistanceSum(of: 1, below: individual).asDistance
    }

    /// The thresholds for a network of this size, with the constants of the configuration.
    ///
    /// - Returns: `nil` if a number is out of its range.
    public init?(networkSize: Double, replication: Int, configuration: OptimisticConfiguration) {
        self.init(
            networkSize: networkSize, replication: replication, individualCertainty: configuration.individualCertainty,
            setStrictness: configuration.setStrictness)
    }

    /// Whether a node at this distance is near enough to be stored with at once: strictly below the individual threshold.
    @inlinable
    public func isWithinIndividual(_ distance: Key) -> Bool {
        distance <= greatestIndividualDistance
    }

    /// Whether the k closest nodes are near enough to end the walk: their mean distance is strictly below the set threshold.
    ///
    /// - Parameter sum: the sum of the k smallest distances. With another number of distances the answer is no.
    @inlinable
    public func isWithinSet(_ sum: DistanceSum<Key>) -> Bool {
        sum.count == replication && sum.isAtMost(greatestSetSum)
    }

    /// A threshold, kept off 0 where only the smallness of numbers would make it 0.
    private static func threshold(shape: Double, probability: Double, _ networkSize: Double) -> Double {
        max(IncompleteGamma.inverseLower(shape, probability) / networkSize, .leastNormalMagnitude)
    }
}
