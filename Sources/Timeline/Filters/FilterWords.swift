internal import Broadcasts

/// One of a few words that may stand after a term's colon.
protocol FilterWord: CaseIterable, Hashable, Sendable {
    /// The word, in lower case.
    var word: String { get }
    /// What it stands for, in few words.
    var meaning: String { get }
}

extension FilterWord where Self: RawRepresentable, RawValue == String {
    var word: String { rawValue }
}

/// Kinds of events, and groups of them: the words after `ev:`.
enum EventWord: String, FilterWord {
    case start
    case stop
    case closer
    case closerFail = "closer-fail"
    case storeOK = "store-ok"
    case storeFail = "store-fail"
    case poll
    case deadline
    case act
    case reply
    case ok
    case fail
    case lookup
    case store

    var meaning: String {
        switch self {
        case .start: "a broadcast is started"
        case .stop: "a broadcast is stopped"
        case .closer: "a node answers with closer nodes"
        case .closerFail: "a node fails to answer with closer nodes"
        case .storeOK: "a node has stored the record"
        case .storeFail: "a node says that it has not stored the record"
        case .poll: "the pool is polled"
        case .deadline: "the pool is polled because a deadline has passed"
        case .act: "start or stop"
        case .reply: "any reply of a node"
        case .ok: "closer or store-ok"
        case .fail: "closer-fail or store-fail"
        case .lookup: "closer or closer-fail"
        case .store: "store-ok or store-fail"
        }
    }

    /// Whether the event of a step is of this kind.
    func matches(_ step: Step) -> Bool {
        let kind: EventWord
        switch step.event {
        case .startBroadcast: kind = .start
        case .stopBroadcast: kind = .stop
        case .getCloserNodesSuccess: kind = .closer
        case .getCloserNodesFailure: kind = .closerFail
        case .storeRecordSuccess: kind = .storeOK
        case .storeRecordFailure: kind = .storeFail
        case .poll: kind = .poll
        }
        return switch self {
        case .start, .stop, .closer, .closerFail, .storeOK, .storeFail, .poll: kind == self
        case .deadline: kind == .poll && step.trigger == .deadline
        case .act: kind == .start || kind == .stop
        case .reply: kind != .start && kind != .stop && kind != .poll
        case .ok: kind == .closer || kind == .storeOK
        case .fail: kind == .closerFail || kind == .storeFail
        case .lookup: kind == .closer || kind == .closerFail
        case .store: kind == .storeOK || kind == .storeFail
        }
    }
}

/// Kinds of states, and groups of them: the words after `st:`.
enum StateWord: String, FilterWord {
    case find
    case store
    case finished
    case rejected
    case waiting
    case idle
    case sent
    case rest

    var meaning: String {
        switch self {
        case .find: "a node is asked for closer nodes"
        case .store: "a node is sent the record"
        case .finished: "a broadcast is over"
        case .rejected: "a broadcast is not started"
        case .waiting: "nothing to send until a reply or a deadline"
        case .idle: "no broadcast is running"
        case .sent: "find or store: something goes to the network"
        case .rest: "waiting or idle"
        }
    }

    /// Whether a state is of this kind.
    func matches(_ state: NetworkState) -> Bool {
        let kind: StateWord
        switch state {
        case .idle: kind = .idle
        case .waiting: kind = .waiting
        case .findCloser: kind = .find
        case .storeRecord: kind = .store
        case .broadcastFinished: kind = .finished
        case .broadcastRejected: kind = .rejected
        }
        return switch self {
        case .find, .store, .finished, .rejected, .waiting, .idle: kind == self
        case .sent: kind == .find || kind == .store
        case .rest: kind == .waiting || kind == .idle
        }
    }
}

/// Why a broadcast ended: the words after `end:`.
enum EndWord: String, FilterWord {
    case completed
    case stopped
    case timedOut = "timed-out"
    case noNodes = "no-nodes"

    var meaning: String {
        switch self {
        case .completed: "all stores went their way"
        case .stopped: "it was stopped"
        case .timedOut: "its lookup ran out of time"
        case .noNodes: "there was no node to store with"
        }
    }

    /// The word for a reason.
    init(_ reason: BroadcastOutcome<NetworkNode>.Reason) {
        self =
            switch reason {
            case .completed: .completed
            case .stopped: .stopped
            case .queryTimedOut: .timedOut
            case .noNodesFound: .noNodes
            }
    }
}

/// How far a broadcast is: the words after `phase:`.
enum PhaseWord: String, FilterWord {
    case queued
    case finding
    case storing
    case awaiting
    case done

    var meaning: String {
        switch self {
        case .queued: "its lookup waits in line"
        case .finding: "its lookup is looking"
        case .storing: "it has stores to send"
        case .awaiting: "all its stores are sent, some are awaited"
        case .done: "it is over, or was never started"
        }
    }

    /// The word for a phase; `nil` is that of a broadcast that is not running.
    init(_ phase: BroadcastView<NetworkNode>.Phase?) {
        self =
            switch phase {
            case .queued: .queued
            case .finding: .finding
            case .storing: .storing
            case .awaitingStores: .awaiting
            case nil: .done
            }
    }
}

/// The strategies: the words after `kind:`.
extension BroadcastStrategy: FilterWord {
    var word: String {
        switch self {
        case .followUp: "followup"
        case .static: "static"
        case .optimistic: "optimistic"
        }
    }

    var meaning: String {
        switch self {
        case .followUp: "find the closest nodes, then store with them"
        case .static: "store with the seed nodes"
        case .optimistic: "store while still looking"
        }
    }
}
