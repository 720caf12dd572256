internal import Broadcasts
internal import Coordination
internal import Kademlia
internal import Timeline

/// The messages of a run, or of one of its broadcasts, in order: a fold over steps, with the nodes in the order of the first contact.
///
/// A request whose time is over without a reply gets a line of its own, at the first step after its deadline.
struct LadderRows: Sendable {
    /// Which messages.
    struct Subject: Equatable, Sendable {
        /// The branch: with another choice on it, its steps to come are other ones.
        let branch: Branch.ID
        let deviations: [Deviation]
        /// The broadcast; `nil` for all.
        let broadcast: OperationID?
        /// When that began: its id may have been used before.
        let started: Instant?
    }

    /// A request that is not answered.
    private struct Open: Sendable {
        let id: OperationID
        let column: Int
        let isStore: Bool
        let deadline: Instant?
    }

    let subject: Subject
    /// The time that a node has to name closer ones.
    private let requestTimeout: Nanoseconds
    /// The number of steps that were looked at.
    private(set) var seen = 0
    /// The lines, in the order of the steps.
    private(set) var rows: [LadderRow] = []
    /// The other nodes: one column each.
    private(set) var nodes: [NetworkNode] = []
    private var columnOfNode: [Int32: Int] = [:]
    /// The lines about each column, ascending.
    private var rowsOfColumn: [[Int]] = []
    private var open: [Open] = []
    private var nextDeadline = Instant.distantFuture
    /// How long a store may take, by broadcast.
    private var storeTimeouts: [OperationID: Nanoseconds] = [:]
    /// The selected line when the columns were last moved to it.
    var settledRow: Int?

    init(_ subject: Subject, requestTimeout: Nanoseconds) {
        self.subject = subject
        self.requestTimeout = requestTimeout
    }

    /// The number of requests to the node of a column that are open after a line. O(log n).
    func openCount(column: Int, after row: Int) -> Int {
        lastRow(of: column, upTo: row).map { Int(rows[$0].open) } ?? 0
    }

    /// The last line about a column, up to a line.
    func lastRow(of column: Int, upTo row: Int) -> Int? {
        let own = rowsOfColumn[column]
        let later = own.partitioningIndex { $0 > row }
        return later == 0 ? nil : own[later - 1]
    }

    /// The number of lines of the steps up to one. O(log n).
    func count(upTo step: Int) -> Int { rows.partitioningIndex { $0.step > step } }

    /// Adds a step.
    mutating func add(_ step: Step) {
        seen = step.number
        if let started = subject.started, step.time < started { return }
        addEvent(of: step)
        if nextDeadline.hasPassed(at: step.time) { expire(at: step) }
        addState(of: step)
    }

    private func shows(_ id: OperationID) -> Bool { subject.broadcast.map { $0 == id } ?? true }

    private mutating func addEvent(of step: Step) {
        guard let id = step.event.id, shows(id) else { return }
        switch step.event {
        case .startBroadcast(_, _, let record, let seed, let configuration):
            storeTimeouts[id] = configuration.storeTimeout
            let seeds = seed.count == 1 ? "1 seed" : "\(seed.count) seeds"
            note("\(id) starts: \(configuration.strategy.title) of \"\(record.name)\", \(seeds)", step, id)
        case .stopBroadcast: note("\(id) is stopped", step, id, isTrouble: true)
        case .getCloserNodesSuccess(_, let node, _, let closer): reply(.closer(closer.count), from: node, isStore: false, step, id)
        case .getCloserNodesFailure(_, let node, _, let error): reply(.failed("\(error)"), from: node, isStore: false, step, id)
        case .storeRecordSuccess(_, let node, _, _): reply(.stored, from: node, isStore: true, step, id)
        case .storeRecordFailure(_, let node, _, let error): reply(.failed("\(error)"), from: node, isStore: true, step, id)
        case .poll: break
        }
    }

    private mutating func addState(of step: Step) {
        guard let id = step.state.id, shows(id) else { return }
        switch step.state {
        case .findCloser(_, _, let node): request(.find, to: node, step, id, deadline: step.time.advanced(by: requestTimeout))
        case .storeRecord(_, let node, _):
            request(.store, to: node, step, id, deadline: storeTimeouts[id].map { step.time.advanced(by: $0) })
        case .broadcastFinished(_, let outcome):
            open.removeAll { $0.id == id }
            let isTrouble = outcome.reason != .completed
            note("\(id) ends: \(StepText.summary(of: outcome))", step, id, isTrouble: isTrouble)
        case .broadcastRejected(_, let reason): note("\(id) is refused: \(reason)", step, id, isTrouble: true)
        case .idle, .waiting: break
        }
    }

    // MARK: Lines

    private mutating func note(_ text: String, _ step: Step, _ id: OperationID, isTrouble: Bool = false) {
        rows.append(LadderRow(kind: .note(text, isTrouble: isTrouble), step: step.number, id: id, column: nil))
    }

    private mutating func request(_ kind: LadderRow.Kind, to node: NetworkNode, _ step: Step, _ id: OperationID, deadline: Instant?) {
        let column = column(of: node)
        open.append(Open(id: id, column: column, isStore: kind == .store, deadline: deadline))
        if let deadline { nextDeadline = min(nextDeadline, deadline) }
        append(LadderRow(kind: kind, step: step.number, id: id, column: column))
    }

    private mutating func reply(_ kind: LadderRow.Kind, from node: NetworkNode, isStore: Bool, _ step: Step, _ id: OperationID) {
        let column = column(of: node)
        if let place = open.firstIndex(where: { $0.column == column && $0.id == id && $0.isStore == isStore }) { open.remove(at: place) }
        append(LadderRow(kind: kind, step: step.number, id: id, column: column, isIgnored: step.isIgnored))
    }

    private mutating func expire(at step: Step) {
        let late = open.filter { $0.deadline?.hasPassed(at: step.time) ?? false }
        open.removeAll { $0.deadline?.hasPassed(at: step.time) ?? false }
        nextDeadline = open.compactMap(\.deadline).min() ?? .distantFuture
        for request in late {
            append(LadderRow(kind: .expired, step: step.number, id: request.id, column: request.column))
        }
    }

    private mutating func append(_ row: LadderRow) {
        var row = row
        if let column = row.column {
            row.open = UInt8(clamping: open.count { $0.column == column })
            rowsOfColumn[column].append(rows.count)
        }
        rows.append(row)
    }

    private mutating func column(of node: NetworkNode) -> Int {
        if let column = columnOfNode[node.index] { return column }
        columnOfNode[node.index] = nodes.count
        nodes.append(node)
        rowsOfColumn.append([])
        return nodes.count - 1
    }
}

extension BroadcastConfiguration {
    /// How long a store may take; `nil` if for ever.
    fileprivate var storeTimeout: Nanoseconds? {
        switch self {
        case .followUp(let configuration): configuration.stores.storeTimeout
        case .static(let configuration): configuration.stores.storeTimeout
        case .optimistic(let configuration): configuration.stores.storeTimeout
        }
    }
}
