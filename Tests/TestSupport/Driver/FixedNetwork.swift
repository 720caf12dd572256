public import Broadcasts
public import Coordination
public import Kademlia
public import Queries

/// A network where what comes of a request, and when, depends on the broadcast and the node alone, not on what else goes on.
///
/// So broadcasts can be run together and one by one with the same per-request outcomes. The driver is that of the semantics:
/// it feeds an event, does what the pool says until the pool is at rest, then waits for the next reply or deadline.
public struct FixedNetwork {
    /// A broadcast to be run.
    public struct Job: Sendable {
        /// Its id.
        public let id: OperationID
        /// Its target.
        public let target: Key8
        /// Its seed.
        public let seed: [Key8]
    }

    /// What came of a job.
    public struct Result: Equatable, Sendable {
        /// The outcome.
        public let outcome: BroadcastOutcome<Key8>
        /// The nodes that answered the job's own lookup, by the time it had ended.
        public let answered: [Key8]

        /// Whether the record went to the closest nodes that answered the job's own lookup, and to no other.
        public func isGood(target: Key8, replication: Int) -> Bool {
            outcome.reason == .completed && outcome.errors.isEmpty && outcome.unanswered.isEmpty
                && outcome.contacted == Array(answered.byDistance(to: target).prefix(replication))
        }
    }

    /// Something that arrives at the pool.
    private struct Arrival {
        let time: Instant
        let event: PoolEvent<Key8, String>
    }

    private let nodes: [Key8]
    /// Which nodes each one knows: a third of all.
    private let neighbours: [Key8: [Key8]]
    private let silent: Set<Key8>
    private let seed: UInt64
    /// Jobs to run in this network, at most one for each id.
    public let jobs: [Job]

    /// A network from this seed, with jobs to run in it.
    public init(seed: UInt64, nodes count: Int, silentPercent: Int, jobs jobCount: Int) {
        var random = SplitMix64(seed: seed)
        let nodes = Key8.distinct(count, using: &random)
        self.nodes = nodes
        self.seed = seed
        var neighbours: [Key8: [Key8]] = [:]
        for node in nodes { neighbours[node] = Array(random.shuffled(nodes).prefix(count / 3)) }
        self.neighbours = neighbours
        silent = Set(random.shuffled(nodes).prefix(count * silentPercent / 100))
        jobs = (0..<jobCount).map { number in
            Job(id: OperationID("job \(number)"), target: .random(using: &random), seed: Array(random.shuffled(nodes).prefix(3)))
        }
    }

    /// Runs some of the jobs at once.
    public func run(_ jobs: ArraySlice<Job>, queries: QueryPoolConfiguration) throws -> [OperationID: Result] {
        let local = Key8((0...255).first { byte in !nodes.contains(Key8(byte)) } ?? 0)
        var pool = try BroadcastPool<Key8, String>(localNode: local, configuration: PoolConfiguration(queries: queries))
        var now = Instant.start
        var arrivals = jobs.map { job in
            Arrival(
                time: now,
                event: .startBroadcast(id: job.id, target: job.target, message: "", seed: job.seed, configuration: .followUp(.init())))
        }
        var answered: [OperationID: [Key8]] = [:]
        var lookupsEnded: Set<OperationID> = []
        var results: [OperationID: Result] = [:]
        while results.count < jobs.count {
            let next = arrivals.indices.min { arrivals[$0].time < arrivals[$1].time }
            let deadline = pool.nextDeadline ?? .distantFuture
            var event = PoolEvent<Key8, String>.poll
            if let next, arrivals[next].time <= deadline {
                now = arrivals[next].time
                event = arrivals.remove(at: next).event
                if case .getCloserNodesSuccess(let id, let node, _, _) = event, !lookupsEnded.contains(id) {
                    answered[id, default: []].append(node)
                }
            } else {
                now = deadline
            }
            var state = pool.advance(event, at: now)
            while !state.isAtRest {
                if let arrival = consequence(of: state, at: now) { arrivals.append(arrival) }
                if case .storeRecord(let id, _, _) = state { lookupsEnded.insert(id) }
                if case .broadcastFinished(let id, let outcome) = state {
                    results[id] = Result(outcome: outcome, answered: answered[id, default: []])
                }
                state = pool.advance(.poll, at: now)
            }
        }
        return results
    }

    /// What comes of a request, if anything does.
    private func consequence(of state: PoolState<Key8, String>, at now: Instant) -> Arrival? {
        switch state {
        case .findCloser(let id, let target, let node):
            guard !silent.contains(node) else { return nil }
            return Arrival(
                time: arrival(of: "find \(id) \(node)", sentAt: now),
                event: .getCloserNodesSuccess(
                    id: id, node: node, target: target, closer: Array((neighbours[node] ?? []).byDistance(to: target).prefix(8))))
        case .storeRecord(let id, let node, _):
            return Arrival(
                time: arrival(of: "store \(id) \(node)", sentAt: now),
                event: .storeRecordSuccess(id: id, node: node, request: "", response: nil))
        case .idle, .waiting, .broadcastFinished, .broadcastRejected:
            return nil
        }
    }

    private func arrival(of request: String, sentAt now: Instant) -> Instant {
        let mixed = request.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        var random = SplitMix64(seed: mixed)
        return now.advanced(by: .microseconds(Int64(random.number(1_000...900_000))))
    }
}
