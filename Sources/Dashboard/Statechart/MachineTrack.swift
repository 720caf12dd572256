internal import Broadcasts
internal import Coordination
internal import Queries
internal import Timeline

/// Which machine the pane State shows.
enum ChartedMachine: String, CaseIterable, Sendable {
    /// The broadcast that is shown.
    case broadcast
    /// Its lookup.
    case lookup
    /// The pool of all broadcasts.
    case pool
}

/// Where a machine stands at a position, and how it came there in the last step.
struct MachinePlace: Equatable, Sendable {
    /// Its state after the step.
    let state: MachineState
    /// The way that it took in the step; `nil` if the step was not its own.
    let taken: Statechart.Edge?
    /// The event of that step: its name in one word, and in one or two short ones.
    let event: EventWords
}

/// What an event is called beside an arrow.
struct EventWords: Equatable, Sendable {
    /// The name that the reference has for it, without its prefix.
    let name: String
    /// One or two short words for it.
    let short: [String]
}

/// Finds out from steps and views where a machine stands: a state is what the machine last said.
///
/// It needs no machine, so it works for recorded and for flawed runs as well.
struct MachineTrack {
    /// Gives a step by its number.
    let step: (Int) -> Step

    /// Where a broadcast stands at a position.
    ///
    /// - Parameters:
    ///   - entry: what was observed of it.
    ///   - position: the number of steps that were taken.
    ///   - view: the pool at the position.
    /// - Complexity: O(steps since the last one that names it, or in which the pool had no work).
    func state(of entry: JournalEntry, at position: Int, _ view: NetworkPoolView) -> MachineState {
        if let ended = entry.ended, ended.step <= position { return Self.endState(entry.end) }
        guard let broadcast = view.broadcast(entry.id) else { return .idle }
        var number = position
        while number >= 1 {
            let step = step(number)
            number -= 1
            guard !step.isRefusal(of: entry.id) else { continue }
            switch step.state {
            case .findCloser(entry.id, _, _): return .findCloser
            case .storeRecord(entry.id, let node, _):
                return broadcast.optimistic?.earlyStores.contains(node) ?? false ? .storeEarly : .storeRecord
            case .waiting: return Self.waitingState(broadcast)
            case .idle, .findCloser, .storeRecord, .broadcastFinished, .broadcastRejected: break
            }
            if step.event.id == entry.id { break }
        }
        return Self.waitingState(broadcast)
    }

    /// Where the lookup of a broadcast stands at a position.
    func lookupState(of entry: JournalEntry, at position: Int, _ view: NetworkPoolView) -> MachineState {
        if let ended = entry.ended, ended.step <= position { return .finished }
        guard let broadcast = view.broadcast(entry.id) else { return .idle }
        guard let query = broadcast.query else { return .finished }
        switch state(of: entry, at: position, view) {
        case .findCloser: return .findCloser
        case .inLine: return .inLine
        case .idle, .storeEarly, .awaitAnswers, .storeRecord, .awaitStores, .atCapacity, .withCapacity, .waiting, .broadcastFinished,
            .finished, .stopped, .rejected:
            let awaited = query.candidates.count { if case .waiting = $0.status { true } else { false } }
            return query.isFollowingUp || awaited >= query.configuration.concurrency ? .atCapacity : .withCapacity
        }
    }

    /// Where the pool stands at a position: what it said in the last step.
    func poolState(at position: Int) -> MachineState {
        guard position > 0 else { return .idle }
        return switch step(position).state {
        case .idle: .idle
        case .waiting: .waiting
        case .findCloser: .findCloser
        case .storeRecord: .storeRecord
        case .broadcastFinished: .broadcastFinished
        case .broadcastRejected: .rejected
        }
    }

    private static func waitingState(_ broadcast: BroadcastView<NetworkNode>) -> MachineState {
        switch broadcast.phase {
        case .queued: .inLine
        case .finding: .awaitAnswers
        case .storing, .awaitingStores: .awaitStores
        }
    }

    private static func endState(_ end: JournalEntry.End?) -> MachineState {
        switch end {
        case .finished(let outcome): outcome.reason == .stopped ? .stopped : .finished
        case .rejected: .rejected
        case nil: .idle
        }
    }
}

extension MachineTrack {
    /// Where a machine stands, and the way that it took in the last step.
    ///
    /// - Parameters:
    ///   - machine: which machine.
    ///   - entry: the broadcast that is shown.
    ///   - before: the pool before the last step; `nil` at the start.
    ///   - after: the pool at the position.
    func place(
        of machine: ChartedMachine, _ entry: JournalEntry, at position: Int, before: NetworkPoolView?, after: NetworkPoolView
    ) -> MachinePlace {
        let step = position > 0 ? step(position) : nil
        switch machine {
        case .pool: return poolPlace(at: position)
        case .broadcast, .lookup:
            let isLookup = machine == .lookup
            func state(_ position: Int, _ view: NetworkPoolView) -> MachineState {
                isLookup ? lookupState(of: entry, at: position, view) : self.state(of: entry, at: position, view)
            }
            let now = state(position, after)
            guard let step, let before else { return MachinePlace(state: now, taken: nil, event: .poll) }
            let last = isNewborn(entry, step, before) ? .idle : state(position - 1, before)
            let isOver = isLookup ? last == .finished : entry.ended.map { $0.step < position } ?? false
            let isNamed = step.names(entry.id) && !step.isRefusal(of: entry.id)
            let isTaken = !isOver && (isNamed || last != now)
            let event = step.event.id == entry.id ? EventWords(step) : step.trigger == .deadline ? EventWords(step) : .poll
            return MachinePlace(state: now, taken: isTaken ? Statechart.Edge(from: last, to: now) : nil, event: event)
        }
    }

    /// Where the pool stands, and the way that it took in the last step.
    func poolPlace(at position: Int) -> MachinePlace {
        guard position > 0 else { return MachinePlace(state: .idle, taken: nil, event: .poll) }
        let now = poolState(at: position)
        return MachinePlace(
            state: now, taken: Statechart.Edge(from: poolState(at: position - 1), to: now), event: EventWords(step(position)))
    }

    /// Whether a step started this broadcast: an id may be used again.
    private func isNewborn(_ entry: JournalEntry, _ step: Step, _ before: NetworkPoolView) -> Bool {
        guard case .startBroadcast(entry.id, _, _, _, _) = step.event, !step.isRefusal(of: entry.id) else { return false }
        return before.broadcast(entry.id) == nil
    }
}

extension EventWords {
    /// The pool was asked whether there is more to do.
    static let poll = EventWords(name: "Poll", short: ["poll"])

    /// The event of a step.
    init(_ step: Step) {
        switch step.event {
        case .startBroadcast: self.init(name: "Start", short: ["start"])
        case .stopBroadcast: self.init(name: "Stop", short: ["stop"])
        case .getCloserNodesSuccess: self.init(name: "NodeResponse", short: ["node", "answer"])
        case .getCloserNodesFailure: self.init(name: "NodeFailure", short: ["node", "failed"])
        case .storeRecordSuccess: self.init(name: "StoreRecordSuccess", short: ["store", "done"])
        case .storeRecordFailure: self.init(name: "StoreRecordFailure", short: ["store", "failed"])
        case .poll: self = step.trigger == .deadline ? EventWords(name: "Poll: a deadline", short: ["time", "is up"]) : .poll
        }
    }
}

extension Step {
    /// Whether it refused to start a broadcast under an id that another one uses, so that the other one is not concerned.
    fileprivate func isRefusal(of id: OperationID) -> Bool {
        if case .broadcastRejected(id, .idInUse) = state { true } else { false }
    }
}
