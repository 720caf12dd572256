import Broadcasts
import Coordination
import Kademlia
import Queries
import Simulation
import Timeline

@testable import Scenarios

/// A run of a scenario without a screen, told from what an observer sees of each step: slow, and what the fast one must come to.
struct PlainRun {
    /// The results of the puts that have ended, in the order of their end. A put that was refused has none.
    private(set) var results: [PutResult] = []
    /// The number of puts of the scenario.
    let plannedPuts: Int
    /// The number of steps so far.
    private(set) var steps = 0

    private var world: Scenario.World
    private var view: NetworkPoolView
    private var journal = Journal()
    private var walkEnds: [OperationID: Instant] = [:]
    private let requestTimeout: Nanoseconds
    private let replication: Int
    private let alive: [NetworkNode]
    private let storeTimeouts: [OperationID: Nanoseconds]

    /// A run at its start.
    ///
    /// - Throws: which field of the pool's configuration is out of its range.
    init(_ scenario: Scenario) throws(RunError) {
        do { world = try scenario.world() } catch { throw RunError(error.description) }
        view = world.view
        plannedPuts = scenario.broadcasts.count
        requestTimeout = scenario.pool.queries.requestTimeout
        replication = scenario.pool.queries.replication
        alive = scenario.network.nodes.filter { scenario.network.behaviour(of: $0) == .honest }
        storeTimeouts = Dictionary(
            scenario.broadcasts.compactMap { put in put.configuration.stores.storeTimeout.map { (put.id, $0) } }, uniquingKeysWith: { $1 })
    }

    /// The time of the last step.
    var simulatedTime: Instant { world.now }

    /// Takes so many steps, or as many as there are.
    ///
    /// - Returns: whether the run goes on; false once it is over.
    mutating func advance(steps count: Int) -> Bool {
        for _ in 0..<max(0, count) {
            guard let step = world.step() else { return false }
            steps += 1
            take(step)
        }
        return true
    }

    private mutating func take(_ step: Step) {
        journal.record(step)
        view = world.view(after: view, step)
        for id in [step.event.id, step.state.id] {
            guard let id, walkEnds[id] == nil, let broadcast = view.broadcast(id), broadcast.query == nil else { continue }
            switch broadcast.phase {
            case .queued, .finding: break
            case .storing, .awaitingStores: walkEnds[id] = step.time
            }
        }
        if case .broadcastFinished(let id, let outcome) = step.state { end(id, outcome, at: step.time) }
    }

    private mutating func end(_ id: OperationID, _ outcome: BroadcastOutcome<NetworkNode>, at now: Instant) {
        guard let entry = journal.entry(id) else { return }
        let walkEnd = walkEnds.removeValue(forKey: id) ?? now
        let failed = Set(outcome.errors.map(\.node.index))
        let silent = Set(outcome.unanswered.map(\.index))
        var holders = Set(outcome.contacted.map(\.index)).subtracting(failed).subtracting(silent)
        // A store whose good answer is on its way has been, or will be, received.
        for message in world.pending(in: view) where message.name.id == id && message.name.isStore {
            if case .storeRecordSuccess? = message.event { holders.insert(message.node.index) }
        }
        let place = Placement(of: holders, target: entry.target, replication: replication, alive: alive)
        let trails = entry.trails.values
        results.append(
            PutResult(
                id: id, strategy: entry.strategy, start: entry.started, end: now, walkEnd: walkEnd, reason: outcome.reason,
                finds: trails.count { $0.asked != nil }, stores: trails.count { $0.storeSent != nil },
                timeouts: trails.count { isOverdue($0.asked, $0.answered, requestTimeout, at: walkEnd) }
                    + trails.count { isOverdue($0.storeSent, $0.storeAnswered, storeTimeouts[id], at: now) },
                hops: outcome.contacted.map { entry.hops(to: $0) ?? 0 }, holders: holders.count, overlap: place.overlap,
                regret: place.regret))
    }

    /// Whether a request had no answer when its time was over.
    private func isOverdue(_ sent: Instant?, _ answered: Instant?, _ timeout: Nanoseconds?, at now: Instant) -> Bool {
        guard let sent, let timeout else { return false }
        let deadline = sent.advanced(by: timeout)
        return deadline.hasPassed(at: answered.map { min($0, now) } ?? now)
    }
}
