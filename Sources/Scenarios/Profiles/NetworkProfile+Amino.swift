internal import Coordination
internal import Simulation

extension NetworkProfile {
    /// Amino, the network of IPFS, as it was in 2022.
    static let amino2022 = amino(failures: [
        // Fit: how dialing a node that is gone comes to nothing. 5 s is the time of a TCP connect, 15 s that of a dial (go-libp2p),
        // 45–63 s that of the WebSocket dials which SIGCOMM 2022 tells of.
        .init(share: 0.61, minimum: .zero, maximum: .zero),
        .init(share: 0.25, minimum: .seconds(5), maximum: .seconds(5)),
        .init(share: 0.05, minimum: .seconds(10), maximum: .seconds(10)),
        .init(share: 0.07, minimum: .seconds(15), maximum: .seconds(15)),
        .init(share: 0.02, minimum: .seconds(45), maximum: .seconds(63)),
    ])

    /// Amino as it was in 2021: the same network, but more dials end late.
    ///
    /// SIGCOMM 2022: half of the puts took 33.8 s or more, one in ten 112.3 s or more, with spikes at 5 s and at 45–65 s. The spikes are
    /// measured, the shares are chosen so that classic puts come near: half take 28 s or more. The tail is shorter, 76 s or more for one in
    /// ten: a request is given up after a minute.
    static let amino2021 = amino(failures: [
        .init(share: 0.38, minimum: .zero, maximum: .zero),
        .init(share: 0.28, minimum: .seconds(5), maximum: .seconds(5)),
        .init(share: 0.06, minimum: .seconds(10), maximum: .seconds(10)),
        .init(share: 0.16, minimum: .seconds(15), maximum: .seconds(15)),
        .init(share: 0.12, minimum: .seconds(45), maximum: .seconds(65)),
    ])

    /// What both years have in common.
    private static func amino(failures: [Dialing.Failure]) -> NetworkProfile {
        // RFM19: 20,811 nodes found, 26 % of which could not be reached.
        var profile = NetworkProfile(size: 20_811, deadShare: 0.26)
        // A median round trip of 143 ms is measured; fit: its lognormal σ is 0.40. One way it is half of that; two ways that do not depend
        // on each other make 0.40 together if each has 0.40 · √2, and then the slowest twentieth takes e^(1.645 · 0.40 · √2) = 2.536 times
        // the median or more.
        profile.conditions.latency = .lognormal(median: .microseconds(71_500), p95: .microseconds(181_300))
        // Fit: five round trips to connect (TCP, security, multiplexer, protocols), unless one is connected already, as with 43 % of the
        // nodes. After a dial in vain go-libp2p's swarm does not try again for 5 s (its BackoffBase).
        var dialing = Dialing()
        dialing.roundTrips = 5
        dialing.warm = 0.43
        dialing.backoff = .seconds(5)
        dialing.failures = failures
        profile.conditions.dialing = dialing
        // RFM19: 3.78 % of the entries of bucket 0 are gone, and about 15 % of those of buckets 9 and deeper; between them a line.
        profile.conditions.staleness = (0...9).map { 0.0378 + (0.15 - 0.0378) * Double($0) / 9 }
        // RFM19: buckets 9–14 lack 19.8 % of what they could hold; fit within that.
        profile.conditions.ignorance = 0.19
        return profile
    }
}
