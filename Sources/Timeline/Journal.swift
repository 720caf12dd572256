internal import Broadcasts
public import Coordination

/// What an observer remembers of a run: every broadcast that was ever started, with the way of each node that it dealt with.
///
/// A fold over steps. It sees events and states only, so it works for any source of steps.
public struct Journal: Equatable, Sendable {
    /// The broadcasts in the order of their start, those that were rejected included.
    public private(set) var entries: [JournalEntry] = []

    /// The current or last entry of each id.
    private var indexOfID: [OperationID: Int] = [:]

    /// Nothing has happened yet.
    public init() {}

    /// The current or last broadcast of this id.
    public func entry(_ id: OperationID) -> JournalEntry? {
        indexOfID[id].map { entries[$0] }
    }

    /// Adds a step.
    public mutating func record(_ step: Step) {
        recordEvent(of: step)
        recordState(of: step)
    }

    private mutating func recordEvent(of step: Step) {
        switch step.event {
        case .startBroadcast(let id, let target, let record, let seed, let configuration):
            // A start under an id in use leaves the broadcast that uses it where it is.
            if case .broadcastRejected(_, .idInUse) = step.state { return }
            indexOfID[id] = entries.count
            entries.append(
                JournalEntry(id: id, strategy: configuration.strategy, target: target, record: record, seed: seed, started: step.time))
        case .getCloserNodesSuccess(let id, let node, _, let closer):
            guard !step.isIgnored, let index = indexOfID[id] else { return }
            entries[index].receiveCloser(from: node, closer: closer, at: step.time)
        case .getCloserNodesFailure(let id, let node, _, let error):
            guard !step.isIgnored, let index = indexOfID[id] else { return }
            entries[index].receiveFindFailure(from: node, error: error, at: step.time)
        case .storeRecordSuccess(let id, let node, _, _):
            guard !step.isIgnored, let index = indexOfID[id] else { return }
            entries[index].receiveStoreReply(from: node, at: step.time)
        case .storeRecordFailure(let id, let node, _, _):
            guard !step.isIgnored, let index = indexOfID[id] else { return }
            entries[index].receiveStoreReply(from: node, at: step.time)
        case .stopBroadcast, .poll:
            break
        }
    }

    private mutating func recordState(of step: Step) {
        switch step.state {
        case .idle, .waiting: break
        case .findCloser(let id, _, let node):
            guard let index = indexOfID[id] else { return }
            entries[index].ask(node, at: step.time)
        case .storeRecord(let id, let node, _):
            guard let index = indexOfID[id] else { return }
            entries[index].store(with: node, at: step.time)
        case .broadcastFinished(let id, let outcome):
            guard let index = indexOfID[id] else { return }
            entries[index].end(.finished(outcome), at: step)
        case .broadcastRejected(let id, let reason):
            guard reason != .idInUse, let index = indexOfID[id] else { return }
            entries[index].end(.rejected(reason), at: step)
        }
    }
}
