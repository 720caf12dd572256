public import Broadcasts
internal import Coordination
internal import Queries
public import Timeline

/// A run of our pool that nobody steps through: what counts is what came of its puts.
public struct MeteredRun: Sendable {
    /// The run as far as it has come.
    public private(set) var world: SimulatedWorld<BroadcastPool<NetworkNode, Record>>
    /// The puts that have ended, in the order of their end. One that was refused gives none.
    public private(set) var results: [PutResult] = []
    private var meter: PutMeter
    /// The number of nodes that should hold a record.
    private let replication: Int

    /// A run from this world on.
    public init(_ world: SimulatedWorld<BroadcastPool<NetworkNode, Record>>) {
        self.world = world
        let queries = world.pool.configuration.queries
        replication = queries.replication
        meter = PutMeter(requestTimeout: queries.requestTimeout)
    }

    /// The number of steps so far.
    public var steps: Int { world.stepCount }

    /// Takes so many steps, or as many as there are.
    ///
    /// - Returns: whether the run goes on.
    public mutating func advance(steps count: Int) -> Bool {
        var taken = 0
        // Where the record is, is looked at when the put ends, before time goes on.
        while taken < count {
            let goesOn = world.run(steps: count - taken, &meter, &taken) { !$0.ended.isEmpty }
            for ended in meter.takeEnded() {
                let result = ended.result
                let quality = world.finalQuality(of: result.id, target: ended.target, count: replication)
                results.append(result.placed(holders: quality.holders.count, overlap: quality.overlap, regret: quality.regret))
            }
            guard goesOn else { return false }
        }
        return true
    }
}
