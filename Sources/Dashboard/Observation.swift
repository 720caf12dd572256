internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Queries
internal import Scenarios
internal import Simulation
internal import Timeline

/// What the panes show of one moment: the rows of each, taken from the pool's view and the journal.
struct Observation: Sendable {
    /// A row of the pane Pool.
    struct PoolRow: Sendable {
        /// How far a broadcast is, in the words of the pane.
        enum Phase: String, CaseIterable, Sendable {
            case line = "LINE"
            case find = "FIND"
            case both = "FIND+"
            case store = "STORE"
            case wait = "WAIT"
            case done = "DONE"
            case rejected = "NONE"
        }

        let entry: JournalEntry
        let phase: Phase
        /// The number of stores that have come to an end, and of all; `nil` before the nodes are chosen.
        let progress: (done: Int, total: Int)?
        let errors: Int
        let age: Nanoseconds
    }

    /// A row of the pane In-flight.
    struct Request: Sendable {
        /// What tells a request from all others.
        struct Name: Hashable, Sendable {
            let id: OperationID
            let node: Int32
            let isStore: Bool
        }

        let name: Name
        let node: NetworkNode
        let sent: Instant?
        let deadline: Instant?
    }

    /// A row of the pane Closest.
    struct NodeRow: Sendable {
        let node: NetworkNode
        /// The place in the closest set, from 1 on; `nil` for a node that was not chosen.
        let rank: Int?
        let status: NodeStatus
        let roundTrip: Nanoseconds?
        let hops: Int?
        /// The node that told of it; `nil` for a seed.
        let via: NetworkNode?
        /// Whether the node was stored with while the lookup still went on.
        let isEarly: Bool
    }

    let now: Instant
    var pool: [PoolRow]
    /// By deadline, the earliest first.
    var requests: [Request]
    /// The pool.
    let view: NetworkPoolView
    private let network: VirtualNetwork
    private let requestTimeout: Nanoseconds

    /// What there is to see at the position of a history.
    ///
    /// - Parameter scenario: what the run is a run of.
    init(_ history: inout History<Scenario.World>, of scenario: Scenario) {
        requestTimeout = scenario.pool.queries.requestTimeout
        let view = history.look()
        now = history.current?.time ?? .start
        self.view = view
        network = scenario.network
        let now = now
        let broadcasts = Dictionary(view.broadcasts.map { ($0.id, $0) }) { first, _ in first }
        pool = history.journal.entries.map { Self.row($0, broadcasts[$0.id], now) }
        requests = view.broadcasts.flatMap { broadcast in
            Self.requests(of: broadcast, history.journal.entry(broadcast.id))
        }.sorted { Self.order($0) < Self.order($1) }
    }

    private static func row(_ entry: JournalEntry, _ view: BroadcastView<NetworkNode>?, _ now: Instant) -> PoolRow {
        let age = entry.started.duration(to: entry.ended?.time ?? now)
        switch entry.end {
        case .rejected:
            return PoolRow(entry: entry, phase: .rejected, progress: nil, errors: 0, age: age)
        case .finished(let outcome):
            let total = outcome.contacted.count + outcome.notContacted.count
            return PoolRow(
                entry: entry, phase: .done, progress: total == 0 ? nil : (outcome.contacted.count - outcome.unanswered.count, total),
                errors: outcome.errors.count, age: age)
        case nil:
            let phase: PoolRow.Phase =
                switch view?.phase {
                case .queued: .line
                case .finding, nil: view?.stores.isEmpty ?? true ? .find : .both
                case .storing: .store
                case .awaitingStores: .wait
                }
            let stores = view?.stores ?? []
            let failed = stores.count { if case .failed = $0.status { true } else { false } }
            let stored = stores.count { $0.status == .stored }
            return PoolRow(
                entry: entry, phase: phase, progress: stores.isEmpty ? nil : (stored + failed, stores.count), errors: failed, age: age)
        }
    }

    private static func requests(of broadcast: BroadcastView<NetworkNode>, _ entry: JournalEntry?) -> [Request] {
        let finds = (broadcast.query?.candidates ?? []).compactMap { candidate -> Request? in
            guard case .waiting(let deadline) = candidate.status else { return nil }
            return Request(
                name: .init(id: broadcast.id, node: candidate.node.index, isStore: false), node: candidate.node,
                sent: entry?.trails[candidate.node.index]?.asked, deadline: deadline)
        }
        let stores = broadcast.stores.compactMap { store -> Request? in
            guard case .waiting(let sent, let deadline) = store.status else { return nil }
            return Request(
                name: .init(id: broadcast.id, node: store.node.index, isStore: true), node: store.node, sent: sent, deadline: deadline)
        }
        return finds + stores
    }

    private static func order(_ request: Request) -> (Instant, Instant, Int32) {
        (request.deadline ?? .distantFuture, request.sent ?? .start, request.node.index)
    }
}

// MARK: - The nodes of one broadcast

extension Observation {
    /// The nodes that a broadcast deals with: the chosen ones first, each part closest first.
    func nodes(of entry: JournalEntry) -> [NodeRow] {
        let broadcast = entry.end == nil ? view.broadcast(entry.id) : nil
        if let broadcast, let query = broadcast.query {
            // An Optimistic stores while it looks: of such a node the store is what counts.
            let stores = Dictionary(uniqueKeysWithValues: broadcast.stores.map { ($0.node.index, NodeStatus($0.status)) })
            return query.candidates.enumerated().map { rank, candidate in
                row(entry, candidate.node, rank: rank + 1, stores[candidate.node.index] ?? NodeStatus(candidate.status))
            }
        }
        let chosen = chosenNodes(of: entry, broadcast)
        let keys = Set(chosen.map(\.node.index))
        let asked = entry.nodes(where: { $0.asked != nil }, in: network).filter { !keys.contains($0.index) }
        return chosen + asked.map { row(entry, $0, rank: nil, statusAfterLookup(of: $0, entry)) }
    }

    /// The nodes that a broadcast deals with or has heard of, in any order: once the lookup is over, more than ``nodes(of:)``.
    func heardOfNodes(of entry: JournalEntry) -> [NodeRow] {
        let nodes = nodes(of: entry)
        let keys = Set(nodes.map(\.node.index))
        let others = entry.heardOf.filter { !keys.contains($0) && $0 != network.local.index }.compactMap { network.node($0) }
        return nodes + others.map { row(entry, $0, rank: nil, .known) }
    }

    private func statusAfterLookup(of node: NetworkNode, _ entry: JournalEntry) -> NodeStatus {
        guard let trail = entry.trails[node.index], let asked = trail.asked else { return .known }
        let deadline = asked.advanced(by: requestTimeout)
        return NodeStatus(trail, wasOverdue: deadline.hasPassed(at: entry.lookupEnded ?? now))
    }

    private func chosenNodes(of entry: JournalEntry, _ broadcast: BroadcastView<NetworkNode>?) -> [NodeRow] {
        if let broadcast {
            return broadcast.stores.enumerated().map { row(entry, $0.element.node, rank: $0.offset + 1, NodeStatus($0.element.status)) }
        }
        guard case .finished(let outcome) = entry.end else { return [] }
        let status = NodeStatus.statuses(after: outcome)
        let nodes = (outcome.contacted + outcome.notContacted).sorted { $0.key.isCloser(to: entry.target, than: $1.key) }
        return nodes.enumerated().map { row(entry, $0.element, rank: $0.offset + 1, status[$0.element.index] ?? .stored) }
    }

    private func row(_ entry: JournalEntry, _ node: NetworkNode, rank: Int?, _ status: NodeStatus) -> NodeRow {
        NodeRow(
            node: node, rank: rank, status: status, roundTrip: entry.trails[node.index]?.roundTrip, hops: entry.hops(to: node),
            via: entry.teller(of: node).flatMap { network.node($0) }, isEarly: isEarly(node, entry))
    }

    private func isEarly(_ node: NetworkNode, _ entry: JournalEntry) -> Bool {
        guard entry.strategy == .optimistic else { return false }
        if case .finished(let outcome) = entry.end { return outcome.early.contains(node) }
        return view.broadcast(entry.id)?.optimistic?.earlyStores.contains(node) ?? false
    }

    /// What an Optimistic takes for near enough, while it runs.
    func optimistic(_ entry: JournalEntry) -> OptimisticView<NetworkNode>? {
        entry.end == nil ? view.broadcast(entry.id)?.optimistic : nil
    }
}
