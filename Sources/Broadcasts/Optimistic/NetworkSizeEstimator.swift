public import Coordination
public import Kademlia

/// Estimates how many nodes a network has, from how near the closest ones are to random targets.
///
/// The i-th closest of n random keys has the expected normed distance i/(n + 1). A line through the origin, fitted by least squares to
/// the mean distance d̄ᵢ of each rank i = 1…k, has the slope
///
///     Σ i·d̄ᵢ / Σ i² ≈ 1/(n + 1)
///
/// Every lookup measures all ranks once. So the slope of the means is the mean of the lookups' own slopes, and one number a lookup is
/// all there is to remember: at most ``maximumMeasurements`` lookups count (the latest ones), none older than ``maximumAge``, and fewer than
/// ``minimumMeasurements`` give no estimate.
///
/// Feed it the queries for random targets that finished by themselves with k results: the nodes found by a stopped, timed-out or
/// early-ended query are farther than the closest ones, and would make the network look small.
///
/// Source: Trautwein et al., "IPFS in the Fast Lane: Accelerating Record Storage with Optimistic Provide", INFOCOM 2024.
public struct NetworkSizeEstimator<Key: KademliaKey>: Hashable, Sendable {
    /// What one lookup tells.
    @usableFromInline struct Measurement: Hashable, Sendable {
        let moment: Instant
        let slope: Double

        @usableFromInline init(moment: Instant, slope: Double) {
            self.moment = moment
            self.slope = slope
        }
    }

    /// The number of lookups below which there is no estimate: 5.
    public static var minimumMeasurements: Int { 5 }

    /// The number of lookups that are remembered: 150. The next one takes the place of the first.
    public static var maximumMeasurements: Int { 150 }

    /// The age up to which a lookup counts: two hours, inclusive.
    public static var maximumAge: Nanoseconds { .minutes(120) }

    /// The number of closest nodes of a lookup, k.
    public let replication: Int

    /// The lookups remembered, in order of arrival until full; from then on a ring.
    @usableFromInline var measurements: [Measurement] = []

    /// Where the next lookup goes once the ring is full.
    @usableFromInline var next = 0

    /// An estimator that knows nothing yet, for lookups with this many results. The number should be 1 or more: with less it learns nothing.
    public init(replication: Int) {
        self.replication = replication
    }

    /// Learns from a finished query. With a number of nodes other than ``replication`` it learns nothing. O(k).
    ///
    /// - Parameters:
    ///   - target: what the query looked for.
    ///   - closest: the keys of the k nodes found, the closest first.
    ///   - now: when the query finished.
    @inlinable
    public mutating func record(target: Key, closest: some Collection<Key>, at now: Instant) {
        guard replication >= 1, closest.count == replication else { return }
        var weighted = 0.0
        var squares = 0.0
        var rank = 0.0
        for key in closest {
            rank += 1
            weighted += rank * target.distance(to: key).normed
            squares += rank * rank
        }
        remember(Measurement(moment: now, slope: weighted / squares))
    }

    /// The number of nodes in the network, 1 or more, or `nil` as long as fewer than five lookups count. O(lookups remembered).
    ///
    /// Also `nil` when all nodes found were at their targets.
    public func estimate(at now: Instant) -> Double? {
        var sum = 0.0
        var count = 0
        for measurement in measurements where !measurement.moment.advanced(by: Self.maximumAge).hasPassed(at: now) {
            sum += measurement.slope
            count += 1
        }
        guard count >= Self.minimumMeasurements, sum > 0 else { return nil }
        return max(1, Double(count) / sum - 1)
    }

    /// The number of lookups that an estimate at this moment would rest on: 0…150.
    public func measurementCount(at now: Instant) -> Int {
        measurements.count { !$0.moment.advanced(by: Self.maximumAge).hasPassed(at: now) }
    }

    @usableFromInline mutating func remember(_ measurement: Measurement) {
        if measurements.count < Self.maximumMeasurements {
            measurements.append(measurement)
        } else {
            measurements[next] = measurement
            next = (next + 1) % measurements.count
        }
    }
}
