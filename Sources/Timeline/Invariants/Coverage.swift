public import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries

/// Which situations the runs have put the machines into: a law that nothing has put to the test proves nothing.
///
/// A cell is a strategy, the phase of a broadcast before a step, what the event was, and how it was taken. A poll is booked on every
/// running broadcast, an event for nobody on the last strategy under its id. A fold over the steps of one run; several are merged.
public struct Coverage: Hashable, Sendable {
    /// What comes in.
    public enum EventKind: String, Hashable, Sendable, CaseIterable {
        /// A start.
        case start
        /// A stop.
        case stop
        /// A node answered with closer nodes.
        case closerSuccess = "closer ok"
        /// A node failed to.
        case closerFailure = "closer failed"
        /// A node has stored the record.
        case storeSuccess = "store ok"
        /// A node has not.
        case storeFailure = "store failed"
        /// A poll.
        case poll
    }

    /// How an event is taken.
    public enum Reception: String, Hashable, Sendable, CaseIterable {
        /// It counts.
        case taken
        /// It counts, though its time was over.
        case late
        /// It does not count, or is refused.
        case ignored
    }

    /// A broadcast in some phase, and an event for it.
    public struct Cell: Hashable, Sendable {
        /// The strategy.
        public let strategy: BroadcastStrategy
        /// The phase before the event; `nil` if no broadcast ran under the id.
        public let phase: BroadcastView<NetworkNode>.Phase?
        /// The event.
        public let event: EventKind
        /// How it was taken.
        public let reception: Reception

        /// A cell.
        public init(strategy: BroadcastStrategy, phase: BroadcastView<NetworkNode>.Phase?, event: EventKind, reception: Reception) {
            self.strategy = strategy
            self.phase = phase
            self.event = event
            self.reception = reception
        }
    }

    /// How often each cell came up, by place.
    private var counts = [Int](repeating: 0, count: Cell.placeCount)
    private var goalCounts = [Int](repeating: 0, count: Goal.allCases.count)
    /// The number of steps.
    public private(set) var steps = 0

    /// The last strategy under each id.
    private var strategies: [OperationID: BroadcastStrategy] = [:]
    private var lastFinish: Instant?

    /// Nothing seen yet.
    public init() {}

    /// Takes a step into account.
    ///
    /// - Parameters:
    ///   - step: the step.
    ///   - before: the pool before it.
    ///   - replication: the number of nodes that a record is to be stored with.
    public mutating func record(_ step: Step, before: NetworkPoolView, replication: Int) {
        steps += 1
        recordGoals(of: step, before, replication)
        if case .poll = step.event {
            for broadcast in before.broadcasts { count(Cell(broadcast.strategy, broadcast.phase, .poll, .taken)) }
        }
        guard let id = step.event.id else { return }
        let broadcast = before.broadcast(id)
        if case .startBroadcast(_, _, _, _, let configuration) = step.event {
            strategies[id] = broadcast?.strategy ?? configuration.strategy
        }
        guard let strategy = broadcast?.strategy ?? strategies[id], let kind = EventKind(step.event) else { return }
        let isIgnored = step.isIgnored || step.state.isRejection
        let reception: Reception = isIgnored ? .ignored : Self.isLate(step, broadcast) ? .late : .taken
        count(Cell(strategy, broadcast?.phase, kind, reception))
        if reception == .late, kind == .closerSuccess { count(.lateSuccess) }
    }

    /// Forgets how often anything came up. The run goes on: what was before still counts for what is late or ignored.
    public mutating func resetCounts() {
        counts = [Int](repeating: 0, count: Cell.placeCount)
        goalCounts = [Int](repeating: 0, count: Goal.allCases.count)
        steps = 0
    }

    /// Adds what other runs have put to the test.
    public mutating func merge(_ other: Coverage) {
        for place in counts.indices { counts[place] += other.counts[place] }
        for place in goalCounts.indices { goalCounts[place] += other.goalCounts[place] }
        steps += other.steps
    }

    /// How often a cell came up.
    public func count(of cell: Cell) -> Int { counts[cell.place] }

    /// How often a goal was reached.
    public func count(of goal: Goal) -> Int { goalCounts[goal.place] }

    /// The cells that can come up and have not.
    public var missing: [Cell] { Cell.possible.filter { counts[$0.place] == 0 } }

    /// The goals that were not reached.
    public var missingGoals: [Goal] { Goal.allCases.filter { goalCounts[$0.place] == 0 } }

    private mutating func count(_ cell: Cell) { counts[cell.place] += 1 }

    private mutating func count(_ goal: Goal) { goalCounts[goal.place] += 1 }

    // MARK: - Goals

    private mutating func recordGoals(of step: Step, _ before: NetworkPoolView, _ replication: Int) {
        guard case .broadcastFinished(let id, let outcome) = step.state else { return }
        if lastFinish == step.time { count(.twoFinishesAtOnce) }
        lastFinish = step.time
        if !outcome.contacted.isEmpty, outcome.errors.count == outcome.contacted.count { count(.allStoresFail) }
        if outcome.contacted.count == replication { count(.contactedK) }
        guard case .stopBroadcast(id) = step.event, let phase = before.broadcast(id)?.phase else { return }
        switch phase {
        case .queued: count(.stopInLine)
        case .finding: count(.stopWhileLooking)
        case .storing: count(.stopWhileStoring)
        case .awaitingStores: count(.stopWhileAwaitingStores)
        }
    }

    /// Whether a reply that counts came after its deadline.
    private static func isLate(_ step: Step, _ broadcast: BroadcastView<NetworkNode>?) -> Bool {
        guard let broadcast, let target = broadcast.target else { return false }
        switch step.event {
        case .getCloserNodesSuccess(_, let node, _, _), .getCloserNodesFailure(_, let node, _, _):
            switch broadcast.query?.status(of: node, target: target) {
            case .unresponsive: return true
            case .waiting(let deadline): return deadline.hasPassed(at: step.time)
            case .notContacted, .succeeded, .failed, .abandoned, nil: return false
            }
        case .storeRecordSuccess(_, let node, _, _), .storeRecordFailure(_, let node, _, _):
            switch broadcast.stores.first(where: { $0.node.key == node.key })?.status {
            case .waiting(_, let deadline): return deadline?.hasPassed(at: step.time) ?? false
            case .todo, .stored, .failed, nil: return false
            }
        case .startBroadcast, .stopBroadcast, .poll: return false
        }
    }
}

extension Coverage {
    /// What a set of runs ought to come across at some time.
    public enum Goal: String, Hashable, Sendable, CaseIterable {
        /// A node answers with closer nodes after its time was over, and it counts.
        case lateSuccess = "a late success counts"
        /// A broadcast ends and all of its stores have failed.
        case allStoresFail = "all stores fail"
        /// A broadcast has sent the record to k nodes.
        case contactedK = "k nodes are contacted"
        /// Two broadcasts finish at the same instant.
        case twoFinishesAtOnce = "two finish at one instant"
        /// A broadcast is stopped while it waits for a slot.
        case stopInLine = "a stop in line"
        /// A broadcast is stopped while it looks.
        case stopWhileLooking = "a stop while looking"
        /// A broadcast is stopped while it has stores to send.
        case stopWhileStoring = "a stop while storing"
        /// A broadcast is stopped while it only awaits stores.
        case stopWhileAwaitingStores = "a stop while awaiting stores"

        fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }
}

extension Coverage.EventKind {
    /// What an event of the pool is.
    init?(_ event: NetworkEvent) {
        switch event {
        case .startBroadcast: self = .start
        case .stopBroadcast: self = .stop
        case .getCloserNodesSuccess: self = .closerSuccess
        case .getCloserNodesFailure: self = .closerFailure
        case .storeRecordSuccess: self = .storeSuccess
        case .storeRecordFailure: self = .storeFailure
        case .poll: self = .poll
        }
    }
}
