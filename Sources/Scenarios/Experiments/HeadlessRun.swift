public import Coordination
public import Simulation

/// A run of a scenario without a screen: what counts is what came of its puts.
public struct HeadlessRun: Sendable {
    /// The number of puts of the scenario.
    public let plannedPuts: Int
    private var run: MeteredRun

    /// A run at its start.
    ///
    /// - Throws: which field of the pool's configuration is out of its range; or that the scenario is not one of our pool.
    public init(_ scenario: Scenario) throws(RunError) {
        let world: Scenario.World
        do { world = try scenario.world() } catch { throw RunError(error.description) }
        guard case .simulated(let simulated) = world else {
            throw RunError("the puts of \(scenario.name) are those of the reference's pool, which is not measured; name another scenario")
        }
        run = MeteredRun(simulated)
        plannedPuts = scenario.broadcasts.count + (scenario.workload?.count ?? 0)
    }

    /// The results of the puts that have ended, in the order of their end. A put that was refused has none.
    public var results: [PutResult] { run.results }

    /// The number of steps so far.
    public var steps: Int { run.steps }

    /// The time of the last step.
    public var simulatedTime: Instant { run.world.now }

    /// Takes so many steps, or as many as there are.
    ///
    /// - Returns: whether the run goes on; false once it is over.
    public mutating func advance(steps count: Int) -> Bool { run.advance(steps: count) }
}
