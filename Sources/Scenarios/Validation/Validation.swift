internal import Broadcasts
internal import Coordination
internal import Queries
internal import Simulation
internal import Timeline

/// Checks that simulated networks behave like those that were measured.
///
/// The profile `amino-2022` with the client `go-libp2p-classic` was fitted to V1 and V2, the times of a put and the number of its
/// holders; the other rows are what comes out of that. The published numbers are those of RFM17 and RFM19 (ProbeLab), SIGCOMM 2022 and
/// INFOCOM 2024 (Trautwein et al.), and what theory says.
public struct Validation: Sendable {
    /// How much is simulated for it.
    public struct Effort: Hashable, Sendable {
        /// The seeds of networks like Amino.
        var seeds: Int
        /// The puts of each kind in each of them that are timed, one after another.
        var puts: Int
        /// The puts in each of them, and in as many networks without failures, that ask all that they can.
        var thoroughPuts: Int
        /// The sizes of networks in which hops are counted.
        var sizes: [Int]
        /// The puts in each of those.
        var putsOfSize: Int
        /// The networks whose size is estimated.
        var estimates: Int
        /// The nodes whose routing tables are looked at, in each network like Amino.
        var tables: Int

        /// Enough for numbers that hardly move: about 10 seconds.
        public static let full = Effort(
            seeds: 4, puts: 750, thoroughPuts: 500, sizes: [1000, 10_000, 50_000, 200_000], putsOfSize: 1000, estimates: 200, tables: 2000)
        /// As little as shows whether something has gone wrong, all but the tail of V1, which wants thousands of puts.
        static let reduced = Effort(
            seeds: 1, puts: 750, thoroughPuts: 50, sizes: [1000, 8000, 64_000], putsOfSize: 120, estimates: 24, tables: 2000)
    }

    /// The rows that are known so far, in the order of their numbers.
    public private(set) var rows: [ValidationRow] = []
    let effort: Effort
    /// The first seed.
    let seed: UInt64
    private var done = 0.0
    private var whole: Double

    /// A validation that has not begun.
    ///
    /// - Parameter seed: the first seed of its networks.
    public init(_ effort: Effort, seed: UInt64 = 1) {
        self.effort = effort
        self.seed = seed
        whole = Double(
            2 * effort.seeds * (effort.puts + effort.thoroughPuts) + effort.sizes.count * effort.putsOfSize + 150 * effort.estimates)
    }

    /// Simulates what is needed, and judges it.
    ///
    /// - Parameter goesOn: told the share that is done, 0…1; whether to go on.
    /// - Returns: whether all rows are there; else those that were known when somebody stopped it.
    public mutating func run(_ goesOn: (_ share: Double) -> Bool) -> Bool {
        let steps: [(inout Validation, (Double) -> Bool) -> Bool] = [
            { $0.judgePuts($1) }, { $0.judgeHops($1) }, { $0.judgeEstimates($1) }, { $0.judgeTables($1) },
        ]
        for step in steps {
            guard step(&self, goesOn) else { return false }
        }
        return true
    }

    /// Adds a row in its place.
    mutating func add(_ row: ValidationRow) {
        rows.append(row)
        rows.sort { Self.number($0) < Self.number($1) }
    }

    private static func number(_ row: ValidationRow) -> Int { Int(row.id.dropFirst()) ?? 0 }

    // MARK: Running

    /// The results of puts of one kind, one after another.
    ///
    /// - Returns: `nil` if somebody stopped it.
    mutating func puts(
        _ count: Int, in network: VirtualNetwork, _ client: PoolClient, _ configuration: BroadcastConfiguration,
        _ goesOn: (Double) -> Bool, after each: (MeteredRun) -> Void = { _ in }
    ) -> [PutResult]? {
        guard
            let pool = try? BroadcastPool<NetworkNode, Record>(
                localNode: network.local, configuration: PoolConfiguration(queries: client.queries))
        else { return nil }
        let workload = Workload(count: count, pace: .atOnce(1), configurations: [configuration])
        var run = MeteredRun(SimulatedWorld(network: network, pool: pool, plan: [], workload: workload))
        var (ended, isLonger) = (0, true)
        while isLonger {
            isLonger = run.advance(steps: 100)
            done += Double(run.results.count - ended)
            if run.results.count > ended { each(run) }
            ended = run.results.count
            guard goesOn(done / whole) else { return nil }
        }
        return run.results
    }

    /// A network like Amino in 2022.
    func amino(_ number: Int) -> VirtualNetwork {
        VirtualNetwork(NetworkProfile.amino2022.configuration(seed: seed + UInt64(number)))
    }

    /// A network in which everything goes well.
    func ideal(_ size: Int, _ number: Int = 0) -> VirtualNetwork {
        var configuration = NetworkProfile.ideal.configuration(seed: seed + UInt64(number))
        configuration.nodes = .random(count: size)
        return VirtualNetwork(configuration)
    }
}

extension NetworkProfile {
    /// The network of the profile alone.
    func configuration(seed: UInt64) -> NetworkConfiguration {
        var configuration = NetworkConfiguration(nodes: .random(count: size), seed: seed, latency: .constant(.milliseconds(1)))
        configuration.deadShare = deadShare
        configuration.conditions.apply(conditions)
        return configuration
    }
}
