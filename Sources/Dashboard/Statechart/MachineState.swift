internal import Theming

/// A state of a machine, as its statechart shows it: what the machine last said to whoever drives it, and in which part of its work.
enum MachineState: String, CaseIterable, Hashable, Sendable {
    /// Not started yet; of the pool, that no broadcast runs.
    case idle
    /// A lookup, or the broadcast that it belongs to, waits for a slot.
    case inLine
    /// It has asked for closer nodes.
    case findCloser
    /// An Optimistic has stored with a node that is near enough, while it still looks.
    case storeEarly
    /// A broadcast waits for answers while it looks.
    case awaitAnswers
    /// It has stored with a node.
    case storeRecord
    /// A broadcast waits for answers to its stores.
    case awaitStores
    /// A lookup waits: as many requests are in flight as may be.
    case atCapacity
    /// A lookup waits: nobody is left to ask, but some are awaited.
    case withCapacity
    /// The pool waits: no broadcast has work.
    case waiting
    /// The pool has told that a broadcast is over.
    case broadcastFinished
    /// The machine has come to its end.
    case finished
    /// Somebody has stopped it.
    case stopped
    /// It was refused and never ran; of the pool, that it has refused one.
    case rejected

    /// Its name on the chart.
    var title: String {
        switch self {
        case .idle: "idle"
        case .inLine: "in line"
        case .findCloser: "find closer"
        case .storeEarly: "store early"
        case .awaitAnswers, .awaitStores, .waiting: "waiting"
        case .storeRecord: "store record"
        case .atCapacity: "at capacity"
        case .withCapacity: "with capacity"
        case .broadcastFinished: "one finished"
        case .finished: "finished"
        case .stopped: "stopped"
        case .rejected: "rejected"
        }
    }

    /// Its name where there is little room.
    var shortTitle: String {
        switch self {
        case .idle: "idle"
        case .inLine: "line"
        case .findCloser: "find"
        case .storeEarly: "early"
        case .awaitAnswers, .awaitStores, .waiting: "wait"
        case .storeRecord: "store"
        case .atCapacity: "full"
        case .withCapacity: "wait"
        case .broadcastFinished, .finished: "done"
        case .stopped: "stop"
        case .rejected: "no"
        }
    }

    /// Its name in one of the two lengths.
    func title(isShort: Bool) -> String { isShort ? shortTitle : title }

    /// The role that it is drawn in while it holds.
    var role: Role {
        switch self {
        case .idle, .inLine: .stateIdle
        case .findCloser: .phaseFind
        case .storeEarly, .storeRecord: .phaseStore
        case .awaitAnswers, .awaitStores, .atCapacity, .withCapacity, .waiting: .stateWaiting
        case .broadcastFinished, .finished: .stateFinished
        case .stopped, .rejected: .stateFailed
        }
    }
}
