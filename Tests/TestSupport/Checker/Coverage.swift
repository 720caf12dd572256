internal import Broadcasts
internal import Coordination
internal import Queries

/// What a set of random runs has come across: a property that was never put to the test proves nothing.
public struct Coverage: Sendable {
    /// The situations that ought to come up.
    public enum Situation: String, CaseIterable, Sendable {
        case completed, stopped, queryTimedOut, noNodesFound, rejected
        case lateFindSuccess, lateStore, storeTimedOut, allStoresFailed, kContacted
        case stopWhileQueued, stopWhileFinding, stopWhileStoring, notContacted
        case failedUnasked, queuedForSlot, deadlinePassedOver, twoEndsAtOneInstant, idReused, ignoredWhileRunning, storeConcurrencyReached
        case earlyStore, earlyStoreFailed, enoughStores, nearEnough, lateWalkEnd, unanswered, withoutEstimate, stopWhileStoringEarly
        case askedAfterStore
    }

    private var counts: [Situation: Int] = [:]

    /// The number of histories.
    public private(set) var histories = 0
    /// The number of steps in them.
    public private(set) var steps = 0
    /// The number of broadcasts in them.
    public private(set) var broadcasts = 0

    /// Nothing seen yet.
    public init() {}

    /// The situations that have not come up.
    public var missing: [Situation] {
        Situation.allCases.filter { counts[$0] == nil }
    }

    /// Takes a history into account.
    public mutating func add<K: TestKey>(_ history: History<K>) {
        let chronicle = Chronicle(history)
        histories += 1
        steps += history.steps.count
        broadcasts += chronicle.runs.count
        for run in chronicle.runs { add(run, in: chronicle) }
        var lastEnd: Instant?
        for (index, step) in chronicle.steps {
            if step.state.isRejection { note(.rejected) }
            if step.view.broadcasts.contains(where: { $0.phase == .queued }) { note(.queuedForSlot) }
            if let deadline = step.nextDeadline, deadline <= step.now { note(.deadlinePassedOver) }
            if chronicle.ignoredAt[index] == 1, !step.view.broadcasts.isEmpty { note(.ignoredWhileRunning) }
            if case .broadcastFinished = step.state {
                if lastEnd == step.now { note(.twoEndsAtOneInstant) }
                lastEnd = step.now
            }
        }
        if Set(chronicle.runs.map(\.id)).count < chronicle.runs.count { note(.idReused) }
    }

    private mutating func add<K: TestKey>(_ run: BroadcastRun<K>, in chronicle: Chronicle<K>) {
        let steps = chronicle.history.steps
        if run.asks.contains(where: { ask in ask.succeeded && ask.replyStep.map { steps[$0].now > ask.deadline } ?? false }) {
            note(.lateFindSuccess)
        }
        if !run.failedUnasked.isEmpty { note(.failedUnasked) }
        if run.sent.count > run.stores.storeConcurrency ?? .max { note(.storeConcurrencyReached) }
        addEager(run, in: chronicle)
        guard let (end, outcome) = run.end else { return }
        note(Situation(rawValue: outcome.reason.rawValue) ?? .completed)
        if run.sent.contains(where: { store in store.replyStep.map { steps[$0].now > store.deadline ?? .distantFuture } ?? false }) {
            note(.lateStore)
        }
        if outcome.errors.contains(where: { $0.error == .timedOut }) { note(.storeTimedOut) }
        if !outcome.contacted.isEmpty, outcome.errors.count == outcome.contacted.count { note(.allStoresFailed) }
        if outcome.contacted.count == chronicle.history.configuration.queries.replication { note(.kContacted) }
        if !outcome.notContacted.isEmpty { note(.notContacted) }
        guard run.stopStep != nil, let phase = chronicle.history.viewBefore(end).broadcast(run.id)?.phase else { return }
        switch phase {
        case .queued: note(.stopWhileQueued)
        case .finding: note(.stopWhileFinding)
        case .storing, .awaitingStores: note(.stopWhileStoring)
        }
    }

    private mutating func addEager<K: TestKey>(_ run: BroadcastRun<K>, in chronicle: Chronicle<K>) {
        guard run.optimistic != nil else { return }
        guard run.isEager else { return run.asks.isEmpty ? () : note(.withoutEstimate) }
        let early = run.sent.filter { $0.step < run.lookupEnd ?? .max }
        if let store = early.first {
            note(.earlyStore)
            if run.asks.contains(where: { $0.step > store.step }) { note(.askedAfterStore) }
            if run.stopStep != nil, run.lookupEnd == run.stopStep { note(.stopWhileStoringEarly) }
        }
        if early.contains(where: { $0.error != nil && $0.replyStep ?? .max < run.lookupEnd ?? .max }) { note(.earlyStoreFailed) }
        switch run.walkEnd {
        case .enoughStores: note(.enoughStores)
        case .nearEnough: note(.nearEnough)
        case .queryFinished, .queryTimedOut: note(.lateWalkEnd)
        case nil: break
        }
        if run.end?.outcome.unanswered.isEmpty == false { note(.unanswered) }
    }

    private mutating func note(_ situation: Situation) {
        counts[situation, default: 0] += 1
    }
}

extension Coverage: CustomStringConvertible {
    public var description: String {
        let list = Situation.allCases.map { "\($0.rawValue) \(counts[$0, default: 0])" }.joined(separator: ", ")
        return "\(histories) schedules, \(steps) steps, \(broadcasts) broadcasts; \(list)"
    }
}
