public import Broadcasts
internal import Coordination
public import Timeline

// MARK: - Running without looking

/// What watches a run that nobody steps through.
protocol RunMeter {
    /// An event goes into the pool.
    mutating func note(_ event: borrowing NetworkEvent, at now: Instant)
    /// The pool has taken the event, or ignored it.
    mutating func settle(isIgnored: Bool, at now: Instant)
    /// A start was refused, and not because of the id: nothing runs under that.
    mutating func refuse(_ id: OperationID)
    /// The pool asks a node for closer nodes, or to store the record; the answer is processed in this time, if it comes.
    mutating func send(_ id: OperationID, to node: NetworkNode, isStore: Bool, at now: Instant, answeredAfter: Nanoseconds?)
    /// A broadcast has ended.
    mutating func finish(_ id: OperationID, _ outcome: BroadcastOutcome<NetworkNode>, at now: Instant)
}

/// Nothing watches.
struct NoMeter: RunMeter {
    @inline(__always)
    mutating func note(_ event: borrowing NetworkEvent, at now: Instant) {}
    @inline(__always)
    mutating func settle(isIgnored: Bool, at now: Instant) {}
    @inline(__always)
    mutating func refuse(_ id: OperationID) {}
    @inline(__always)
    mutating func send(_ id: OperationID, to node: NetworkNode, isStore: Bool, at now: Instant, answeredAfter: Nanoseconds?) {}
    @inline(__always)
    mutating func finish(_ id: OperationID, _ outcome: BroadcastOutcome<NetworkNode>, at now: Instant) {}
}

extension SimulatedWorld where Machine == BroadcastPool<NetworkNode, Record> {
    /// Takes so many steps at most, each as ``step()`` would, without making steps of them.
    ///
    /// - Returns: whether there is more to come.
    public mutating func run(steps: Int) -> Bool {
        var meter = NoMeter()
        var taken = 0
        return run(steps: steps, &meter, &taken) { _ in false }
    }

    /// The same, with somebody who watches.
    ///
    /// - Parameters:
    ///   - taken: the steps that were taken are added to it.
    ///   - isEnough: whether to stop, asked after each step.
    mutating func run<Meter: RunMeter>(steps: Int, _ meter: inout Meter, _ taken: inout Int, until isEnough: (Meter) -> Bool) -> Bool {
        for _ in 0..<steps {
            guard let occurrence = nextOccurrence() else { return false }
            switch occurrence {
            case .continuation, .deadline: take(.poll, &meter)
            case .reply(let reply): take(event(of: reply), &meter)
            case .act: take(takeNextAct(), &meter)
            }
            taken += 1
            if isEnough(meter) { return true }
        }
        return true
    }

    @inline(__always)
    private mutating func take<Meter: RunMeter>(_ event: consuming NetworkEvent, _ meter: inout Meter) {
        meter.note(event, at: now)
        let ignored = pool.ignoredEvents
        let state = feed(event)
        meter.settle(isIgnored: pool.ignoredEvents != ignored, at: now)
        carryOut(state, &meter)
    }
}
