internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Timeline

/// How the nodes closest to the target of one broadcast came to be the closest: who held each rank after each step that changed that.
///
/// A fold over steps, which sees events and states only; no state is replayed. A step costs O(nodes known) at most, and nothing where it
/// is about another broadcast. Where the state of a machine cannot be seen from outside it is told as it is seen: a request fails at the
/// first step after its deadline, and of an Optimistic the nodes that are not yet sent to are those of the walk until it is over.
struct Convergence: Sendable {
    /// The node of a rank, and how the broadcast stands with it.
    struct Cell: Equatable, Sendable {
        let node: NetworkNode
        var status: NodeStatus
    }

    /// The ranks after a step, the closest first.
    struct Column: Equatable, Sendable {
        let step: Int
        let time: Instant
        let cells: [Cell]
        /// Whether the nodes to store with were chosen by then.
        let isStoring: Bool
    }

    /// The broadcast.
    let id: OperationID
    /// The key that distances are measured from.
    private(set) var target = Key256.zero
    /// The ranks after each step that changed them.
    private(set) var columns: [Column] = []
    /// Whether the broadcast has ended; nothing changes any more then.
    private(set) var isOver = false

    /// The number of ranks of a lookup.
    private let ranks: Int
    /// The time that a node has to answer a question.
    private let requestTimeout: Nanoseconds
    /// The node that broadcasts: no lookup asks it.
    private let local: NetworkNode
    /// The time that a node has to answer a store.
    private var storeTimeout: Nanoseconds?
    private var strategy = BroadcastStrategy.followUp
    /// All nodes that the broadcast knows, the closest first.
    private var known: [Cell] = []
    /// The requests by the time that they were sent, questions and stores apart; those that were answered are among them.
    private var questions = Awaited()
    private var stores = Awaited()
    private var isStoring = false

    /// Requests with the same time to answer, the earliest first.
    private struct Awaited {
        var requests: [(node: NetworkNode, deadline: Instant)] = []
        /// The number of those whose deadline has passed.
        var passed = 0
    }

    /// Nothing is known yet of the broadcast of this id.
    init(of id: OperationID, ranks: Int, requestTimeout: Nanoseconds, local: NetworkNode) {
        self.id = id
        self.ranks = ranks
        self.requestTimeout = requestTimeout
        self.local = local
    }

    /// Adds a step. A start forgets an earlier broadcast of the same id.
    mutating func record(_ step: Step) {
        let isOurs = step.names(id)
        guard isOurs || isOverdue(at: step.time) else { return }
        if isOurs { recordEvent(of: step) }
        expire(at: step.time)
        if step.state.id == id { recordState(of: step) }
        let cells = isStoring && strategy != .optimistic ? known : Array(known.prefix(ranks))
        guard cells != columns.last?.cells, !(cells.isEmpty && columns.isEmpty) else { return }
        columns.append(Column(step: step.number, time: step.time, cells: cells, isStoring: isStoring))
    }

    /// The number of columns up to a step. O(log n).
    func columnCount(through step: Int) -> Int {
        var (low, high) = (0, columns.count)
        while low < high {
            let middle = (low + high) / 2
            if columns[middle].step <= step { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func recordEvent(of step: Step) {
        guard !step.isIgnored else { return }
        switch step.event {
        case .startBroadcast(_, let target, _, let seed, let configuration):
            if case .broadcastRejected(_, .idInUse) = step.state { return }
            start(target, seed, configuration)
        case .getCloserNodesSuccess(_, let node, _, let closer):
            setFound(node, .answered)
            if !isStoring || strategy == .optimistic { for other in closer where other.index != local.index { learn(other, .known) } }
        case .getCloserNodesFailure(_, let node, _, let error): setFound(node, .findFailed(error))
        case .storeRecordSuccess(_, let node, _, _): set(node, .stored)
        case .storeRecordFailure(_, let node, _, let error): set(node, .storeFailed(error))
        case .stopBroadcast, .poll: break
        }
    }

    private mutating func start(_ target: Key256, _ seed: [NetworkNode], _ configuration: BroadcastConfiguration) {
        self = Convergence(of: id, ranks: ranks, requestTimeout: requestTimeout, local: local)
        self.target = target
        strategy = configuration.strategy
        switch configuration {
        case .followUp(let options): storeTimeout = options.stores.storeTimeout
        case .static(let options): storeTimeout = options.stores.storeTimeout
        case .optimistic(let options): storeTimeout = options.stores.storeTimeout
        }
        isStoring = strategy == .static
        for node in seed where isStoring || node.index != local.index { learn(node, isStoring ? .todo : .known) }
    }

    private mutating func recordState(of step: Step) {
        switch step.state {
        case .findCloser(_, _, let node):
            set(node, .asked)
            questions.requests.append((node, step.time.advanced(by: requestTimeout)))
        case .storeRecord(_, let node, _):
            if strategy == .followUp, !isStoring { choose() }
            isStoring = true
            set(node, .storing)
            if let storeTimeout { stores.requests.append((node, step.time.advanced(by: storeTimeout))) }
        case .broadcastFinished(_, let outcome): end(outcome)
        case .broadcastRejected(_, let reason):
            guard reason != .idInUse else { return }
            (isOver, known) = (true, [])
        case .idle, .waiting: break
        }
    }

    /// The lookup is over: the closest nodes that have answered are those to store with.
    private mutating func choose() {
        known = known.filter { $0.status == .answered }.prefix(ranks).map { Cell(node: $0.node, status: .todo) }
    }

    /// Nothing happens any more; where nodes were chosen, they are what is left.
    private mutating func end(_ outcome: BroadcastOutcome<NetworkNode>) {
        (isOver, questions, stores) = (true, Awaited(), Awaited())
        let chosen = outcome.contacted + outcome.notContacted
        guard !chosen.isEmpty else {
            for place in known.indices where known[place].status == .asked { known[place].status = .unneeded }
            return
        }
        let status = NodeStatus.statuses(after: outcome)
        (isStoring, strategy) = (true, .static)
        known = []
        for node in chosen { learn(node, status[node.index] ?? .stored) }
    }

    private func isOverdue(at now: Instant) -> Bool {
        [questions, stores].contains { $0.passed < $0.requests.count && $0.requests[$0.passed].deadline.hasPassed(at: now) }
    }

    /// What was not answered in time has failed.
    private mutating func expire(at now: Instant) {
        while questions.passed < questions.requests.count, questions.requests[questions.passed].deadline.hasPassed(at: now) {
            let node = questions.requests[questions.passed].node
            if let place = place(of: node), known[place].status == .asked { known[place].status = .noAnswer }
            questions.passed += 1
        }
        while stores.passed < stores.requests.count, stores.requests[stores.passed].deadline.hasPassed(at: now) {
            let node = stores.requests[stores.passed].node
            if let place = place(of: node), known[place].status == .storing { known[place].status = .storeFailed(.timedOut) }
            stores.passed += 1
        }
    }

    private mutating func set(_ node: NetworkNode, _ status: NodeStatus) {
        if let place = place(of: node) { known[place].status = status }
    }

    /// Takes note of an answer to a question; of a node that was stored with early, the store is what counts.
    private mutating func setFound(_ node: NetworkNode, _ status: NodeStatus) {
        guard let place = place(of: node) else { return }
        switch known[place].status {
        case .known, .asked, .answered, .noAnswer, .findFailed, .unneeded, .unheard: known[place].status = status
        case .todo, .storing, .stored, .notSent, .unanswered, .storeFailed: break
        }
    }

    private mutating func learn(_ node: NetworkNode, _ status: NodeStatus) {
        let place = insertionPlace(of: node)
        guard place == known.count || known[place].node.key != node.key else { return }
        known.insert(Cell(node: node, status: status), at: place)
    }

    private func place(of node: NetworkNode) -> Int? {
        let place = insertionPlace(of: node)
        return place < known.count && known[place].node.key == node.key ? place : nil
    }

    /// The number of known nodes that are closer than a node.
    private func insertionPlace(of node: NetworkNode) -> Int {
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle].node.key.isCloser(to: target, than: node.key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Convergence {
    /// A distance as the number of halvings of the key space that it is worth: 0 for the farthest, one more for half the distance.
    /// Never more than the width of the keys.
    static func halvings(_ distance: Key256, keyBits: Int) -> Double {
        let words = [distance.word0, distance.word1, distance.word2, distance.word3]
        let value = words.reduce(0.0) { $0 * 0x1p64 + Double($1) }
        guard value > 0 else { return Double(keyBits) }
        return min(Double(keyBits), max(0, 256 - value.roughLog2))
    }
}
